import { DropdownMenu } from '@graphiql/react';
import { useId } from 'react';
import type { Asking, Example } from '../../config.ts';
import { useOpenExample } from './open-example.ts';

interface ExamplesMenuProps {
  examples: readonly Example[];
  onPersona: (persona: string, asking: Asking) => void;
}

/** Examples to open in the editors; those for one kind of reader stand together under a heading. */
export function ExamplesMenu({ examples, onPersona }: ExamplesMenuProps) {
  const open = useOpenExample(examples, onPersona);
  const groups = new Set(examples.flatMap(({ group }) => group ?? []));
  const item = (example: Example) => (
    <DropdownMenu.Item key={example.name} onSelect={() => open(example)}>
      <strong>{example.name}</strong>
      <span>{example.description}</span>
    </DropdownMenu.Item>
  );
  return (
    <DropdownMenu>
      <DropdownMenu.Button className="examples-button">Examples ▾</DropdownMenu.Button>
      <DropdownMenu.Content align="end" className="examples">
        {examples.filter(({ group }) => group === undefined).map(item)}
        {[...groups].map((group) => (
          <Group key={group} name={group}>
            {examples.filter((example) => example.group === group).map(item)}
          </Group>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}

function Group({ name, children }: { name: string; children: React.ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is none of what a menu may hold
    <div role="group" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      {children}
    </div>
  );
}

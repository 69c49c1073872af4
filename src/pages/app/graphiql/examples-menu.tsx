import { DropdownMenu, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { Asking, Example } from '../../config.ts';

interface ExamplesMenuProps {
  examples: readonly Example[];
  onPersona: (persona: string, asking: Asking) => void;
}

/** Opens an example in the editors: in this tab if nothing of one's own is in it, else in a new one. */
export function ExamplesMenu({ examples, onPersona }: ExamplesMenuProps) {
  const { addTab } = useGraphiQLActions();
  const { queryEditor, variableEditor, responseEditor } = useGraphiQL((state) => state);
  const open = (example: Example) => {
    const { query, variables, persona } = example;
    const written = queryEditor?.getValue() ?? '';
    const untouched = written.trim() === '' || examples.some((example) => example.query === written);
    if (!untouched) addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variablesText(variables));
    responseEditor?.setValue('');
    if (persona) onPersona(persona, example);
  };
  return (
    <DropdownMenu>
      <DropdownMenu.Button className="examples-button">Examples ▾</DropdownMenu.Button>
      <DropdownMenu.Content align="end" className="examples">
        {examples.map((example) => (
          <DropdownMenu.Item key={example.name} onSelect={() => open(example)}>
            <strong>{example.name}</strong>
            <span>{example.description}</span>
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}

/** As the variables editor shows them; empty where there are none. */
export function variablesText(variables: Example['variables']): string {
  return Object.keys(variables).length === 0 ? '' : JSON.stringify(variables, null, 2);
}

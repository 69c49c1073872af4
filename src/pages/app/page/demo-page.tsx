import { type ReactNode, useState } from 'react';
import type { Asking, DemoPersona, PagesConfig } from '../../config.ts';
import { useCaller } from './caller.ts';
import { CallerBar, type CallerFields } from './caller-bar.tsx';
import { demoToken } from './gateway.ts';
import { memoryStorage } from './memory-storage.ts';
import { demoTokens } from './tokens.ts';
import type { Workplace } from './workplace.ts';

interface DemoPageProps {
  config: PagesConfig;
  personas: readonly DemoPersona[];
  /** Who stands there first. */
  first: DemoPersona | undefined;
  fields: CallerFields;
  /** What stands under the bar. */
  work: (workplace: Workplace) => ReactNode;
}

/** The demo: anyone may be any persona. */
export function DemoPage({ config, personas, first, fields, work }: DemoPageProps) {
  const [problem, setProblem] = useState<Error | null>(null);
  const [tokens] = useState(() => {
    const made = demoTokens(demoToken, setProblem);
    if (first) made.choose(first.persona);
    return made;
  });
  const [storage] = useState(memoryStorage);
  const [folded, foldBar] = useState(false);
  const { caller, change, read } = useCaller(asCaller(first));
  const choose = async (id: string, asking: Asking = {}) => {
    change(asCaller(personas.find(({ persona }) => persona === id)));
    const token = await tokens.choose(id)?.catch(() => null);
    if (token && read().persona === id) change(askedBy(token, asking));
  };
  return (
    <>
      <CallerBar
        fields={fields}
        caller={caller}
        onChange={change}
        purposes={config.purposes}
        agencies={config.agencies}
        personas={personas}
        onPersona={choose}
        folded={folded}
        onUnfold={() => foldBar(false)}
      >
        <span role="alert">{problem && `No token for this persona: ${problem.message}`}</span>
      </CallerBar>
      {work({ config, storage, asking: caller, caller: read, tokens, onPersona: choose, foldBar })}
    </>
  );
}

/** What the persona suggests first, unless the example is told by something else. */
const askedBy = (suggested: { purpose: string; reference: string }, { purpose, reference }: Asking) => ({
  purpose: purpose ?? suggested.purpose,
  reference: reference ?? suggested.reference,
});

function asCaller(persona: DemoPersona | undefined) {
  return {
    persona: persona?.persona ?? null,
    name: persona?.name ?? null,
    role: persona?.role ?? null,
    organisation: persona?.organisation ?? null,
    purpose: persona?.purpose ?? '',
    reference: persona?.reference ?? '',
    holesOnly: false,
  };
}

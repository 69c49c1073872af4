import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useState } from 'react';
import type { Asking, GraphiqlConfig } from '../config.ts';
import type { Caller } from './caller.ts';
import { ExamplesMenu, variablesText } from './examples-menu.tsx';
import { createFetcher } from './fetcher.ts';
import { graphqlUrl } from './gateway.ts';
import { holesOf } from './hole.ts';
import { type Answer, HolesPanel } from './holes-panel.tsx';
import { memoryStorage } from './memory-storage.ts';
import type { Tokens } from './tokens.ts';

interface WorkbenchProps {
  config: GraphiqlConfig;
  caller: () => Caller;
  tokens: Tokens;
  onPersona: (persona: string, asking: Asking) => void;
}

const PLUGINS = [HISTORY_PLUGIN];

/** GraphiQL with the examples above and the gaps under the result. */
export function Workbench({ config, caller, tokens, onPersona }: WorkbenchProps) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [storage] = useState(memoryStorage);
  // Made once: GraphiQL reads the schema anew whenever it is given another fetcher.
  const [fetcher] = useState(() =>
    createFetcher({
      url: graphqlUrl(),
      caller,
      tokens,
      onAnswer(answered, asking) {
        setAnswer({ caller: asking, holes: holesOf(answered) });
      },
    }),
  );
  const first = config.examples[0];
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      plugins={PLUGINS}
      defaultQuery=""
      initialQuery={first?.query ?? ''}
      initialVariables={variablesText(first?.variables ?? {})}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>
        <ExamplesMenu examples={config.examples} onPersona={onPersona} />
      </GraphiQL.Logo>
      <GraphiQL.Footer>
        <HolesPanel answer={answer} agencies={config.agencies} />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

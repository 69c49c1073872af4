import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { glassClient } from '../gaps/break-glass.ts';
import { holesInAnswer, outageOf } from '../gaps/hole.ts';
import { askableIn, openableIn } from '../gaps/openable.ts';
import { requestClient } from '../gaps/requests.ts';
import { asker } from '../page/ask.ts';
import { graphqlUrl } from '../page/gateway.ts';
import type { MemoryStorage } from '../page/memory-storage.ts';
import type { Workplace } from '../page/workplace.ts';
import { CountInstead } from './count-instead.tsx';
import { ExamplesMenu } from './examples-menu.tsx';
import { createFetcher } from './fetcher.ts';
import { rootFields } from './fields-by-name.ts';
import { type Answer, HolesPanel } from './holes-panel.tsx';
import { levelReader } from './levels/level-reader.ts';
import { ShownLevels } from './levels/shown-levels.tsx';
import { variablesText } from './open-example.ts';
import { type CountedAnswer, countsIn, ResultPanel } from './result-panel.tsx';
import { asksOfPeople } from './sees-nobody.ts';

const PLUGINS = [HISTORY_PLUGIN];

/** GraphiQL with the examples above and the gaps under the result. */
export function Workbench({ config, asking, caller, tokens, storage, onPersona }: Workplace) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [counted, setCounted] = useState<CountedAnswer | null>(null);
  const [former, setFormer] = useState<string | null>(null);
  const [askedOfPeople, setAskedOfPeople] = useState(false);
  const [ask] = useState(() => asker(caller, tokens));
  const [levels] = useState(() => levelReader(ask, config.agencies));
  // Made once: GraphiQL reads the schema anew whenever it is given another fetcher.
  const [fetcher] = useState(() =>
    createFetcher({
      url: graphqlUrl(),
      caller,
      tokens,
      schema: levels.schema,
      onAnswer(answered, by, question) {
        setFormer(null);
        const fields = rootFields(answered, question);
        setCounted(countsIn(fields, question, by, config.agencies));
        setAskedOfPeople(asksOfPeople(fields));
        const holes = holesInAnswer(answered);
        const openable = openableIn(answered, holes ?? []);
        const askable = askableIn(answered, holes ?? []);
        setAnswer({ caller: by, holes, outage: outageOf(answered), openable, askable });
      },
    }),
  );
  const [glass] = useState(() => glassClient(caller, tokens));
  const [requests] = useState(() => requestClient(caller, tokens));
  // What the same person had typed before a lock is in the storage, and comes back; else the first example stands there.
  const [beginning] = useState(() => {
    const { query = '', variables = {} } = config.examples.find(({ group }) => group === undefined) ?? {};
    return storage.length > 0 ? {} : { initialQuery: query, initialVariables: variablesText(variables) };
  });
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      plugins={PLUGINS}
      defaultQuery=""
      {...beginning}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>
        <ExamplesMenu examples={config.examples} onPersona={onPersona} />
      </GraphiQL.Logo>
      <GraphiQL.Footer>
        <WrappedLines />
        <StoredAtTheEnd storage={storage} />
        <ShownLevels asking={asking} levels={levels} />
        <ClearedAnswers
          persona={asking.persona}
          onClear={() => {
            setFormer(answer?.caller.name ?? former);
            setAnswer(null);
            setCounted(null);
            setAskedOfPeople(false);
          }}
        />
        {askedOfPeople && <CountInstead {...{ config, asking, ask, onPersona }} />}
        {counted && <ResultPanel counted={counted} />}
        <HolesPanel
          answer={answer}
          former={former}
          asking={asking}
          agencies={config.agencies}
          glass={glass}
          requests={requests}
        />
      </GraphiQL.Footer>
    </GraphiQL>
  );
}

/** GraphiQL wraps only the answer. */
function WrappedLines() {
  const { queryEditor, variableEditor } = useGraphiQL((state) => state);
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor]) editor?.updateOptions({ wordWrap: 'on' });
  }, [queryEditor, variableEditor]);
  return null;
}

/**
 * Stores what stands in the editors when the page is taken away. GraphiQL stores what is typed a moment later, which would
 * lose what was typed last.
 */
function StoredAtTheEnd({ storage }: { storage: MemoryStorage }) {
  const state = useGraphiQL((all) => all);
  const latest = useRef(state);
  latest.current = state;
  // A layout effect ends before the editors are disposed of; other effects end after it.
  useLayoutEffect(
    () => () => {
      const {
        tabs,
        activeTabIndex,
        operationName,
        queryEditor,
        variableEditor,
        storage: store,
      } = latest.current;
      // The lock may come before there are editors. Then what was stored before is newer than nothing.
      if (queryEditor) {
        const query = queryEditor.getValue();
        const variables = variableEditor?.getValue() ?? '';
        store.set('query', query);
        store.set('variables', variables);
        const kept = tabs.map((tab, index) => ({
          ...tab,
          ...(index === activeTabIndex && { query, variables, operationName: operationName ?? null }),
          ...{ response: null, headers: null, hash: null },
        }));
        store.set('tabState', JSON.stringify({ tabs: kept, activeTabIndex }));
      }
      storage.seal();
    },
    [storage],
  );
  return null;
}

/** Takes the answers out of every tab when another persona asks: none may stand under a name that did not ask for it. */
function ClearedAnswers({ persona, onClear }: { persona: string | null; onClear: () => void }) {
  const { tabs, activeTabIndex, queryEditor, variableEditor, headerEditor, responseEditor } = useGraphiQL(
    (state) => state,
  );
  const { changeTab, updateActiveTabValues } = useGraphiQLActions();
  const [shown, setShown] = useState(persona);
  useEffect(() => {
    if (persona === shown) return;
    setShown(persona);
    onClear();
    // A tab is put back as GraphiQL has it, which may be a moment older than what is in the editors.
    updateActiveTabValues({
      query: queryEditor?.getValue() ?? null,
      variables: variableEditor?.getValue() ?? null,
      headers: headerEditor?.getValue() ?? null,
    });
    for (const index of [...tabs.keys()].filter((each) => each !== activeTabIndex).concat(activeTabIndex)) {
      if (tabs.length > 1) changeTab(index);
      responseEditor?.setValue('');
      updateActiveTabValues({ response: null });
    }
  });
  return null;
}

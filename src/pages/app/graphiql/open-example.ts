import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { Asking, Example } from '../../config.ts';

export type OpenExample = (example: Example) => void;

/** Opens an example in the editors: in this tab if nothing of one's own is in it, else in a new one. */
export function useOpenExample(
  examples: readonly Example[],
  onPersona: (persona: string, asking: Asking) => void,
): OpenExample {
  const { addTab } = useGraphiQLActions();
  const { queryEditor, variableEditor, responseEditor } = useGraphiQL((state) => state);
  return (example) => {
    const { query, variables, persona } = example;
    const written = queryEditor?.getValue() ?? '';
    const untouched = written.trim() === '' || examples.some((example) => example.query === written);
    if (!untouched) addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variablesText(variables));
    responseEditor?.setValue('');
    if (persona) onPersona(persona, example);
  };
}

/** As the variables editor shows them; empty where there are none. */
export function variablesText(variables: Example['variables']): string {
  return Object.keys(variables).length === 0 ? '' : JSON.stringify(variables, null, 2);
}

import type { DemoPersona, DemoToken, GraphiqlConfig } from '../config.ts';

/** Everything is asked beside the page itself, so that it works below a path of a reverse proxy as well. */
const at = (path: string) => new URL(path, document.baseURI);

export const graphqlUrl = () => at('graphql');

export const loadConfig = () => json<GraphiqlConfig>('graphiql/config.json');

export const loadPersonas = () => json<DemoPersona[]>('demo/personas');

/** A fresh token for a persona of the demo, with the purpose and reference that go with it. */
export const demoToken = (persona: string) =>
  json<DemoToken>('demo/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ persona }),
  });

async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(at(path), { ...init, cache: 'no-store' });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

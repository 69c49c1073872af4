import type { DemoPersona, DemoToken, PagesConfig } from '../../config.ts';

/** Everything is asked beside the page itself, so that it works below a path of a reverse proxy as well. */
const at = (path: string) => new URL(path, document.baseURI);

export const graphqlUrl = () => at('graphql');

export const loadConfig = () => json<PagesConfig>('graphiql/config.json');

export const loadPersonas = () => json<DemoPersona[]>('demo/personas');

/** A fresh token for a persona of the demo, with the purpose and reference that go with it. */
export const demoToken = (persona: string) =>
  json<DemoToken>('demo/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ persona }),
  });

/** Who the gateway takes the holder of a token for. */
export interface Viewer {
  name: string;
  role: string;
  roles: readonly string[];
  organisation: string;
  site: string | null;
}

/**
 * Who asks with this token, in this role; the roles to choose from where there are several and none is chosen.
 * @throws Error with the gateway's own words if it lets nobody in
 */
export async function whoAsks(
  token: string,
  role: string | null,
): Promise<{ viewer: Viewer } | { roles: readonly string[] }> {
  const response = await fetch(graphqlUrl(), {
    method: 'POST',
    cache: 'no-store',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json',
      Authorization: `Bearer ${token}`,
      ...(role !== null && { 'Sharing-Role': role }),
    },
    body: JSON.stringify({ query: /* GraphQL */ `{ viewer { name role roles organisation site } }` }),
  });
  const { data, errors = [] } = await response.json().catch(() => ({}));
  if (data?.viewer) return data;
  const [error] = errors;
  if (role === null && Array.isArray(error?.extensions?.roles)) return { roles: error.extensions.roles };
  throw new Error(error?.message ?? `The gateway answered ${response.status}`);
}

async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(at(path), { ...init, cache: 'no-store' });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}

import { type Hole, type Sharing, sharingHeaders } from './sharing.ts';

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; path?: readonly (string | number)[]; extensions: { code: string } }[];
  extensions?: { holes?: readonly Hole[] };
}

/** With this `Accept` a status of 200 means that there are data; 4xx and 5xx that nothing was answered at all. */
export async function ask(sharing: Sharing, query: string, variables: Record<string, unknown>) {
  const response = await fetch(sharing.url, {
    method: 'POST',
    headers: {
      ...sharingHeaders(sharing),
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [], extensions } = (await response.json()) as Answer;
  if (!response.ok || !data) throw new Error(errors[0]?.message ?? `Sightline answered ${response.status}`);
  return { data, errors, holes: extensions?.holes ?? [] };
}

import { type Hole, NotAnswered, refusal, sharingHeaders } from 'sightline/client';
import type { Sharing } from './sharing.ts';

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; path?: readonly (string | number)[]; extensions: { code: string } }[];
  extensions?: { holes?: readonly Hole[] };
}

/** With this `Accept` a status of 200 means that there are data; 4xx and 5xx that nothing was answered at all. */
export async function ask(sharing: Sharing, query: string, variables: Record<string, unknown>) {
  const response = await fetch(sharing.url, {
    method: 'POST',
    cache: 'no-store',
    headers: {
      ...sharingHeaders(sharing),
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [], extensions } = (await response.json()) as Answer;
  if (!response.ok || !data) throw refusal(response, errors);
  // Without them nothing tells what is withheld from what is not there.
  if (!extensions?.holes) throw new NotAnswered('NOT_GRAPHQL', 'The answer does not say what it leaves out');
  return { data, errors, holes: extensions.holes };
}

import { Client, fetchExchange } from '@urql/core';
import { guarded, type Hole, NotAnswered, refusal, sharingHeaders } from 'sightline/client';
import { CrisisDocument, type CrisisQueryVariables } from './generated/crisis.ts';
import type { Sharing } from './sharing.ts';

export function createUrql(sharing: Sharing): Client {
  return new Client({
    url: sharing.url,
    // Left to itself urql sends queries by GET: names and dates of birth would stand in addresses, and so in logs.
    preferGetMethod: false,
    // No cacheExchange: nothing is kept, and each question is asked.
    exchanges: [fetchExchange],
    requestPolicy: 'network-only',
    fetchOptions: { headers: sharingHeaders(sharing), cache: 'no-store' },
  });
}

/** Throws `NotAnswered` where nothing was answered. */
export async function askUrql(client: Client, variables: CrisisQueryVariables) {
  const { data, error, extensions } = await client.query(CrisisDocument, variables).toPromise();
  // Look at the data first: an error beside them says only that something in them is open.
  if (!data && error?.response) throw refusal(error.response, error.graphQLErrors);
  if (!data) throw new NotAnswered('NO_CONNECTION', 'The gateway could not be reached', { cause: error });
  return {
    data: guarded(data),
    errors: error?.graphQLErrors ?? [],
    holes: (extensions?.holes ?? []) as readonly Hole[],
  };
}

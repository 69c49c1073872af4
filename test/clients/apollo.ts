import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { createClient, guarded, type Hole } from 'sightline/client';
import { CrisisDocument, type CrisisQueryVariables } from './generated/crisis.ts';
import type { Sharing } from './sharing.ts';

/** `no-cache`: two answers about one person may rightly differ, and a cache would mix them, and keep them. */
export function createApollo(sharing: Sharing): ApolloClient {
  return new ApolloClient({
    link: sightlineLink(sharing),
    cache: new InMemoryCache(),
    defaultOptions: { query: { fetchPolicy: 'no-cache' }, watchQuery: { fetchPolicy: 'no-cache' } },
  });
}

/**
 * Sightline's client is what sends: by POST, with the headers. What is withheld stands in its holes and is no error, so that
 * Apollo Client, which drops all data when there is one, keeps them. Its holes go to whoever asked.
 */
function sightlineLink(sharing: Sharing): ApolloLink {
  const client = createClient(sharing);
  return new ApolloLink(
    ({ query, variables, getContext }) =>
      new Observable((observer) => {
        const taken = new AbortController();
        client.ask<ApolloLink.Result['data'] & object>(query, variables, { signal: taken.signal }).then(
          ({ data, holes }) => {
            getContext().onHoles?.(holes);
            observer.next({ data });
            observer.complete();
          },
          (refused) => observer.error(refused),
        );
        return () => taken.abort();
      }),
  );
}

/** Throws `NotAnswered` where nothing was answered. */
export async function askApollo(client: ApolloClient, variables: CrisisQueryVariables) {
  let holes: readonly Hole[] = [];
  const onHoles = (found: readonly Hole[]) => {
    holes = found;
  };
  const { data } = await client.query({ query: CrisisDocument, variables, context: { onHoles } });
  if (!data) throw new Error('Sightline gave no answer');
  return { data: guarded(data), holes };
}

import { ApolloClient, ApolloLink, CombinedGraphQLErrors, HttpLink, InMemoryCache } from '@apollo/client';
import { tap } from 'rxjs';
import { CrisisDocument, type CrisisQueryVariables } from './generated/crisis.ts';
import { type Hole, type Sharing, sharingHeaders } from './sharing.ts';

declare module '@apollo/client' {
  namespace ApolloClient.DeclareDefaultOptions {
    interface Query {
      errorPolicy: 'all';
    }
    interface WatchQuery {
      errorPolicy: 'all';
    }
  }
}

/** `no-cache`: two answers about one person may rightly differ, and a cache would mix them, and keep them. */
export function createApollo(sharing: Sharing): ApolloClient {
  return new ApolloClient({
    // HttpLink sends POST. No link for persisted queries: they are not supported, and by GET they would be refused.
    link: ApolloLink.from([holesLink, new HttpLink({ uri: sharing.url, headers: sharingHeaders(sharing) })]),
    cache: new InMemoryCache(),
    // Without `all`, every error takes all data away: and what is withheld has an error.
    defaultOptions: {
      query: { errorPolicy: 'all', fetchPolicy: 'no-cache' },
      watchQuery: { errorPolicy: 'all', fetchPolicy: 'no-cache' },
    },
  });
}

/** Apollo Client gives data and errors; the answer's extensions pass through its links alone. */
const holesLink = new ApolloLink((operation, forward) =>
  forward(operation).pipe(
    tap(({ extensions }) => operation.getContext().onHoles?.((extensions?.holes ?? []) as readonly Hole[])),
  ),
);

export async function askApollo(client: ApolloClient, variables: CrisisQueryVariables) {
  let holes: readonly Hole[] = [];
  const onHoles = (found: readonly Hole[]) => {
    holes = found;
  };
  const { data, error } = await client.query({ query: CrisisDocument, variables, context: { onHoles } });
  // Whatever is not an error of single fields means that nothing was answered: show what it says.
  if (!data) throw error ?? new Error('Sightline gave no answer');
  return { data, errors: CombinedGraphQLErrors.is(error) ? error.errors : [], holes };
}

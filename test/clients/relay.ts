import {
  Environment,
  fetchQuery,
  type GraphQLResponse,
  graphql,
  Network,
  RecordSource,
  readInlineData,
  Store,
} from 'relay-runtime';
import type { relay_standing$key } from './__generated__/relay_standing.graphql.ts';
import type {
  relayCrisisQuery,
  relayCrisisQuery$variables,
} from './__generated__/relayCrisisQuery.graphql.ts';
import { type Hole, type Sharing, sharingHeaders } from './sharing.ts';

/** An environment for one reference, with a store that begins empty and is given up with it; and the last answer's holes. */
export function createRelay(sharing: Sharing) {
  let holes: readonly Hole[] = [];
  const network = Network.create(async ({ text }, variables) => {
    const response = await fetch(sharing.url, {
      method: 'POST',
      headers: {
        ...sharingHeaders(sharing),
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        // Relay reads a field with an error as null, like one that is empty: so take the holes, and them alone.
        'sharing-errors': 'holes',
      },
      body: JSON.stringify({ query: text, variables }),
    });
    const answer = (await response.json()) as GraphQLResponse & { extensions?: { holes?: readonly Hole[] } };
    holes = answer.extensions?.holes ?? [];
    return answer;
  });
  const environment = new Environment({ network, store: new Store(new RecordSource()) });
  return { environment, holes: () => holes };
}

/** How any section stands: a fragment on the interface that all of them have. */
const standing = graphql`
  fragment relay_standing on Section @inline {
    state
    sources { agency { name } state reason asOf }
  }
`;

/** Without @required on data fields: it would turn what is withheld into a section that is missing. */
const crisis = graphql`
  query relayCrisisQuery($familyName: String!, $givenName: String!, $dateOfBirth: Date!) {
    findPeople(by: { familyName: $familyName, givenName: $givenName, dateOfBirth: $dateOfBirth }) {
      outcome
      message
      people {
        person {
          identity { name dateOfBirth }
          crisisPlan { ...relay_standing whatHelps triggers }
          clinical { ...relay_standing diagnoses { diagnosis { text } } }
        }
      }
    }
  }
`;

export async function askRelay(
  { environment, holes }: ReturnType<typeof createRelay>,
  variables: relayCrisisQuery$variables,
) {
  const data = await fetchQuery<relayCrisisQuery>(environment, crisis, variables).toPromise();
  if (!data) throw new Error('Sightline gave no answer');
  const standingOf = (section: relay_standing$key) => readInlineData(standing, section);
  return { data, standingOf, holes: holes() };
}

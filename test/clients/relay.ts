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
import { createClient, type Hole } from 'sightline/client';
import type { relay_standing$key } from './__generated__/relay_standing.graphql.ts';
import type {
  relayCrisisQuery,
  relayCrisisQuery$variables,
} from './__generated__/relayCrisisQuery.graphql.ts';
import type { Sharing } from './sharing.ts';

/**
 * An environment for one reference, with a store that begins empty and is given up with it; and the last answer's holes.
 * Relay reads a field with an error as null, like one that is empty: Sightline's client has holes, and no errors.
 */
export function createRelay(sharing: Sharing) {
  const client = createClient(sharing);
  let holes: readonly Hole[] = [];
  const network = Network.create(async (request, variables) => {
    const answer = await client.ask(request, variables);
    holes = answer.holes;
    return { data: answer.data } as GraphQLResponse;
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

/** Throws `NotAnswered` where nothing was answered. */
export async function askRelay(
  { environment, holes }: ReturnType<typeof createRelay>,
  variables: relayCrisisQuery$variables,
) {
  const data = await fetchQuery<relayCrisisQuery>(environment, crisis, variables).toPromise();
  if (!data) throw new Error('Sightline gave no answer');
  const standingOf = (section: relay_standing$key) => readInlineData(standing, section);
  return { data, standingOf, holes: holes() };
}

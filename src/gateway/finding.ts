import type { GraphQLError, GraphQLFieldResolver } from 'graphql';
import type { IdentifierSystem } from '../../adapters/contract.ts';
import { requestError } from '../errors.ts';
import { TooManySearches } from '../person-index/search-rate.ts';
import type { PersonSearchInput, SearchResult, Subject } from '../person-index/types.ts';
import type { GatewayContext } from './context.ts';
import { MissingPerson } from './missing-person.ts';

type Resolver<Args> = GraphQLFieldResolver<unknown, GatewayContext, Args>;
/** At most this many people in one request. */
export const MOST_PEOPLE = 200;

export const person: Resolver<{ id: string }> = async (_root, { id }, context) => {
  const [subject] = await context.subjects.byIds([id]);
  return seen(subject, context);
};

export const people: Resolver<{ ids: string[] }> = async (_root, { ids }, context) => {
  if (ids.length > MOST_PEOPLE) {
    throw requestError('QUERY_REFUSED', `people takes at most ${MOST_PEOPLE} ids; ${ids.length} were given`);
  }
  const subjects = await context.subjects.byIds(ids);
  return subjects.map((subject) => seen(subject, context));
};

export const personByIdentifier: Resolver<{
  system: IdentifierSystem;
  value: string;
  issuer?: string | null;
}> = async (_root, { system, value, issuer }, context) => {
  checkIssuer({ system, issuer }, context);
  const subject = await context.subjects.byIdentifier(system, value, issuer ?? null);
  return seen(subject, context);
};

export const findPeople: Resolver<{ by: PersonSearchInput }> = async (_root, { by }, context) => {
  if (by.identifier) checkIssuer(by.identifier, context);
  const { outcome, people: matches, message, contacts } = await searchFor(by, context);
  context.ledger.searches.push(outcome);
  return {
    outcome,
    message,
    contacts: contacts.map(({ agency, desk }) => context.agencies.contact(agency, desk, context.now)),
    people: matches.map(({ subject, ...match }) => ({ ...match, person: seen(subject, context) })),
  };
};

async function searchFor(by: PersonSearchInput, { subjects }: GatewayContext): Promise<SearchResult> {
  try {
    return await subjects.search(by);
  } catch (error) {
    if (!(error instanceof TooManySearches)) throw error;
    throw requestError(
      'QUERY_REFUSED',
      `findPeople takes ${error.message}. Wait a minute and ask again, or call a desk.`,
      { limit: 'SEARCHES', ...error.limit },
    );
  }
}

/** A number that nobody can have issued would be answered as unknown, though it was only written wrongly. */
function checkIssuer(
  { system, issuer }: { system: IdentifierSystem; issuer?: string | null | undefined },
  { agencies }: GatewayContext,
): void {
  if (system === 'LOCAL' && !issuer)
    throw requestError(
      'BAD_USER_INPUT',
      'A LOCAL identifier needs issuer: the id of the agency whose number it is',
    );
  if (issuer && !agencies.has(issuer))
    throw requestError('BAD_USER_INPUT', `issuer names no agency; known: ${agencies.ids.join(', ')}`);
}

function seen(subject: Subject | null | undefined, context: GatewayContext): Subject | GraphQLError {
  if (subject) context.ledger.people.add(subject);
  else context.ledger.refusals += 1;
  return subject ?? notAvailable(context);
}

/** One answer for unknown, unrelated, protected, excluded and stale: returned, not thrown, so that a list keeps its places. */
export function notAvailable({ agencies, caller, now }: GatewayContext): GraphQLError {
  const desk = agencies.has(caller.organisation) ? caller.organisation : agencies.ids[0];
  return new MissingPerson(
    'Nobody is available under this id or number for your reference. The person may still be known to an agency: call the desk.',
    {
      reason: null,
      agency: null,
      section: null,
      contact: desk ? agencies.contact(desk, null, now) : null,
    },
  );
}

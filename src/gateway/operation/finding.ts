import type { GraphQLError, GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { IDENTIFIER_FORMS, type IdentifierSystem, readIdentifier } from '../../../adapters/contract.ts';
import { requestError } from '../../errors.ts';
import type { PersonSearchInput, Subject } from '../../person-index/records/types.ts';
import type { GatewayContext } from '../request/context.ts';
import type { InfoPath } from '../request/ledger.ts';
import { MissingPerson } from '../sections/hole-error.ts';

type Resolver<Args> = GraphQLFieldResolver<unknown, GatewayContext, Args>;
export const person: Resolver<{ id: string }> = async (_root, { id }, context, info) => {
  const [subject] = await context.subjects.byIds([id]);
  noteNotLookedAt(context, info);
  return seen(subject, context, info.path);
};

export const people: Resolver<{ ids: string[] }> = async (_root, { ids }, context, info) => {
  const subjects = await context.subjects.byIds(ids);
  noteNotLookedAt(context, info);
  return subjects.map((subject, index) => seen(subject, context, info.path, index));
};

export const personByIdentifier: Resolver<{
  system: IdentifierSystem;
  value: string;
  issuer?: string | null;
}> = async (_root, { system, value, issuer }, context, info) => {
  const { ledger } = context;
  const look = async () => {
    checkNumber({ system, value, issuer }, context);
    return context.subjects.byIdentifier(system, value, issuer ?? null);
  };
  const outcome = (found: Subject | null) => (found ? 'MATCH' : 'NOT_AVAILABLE');
  const subject = await ledger.search(info.path, 'personByIdentifier', look, outcome);
  noteNotLookedAt(context, info);
  if (subject) ledger.addPerson(info.path, subject);
  return subject ?? notAvailable(context);
};

export const findPeople: Resolver<{ by: PersonSearchInput }> = async (_root, { by }, context, info) => {
  const look = async () => {
    if (by.identifier) checkNumber(by.identifier, context);
    return context.subjects.search(by);
  };
  const found = await context.ledger.search(info.path, 'findPeople', look, (result) => result.outcome);
  const { outcome, people: matches, message, contacts } = found;
  noteNotLookedAt(context, info);
  return {
    outcome,
    message: [message, ...(await unknownLoginWords(context)), ...notLookedAtWords(context)].join(' '),
    contacts: contacts.map(({ agency, desk }) => context.agencies.contact(agency, desk, context.now)),
    people: matches.map(({ subject, ...match }, index) => ({
      ...match,
      person: seen(subject, context, info.path, index),
    })),
  };
};

/** A number that nobody can have issued would be answered as unknown, though it was only written wrongly. */
function checkNumber(
  { system, value, issuer }: { system: IdentifierSystem; value: string; issuer?: string | null | undefined },
  { agencies }: GatewayContext,
): void {
  if (system === 'LOCAL' && !issuer)
    throw requestError(
      'BAD_USER_INPUT',
      'A LOCAL identifier needs issuer: the id of the agency whose number it is',
    );
  if (issuer && !agencies.has(issuer))
    throw requestError('BAD_USER_INPUT', `issuer names no agency; known: ${agencies.ids.join(', ')}`);
  if (readIdentifier(system, value) === null) {
    const { name, words } = IDENTIFIER_FORMS[system];
    throw requestError('BAD_USER_INPUT', `This is not ${name}, which is written as ${words}.`);
  }
}

async function seen(
  subject: Subject | null | undefined,
  context: GatewayContext,
  path: InfoPath,
  index?: number,
): Promise<Subject | GraphQLError> {
  if (subject) context.ledger.addPerson(path, subject, index);
  else context.ledger.refusals += 1;
  return subject ?? notAvailable(context);
}

/**
 * Agencies whose records could not be looked at: never read, too long ago, or whose they are is not known yet. The same
 * for everybody who asks at this moment, whoever is asked for. Known once a look-up has answered.
 */
function notLookedAt({ agencies, subjects }: GatewayContext): readonly string[] {
  return agencies.ids.filter((agency) => {
    const { asOf, overdue, matching } = subjects.feed(agency);
    return asOf === null || overdue || matching;
  });
}

function noteNotLookedAt(context: GatewayContext, { path }: GraphQLResolveInfo): void {
  for (const agency of notLookedAt(context)) {
    const { asOf, overdue } = context.subjects.feed(agency);
    const starting = context.agencies.get(agency).state() !== 'DOWN' && (asOf === null || !overdue);
    context.ledger.addNotLookedAt(path, agency, starting ? 'STARTING' : 'FAILED');
  }
}

/** Nothing where everybody could be looked at. */
function notLookedAtWords(context: GatewayContext): string[] {
  const names = notLookedAt(context).map((agency) => context.agencies.get(agency).adapter.name);
  if (names.length === 0) return [];
  const last = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0];
  return [`The records of ${last} could not be looked at just now: call them before you rely on this.`];
}

/** About the caller alone, whoever is asked for: nothing where their organisation's system knows their number, or cannot be asked. */
async function unknownLoginWords({ subjects, agencies, caller }: GatewayContext): Promise<string[]> {
  const { loginKnown } = await subjects.standing();
  if (loginKnown || !agencies.has(caller.organisation)) return [];
  const { name } = agencies.get(caller.organisation).adapter;
  return [
    `Your login is not known to ${name}’s system, so that nobody can be tied to you: ask whoever runs your sign-in for the staff number that it gives.`,
  ];
}

/** One answer for unknown, unrelated, protected, excluded and stale: returned, not thrown, so that a list keeps its places. */
export async function notAvailable(context: GatewayContext): Promise<GraphQLError> {
  const { agencies, caller, now } = context;
  const desk = agencies.has(caller.organisation) ? caller.organisation : agencies.ids[0];
  const nobody =
    'Nobody is available under this id or number for your reference. The person may still be known to an agency: call the desk.';
  const message = [nobody, ...(await unknownLoginWords(context)), ...notLookedAtWords(context)].join(' ');
  return new MissingPerson(message, {
    reason: null,
    agency: null,
    section: null,
    contact: desk ? agencies.contact(desk, null, now) : null,
  });
}

/** What the acts of a route past a wall have in common, as a caller meets them. */
import { GraphQLError } from 'graphql';
import type { Contact } from '../../../../adapters/contract.ts';
import { ActRefused } from '../../../acts/act.ts';
import type { Caller } from '../../../caller/types.ts';
import { requestError } from '../../../errors.ts';
import type { RegisterOutcome } from '../../../register/entry.ts';
import type { Decisions } from '../../../sharing/policy/types.ts';
import type { GatewayContext } from '../../request/context.ts';
import { requestFailure } from '../store-guard.ts';

/** Enough for an account of the moment, too little for a file. */
const LONGEST_WORDS = 2_000;
const FEWEST_LETTERS = 8;
const MOST_SHOWN = 50;

/** While the store or the register is away, an act is told as refused for that. */
export async function withOutageRefusals<T>(
  { agencies, now }: GatewayContext,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw requestFailure(error, agencies, now);
  }
}

/** Throws QUERY_REFUSED for a page of a list that is none, or too long. */
export function checkFirst(field: string, first: number): void {
  if (first < 1 || first > MOST_SHOWN)
    throw requestError('QUERY_REFUSED', `${field} takes first from 1 to ${MOST_SHOWN}; ${first} was given`);
}

/** The words, as they are kept. Throws BAD_USER_INPUT for none, and for too many. */
export function checkWords(argument: string, words: string): string {
  const text = words.trim();
  if (text === '' || text.length > LONGEST_WORDS)
    throw requestError(
      'BAD_USER_INPUT',
      `${argument} must say why, in at most ${LONGEST_WORDS.toLocaleString('en')} characters`,
    );
  return text;
}

/** The same of an account on which somebody else decides or judges: it has words in it. */
export function checkAccount(argument: string, words: string): string {
  const text = checkWords(argument, words);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < FEWEST_LETTERS)
    throw requestError('BAD_USER_INPUT', `${argument} must say in words why it is needed now`);
  return text;
}

/** An outcome of an act: it has neither level nor reason until it is given one. */
export const outcome = (section: string, agency: string, state: string): RegisterOutcome => ({
  ...{ section, agency, state },
  ...{ level: null, reason: null, asOf: null },
});

/** `<agency>:<number>`; empty without a reference. */
export const referenceOf = ({ reference }: Pick<GatewayContext, 'reference'>): string =>
  reference ? `${reference.agency}:${reference.value}` : '';

export const deskOf = (
  agency: string,
  section: string,
  decisions: Decisions,
  { agencies, now }: GatewayContext,
): Contact => agencies.contact(agency, decisions.section(agency, section).desk, now);

/** The very person who did it: by their login, or by the number under which their organisation knows them. */
export const isThemselves = (
  who: Pick<Caller, 'issuer' | 'sub' | 'staff' | 'organisation'>,
  { issuer, sub, staff, organisation }: Pick<Caller, 'issuer' | 'sub' | 'staff' | 'organisation'>,
): boolean =>
  who.organisation === organisation && ((who.issuer === issuer && who.sub === sub) || who.staff === staff);

/** Says a word on an act; what is said already, or too late, is refused. */
export async function refusedAsInput(say: () => Promise<void>): Promise<void> {
  try {
    await say();
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error;
    throw requestError('BAD_USER_INPUT', `${error.message}.`);
  }
}

/** One answer for an act that does not exist, is somebody else's, or concerns somebody from whom the caller is kept. */
export function noSuchAct(what: string, { agencies, caller, now }: GatewayContext): GraphQLError {
  const desk = agencies.has(caller.organisation) ? caller.organisation : agencies.ids[0];
  return new GraphQLError(`There is no such ${what} that you may see.`, {
    extensions: {
      ...{ code: 'NOT_AVAILABLE', reason: null, agency: null, section: null },
      contact: desk ? agencies.contact(desk, null, now) : null,
    },
  });
}

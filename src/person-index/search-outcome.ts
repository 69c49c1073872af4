import type { Evidence } from './search-evidence.ts';
import { SEARCH_POLICY } from './search-policy.ts';
import type { SearchOutcome } from './types.ts';

/** Said for each outcome, the same whoever was looked for. */
export const SEARCH_MESSAGES: Readonly<Record<SearchOutcome, string>> = {
  MATCH: 'One person matches. Check who it is with the person before relying on it.',
  POSSIBLE_MATCH: 'There may be a match, but not one that is certain enough to show. Call one of the desks.',
  MANY_MATCH:
    'More than one person could match, so nobody is shown. Add what else is known, or call one of the desks.',
  NO_MATCH: 'Nobody can be shown here. The person may still be known: call one of the desks.',
  TOO_BROAD:
    'Not enough to go on. Give an identifier, a family name with a date of birth, or a family name, given name and postcode, without wildcards (* % ? _). With a common name give all that is known.',
};

/**
 * The outcome of a search from those who passed the gate and match at all; in a MATCH, the one who is clearly ahead of
 * everybody else.
 */
export function outcomeOf<T extends { evidence: Evidence }>(
  matches: readonly T[],
): { outcome: SearchOutcome; match: T | null } {
  const strong = matches.filter(({ evidence }) => evidence.confidence !== 'POSSIBLE');
  const holders = matches.filter(({ evidence }) => evidence.holdsIdentifier);
  const [best] = strong.toSorted((one, other) => other.evidence.bits - one.evidence.bits);
  if (matches.length === 0) return { outcome: 'NO_MATCH', match: null };
  if (holders.length > 1) return { outcome: 'MANY_MATCH', match: null };
  if (!best) return { outcome: matches.length > 1 ? 'MANY_MATCH' : 'POSSIBLE_MATCH', match: null };
  const near = best.evidence.bits - SEARCH_POLICY.ahead;
  const alone = matches.every((one) => one === best || one.evidence.bits <= near);
  return alone ? { outcome: 'MATCH', match: best } : { outcome: 'MANY_MATCH', match: null };
}

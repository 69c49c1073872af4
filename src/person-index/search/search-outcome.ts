import type { Features } from '../../linkage/features.ts';
import { shareOf } from '../../linkage/frequencies.ts';
import type { Model } from '../../linkage/model.ts';
import { SEARCH_POLICY } from '../admit/search-policy.ts';
import type { SearchOutcome } from '../records/types.ts';
import type { Evidence } from './search-evidence.ts';

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

/**
 * What a question is worth, in bits: how rare it is that one person has all that it says, whoever may be found. It
 * needs a family name or a number: a date and a postcode alone ask who lives somewhere.
 */
export function isEnough(question: Features, model: Model): boolean {
  if (question.identifiers.length === 0 && !namesFamily(question)) return false;
  return worthOf(question, model) >= SEARCH_POLICY.question;
}

/**
 * A syllable is a family name, so O, E and U are; a consonant alone is an initial, a wildcard by another name, but where a
 * forename and a whole date of birth stand beside it.
 */
function namesFamily({ names, born }: Features): boolean {
  const family = names[0]?.family?.text ?? '';
  if (family.length >= SEARCH_POLICY.familyLetters || /^[AEIOUY]$/.test(family)) return true;
  return family.length === 1 && (names[0]?.given?.text.length ?? 0) > 1 && born?.full === true;
}

function worthOf({ names, born, sex, addresses, identifiers }: Features, { frequencies }: Model): number {
  const rarity = (field: 'given' | 'family' | 'year' | 'monthDay' | 'postcode', value: string) =>
    -Math.log2(shareOf(frequencies[field], value));
  const given = names[0]?.given?.text ?? '';
  const family = names[0]?.family?.text ?? '';
  const postcode = addresses[0]?.postcode ?? '';
  return (
    (given.length > 1 ? rarity('given', given) : given.length * SEARCH_POLICY.initial) +
    (family.length >= SEARCH_POLICY.familyLetters || /^[AEIOUY]$/.test(family)
      ? rarity('family', family)
      : 0) +
    (born ? rarity('year', born.digits.slice(0, 4)) + rarity('monthDay', born.digits.slice(4)) : 0) +
    (postcode === '' ? 0 : rarity('postcode', postcode)) +
    // A forename mostly says the sex already.
    (sex !== null && given === '' ? 1 : 0) +
    identifiers.length * SEARCH_POLICY.identifier
  );
}

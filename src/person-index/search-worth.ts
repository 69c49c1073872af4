import type { Features } from '../linkage/features.ts';
import { shareOf } from '../linkage/frequencies.ts';
import type { Model } from '../linkage/model.ts';
import { SEARCH_POLICY } from './search-policy.ts';

/**
 * What a question is worth, in bits: how rare it is that one person has all that it says, whoever may be found. It
 * needs a family name or a number: a date and a postcode alone ask who lives somewhere.
 */
export function isEnough(question: Features, model: Model): boolean {
  const family = question.names[0]?.family?.text ?? '';
  if (question.identifiers.length === 0 && family.length < SEARCH_POLICY.familyLetters) return false;
  return worthOf(question, model) >= SEARCH_POLICY.question;
}

function worthOf({ names, born, sex, addresses, identifiers }: Features, { frequencies }: Model): number {
  const rarity = (field: 'given' | 'family' | 'year' | 'monthDay' | 'postcode', value: string) =>
    -Math.log2(shareOf(frequencies[field], value));
  const given = names[0]?.given?.text ?? '';
  const family = names[0]?.family?.text ?? '';
  const postcode = addresses[0]?.postcode ?? '';
  return (
    (given.length > 1 ? rarity('given', given) : given.length * SEARCH_POLICY.initial) +
    (family.length >= SEARCH_POLICY.familyLetters ? rarity('family', family) : 0) +
    (born ? rarity('year', born.digits.slice(0, 4)) + rarity('monthDay', born.digits.slice(4)) : 0) +
    (postcode === '' ? 0 : rarity('postcode', postcode)) +
    // A forename mostly says the sex already.
    (sex !== null && given === '' ? 1 : 0) +
    identifiers.length * SEARCH_POLICY.identifier
  );
}

import type { Address, Features, NameValue, PersonName } from '../features.ts';
import { genericKey } from '../model.ts';
import { formalName } from '../nicknames.ts';

/**
 * Keys under which a record is looked for: two records are compared if they share one. Each is made of fields that go
 * wrong independently, so that a pair with any two or three of them whole is met under some key. A key says by its
 * first letter what it is made of.
 */
export function blockingKeys({ names, born, addresses, phones, identifiers }: Features): string[] {
  const keys: string[] = [];
  for (const one of identifiers) if (one.trust !== 'GENERIC') keys.push(`i${genericKey(one)}`);
  for (const one of phones) keys.push(`p${one}`);
  if (born?.full) keys.push(`b${born.digits}`);
  for (const name of names) nameKeys(keys, name, born);
  for (const one of addresses) addressKeys(keys, one, names);
  return keys;
}

function nameKeys(keys: string[], { given, family }: PersonName, born: Features['born']): void {
  const forename = given && firstName(given);
  const year = born?.digits.slice(0, 4);
  if (forename && family) {
    keys.push(`n${forename}|${family.sound}`);
    if (given.words.length > 1) keys.push(`n${formalName(given.words[1] as string)}|${family.sound}`);
  }
  if (given && family) keys.push(`s${[given.sound, family.sound].toSorted().join('|')}`);
  if (year && family) keys.push(`f${year}|${family.text.slice(0, 5)}`);
  if (!born?.full) return;
  if (forename) keys.push(`g${born.digits.slice(0, 6)}|${forename}`, `h${born.digits.slice(4)}|${forename}`);
  if (family) keys.push(`k${born.digits.slice(4)}|${family.sound}`);
}

function addressKeys(keys: string[], one: Address, names: readonly PersonName[]): void {
  const { place, postcode, suburb, street, locality, number } = one;
  if (place) keys.push(`u${place}`);
  if (street && number) keys.push(`a${street.slice(0, 8)}|${number}`);
  if (postcode && number) keys.push(`o${postcode}|${number}`);
  if (suburb && number) keys.push(`q${suburb}|${number}`);
  if (postcode && street) keys.push(`r${postcode}|${street.slice(0, 5)}`);
  if (suburb && locality) keys.push(`l${suburb}|${locality.slice(0, 5)}`);
  for (const { given, family } of names) {
    if (family && postcode) keys.push(`c${postcode}|${family.sound}`);
    if (family && suburb) keys.push(`d${suburb}|${family.sound}`);
    if (given && postcode) keys.push(`e${postcode}|${firstName(given)}`);
    if (given && suburb) keys.push(`m${suburb}|${firstName(given)}`);
  }
}

/**
 * Keys under which two are met of whom hardly two fields are whole, or one is missing: of the year alone, of the sound or the
 * ends of a name. By chance many more share one, so that only what is not too many records is looked for under these.
 */
export function furtherKeys({ names, born, addresses }: Features): string[] {
  const keys: string[] = [];
  const year = born?.digits.slice(0, 4);
  for (const { given, family } of names) {
    if (year && given) keys.push(`w${year}|${firstName(given)}`);
    if (year && family) keys.push(`v${year}|${family.sound}`);
    if (given && family) {
      keys.push(`x${given.text.slice(0, ENDS)}|${family.text.slice(0, ENDS)}`);
      keys.push(`y${given.text.slice(-ENDS)}|${family.text.slice(-ENDS)}`);
    }
  }
  for (const { postcode, suburb } of addresses) {
    for (const area of [postcode, suburb]) {
      if (area && year) keys.push(`z${area}|${year}`);
      if (area) for (const { given } of names) if (given) keys.push(`t${area}|${given.sound}`);
    }
  }
  return keys;
}
const ENDS = 3;

const firstName = (given: NameValue): string => formalName(given.words[0] as string);

/** What an over-large block is split by, one after another; null where the record has none. */
export const REFINEMENTS: readonly ((features: Features) => string | null)[] = [
  ({ born }) => born?.digits.slice(0, 4) ?? null,
  ({ names }) => (names[0]?.given ? firstName(names[0].given) : null),
  ({ names }) => names[0]?.family?.sound ?? null,
  ({ born }) => (born?.full ? born.digits.slice(4) : null),
  ({ addresses }) => addresses[0]?.postcode ?? addresses[0]?.suburb ?? null,
  ({ names }) => names[0]?.family?.text ?? null,
  ({ names }) => names[0]?.given?.text ?? null,
  ({ addresses }) => addresses[0]?.street ?? null,
];

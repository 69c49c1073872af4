import type { BirthDate, Features, Identifier, NameValue, PersonName, Sex } from '../features.ts';
import { readAddress, type WrittenAddress } from './address.ts';
import { birthDate } from './birth-date.ts';
import { identifierType, identifierValue } from './identifier.ts';
import { nameValues } from './name.ts';
import { isNobody, isUnnamedChild } from './no-name.ts';

/**
 * The version of how names, numbers and dates are read. A new one makes every index be built anew with the next passes of
 * its feeds: raise it with whatever changes a reading, or records keep keys under which nobody looks.
 */
export const READING_VERSION = 3;

/** A record as a system wrote it; blank or absent is missing. */
export interface WrittenRecord {
  readonly names: readonly { readonly given: string; readonly family: string }[];
  readonly born: string;
  readonly sex: string;
  readonly addresses: readonly WrittenAddress[];
  readonly phones: readonly string[];
  readonly identifiers: readonly { readonly type: string; readonly value: string }[];
}

/** The same text gives the same object: a million records have few different names, and memory is bounded. */
export type FeatureReader = (written: WrittenRecord) => Features;

/** Makes a reader with a memory of its own. */
export function featureReader(): FeatureReader {
  const given = memoised((text) => orNone(nameValues(text, 'given')));
  const family = memoised((text) => orNone(nameValues(text, 'family')));
  const nobody = memoised((text) => isNobody(...(text.split('|') as [string, string])));
  const born = memoised<BirthDate | null>(birthDate);
  const texts = memoised((text) => text);
  const shared = (text: string | null): string | null => (text === null ? null : texts(text));
  return (written) => ({
    // In every usual spelling of either, that of passports first.
    names: readAll(
      written.names.flatMap((name) => {
        if (nobody(`${name.given}|${name.family}`)) return [];
        const unnamed = isUnnamedChild(name.given) ? { unnamed: true } : {};
        return given(name.given).flatMap((one) =>
          family(name.family).map((other) => ({ given: one, family: other, ...unnamed })),
        );
      }),
      (name): PersonName | null => (name.given || name.family ? name : null),
    ),
    born: born(written.born),
    sex: sexOf(written.sex),
    addresses: readAll(written.addresses, (one) => {
      const found = readAddress(one);
      if (!found) return null;
      const { postcode, street, locality, suburb, state, number, place } = found;
      return {
        ...{ postcode: shared(postcode), place, number: shared(number), street: shared(street) },
        ...{ locality: shared(locality), suburb: shared(suburb), state: shared(state) },
      };
    }),
    phones: readAll(written.phones, readPhone),
    identifiers: readAll(written.identifiers, ({ type, value }): Identifier | null => {
      const kind = texts(identifierType(type));
      const found = identifierValue(kind, value);
      return found && { ...found, type: texts(found.type), hashed: false };
    }),
  });
}

const orNone = (values: readonly NameValue[]): readonly (NameValue | null)[] =>
  values.length === 0 ? [null] : values;

const NOTHING: readonly never[] = [];

/** What can be read of each; one and the same empty list where there is nothing. */
function readAll<Written, Read>(
  all: readonly Written[],
  read: (one: Written) => Read | null,
): readonly Read[] {
  const found = all.map(read).filter((one) => one !== null);
  return found.length === 0 ? NOTHING : found;
}

function memoised<Value>(make: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const made = make(text);
    known.set(text, made);
    return made;
  };
}

/** Words and codes of the agencies' systems: ISO 5218 and NHS 1 and 2, letters, words. */
function sexOf(written: string): Sex | null {
  const text = written.trim().toUpperCase();
  if (text === 'M' || text === '1' || text === 'MALE' || text === 'BOY') return 'M';
  if (text === 'F' || text === '2' || text === 'FEMALE' || text === 'GIRL') return 'F';
  return null;
}

/** The last nine digits: without the prefixes of country and trunk, which are written in many ways. Null if too short or a filler. */
export function readPhone(written: string): string | null {
  const digits = written.replace(/\D/g, '');
  if (digits.length < 6 || /^(\d)\1+$/.test(digits.slice(-6))) return null;
  return digits.slice(-9);
}

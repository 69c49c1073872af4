import type { BirthDate, Features, Identifier, NameValue, PersonName, Sex } from '../features.ts';
import { address, type WrittenAddress } from './address.ts';
import { birthDate } from './birth-date.ts';
import { identifierType, identifierValue } from './identifier.ts';
import { nameValue } from './name.ts';
import { phone } from './phone.ts';

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
  const name = remembered<NameValue | null>(nameValue);
  const born = remembered<BirthDate | null>(birthDate);
  const texts = remembered((text) => text);
  const shared = (text: string | null): string | null => (text === null ? null : texts(text));
  return (written) => ({
    names: listed(written.names, ({ given, family }): PersonName | null => {
      const found = { given: name(given), family: name(family) };
      return found.given || found.family ? found : null;
    }),
    born: born(written.born),
    sex: sexOf(written.sex),
    addresses: listed(written.addresses, (one) => {
      const found = address(one);
      if (!found) return null;
      const { postcode, street, locality, suburb, state, number, place } = found;
      return {
        ...{ postcode: shared(postcode), place, number: shared(number), street: shared(street) },
        ...{ locality: shared(locality), suburb: shared(suburb), state: shared(state) },
      };
    }),
    phones: listed(written.phones, phone),
    identifiers: listed(written.identifiers, ({ type, value }): Identifier | null => {
      const kind = texts(identifierType(type));
      const found = identifierValue(kind, value);
      return found && { type: kind, ...found, hashed: false };
    }),
  });
}

const NOTHING: readonly never[] = [];

/** What can be read of each; one and the same empty list where there is nothing. */
function listed<Written, Read>(
  all: readonly Written[],
  read: (one: Written) => Read | null,
): readonly Read[] {
  const found = all.map(read).filter((one) => one !== null);
  return found.length === 0 ? NOTHING : found;
}

function remembered<Value>(make: (text: string) => Value): (text: string) => Value {
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

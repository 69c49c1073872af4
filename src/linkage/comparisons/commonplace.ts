import type { Address, BirthDate, Identifier } from '../features.ts';
import { genericKey } from '../model.ts';

/** What so many share that it says little, ready to be asked of millions of pairs without making a text of each. */
export interface Commonplace {
  /** The day is one that registers fill in for people who do not know theirs. */
  isVague(born: BirthDate): boolean;
  /** Of people of many families. */
  isCrowded(address: Address): boolean;
  isSharedPhone(phone: string): boolean;
  isGeneric(identifier: Identifier): boolean;
}

export const dayKey = ({ digits }: BirthDate): string => `DAY|${digits.slice(4)}`;
export const dateKey = ({ digits }: BirthDate): string => `DATE|${digits}`;
export const phoneKey = (phone: string): string => `PHONE|${phone}`;

/** The house, where it is known. */
export function houseKey({ place, postcode, suburb, street, number }: Address): string | null {
  if (place) return `HOUSE|${place}`;
  const area = postcode ?? suburb;
  return area && street ? `HOUSE|${area}|${street}|${number ?? ''}` : null;
}

let lastAsked: { readonly keys: ReadonlySet<string>; readonly commonplace: Commonplace } | null = null;

/** Of a model's `generic`. */
export function commonplaceOf(keys: ReadonlySet<string>): Commonplace {
  if (lastAsked?.keys !== keys) lastAsked = { keys, commonplace: read(keys) };
  return lastAsked.commonplace;
}

function read(keys: ReadonlySet<string>): Commonplace {
  const days = new Uint8Array(10_000);
  const dates = new Set<number>();
  /** Places and areas of crowded houses: few addresses are in one, and only of these the whole key is made. */
  const areas = new Set<string>();
  let phones = false;
  /** Numbers without their systems. */
  const values = new Set<string>();
  for (const key of keys) {
    const [kind, first = ''] = key.split('|', 2);
    if (kind === 'DAY') days[Number(first)] = 1;
    else if (kind === 'DATE') dates.add(Number(first));
    else if (kind === 'HOUSE') areas.add(first);
    else if (kind === 'PHONE') phones = true;
    else values.add(key.slice(key.indexOf('|') + 1));
  }
  return {
    isVague: ({ year, month, day }) =>
      days[month * 100 + day] === 1 || (dates.size > 0 && dates.has(year * 10_000 + month * 100 + day)),
    isCrowded(address) {
      const where = address.place ?? address.postcode ?? address.suburb;
      if (where === null || !areas.has(where)) return false;
      const key = houseKey(address);
      return key !== null && keys.has(key);
    },
    isSharedPhone: (phone) => phones && keys.has(phoneKey(phone)),
    isGeneric: (one) => one.trust === 'GENERIC' || (values.has(one.value) && keys.has(genericKey(one))),
  };
}

export const NOTHING_COMMON: Commonplace = read(new Set());

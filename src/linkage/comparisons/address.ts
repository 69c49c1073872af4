import type { Address } from '../features.ts';
import { jaroWinklerFrom, oneEditApart } from '../word-likeness.ts';
import type { Commonplace } from './commonplace.ts';
import { ADDRESS, PART, type PartName } from './levels.ts';

/** How two addresses agree: as a whole (a level of `ADDRESS`) and in each part (a level of `PART`, 0 = missing). */
export interface AddressAgreement {
  readonly level: number;
  readonly parts: Readonly<Record<PartName, number>>;
  readonly a: Address | null;
  readonly b: Address | null;
  /** A house where people of many families live: a hostel, a hospital. */
  readonly crowded: boolean;
}

export const NO_ADDRESS: AddressAgreement = {
  level: 0,
  parts: { place: 0, postcode: 0, suburb: 0, state: 0, street: 0, locality: 0, number: 0 },
  a: null,
  b: null,
  crowded: false,
};

/** The best agreement among all addresses that either has or had. */
export function compareAddresses(
  as: readonly Address[],
  bs: readonly Address[],
  common: Commonplace,
): AddressAgreement {
  let best = NO_ADDRESS;
  for (const a of as) {
    for (const b of bs) {
      const found = compareOne(a, b, common);
      if (found.level !== 0 && (best.level === 0 || found.level < best.level)) best = found;
    }
  }
  return best;
}

function compareOne(a: Address, b: Address, common: Commonplace): AddressAgreement {
  const [street, locality] = streets(a, b);
  const parts = {
    place: exact(a.place, b.place),
    postcode: coded(a.postcode, b.postcode),
    suburb: worded(a.suburb, b.suburb),
    state: coded(a.state, b.state),
    street,
    locality,
    number: coded(a.number, b.number),
  };
  const crowded = common.isCrowded(a) || common.isCrowded(b);
  return { level: wholeLevel(parts), parts, a, b, crowded };
}

/** Street and locality are often in each other's column. */
function streets(a: Address, b: Address): [street: number, locality: number] {
  const street = worded(a.street, b.street);
  const locality = worded(a.locality, b.locality);
  if (street === PART.SAME || locality === PART.SAME) return [street, locality];
  const across = [worded(a.street, b.locality), worded(a.locality, b.street)] as const;
  return agreeing(...across) > agreeing(street, locality) ? [across[0], across[1]] : [street, locality];
}

const agreeing = (one: number, other: number): number => worth(one) + worth(other);
const worth = (level: number): number => (level === PART.SAME ? 3 : level === PART.NEAR ? 2 : 0);

function exact(a: string | null, b: string | null): number {
  if (a === null || b === null) return 0;
  return a === b ? PART.SAME : PART.DIFFERENT;
}

function coded(a: string | null, b: string | null): number {
  if (a === null || b === null) return 0;
  if (a === b) return PART.SAME;
  return oneEditApart(a, b) ? PART.NEAR : PART.DIFFERENT;
}

function worded(a: string | null, b: string | null): number {
  if (a === null || b === null) return 0;
  if (a === b) return PART.SAME;
  return jaroWinklerFrom(NEAR, a, b) > 0 || oneEditApart(a, b) ? PART.NEAR : PART.DIFFERENT;
}

const NEAR = 0.9;

function wholeLevel(parts: Readonly<Record<PartName, number>>): number {
  const { place, postcode, suburb, street, locality, number } = parts;
  if (place === PART.SAME) return ADDRESS.HOUSE;
  const road = agrees(street) || agrees(locality);
  // A postcode that differs by a character in another suburb is another postcode.
  const area = postcode === PART.SAME || agrees(suburb) || (postcode === PART.NEAR && suburb === 0);
  if (road && number === PART.SAME && (area || (postcode === 0 && suburb === 0))) return ADDRESS.HOUSE;
  if (road && (area || number === PART.SAME)) return ADDRESS.STREET;
  if (area || road) return ADDRESS.AREA;
  return postcode !== 0 || suburb !== 0 || street !== 0 || place !== 0 ? ADDRESS.DIFFERENT : 0;
}

const agrees = (level: number): boolean => level === PART.SAME || level === PART.NEAR;

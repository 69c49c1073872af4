import type { AddressAgreement } from './comparisons/address.ts';
import { ADDRESS, PART, PART_NAMES, type PartName } from './comparisons/levels.ts';
import { type FrequencyField, shareOf } from './frequencies.ts';
import type { Model } from './model.ts';

/**
 * The weight of an address as a whole. Its parts are taken one after another, from area to door, each in the light of
 * those before it: in a postcode that agrees, a suburb that agrees too is no news. Where nothing agrees the person may
 * have moved, and that is held against the pair no more than moving is rare.
 */
export function weighAddress(model: Model): (address: AddressAgreement) => number {
  const part = partWeigher(model);
  const { moved } = model;
  return ({ level, parts, a, b }) => {
    if (level === 0 || a === null || b === null) return 0;
    let bits = 0;
    for (const name of PART_NAMES) {
      if (parts[name] !== 0) bits += part(name, parts[name], agreesOnArea(name, parts), a[name] ?? b[name]);
      if (name === 'place' && parts.place === PART.SAME) break;
    }
    return Math.log2(moved + (1 - moved) * 2 ** bits);
  };
}

/** Whether what this part depends on agrees. */
export function agreesOnArea(
  name: PartName,
  { place, postcode, suburb }: AddressAgreement['parts'],
): boolean {
  if (name === 'place' || name === 'postcode' || name === 'number') return false;
  if (place === PART.SAME || postcode === PART.SAME) return true;
  return name !== 'suburb' && suburb === PART.SAME;
}

function partWeigher({ partM, partU, partWithin, frequencies }: Model) {
  return (name: PartName, level: number, inside: boolean, value: string | null): number => {
    const m = partM[name][level] as number;
    const same = partWithin[name];
    if (inside && level !== PART.SAME) {
      const rest = 1 - (partU[name][PART.SAME] as number);
      return Math.log2(m / (((1 - same) * (partU[name][level] as number)) / rest));
    }
    if (level !== PART.SAME || value === null || name === 'place')
      return Math.log2(m / (partU[name][level] as number));
    const share = shareOf(frequencies[name satisfies FrequencyField], value);
    return Math.log2(m / (inside ? Math.max(share, same) : share));
  };
}

export const isHouse = ({ level }: AddressAgreement): boolean => level === ADDRESS.HOUSE;

import type { Scored } from '../linkage/compare.ts';
import { COMPARISONS, type Levels, ORDER, PARTS } from '../linkage/comparisons/levels.ts';

/**
 * Why somebody was found, in the linkage model's words: what agrees and what differs of that which was asked, strongest
 * first. Never how much it weighs, which would tell how rare a name is.
 */
export function explanationOf({ agreement, bits }: Scored): string[] {
  const { names, born, sex, address, identifier } = agreement;
  const said: readonly (readonly [levels: Levels, level: number, bits: number])[] = [
    [COMPARISONS.forename, names.forename, bits.forename],
    [COMPARISONS.surname, names.surname, bits.surname],
    [COMPARISONS.order, names.order === ORDER.SWAPPED ? names.order : 0, bits.order],
    [COMPARISONS.born, born, bits.born],
    [COMPARISONS.sex, sex, bits.sex],
    [PARTS.postcode, address.parts.postcode, bits.address],
    [COMPARISONS.identifier, identifier.level, bits.identifier],
  ];
  return said
    .toSorted((one, other) => Math.abs(other[2]) - Math.abs(one[2]))
    .flatMap(([levels, level]) => levels[level - 1]?.words ?? []);
}

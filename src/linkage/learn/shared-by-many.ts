import { agreementOf } from '../comparisons/agreement.ts';
import { dateKey, dayKey, houseKey, phoneKey } from '../comparisons/commonplace.ts';
import { BORN, FORENAME, SURNAME } from '../comparisons/levels.ts';
import type { Features, LinkRecord } from '../features.ts';
import { genericKey } from '../model.ts';
import type { LinkagePolicy } from '../policy.ts';
import { hash32 } from '../random.ts';

const NOTHING: ReadonlySet<string> = new Set();
/** Beyond so many carriers the first are enough to see whether they are different people. */
const LOOKED_AT = 40;

/**
 * Values that so many share that they say little: identifiers of at least `genericFrom` people, houses and phones of
 * people of at least `crowdFrom` families, and dates of birth that are filled in for people who do not know theirs.
 */
export function sharedByMany(
  records: readonly LinkRecord[],
  { genericFrom, crowdFrom }: LinkagePolicy,
): ReadonlySet<string> {
  const identifiers = carriersOf(records, (one) => one.identifiers.map(genericKey), genericFrom);
  const places = carriersOf(records, placeKeys, crowdFrom);
  return new Set([
    ...[...identifiers].filter(([, all]) => differing(all, areDifferent) >= genericFrom).map(([key]) => key),
    ...[...places].filter(([, all]) => differing(all, areStrangers) >= crowdFrom).map(([key]) => key),
    ...placeholderDates(records),
  ]);
}

const placeKeys = ({ addresses, phones }: Features): string[] => [
  ...addresses.flatMap((one) => houseKey(one) ?? []),
  ...phones.map(phoneKey),
];

/** Values that at least so many records have, and the first records that have them. */
function carriersOf(
  records: readonly LinkRecord[],
  keysOf: (features: Features) => readonly string[],
  times: number,
): Map<string, Features[]> {
  const mayBe = countedRoughly(records, keysOf, times);
  const counts = new Map<string, number>();
  const carriers = new Map<string, Features[]>();
  for (const { features } of records) {
    for (const key of keysOf(features)) {
      if (!mayBe(key)) continue;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count === times) carriers.set(key, []);
    }
  }
  for (const { features } of records) {
    for (const key of keysOf(features)) {
      const list = carriers.get(key);
      if (list && list.length < LOOKED_AT) list.push(features);
    }
  }
  return carriers;
}

/** Counts hashes, in little memory: of most values it can be told at once that too few records have them. */
function countedRoughly(
  records: readonly LinkRecord[],
  keysOf: (features: Features) => readonly string[],
  times: number,
): (key: string) => boolean {
  const mask = 2 ** Math.ceil(Math.log2(Math.max(64, records.length * 4))) - 1;
  const counts = new Uint8Array(mask + 1);
  for (const { features } of records) {
    for (const key of keysOf(features)) {
      const at = hash32(key) & mask;
      if ((counts[at] as number) < times) counts[at] = (counts[at] as number) + 1;
    }
  }
  return (key) => (counts[hash32(key) & mask] as number) >= times;
}

/** How many of them differ from all the others counted. */
function differing(list: readonly Features[], differ: (one: Features, other: Features) => boolean): number {
  const people: Features[] = [];
  for (const one of list) if (people.every((other) => differ(one, other))) people.push(one);
  return people.length;
}

function areDifferent(one: Features, other: Features): boolean {
  const { names, born } = agreementOf(one, other, NOTHING);
  const forename = names.forename === FORENAME.DIFFERENT || names.forename === FORENAME.NEAR;
  const surname = names.surname === SURNAME.DIFFERENT || names.surname === SURNAME.NEAR;
  const dates = born >= BORN.TWO_PARTS && born !== BORN.YEAR_SAME;
  return Number(forename) + Number(surname) + Number(dates) >= 2 && (forename || surname);
}

/** Of two families: a surname that was mistyped has a forename and a birth beside it that are the same. */
function areStrangers(one: Features, other: Features): boolean {
  const { names, born } = agreementOf(one, other, NOTHING);
  const apart = names.forename === FORENAME.DIFFERENT || (born >= BORN.TWO_PARTS && born !== BORN.YEAR_SAME);
  return names.surname === SURNAME.DIFFERENT && apart;
}

/** New Year's Day is given to refugees, and to all of whom no more than the year is known, everywhere. */
const NEW_YEAR = 'DAY|0101';
/** A whole date that so many times its share of the records have, and so many records at least. */
const TOO_OFTEN = 40;
const FEWEST = 12;

function placeholderDates(records: readonly LinkRecord[]): string[] {
  const days = new Map<string, number>();
  const dates = new Map<string, number>();
  const years = new Map<number, number>();
  let total = 0;
  for (const { features } of records) {
    const { born } = features;
    if (!born?.full) continue;
    total += 1;
    for (const [table, key] of [
      [days, dayKey(born)],
      [dates, dateKey(born)],
    ] as const)
      table.set(key, (table.get(key) ?? 0) + 1);
    years.set(born.year, (years.get(born.year) ?? 0) + 1);
  }
  const often = [...dates].filter(([key, count]) => {
    const year = years.get(Number(key.slice(5, 9))) ?? 0;
    return count >= FEWEST && count >= (TOO_OFTEN * Math.max(year - count, total / 120)) / 366;
  });
  const day = [...days].filter(([, count]) => count >= FEWEST && count >= (OFTEN_DAY * total) / 366);
  return [...(total > 0 ? [NEW_YEAR] : []), ...often.map(([key]) => key), ...day.map(([key]) => key)];
}

/** A day of the year that is that much more frequent than others is filled in. */
const OFTEN_DAY = 6;

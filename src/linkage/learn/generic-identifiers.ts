import { agreementOf } from '../comparisons/agreement.ts';
import { BORN, FORENAME, SURNAME } from '../comparisons/levels.ts';
import type { Features, LinkRecord } from '../features.ts';
import { genericKey } from '../model.ts';
import type { LinkagePolicy } from '../policy.ts';

const NOTHING: ReadonlySet<string> = new Set();
/** Beyond so many carriers the first are enough to see whether they are different people. */
const LOOKED_AT = 40;

/** Identifiers carried by records that are otherwise different people, at least `genericFrom` of them. */
export function genericIdentifiers(
  records: readonly LinkRecord[],
  { genericFrom }: LinkagePolicy,
): ReadonlySet<string> {
  const carriers = new Map<string, Features[]>();
  for (const key of repeatedKeys(records, genericFrom)) carriers.set(key, []);
  for (const { features } of records) {
    for (const one of features.identifiers) {
      const list = carriers.get(genericKey(one));
      if (list && list.length < LOOKED_AT) list.push(features);
    }
  }
  const generic = new Set<string>();
  for (const [key, list] of carriers) if (differentPeople(list) >= genericFrom) generic.add(key);
  return generic;
}

function repeatedKeys(records: readonly LinkRecord[], times: number): Set<string> {
  const counts = new Map<string, number>();
  const repeated = new Set<string>();
  for (const { features } of records) {
    for (const one of features.identifiers) {
      const key = genericKey(one);
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count >= times) repeated.add(key);
    }
  }
  return repeated;
}

/** How many of them differ from all the others counted: in name and in date of birth. */
function differentPeople(list: readonly Features[]): number {
  const people: Features[] = [];
  for (const one of list) if (people.every((other) => areDifferent(one, other))) people.push(one);
  return people.length;
}

function areDifferent(one: Features, other: Features): boolean {
  const { names, born } = agreementOf(one, other, NOTHING);
  const forename = names.forename === FORENAME.DIFFERENT || names.forename === FORENAME.NEAR;
  const surname = names.surname === SURNAME.DIFFERENT || names.surname === SURNAME.NEAR;
  const dates = born >= BORN.TWO_PARTS && born !== BORN.YEAR_SAME;
  return Number(forename) + Number(surname) + Number(dates) >= 2 && (forename || surname);
}

import { AGE_BANDS, SEXES } from '../../../src/cohort/countables.ts';
import { chanceFrom, type Knowledge } from './pairs.ts';
import { SECRET } from './place.ts';

/** Districts of the demo and their postcode. */
const DISTRICTS = {
  NORTHMOOR: 'ZZ1',
  EASTHAVEN: 'ZZ2',
  MILLBROOK_CROSS: 'ZZ3',
  HARROWBY_SANDS: 'ZZ4',
  WEXCOMBE: 'ZZ5',
  GARSBY_AND_THORNWICK: 'ZZ6',
  SALTRY: 'ZZ8',
} as const;
const MOST_ALIKE = 20;
const DISTRICT = 'person.district';
const SEX = 'person.sex';
const AGE = 'person.ageBand';
const VALUES: Readonly<Record<string, readonly string[]>> = {
  [DISTRICT]: Object.keys(DISTRICTS),
  [SEX]: SEXES,
  [AGE]: AGE_BANDS.map(([band]) => band),
};
/** By which two fields so many people are each alone: by three, a filter has more combinations than are counted. */
const ALONE = [
  { by: [SEX, DISTRICT], people: 8 },
  { by: [DISTRICT, AGE], people: 12 },
] as const;

/**
 * Rows of a place in which some people are each alone with two things that are known of them, and of half of them the secret
 * is true; in place of whoever is in the index.
 */
export function peopleOfDistricts(seed = 1): {
  targets: (Knowledge & { isTrue: boolean })[];
  storeRows: string[];
  policeRows: string[];
} {
  const chance = chanceFrom(seed);
  const kinds = Object.entries(VALUES).reduce<Record<string, string>[]>(
    (all, [name, values]) => all.flatMap((kind) => values.map((value) => ({ ...kind, [name]: value }))),
    [{}],
  );
  const shuffled = kinds
    .map((kind) => [chance(), kind] as const)
    .toSorted(([one], [other]) => one - other)
    .map(([, kind]) => kind);
  const targets: (Knowledge & { isTrue: boolean; kind: Record<string, string> })[] = [];
  const isAlike = (fields: readonly string[], one: Record<string, string>, other: Record<string, string>) =>
    fields.every((field) => one[field] === other[field]);
  const isTaken = (kind: Record<string, string>) =>
    targets.some((target) => isAlike(Object.keys(target.hers), target.kind, kind));
  for (const { by, people } of ALONE)
    for (let at = 0; at < people; at += 1) {
      const kind = shuffled.find(
        (one) => !isTaken(one) && !targets.some((target) => isAlike(by, target.kind, one)),
      );
      if (!kind) throw new Error('Nobody is left who could be alone.');
      targets.push({
        fields: by.map((name) => ({ name, values: VALUES[name] ?? [] })),
        hers: Object.fromEntries(by.map((name) => [name, kind[name] ?? ''])),
        secret: SECRET,
        isTrue: at % 2 === 0,
        kind,
      });
    }
  const people = [
    ...targets.map(({ kind, isTrue }) => ({ kind, isTrue })),
    ...kinds
      .filter((kind) => !isTaken(kind))
      .flatMap((kind) =>
        Array.from({ length: 2 + Math.floor(chance() * MOST_ALIKE) }, () => ({
          kind,
          isTrue: chance() < 0.45,
        })),
      ),
  ];
  const year = new Date().getFullYear();
  const born = (band = '') => year - 1 - (AGE_BANDS.find(([name]) => name === band)?.[1] ?? 0);
  const records = people.map(({ kind }, at) => {
    const postcode = `${DISTRICTS[kind[DISTRICT] as keyof typeof DISTRICTS]}1AA`;
    return `('police', '${800_000 + at}', '', '[]', '${born(kind[AGE])}-01-01', '${kind[SEX]}', '${postcode}', '[]',
      '{}', '{}', '{}', '{}', '{}', '{}', '{}', md5('${800_000 + at}')::uuid::text, false)`;
  });
  const events = people.flatMap(({ isTrue }, at) =>
    isTrue ? [`('26/8${at}', '${800_000 + at}', 'V', 'DOM', '202605101200', 'Y')`] : [],
  );
  return {
    targets: targets.map(({ kind: _, ...target }) => target),
    storeRows: [
      'delete from index_candidate',
      'delete from index_protection',
      'delete from index_record',
      `insert into index_record (agency, record, content, names, date_of_birth, sex, postcode, identifiers, search_keys, place_keys,
        protections, relatives, household, adverse, excluded_staff, person, pending) values ${records.join(', ')}`,
    ],
    policeRows: [
      `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "DA_FLG") values ${events.join(', ')}`,
    ],
  };
}

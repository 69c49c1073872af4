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
const TARGETS = 40;
const MOST_ALIKE = 30;

/**
 * Rows of a place in which forty people are each alone with their age, sex and district, and of half of them the secret is
 * true; in place of whoever is in the index.
 */
export function peopleOfDistricts(seed = 1): {
  targets: (Knowledge & { isTrue: boolean })[];
  storeRows: string[];
  policeRows: string[];
} {
  const chance = chanceFrom(seed);
  const fields = [
    { name: 'person.district', values: Object.keys(DISTRICTS) },
    { name: 'person.sex', values: [...SEXES] },
    { name: 'person.ageBand', values: AGE_BANDS.map(([band]) => band) },
  ];
  const kinds = fields.reduce<Record<string, string>[]>(
    (all, { name, values }) => all.flatMap((kind) => values.map((value) => ({ ...kind, [name]: value }))),
    [{}],
  );
  const alone = kinds.toSorted(() => chance() - 0.5).slice(0, TARGETS);
  const targets = alone.map((hers, at) => ({ fields, hers, secret: SECRET, isTrue: at % 2 === 0 }));
  const people = [
    ...targets.map(({ hers, isTrue }) => ({ kind: hers, isTrue })),
    ...kinds
      .filter((kind) => !alone.includes(kind))
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
    const postcode = `${DISTRICTS[kind['person.district'] as keyof typeof DISTRICTS]}1AA`;
    return `('police', '${800_000 + at}', '', '[]', '${born(kind['person.ageBand'])}-01-01', '${kind['person.sex']}', '${postcode}', '[]',
      '{}', '{}', '{}', '{}', '{}', '{}', '{}', md5('${800_000 + at}')::uuid::text, false)`;
  });
  const events = people.flatMap(({ isTrue }, at) =>
    isTrue ? [`('26/8${at}', '${800_000 + at}', 'V', 'DOM', '202605101200', 'Y')`] : [],
  );
  return {
    targets,
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

/**
 * Whoever no row of an agency names: they are counted where a condition is turned round, they are the ten beside a count that
 * is told, and nobody needs more of them than that.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shownCount } from '../../src/counting/count-cohort.ts';
import { ownPerturbationTable } from '../../src/counting/own-table.ts';
import { recordKeyOf } from '../../src/counting/record-key.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline({ cohortRate: { perMinute: 10_000, perHour: 10_000 } });
  for (const table of ['index_candidate', 'index_protection', 'index_record'])
    await sightline.store(`delete from ${table}`);
  await sightline.sql('police', `delete from "T_OCCURRENCE"`);
  for (const [sex, { known, others }] of Object.entries(PLACE)) await addPeople(sex, known, others);
  // A tenth man whom no row names, and nobody may know of.
  await sightline.store(
    `insert into index_protection (person, kind, owners)
     select person, 'REFUGE', '{police}' from index_record where record = 'Mo10'`,
  );
});
afterAll(() => sightline?.close());

/** How many were in a domestic-abuse incident, and how many no row is of. More women than are read at once. */
const PLACE: Readonly<Record<string, { known: number; others: number }>> = {
  FEMALE: { known: 60, others: 4_500 },
  MALE: { known: 40, others: 10 },
  INDETERMINATE: { known: 20, others: 15 },
  UNKNOWN: { known: 20, others: 15 },
  none: { known: 20, others: 15 },
};

async function addPeople(sex: string, known: number, others: number, from = 1): Promise<void> {
  // Of their initial, and whether they are known: the police's own keys are no longer than this.
  const record = (kind: string) => `'${sex[0]}${kind[0]}' || i`;
  for (const [kind, to] of Object.entries({ known, other: others }))
    await sightline.store(
      `insert into index_record (agency, record, content, names, date_of_birth, sex, postcode, identifiers, search_keys, place_keys,
         protections, relatives, household, adverse, excluded_staff, person, pending)
       select 'police', ${record(kind)}, '', '[]', '1980-01-01', nullif('${sex}', 'none'), 'ZZ11AA', '[]',
         '{}', '{}', '{}', '{}', '{}', '{}', '{}', md5(${record(kind)})::uuid::text, false
       from generate_series(${from}, ${to}) as i`,
    );
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "DA_FLG")
     select 'T' || ${record('known')}, ${record('known')}, (array['V', 'W'])[1 + i % 2], 'DOM', '202605101200', 'Y' from generate_series(${from}, ${known}) as i`,
  );
}

const KNOWN = 'policeEvents: { category: { is: DOMESTIC_ABUSE } }';
async function count(where: string, by: readonly string[] = []) {
  const query = `{ cohort(where: ${where}, by: [${by.join(', ')}]) { people { value } groups { keys { value } people { value } } } }`;
  const answer = await sightline.ask('analyst', query, { reference: null });
  expect(answer.errors).toEqual([]);
  const { people, groups } = answer.data.cohort as {
    people: { value: number | null };
    groups: { keys: { value: string }[]; people: { value: number | null } }[];
  };
  return {
    people: people.value,
    groups: Object.fromEntries(groups.map(({ keys, people: { value } }) => [keys[0]?.value, value])),
  };
}

/** What is told of the people whose records are these: their number, with the noise that their own keys give. */
async function told(records: string): Promise<number> {
  const rows = (await sightline.store(
    `select distinct person from index_record where record ~ $1 and person not in (select person from index_protection)`,
    [records],
  )) as { person: string }[];
  const secret = Buffer.from(readFileSync(join(sightline.dataDir, 'counting.key'), 'utf8'), 'base64');
  const key = rows.reduce((sum, { person }) => sum + recordKeyOf(secret, person), 0) % 256;
  expect(rows.length).toBeGreaterThanOrEqual(10);
  return shownCount(rows.length, key, ownPerturbationTable());
}

test('they are counted where the condition is that no row is of them', async () => {
  expect(await count(`{ not: { ${KNOWN} } }`, ['SEX'])).toEqual({
    people: await told('o'),
    groups: {
      FEMALE: await told('^Fo'),
      MALE: null,
      INDETERMINATE: await told('^Io'),
      UNKNOWN: await told('^Uo'),
    },
  });
});

test.each([
  ['{ person: { sex: { is: FEMALE } } }', '^F'],
  ['{ not: { person: { sex: { is: MALE } } } }', '^[FIUn]'],
  [`{ any: [{ ${KNOWN} }, { person: { sex: { is: FEMALE } } }] }`, 'k|^F'],
  [`{ not: { ${KNOWN}, person: { sex: { is: FEMALE } } } }`, '^Fo|^[MIUn]'],
  [`{ ${KNOWN}, not: { person: { sex: { is: MALE } } } }`, '^[FIUn]k'],
  [`{ ${KNOWN}, person: { sex: { is: FEMALE } } }`, '^Fk'],
])('%s is everybody for whom it holds, with the noise of those alone', async (where, records) => {
  expect((await count(where)).people).toBe(await told(records));
});

test('of a group of rows they are whoever has rows of it that meet no condition', async () => {
  const women = `{ ${KNOWN}, person: { sex: { is: FEMALE } } }`;
  const by = ['POLICE_EVENTS_ROLE'];
  // No woman had another part in anything: a table of which most is suppressed is not told.
  expect(await count(women, by)).toEqual({ people: await told('^Fk'), groups: {} });
  await sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM")
     select 'S' || role || i, 'Fo' || i, role, 'THF', '202605101200'
     from generate_series(1, 12) as i, unnest('{V,W}'::text[]) as role`,
  );
  expect(await count(women, by)).toEqual({
    people: await told('^Fk'),
    groups: { VICTIM: await told('^Fk.*[02468]$'), WITNESS: await told('^Fk.*[13579]$'), INVOLVED: null },
  });
});

test('a group with fewer than ten others is suppressed, and somebody who is hidden is none of them', async () => {
  const others = {
    FEMALE: await told('^Fk'),
    INDETERMINATE: await told('^Ik'),
    UNKNOWN: await told('^Uk'),
  };
  const before = await count(`{ ${KNOWN} }`, ['SEX']);
  expect(before).toEqual({ people: await told('k'), groups: { ...others, MALE: null } });
  expect((await count(`{ ${KNOWN}, person: { sex: { is: MALE } } }`)).people).toBeNull();
  await addPeople('MALE', 0, 11, 11);
  const after = await count(`{ ${KNOWN} }`, ['SEX']);
  expect(after).toEqual({ ...before, groups: { ...others, MALE: await told('^Mk') } });
});

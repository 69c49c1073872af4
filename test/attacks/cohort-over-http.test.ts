/**
 * An analyst who knows how counts are made asks for what no count may tell: who is protected, what a perpetrator's side or a
 * sealed row says, whether there are nine or none. Every claim compares whole answers, byte for byte.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeMethod } from '../../src/cohort/method.ts';
import { ownPerturbationTable } from '../../src/counting/own-table.ts';
import { tenAndFiveTable } from '../../src/counting/perturbation-table.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const PLENTY = { perMinute: 100_000, perHour: 100_000 };
/** Four hundred people are made, matched and counted. */
const A_BUSY_MACHINE_MS = 600_000;
let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline({ cohortRate: PLENTY });
  await addNominals(1, 400);
  // Months of which no other row is: of nobody, of 9 and of 40 people.
  for (const [month, people] of Object.entries({ '1995-03': 9, '1995-05': 40, '1995-06': 200 }))
    await addEvents(1, people, { month });
  await addEvents(101, 300, { month: '1995-07' });
  await sightline.app.refreshIndex();
  told = await everything();
}, A_BUSY_MACHINE_MS);
afterAll(() => sightline?.close());

interface Event {
  month: string;
  role?: 'V' | 'S';
}
/** Nominals 700001 and on, alike in nothing. */
const NOMINAL = '(700000 + i)::text';
const word = (salt: string, length: number) =>
  `left(translate(upper(md5(i || '${salt}')), '0123456789', 'GHIJKLMNOP'), ${length})`;
const SURNAME = word('surname', 12);
const FORENAME = word('forename', 9);
const BORN = 'make_date(1930 + i % 70, 1 + i % 12, 1 + i % 28)';
const SEX = "case when i % 2 = 0 then 'F' else 'M' end";
async function addNominals(from: number, to: number, sensitive: 'P' | 'A' | null = null): Promise<void> {
  await sightline.sql(
    'police',
    `insert into "T_ADDRESS" ("ADDR_ID", "LINE1", "POSTCODE", "UPRN", "UPD_DTTM")
     select ${NOMINAL}, i || ' Long Row', 'ZZ' || (1 + i % 4) || ' 1AA', (7700000 + i)::text, '202601010000'
     from generate_series($1::int, $2::int) as i`,
    [from, to],
  );
  await sightline.sql(
    'police',
    `insert into "T_NOMINAL" ("NOM_ID", "SURNAME", "FORENAME1", "DOB", "SEX_CD", "ADDR_ID", "SENS_FLG", "UPD_DTTM")
     select ${NOMINAL}, ${SURNAME}, ${FORENAME}, to_char(${BORN}, 'YYYYMMDD'), ${SEX}, ${NOMINAL}, $3, '202601010000'
     from generate_series($1::int, $2::int) as i`,
    [from, to, sensitive],
  );
}
const addEvents = (from: number, to: number, { month, role = 'V' }: Event) =>
  sightline.sql(
    'police',
    `insert into "T_OCCURRENCE" ("OCC_NO", "NOM_ID", "ROLE_CD", "OCC_TYPE", "RPT_DTTM", "DA_FLG", "UPD_DTTM")
     select $3 || '-' || i || $4, ${NOMINAL}, $4, 'DOM', $3 || '101200', 'Y', '202601010000'
     from generate_series($1::int, $2::int) as i`,
    [from, to, month.replace('-', ''), role],
  );

type Filter = Record<string, unknown>;
const inMonth = (from: string, to = from): Filter => ({ policeEvents: { month: { from, to } } });
const FIELDS =
  'people { value suppressed } groups { keys { dimension value } people { value suppressed } } sources { agency { id } section: scope state reason level message } method';
const COUNT = `query ($where: CohortFilter!, $by: [CohortDimension!]) { cohort(where: $where, by: $by) { ${FIELDS} } }`;
const ask = (where: Filter, by: string[] = []) =>
  sightline.ask('analyst', COUNT, { variables: { where, by } });
const textOf = async (where: Filter, by: string[] = []) => (await ask(where, by)).text;
const peopleIn = async (where: Filter) => (await ask(where)).data.cohort.people.value as number | null;
const COUNTABLE =
  '{ agencies { id countable { section field values coverage unreadable { value suppressed } } } }';

/** Everything that an analyst here asks: of each, the whole answer. */
async function everything(): Promise<string[]> {
  const months = ['1995-03', '1995-04', '1995-05', '1995-06', '1995-07'].map((month) => inMonth(month));
  const answers = await Promise.all([
    sightline.ask('analyst', COUNTABLE),
    ...months.flatMap((month) => [ask(month), ask({ not: month })]),
    ask(inMonth('1995-05', '1995-07'), ['SEX', 'DISTRICT']),
    ask(inMonth('1995-06'), ['POLICE_EVENTS_CATEGORY']),
    ask({ person: { sex: { is: 'FEMALE' } } }, ['DISTRICT', 'AGE_BAND']),
    ...['EARLY_HELP', 'SECTION_47_ENQUIRY', 'LOOKED_AFTER'].map((status) =>
      ask({ childSafeguarding: { status: { is: status } } }),
    ),
  ]);
  expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
  return answers.map(({ text }) => text);
}
let told: string[];
/** As it was told before. What a change moves is told from then on, so that each test fails for its own defence alone. */
async function isToldAsBefore(): Promise<void> {
  const before = told;
  told = await everything();
  expect(told).toEqual(before);
}
async function movesNothing(change: () => Promise<unknown>): Promise<void> {
  await change();
  await sightline.app.refreshIndex();
  await isToldAsBefore();
}

test('what is compared has counts in it: a row that may be counted moves them, and is gone with the row', async () => {
  await addEvents(350, 380, { month: '1995-03' });
  expect(await peopleIn(inMonth('1995-03'))).toBeGreaterThanOrEqual(10);
  expect(await everything()).not.toEqual(told);
  await movesNothing(() =>
    sightline.sql(
      'police',
      `delete from "T_OCCURRENCE" where "NOM_ID" between '700350' and '700380' and "OCC_NO" like '199503-%'`,
    ),
  );
});

describe('in no cohort is', () => {
  test('whom an agency protects, whatever rows they have', () =>
    movesNothing(async () => {
      await addNominals(501, 530, 'P');
      await addEvents(501, 530, { month: '1995-03' });
      await addEvents(501, 530, { month: '1995-06' });
    }));

  test('who is at a hidden place', () =>
    movesNothing(async () => {
      await addNominals(531, 560, 'A');
      await addEvents(531, 560, { month: '1995-03' });
    }));

  test('who may be somebody that another agency protects', async () => {
    // Each is protected by the charity, and by the police's flag is nobody in particular.
    await addNominals(561, 590);
    await sightline.sql(
      'domestic-abuse-service',
      `insert into "CLIENT" ("CLIENT_ID", "SURNAME", "FORENAME", "DOB", "SEX", "PARTY_CD", "RESTRICT_CD")
       select 'CX' || i, 'Nameless', 'Some', '06/05/1960', 'F', 'V', 'P' from generate_series(561, 590) as i`,
    );
    await sightline.app.refreshIndex();
    await sightline.store(
      `insert into index_candidate (agency, record, person)
       select 'domestic-abuse-service', 'CX' || (substr(record, 4)::int), person from index_record
       where agency = 'police' and record between '700561' and '700590' and person is not null`,
    );
    await addEvents(561, 590, { month: '1995-03' });
    await isToldAsBefore();
    // Links that were put there past the matcher go with the next pass.
    await movesNothing(() =>
      sightline.sql(
        'police',
        `update "T_NOMINAL" set "SENS_FLG" = 'P' where "NOM_ID" between '700561' and '700590'`,
      ),
    );
  });
});

describe('no count is moved by a row of', () => {
  test('a perpetrator’s side', () =>
    movesNothing(async () => {
      await addEvents(1, 100, { month: '1995-03', role: 'S' });
      await addEvents(1, 100, { month: '1995-04', role: 'S' });
      await addEvents(301, 340, { month: '1995-05', role: 'S' });
      await sightline.sql(
        'domestic-abuse-service',
        `insert into "CLIENT" ("CLIENT_ID", "SURNAME", "FORENAME", "DOB", "SEX", "PARTY_CD")
         select 'CP' || i, 'Elsewhere' || i, 'Some', '06/05/1960', 'M', 'P' from generate_series(1, 30) as i`,
      );
      await sightline.sql(
        'domestic-abuse-service',
        `insert into "MARAC_CASE" ("REF", "VICTIM_ID", "PERP_ID", "STATUS") select 'MP' || i, 'CV' || i, 'CP' || i, 'OPEN'
         from generate_series(1, 30) as i`,
      );
    }));

  test('a refuge, nor by what else is known of who is in it', () =>
    movesNothing(async () => {
      await addNominals(601, 630);
      await addEvents(601, 630, { month: '1995-03' });
      await sightline.sql(
        'domestic-abuse-service',
        `insert into "CLIENT" ("CLIENT_ID", "SURNAME", "FORENAME", "DOB", "SEX", "PARTY_CD")
         select 'CR' || i, ${SURNAME}, ${FORENAME}, to_char(${BORN}, 'DD/MM/YYYY'), ${SEX}, 'V'
         from generate_series(601, 630) as i`,
      );
      await sightline.sql(
        'domestic-abuse-service',
        `insert into "MARAC_CASE" ("REF", "VICTIM_ID", "STATUS", "REFUGE_YN", "REFUGE_ADDR")
         select 'MR' || i, 'CR' || i, 'OPEN', 'Y', 'somewhere' from generate_series(601, 630) as i`,
      );
    }));

  test('sexual health, nor by anybody whom such a clinic alone knows', () =>
    movesNothing(async () => {
      await sightline.sql(
        'primary-care',
        `insert into "PATIENT" ("PATIENT_ID", "PDS_SEC", "SURNAME", "FORENAME", "DOB", "SEX")
         select 'PX' || i, 'U', ${SURNAME}, ${FORENAME}, to_char(${BORN}, 'DD/MM/YYYY'), 'F' from generate_series(641, 680) as i`,
      );
      await sightline.sql(
        'primary-care',
        `insert into "SH_EPISODE" ("EPIS_ID", "PATIENT_ID", "DT") select 'SX' || row_number() over (), "PATIENT_ID", '10/03/2026'
         from "PATIENT"`,
      );
      await sightline.app.refreshIndex();
      // They are in the index as anybody is: it is the count that leaves them out.
      const known = await sightline.store(
        `select record from index_record where agency = 'primary-care' and record like 'PX%' and person is not null`,
      );
      expect(known).toHaveLength(40);
    }));

  test('a third party, or any that is sealed', () =>
    movesNothing(async () => {
      for (const [at, seal] of ['TP', 'AD', 'LP'].entries())
        await sightline.sql(
          'childrens-services',
          `insert into "FACT_S47" ("FACT_S47_ID", "DIM_PERSON_ID", "START_DTTM", "SEAL_CODE")
           select 7000000 + 10000 * $1::int + row_number() over (), "DIM_PERSON_ID", '2026-01-05', $2 from "DIM_PERSON"`,
          [at, seal],
        );
    }));

  test('intelligence', () =>
    movesNothing(() =>
      sightline.sql(
        'police',
        `insert into "T_INTEL_RPT" ("IR_REF", "NOM_ID", "SRC_EVAL", "INTEL_ASSESS", "HANDLING", "IR_TXT", "RPT_DT")
         select 'IX' || i, ${NOMINAL}, '1', 'A', 'P', 'said to be involved', '19950310' from generate_series(1, 60) as i`,
      ),
    ));
});

describe('as many as nobody can tell', () => {
  test('nobody and nine are answered alike, byte for byte', async () => {
    const nobody = await ask(inMonth('1995-04'));
    expect(nobody.data.cohort.people).toEqual({ value: null, suppressed: true });
    expect(await textOf(inMonth('1995-03'))).toBe(nobody.text);
    for (const rest of [{ not: inMonth('1995-03') }, { not: inMonth('1995-04') }])
      expect((await ask({ all: [inMonth('1995-06'), rest] })).data.cohort.people.suppressed).toBe(true);
    expect(await textOf({ any: [inMonth('1995-06'), inMonth('1995-03')] })).toBe(
      await textOf({ any: [inMonth('1995-06'), inMonth('1995-04')] }),
    );
  });

  test('a cohort in other words has the same number', async () => {
    const [a, b] = [inMonth('1995-06'), inMonth('1995-07')];
    const both = await textOf({ all: [a, b] });
    expect(JSON.parse(both).data.cohort.people.value).toBeGreaterThanOrEqual(10);
    for (const same of [
      { all: [b, a] },
      { all: [a, b, a, b] },
      { not: { not: { all: [a, b] } } },
      { not: { any: [{ not: a }, { not: b }] } },
      { all: [{ all: [a] }, { any: [b] }] },
      { all: [a], any: [b] },
      { all: [a, { any: [b, { all: [b, a] }] }] },
    ])
      expect(await textOf(same), JSON.stringify(same)).toBe(both);
    const either = await textOf({ any: [a, b] });
    expect(await textOf({ any: [b, a, b] })).toBe(either);
    expect(await textOf(inMonth('1995-06', '1995-07'))).toBe(either);
    expect(await textOf({ not: { all: [{ not: a }, { not: b }] } })).toBe(either);
    const written = `{ one: cohort(where: { policeEvents: { month: { from: "1995-06", to: "1995-06" } } }) { n: people { value } }
      other: cohort(where: { policeEvents: { month: { from: "1995-06", to: "1995-06" } } }) { people { value } } }`;
    const { data } = await sightline.ask('analyst', written);
    expect(data.one.n.value).toBe(data.other.people.value);
    expect(data.one.n.value).toBe(await peopleIn(a));
  });

  test('whoever else counts is told the same: what keeps somebody from one analyst moves no count of theirs', async () => {
    const other = personaOf('analyst', { sub: 'AN0077', person: { system: 'LOCAL', value: '700001' } });
    await sightline.sql(
      'police',
      `insert into "T_STAFF_EXCL" values ('700002', 'AN0077'), ('700003', 'AN0077')`,
    );
    await sightline.app.refreshIndex();
    const token = await sightline.tokens.issue(other);
    for (const month of ['1995-03', '1995-05', '1995-06']) {
      const variables = { where: inMonth(month), by: [] };
      const purpose = 'service-planning';
      expect((await sightline.askAs(token, COUNT, { variables, purpose })).text).toBe(
        await textOf(inMonth(month)),
      );
    }
    await isToldAsBefore();
  });
});

describe('who may not count', () => {
  const others = PERSONAS.filter(({ persona }) => persona !== 'analyst');
  const asked = async () => [
    await sightline.store('select * from cohort_asked order by organisation, sub, minute'),
    await sightline.store("select count(*) from register_entry where entry::jsonb ->> 'kind' = 'AGGREGATE'"),
  ];

  test('is refused in one and the same words, whatever they ask, and nothing is kept of it', async () => {
    const before = await asked();
    const refusals = new Set<string>();
    for (const { persona, purposes } of others)
      for (const purpose of purposes)
        for (const month of ['1995-04', '1995-06']) {
          const variables = { where: inMonth(month), by: ['SEX'] };
          const { text, status, errors } = await sightline.ask(persona, COUNT, { variables, purpose });
          expect([status, errors[0]?.extensions.code]).toEqual([400, 'PURPOSE_NOT_PERMITTED']);
          refusals.add(text);
        }
    expect(refusals.size).toBe(1);
    expect(await asked()).toEqual(before);
  });

  test('nor may anybody else assert the purpose, or an analyst count without one', async () => {
    const before = await asked();
    const variables = { where: inMonth('1995-06'), by: [] };
    for (const { persona } of others) {
      const { errors } = await sightline.ask(persona, COUNT, { variables, purpose: 'service-planning' });
      expect(errors[0]?.extensions.code).toBe('PURPOSE_NOT_PERMITTED');
    }
    const { errors } = await sightline.ask('analyst', COUNT, { variables, purpose: null });
    expect(errors[0]?.extensions.code).toBe('PURPOSE_REQUIRED');
    expect(await asked()).toEqual(before);
  });
});

describe('a question that cannot be counted', () => {
  const nested = (depth: number, inner: Filter): Filter =>
    depth === 0 ? inner : nested(depth - 1, { not: inner });
  test.each<[string, Filter, string[], string, RegExp]>([
    ['names no condition', {}, [], 'BAD_USER_INPUT', /names no condition/],
    ['names none in a list', { all: [] }, [], 'BAD_USER_INPUT', /where\.all names no condition/],
    ['names none under a not', { not: {} }, [], 'BAD_USER_INPUT', /where\.not names no condition/],
    [
      'names a section alone',
      { policeEvents: {} },
      [],
      'BAD_USER_INPUT',
      /where\.policeEvents names no condition/,
    ],
    ['names null', { policeEvents: null }, [], 'BAD_USER_INPUT', /names no condition/],
    [
      'names a field that nobody has',
      { policeEvents: { summary: { is: 'X' } } },
      [],
      'BAD_USER_INPUT',
      /summary/,
    ],
    ['names a section that nobody lets be counted', { crisisPlan: {} }, [], 'BAD_USER_INPUT', /crisisPlan/],
    ['names a value that there is not', { person: { sex: { is: 'OTHER' } } }, [], 'BAD_USER_INPUT', /OTHER/],
    ['has no value', { person: { sex: { in: [] } } }, [], 'BAD_USER_INPUT', /person\.sex names no value/],
    [
      'says is and in',
      { person: { sex: { is: 'MALE', in: ['MALE'] } } },
      [],
      'BAD_USER_INPUT',
      /is or in, not both/,
    ],
    [
      'has dates backwards',
      inMonth('2026-05', '2026-03'),
      [],
      'BAD_USER_INPUT',
      /from \(2026-05\) is after to \(2026-03\)/,
    ],
    [
      'has a month that is none',
      inMonth('2026-13'),
      [],
      'BAD_USER_INPUT',
      /month\.from is not a calendar month/,
    ],
    [
      'has months without end',
      inMonth('2025-01', '2026-03'),
      [],
      'QUERY_REFUSED',
      /at most 6 calendar months/,
    ],
    ['is 50 deep', nested(50, inMonth('2026-03')), [], 'QUERY_REFUSED', /at most 8 deep/],
    ['is 500 deep', nested(500, inMonth('2026-03')), [], 'QUERY_REFUSED', /at most 8 deep/],
    [
      'has four dimensions',
      inMonth('2026-03'),
      ['SEX', 'AGE_BAND', 'DISTRICT', 'POLICE_EVENTS_CATEGORY'],
      'QUERY_REFUSED',
      /at most 3 dimensions; 4 were given/,
    ],
    ['has a dimension that there is not', inMonth('2026-03'), ['NAME'], 'BAD_USER_INPUT', /NAME/],
    [
      'has more conditions than can be looked at',
      {
        all: [
          '1995-01',
          '1995-02',
          '1995-03',
          '1995-04',
          '1995-05',
          '1995-06',
          '1995-07',
          '1995-08',
          '1995-09',
        ].map((month) => inMonth(month)),
      },
      [],
      'QUERY_REFUSED',
      /at most 8/,
    ],
  ])('that %s is refused, and says so', async (_, where, by, code, words) => {
    const { status, data, errors } = await ask(where, by);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
    expect(errors[0]?.message).toMatch(words);
    expect([status, data?.cohort ?? null]).toEqual([400, null]);
  });
});

test('a store counts by one table and one secret for its life', async () => {
  const { app, dataDir } = sightline;
  const method = { store: app.store.db, dataDir, tableName: 'a table' };
  await expect(storeMethod({ ...method, table: ownPerturbationTable() })).resolves.toBeDefined();
  await expect(storeMethod({ ...method, table: tenAndFiveTable() })).rejects.toThrow(
    /another perturbation table/,
  );
  const env = Buffer.alloc(32, 7).toString('base64');
  await expect(storeMethod({ ...method, env, table: ownPerturbationTable() })).rejects.toThrow(
    /COUNTING_KEY is not the secret/,
  );
});

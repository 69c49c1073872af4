import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgencyDatabase } from '../../src/compile/run/agency-database.ts';
import { releasing } from '../../src/conformance/releasing.ts';
import { ask, open, shielded } from './support/ask.ts';
import { openClinic } from './support/clinic-connection.ts';
import { type ClinicDatabase, clinicDatabase } from './support/clinic-database.ts';

let clinic: ClinicDatabase;
let database: AgencyDatabase;
const people = Array.from({ length: 200 }, (_, index) => `P${String(index + 1).padStart(3, '0')}`);

beforeAll(async () => {
  clinic = await clinicDatabase();
  await clinic.sql(`
    insert into "T_PERSON" select 'P' || lpad(n::text, 3, '0'), 'Name ' || n, '2001-02-03', 'ZZ' || n, 'Plan ' || n, case when n % 2 = 0 then 'Y' else 'N' end, '2026-01-05'
      from generate_series(1, 200) n;
    insert into "T_VISIT" select p * 10 + v, 'P' || lpad(p::text, 3, '0'), case v % 3 when 0 then 'C' when 1 then 'M' else 'N' end,
      date '2026-01-01' + v, case when v % 2 = 0 then 'north' else 'south' end, 'Note ' || p || '/' || v, case when v = 5 then 'Y' else 'N' end
      from generate_series(1, 199) p, generate_series(1, 5) v;
  `);
  database = openClinic(clinic.url);
});
afterAll(async () => {
  await database.close();
  await clinic.drop();
});

describe('one statement for each table', () => {
  test('for two hundred people and several aliased roots', async () => {
    const log = clinic.watchLog();
    const { data, statements } = await ask(
      database,
      `query ($k: [ID!]!) {
        _v0_a: profile(keys: $k) { name known }
        _v1_b: profile(keys: $k) { postcode }
        c: visits(keys: $k) { items { date } any }
        d: plan(keys: $k) { extract }
      }`,
      { variables: { k: people } },
    );
    expect(statements).toHaveLength(2);
    expect(data._v0_a).toHaveLength(200);
    expect(data._v0_a[41]).toEqual({ name: 'Name 42', known: true });
    expect(data._v1_b[41]).toEqual({ postcode: 'ZZ42' });
    expect(data.c[41].items.map((one: { date: string }) => one.date)).toEqual([
      '2026-01-05',
      '2026-01-04',
      '2026-01-03',
    ]);
    expect(data.c[199]).toEqual({ items: [], any: false });
    expect(data.d[41]).toEqual({ extract: 'Plan 42' });
    const logged = log();
    if (logged) expect(logged.filter((line) => line.includes('T_')).length).toBe(2);
  });

  test('with the same text for one person and for two hundred, each asked by a root of their own', async () => {
    const root = (key: string, index: number) =>
      `_v${index}_x: visits(keys: ["${key}"]) { items(first: 2) { kind note } present }`;
    const one = await ask(database, `{ ${root('P001', 0)} }`);
    const all = await ask(database, `{ ${people.map(root).join('\n')} }`);
    expect(all.statements.map((statement) => statement.sql)).toEqual(
      one.statements.map((statement) => statement.sql),
    );
    expect(all.data._v198_x).toEqual([
      {
        items: [
          { kind: 'COMMUNITY', note: 'Note 199/4' },
          { kind: 'CRISIS', note: 'Note 199/3' },
        ],
        present: true,
      },
    ]);
  });

  test('names only the columns that are asked', async () => {
    const { statements } = await ask(
      database,
      '{ profile(keys: ["P001"]) { name } visits(keys: ["P001"]) { any } }',
    );
    const text = statements.map((one) => one.sql).join('\n');
    expect(text).toContain('"T_PERSON"."NAME"');
    for (const column of ['BORN', 'POSTCODE', 'PLAN_TXT', 'AGREED', 'UPD', 'NOTE', 'SITE', 'KIND']) {
      expect(text).not.toContain(column);
    }
  });

  test('whose text says nothing of whose places are hidden', async () => {
    const document =
      '{ profile(keys: ["P001"]) { postcode } homes(keys: ["P001"]) { items { postcode } present } }';
    const seen = await ask(database, document);
    const hidden = await ask(database, document, { of: () => shielded });
    expect(hidden.statements.map((one) => one.sql)).toEqual(seen.statements.map((one) => one.sql));
    expect(seen.data).toEqual({
      profile: [{ postcode: 'ZZ1' }],
      homes: [{ items: [{ postcode: 'ZZ1' }], present: true }],
    });
    expect(hidden.data).toEqual({ profile: [{ postcode: null }], homes: [{ items: [], present: false }] });
  });

  test('none where nothing is asked of the agency', async () => {
    const { data, statements } = await ask(
      database,
      '{ __typename profile(keys: []) { name } plan(keys: ["P001"]) { key __typename } }',
    );
    expect(data).toEqual({ __typename: 'Query', profile: [], plan: [{ key: 'P001', __typename: 'Plan' }] });
    expect(statements.filter((one) => !JSON.stringify(one.parameters).includes('[]'))).toEqual([]);
  });
});

test('a list’s end holds at the server, although another list of the same rows goes on', async () => {
  const { statements } = await ask(
    database,
    '{ a: visits(keys: ["P001"]) { items(first: 1) { note } } b: visits(keys: ["P001"]) { items(first: 9) { date } } }',
  );
  const statement = statements[0] ?? { sql: '', parameters: [] };
  const rows = await database.query(statement, { signal: new AbortController().signal });
  expect(JSON.stringify(rows).match(/Note 1\/\d/g)).toEqual(['Note 1/4']);
});

describe('two decisions in one request', () => {
  const crisisOnly = { decisions: releasing({ visits: { rows: { kind: ['C'] } } }), placeShield: false };
  const north = { decisions: releasing({ visits: { ownSite: 'north' } }), placeShield: false };

  test('give each person only the rows of their own', async () => {
    const { data, statements } = await ask(
      database,
      '{ visits(keys: ["P001", "P002", "P001"]) { items { date kind } key } }',
      {
        of: (record) => (record === 'P001' ? crisisOnly : north),
      },
    );
    expect(statements).toHaveLength(1);
    expect(data.visits).toEqual([
      { items: [{ date: '2026-01-04', kind: 'CRISIS' }], key: 'P001' },
      {
        items: [
          { date: '2026-01-05', kind: 'COMMUNITY' },
          { date: '2026-01-03', kind: 'COMMUNITY' },
        ],
        key: 'P002',
      },
      { items: [{ date: '2026-01-04', kind: 'CRISIS' }], key: 'P001' },
    ]);
  });

  test('show a column in nobody else’s rows at the server already', async () => {
    const { statements } = await ask(
      database,
      '{ a: visits(keys: ["P001"]) { items { date } } b: visits(keys: ["P002"]) { items { note } } }',
      { of: (record) => (record === 'P001' ? crisisOnly : open) },
    );
    const statement = statements[0] ?? { sql: '', parameters: [] };
    const rows = await database.query(statement, { signal: new AbortController().signal });
    const dump = JSON.stringify(rows);
    expect(dump).toContain('Note 2/4');
    expect(dump).not.toContain('Note 1/');
  });
});

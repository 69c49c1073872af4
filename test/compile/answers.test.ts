import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyTrue, type ListField, newest, type ValueField } from '../../adapters/contract.ts';
import type { AgencyDatabase } from '../../src/compile/run/agency-database.ts';
import { releasing } from '../../src/conformance/releasing.ts';
import { ask, shielded } from './support/ask.ts';
import { clinic as clinicAdapter } from './support/clinic.ts';
import { openClinic } from './support/clinic-connection.ts';
import { type ClinicDatabase, clinicDatabase } from './support/clinic-database.ts';

let clinic: ClinicDatabase;
let database: AgencyDatabase;

beforeAll(async () => {
  clinic = await clinicDatabase();
  await clinic.sql(`
    insert into "T_PERSON" values
      ('P1', 'Ada Example', '1990-02-03', 'ZZ1 1AA', 'Walk by the river', 'Y', '2026-02-01'),
      ('P2', '  Bo Example ', '31/02/1990', 'ZZ2 2BB', 'Ring my sister', 'N', '2026-02-02'),
      ('P3', 'Cy Example', null, null, null, 'N', '2026-02-03');
    insert into "T_VISIT" values
      (1, 'P1', 'C', '2026-01-01', 'north', 'Came with Bo from ZZ2', 'N'),
      (2, 'P1', 'M', '2026-01-02', 'north', 'Felt better', 'N'),
      (3, 'P1', 'X', '2026-01-03', 'south', null, 'N'),
      (4, 'P1', 'N', '2026-01-04', 'south', 'Never to be shown', 'Y'),
      (5, 'P1', 'N', '2026-01-05', 'north', 'Last', 'N');
  `);
  database = openClinic(clinic.url);
});
afterAll(async () => {
  await database.close();
  await clinic.drop();
});

describe('an answer', () => {
  test('has the shape of the question: order, aliases, fragments, variables, type names', async () => {
    const { data } = await ask(
      database,
      `query ($keys: [ID!]!, $yes: Boolean!) {
        first: profile(keys: $keys) { __typename called: name ...More again: name }
        profile(keys: ["P3"]) { key name @skip(if: $yes) }
      }
      fragment More on Profile { ... @include(if: $yes) { agreement { __typename ok: given } } }`,
      { variables: { keys: ['P2', 'P9', 'P1'], yes: true } },
    );
    expect(data).toEqual({
      first: [
        {
          __typename: 'Profile',
          called: 'Bo Example',
          agreement: { __typename: 'Agreement', ok: false },
          again: 'Bo Example',
        },
        { __typename: 'Profile', called: null, agreement: null, again: null },
        {
          __typename: 'Profile',
          called: 'Ada Example',
          agreement: { __typename: 'Agreement', ok: true },
          again: 'Ada Example',
        },
      ],
      profile: [{ key: 'P3' }],
    });
  });

  test('of a person without rows says none, not nothing', async () => {
    const { data } = await ask(
      database,
      '{ visits(keys: ["P3"]) { items { date } any truncated present asOf } }',
    );
    expect(data.visits).toEqual([{ items: [], any: false, truncated: false, present: false, asOf: null }]);
  });

  test('names the row that an item was read from, and when it was last known to be true', async () => {
    const { data } = await ask(
      database,
      '{ visits(keys: ["P1"]) { items(first: 1) { source { record asOf otherPerson } } asOf } }',
    );
    expect(data.visits[0]).toEqual({
      items: [{ source: { record: 'T_VISIT/5', asOf: '2026-01-05T00:00:00.000Z', otherPerson: null } }],
      asOf: '2026-01-05T00:00:00.000Z',
    });
  });

  test('projects decoded objects by what is asked of them', async () => {
    const { data } = await ask(
      database,
      '{ visits(keys: ["P1"]) { items(first: 1) { desk { name: desk } } } }',
    );
    expect(data.visits[0].items).toEqual([{ desk: { name: 'Desk north' } }]);
  });

  test('never has rows that the table holds back from everybody', async () => {
    const { data } = await ask(database, '{ visits(keys: ["P1"]) { items(first: 50) { date note } } }');
    expect(data.visits[0].items).toHaveLength(4);
    expect(JSON.stringify(data)).not.toContain('Never to be shown');
  });

  test.each([
    ['{ visits(keys: ["P1"]) { items(first: 2) { date } truncated } }', ['2026-01-05', '2026-01-03'], true],
    [
      '{ visits(keys: ["P1"]) { items(first: 4) { date } truncated } }',
      ['2026-01-05', '2026-01-03', '2026-01-02', '2026-01-01'],
      false,
    ],
    [
      '{ visits(keys: ["P1"]) { items { date } truncated } }',
      ['2026-01-05', '2026-01-03', '2026-01-02'],
      true,
    ],
    [
      '{ visits(keys: ["P1"]) { items(since: "2026-01-03") { date } truncated } }',
      ['2026-01-05', '2026-01-03'],
      false,
    ],
    ['{ visits(keys: ["P1"]) { items(first: 0) { date } truncated } }', [], true],
    ['{ visits(keys: ["P1"]) { truncated } }', undefined, true],
  ])('is cut to the newest: %s', async (document, dates, truncated) => {
    const { data } = await ask(database, document);
    expect(data.visits[0].items?.map((one: { date: string }) => one.date)).toEqual(dates);
    expect(data.visits[0].truncated).toBe(truncated);
  });

  test('that is cut to nothing still says that there is something', async () => {
    const { data } = await ask(database, '{ visits(keys: ["P1"]) { items(first: 0) { date } present any } }');
    expect(data.visits).toEqual([{ items: [], present: true, any: true }]);
  });

  test('with the same list asked twice keeps the two apart', async () => {
    const { data, statements } = await ask(
      database,
      '{ visits(keys: ["P1"]) { a: items(first: 1) { date } b: items(since: "2026-01-02", first: 2) { kind } } }',
    );
    expect(statements).toHaveLength(1);
    expect(data.visits[0]).toEqual({
      a: [{ date: '2026-01-05' }],
      b: [{ kind: 'COMMUNITY' }, { kind: null }],
    });
  });
});

test('a cell that cannot be understood is null with a note that does not quote it', async () => {
  const { data, notes } = await ask(
    database,
    '{ profile(keys: ["P2"]) { born name } visits(keys: ["P1"]) { items { kind } } }',
  );
  expect(data.profile).toEqual([{ born: null, name: 'Bo Example' }]);
  expect(data.visits[0].items).toEqual([{ kind: 'COMMUNITY' }, { kind: null }, { kind: 'COMMUNITY' }]);
  expect(notes).toEqual([expect.stringMatching(/^profile\.born: /), 'visits.items.kind: is not a VisitKind']);
  expect(notes.join()).not.toMatch(/31\/02|"X"/);
});

describe('a condition that masks', () => {
  const agreedOnly = { decisions: releasing({ plan: { rows: { agreed: true } } }), placeShield: false };

  test('hides the text and never whether there is a plan', async () => {
    const { data, statements } = await ask(database, '{ plan(keys: ["P1", "P2"]) { exists extract } }', {
      of: () => agreedOnly,
    });
    expect(data.plan).toEqual([
      { exists: true, extract: 'Walk by the river' },
      { exists: true, extract: null },
    ]);
    const statement = statements[0] ?? { sql: '', parameters: [] };
    const rows = await database.query(statement, { signal: new AbortController().signal });
    expect(JSON.stringify(rows)).not.toContain('Ring my sister');
  });

  test('leaves nothing to disclose where it masks all that is asked', async () => {
    const { data } = await ask(database, '{ plan(keys: ["P1", "P2"]) { extract present } }', {
      of: () => agreedOnly,
    });
    expect(data.plan).toEqual([
      { extract: 'Walk by the river', present: true },
      { extract: null, present: false },
    ]);
  });
});

describe('a place shield', () => {
  test('takes places and free text away and leaves the person', async () => {
    const { data, statements } = await ask(
      database,
      '{ profile(keys: ["P1"]) { name postcode agreement { given text } } visits(keys: ["P1"]) { items(first: 1) { date note } } homes(keys: ["P1"]) { items { postcode } } }',
      { of: () => shielded },
    );
    expect(data).toEqual({
      profile: [{ name: 'Ada Example', postcode: null, agreement: { given: true, text: null } }],
      visits: [{ items: [{ date: '2026-01-05', note: null }] }],
      homes: [{ items: [] }],
    });
    for (const statement of statements) {
      const rows = await database.query(statement, { signal: new AbortController().signal });
      expect(JSON.stringify(rows)).not.toMatch(/ZZ1|river|Last/);
    }
  });

  test('is not given away by there being something to hide', async () => {
    const { data } = await ask(database, '{ profile(keys: ["P1"]) { postcode present asOf } }', {
      of: () => shielded,
    });
    expect(data.profile).toEqual([{ postcode: null, present: false, asOf: null }]);
  });

  test('of one person does not hide another’s', async () => {
    const { data } = await ask(database, '{ profile(keys: ["P1", "P2"]) { postcode } }', {
      of: (record) => ({ ...shielded, placeShield: record === 'P1' }),
    });
    expect(data.profile).toEqual([{ postcode: null }, { postcode: 'ZZ2 2BB' }]);
  });
});

describe('row rules of a decision', () => {
  test.each([
    ['kinds of row', { rows: { kind: ['C', 'M'] } }, ['2026-01-02', '2026-01-01']],
    ['kinds of service', { rows: { service: ['CRISIS'] } }, ['2026-01-01']],
    ['the caller’s own site', { ownSite: 'south' }, ['2026-01-03']],
    ['a condition the table does not know', { rows: { unheardOf: true } }, []],
    ['a kind of service the table does not know', { rows: { service: ['SCHOOL'] } }, []],
    [
      'several at once',
      { rows: { kind: ['C', 'M'], service: ['COMMUNITY'] }, ownSite: 'north' },
      ['2026-01-02'],
    ],
  ])('limit what is read: %s', async (_what, release, dates) => {
    const { data } = await ask(database, '{ visits(keys: ["P1"]) { items { date } any present } }', {
      of: () => ({ decisions: releasing({ visits: release }), placeShield: false }),
    });
    expect(data.visits[0].items.map((one: { date: string }) => one.date)).toEqual(dates);
    expect(data.visits[0]).toMatchObject({ any: dates.length > 0, present: dates.length > 0 });
  });

  test('count in `present` when nothing else is asked', async () => {
    const of = (record: string) => ({
      decisions: releasing({ visits: { rows: { kind: record === 'P1' ? ['C'] : ['Z'] } } }),
      placeShield: false,
    });
    const { data } = await ask(
      database,
      '{ visits(keys: ["P1"]) { present } b: visits(keys: ["P2"]) { present } }',
      { of },
    );
    expect(data).toEqual({ visits: [{ present: true }], b: [{ present: false }] });
  });

  test.each([
    [
      'who is of the site has what stands in tables without one too',
      'north',
      clinicAdapter,
      [{ known: true }],
    ],
    ['who is not is nobody, rather than somebody of whom nothing is known', 'west', clinicAdapter, [null]],
    [
      'where nothing says who is of which site, nobody is',
      'north',
      { ...clinicAdapter, sites: undefined },
      [null],
    ],
  ])('of the caller’s own site: %s', async (_how, ownSite, { sites, ...rest }, expected) => {
    const { data } = await ask(database, '{ profile(keys: ["P1"]) { known } }', {
      of: () => ({ decisions: releasing({ profile: { ownSite } }), placeShield: false }),
      adapter: sites ? { ...rest, sites } : rest,
    });
    expect(data.profile).toEqual(expected);
  });
});

describe('more rows of one person than are looked at', () => {
  const visits = clinicAdapter.sections.visits as Record<string, ListField<never>>;
  const { source } = visits.items as ListField<never>;
  const few = { ...source, mostRows: 1 };
  const asked = (kind: string, pick: ValueField<never>['pick']) => {
    const decode = ([cell]: readonly unknown[]) => String(cell).trim() === kind;
    const field = { kind: 'field', columns: ['T_VISIT.KIND'], decode };
    const sections = { visits: { ...visits, any: { kind: 'value', source: few, field, pick } } } as never;
    return ask(database, '{ visits(keys: ["P1", "P2"]) { any capped } }', {
      adapter: { ...clinicAdapter, sections },
    });
  };

  // The newest visit that may be shown is of kind N; another is of kind C.
  test('make true where one says so, and nothing where the others might', async () => {
    expect((await asked('N', anyTrue)).data.visits[0]).toEqual({ any: true, capped: ['any'] });
    expect((await asked('C', anyTrue)).data.visits[0]).toEqual({ any: null, capped: ['any'] });
    expect((await asked('N', newest)).data.visits[0]).toEqual({ any: null, capped: ['any'] });
  });
});

describe('a list made of several lists', () => {
  const document = '{ numbers(keys: ["P1", "P3"]) { items { system value source { record } } present } }';

  test('is read by one statement where they share a table, and has them one after the other', async () => {
    const { data, statements } = await ask(database, document);
    expect(statements).toHaveLength(1);
    const source = { record: 'T_PERSON/P1' };
    expect(data.numbers[0].items).toEqual([
      { system: 'ID', value: 'P1', source },
      { system: 'PLAN', value: 'Walk by the river', source },
    ]);
    expect(data.numbers[1].items).toEqual([{ system: 'ID', value: 'P3', source: { record: 'T_PERSON/P3' } }]);
  });

  test('reads no column of a list that a condition leaves out', async () => {
    const decisions = releasing({ numbers: { rows: { system: ['ID'] } } });
    const { data, statements } = await ask(database, document, {
      of: () => ({ decisions, placeShield: false }),
    });
    expect(data.numbers[0].items).toHaveLength(1);
    expect(statements[0]?.sql).not.toContain('PLAN_TXT');
  });

  test('sends nothing where a condition leaves out all of them', async () => {
    const decisions = releasing({ numbers: { rows: { system: [] } } });
    const { data, statements } = await ask(database, document, {
      of: () => ({ decisions, placeShield: false }),
    });
    expect(data.numbers[0]).toEqual({ items: [], present: false });
    expect(statements).toEqual([]);
  });
});

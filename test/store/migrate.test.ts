/** A store that stands already: how it is brought up to date, and what is refused. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS, type Migration, migrate } from '../../src/store/migrate.ts';
import { cloneDatabase } from '../support/postgres.ts';
import { rows } from '../support/rows.ts';

/** What stores may have applied, as it was applied: the beginning of the SHA-256 of each. */
const APPLIED: Readonly<Record<string, string>> = {
  '010-register': '5adfbea7bb8c435a',
  '020-withdrawals': '466efdb1efc85b3d',
  '030-person-index': 'e2947b4e452848f6',
  '040-human-decisions': 'a95d958925d4741c',
  '050-linkage': '2109ebc299c80e3e',
  '060-searches': '33f9f30a1a75d307',
  '070-feed-progress': 'e987719c6dc176e7',
  '080-index-keys': 'cdb6f75dd452ae02',
  '090-withdrawals-taken-back': '73d47447fcf11c1b',
  '100-number-look-ups': '44ba56e4fa94b049',
  '110-second-word': 'affe80d58bc3e316',
  '120-who-may-appear': 'a4049ee5e3e9087d',
  '130-policy-in-force': '935bcb14d6118440',
  '140-feed-digest': '47bf588b6d11dbdb',
  '150-gone-records': '26f902076db3871e',
  '160-alerts': 'bde5993543d57a61',
  '170-break-glass': '99773e8f3c5ebc21',
  '180-disclosure-requests': 'd7bbd778fd080c7b',
  '181-relays': '44566dddfc1aa927',
  '190-wishes': '4bed6a5a46c43914',
  '200-register-reading': 'e8f785f0ec4b5b5d',
  '201-register-acts': '8bedae75fd4e27b6',
  '210-policy-signatures': 'c8139d2071c51c7e',
  '220-proof': '12a9150172ee0e75',
  '230-retention': '1becf6b86ea656a2',
  '240-subject-answers': '37d1af15b512fc29',
  '250-trusted-documents': '9e1cd6347aa07572',
  '260-counting': 'edd8e35fcc158619',
};

/** The last that was recorded by the program itself, in a table of its own form. */
const LAST_OWN = '140-feed-digest';
const OWN_MIGRATIONS = MIGRATIONS.filter(({ name }) => name <= LAST_OWN);
const NEXT: Migration = {
  name: '900-next',
  up: 'create table next_one (id int); insert into next_one values (1)',
};

let database: Awaited<ReturnType<typeof cloneDatabase>>;
beforeEach(async () => {
  database = await cloneDatabase('template1');
});
afterEach(() => database.drop());

const query = (text: string, values: unknown[] = []) => rows(database.url, text, values);

/** As versions up to migration 140 made a store: every migration in one transaction, each recorded after it was applied. */
async function ownStore(migrations: readonly Migration[] = OWN_MIGRATIONS): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('begin');
  await client.query(
    'create table if not exists store_migration (name text primary key, applied_at timestamptz not null default now())',
  );
  for (const { name, up } of migrations) {
    await client.query(up);
    await client.query('insert into store_migration (name) values ($1)', [name]);
  }
  await client.query('commit');
  await client.end();
}

/** Something in each part of the store. */
async function fill(): Promise<void> {
  await query(`insert into register_entry (chain, seq, at, request_id, entry, previous, hash)
    values ('6d0f5f0e-9c6c-4d5e-8a43-0c8d3ad0c8ea', 1, now(), 'r1', '{}', '', 'h1')`);
  await query(`insert into agreement_withdrawal (agreement, version, at, by_whom, why)
    values ('NS-ISA-014', 1, now(), 'caldicott', 'an older version')`);
  await query(`insert into index_record (agency, record, content, names, identifiers, search_keys, place_keys,
      protections, relatives, household, adverse, excluded_staff, person)
    values ('police', 'P1', 'c', '[]', '[]', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 'person-1')`);
}

/** Every table with its columns, and every row of those that have few, as text. */
async function whole(): Promise<unknown> {
  const columns = await query(`select table_name, column_name, data_type, is_nullable, column_default
    from information_schema.columns where table_schema = 'public' order by 1, 2`);
  const tables = ['register_entry', 'agreement_withdrawal', 'index_record', 'store_migration'];
  const contents = await Promise.all(
    tables.map((table) => query(`select t::text as line from ${table} t order by 1`)),
  );
  return { columns, contents };
}

const recorded = () => query('select name, "timestamp" from store_migration order by name');

describe('a store that an earlier version made and recorded by itself', () => {
  it('is carried over whole: nothing is applied a second time, and when each was applied stays known', async () => {
    await ownStore();
    await fill();
    const times = await query('select name, applied_at from store_migration order by name');
    const before = (await whole()) as { contents: unknown[] };
    expect(await migrate(database.url, OWN_MIGRATIONS)).toEqual([]);
    const after = (await whole()) as { contents: unknown[] };
    expect(after.contents.slice(0, 3)).toEqual(before.contents.slice(0, 3));
    expect((await recorded()).map(({ name, timestamp }) => [name, new Date(String(timestamp))])).toEqual(
      times.map(({ name, applied_at }) => [name, applied_at]),
    );
    expect(await migrate(database.url, OWN_MIGRATIONS)).toEqual([]);
  });

  it('takes only what is new', async () => {
    await ownStore();
    await fill();
    expect(await migrate(database.url, [...MIGRATIONS, NEXT])).toEqual([
      ...MIGRATIONS.slice(OWN_MIGRATIONS.length).map(({ name }) => name),
      NEXT.name,
    ]);
    expect(await query('select id from next_one')).toEqual([{ id: 1 }]);
    expect(await query('select person from index_record')).toEqual([{ person: 'person-1' }]);
  });

  it('takes all that it lacks where it is older still', async () => {
    await ownStore(OWN_MIGRATIONS.slice(0, 8));
    await fill();
    expect(await migrate(database.url)).toEqual(MIGRATIONS.slice(8).map(({ name }) => name));
    expect(await query('select person from index_record')).toEqual([{ person: 'person-1' }]);
  });

  it('has the same tables and columns afterwards as a new one', async () => {
    await ownStore();
    await migrate(database.url);
    const fresh = await cloneDatabase('template1');
    await migrate(fresh.url);
    const columns = `select table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
      from information_schema.columns where table_schema = 'public' order by 1, 2`;
    expect(await query(columns)).toEqual(await rows(fresh.url, columns, []));
    await fresh.drop();
  });

  it('is carried over once where a gateway of an earlier version starts on it at the same moment', async () => {
    await ownStore();
    const earlier = new pg.Client({ connectionString: database.url });
    await earlier.connect();
    await earlier.query('begin');
    await earlier.query('select pg_advisory_xact_lock(7464271003)');
    const ours = Promise.all([
      migrate(database.url, [...MIGRATIONS, NEXT]),
      migrate(database.url, [...MIGRATIONS, NEXT]),
    ]);
    await expect
      .poll(() => query(`select from pg_locks where locktype = 'advisory' and not granted`))
      .toHaveLength(2);
    expect(await query(`select to_regclass('next_one') as made`)).toEqual([{ made: null }]);
    await earlier.query('commit');
    await earlier.end();
    expect((await ours).flat().filter((name) => name === NEXT.name)).toEqual([NEXT.name]);
    expect(await query('select id from next_one')).toEqual([{ id: 1 }]);
  });
});

describe.each([
  ['that an earlier version recorded by itself', () => ownStore()],
  ['of this version', () => migrate(database.url)],
])('a store %s', (_, make) => {
  it('is as it was where a migration fails in the midst, and the next start takes it', async () => {
    await make();
    await fill();
    const before = await whole();
    const half = { name: '901-half', up: 'create table half_one (id int); select 1 / 0' };
    await expect(migrate(database.url, [...MIGRATIONS, NEXT, half])).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringMatching(/901-half.*division by zero/),
    });
    expect(await whole()).toEqual(before);
    expect(await migrate(database.url, [...MIGRATIONS, NEXT])).toContain(NEXT.name);
  });

  it('that a newer version has brought up to date is refused, and stays as it is', async () => {
    await make();
    await fill();
    await migrate(database.url, [...MIGRATIONS, NEXT]);
    const before = await whole();
    await expect(migrate(database.url)).rejects.toMatchObject({
      name: 'NewerStoreError',
      code: 'STORE_NEWER',
      message:
        'The store was brought up to date by a newer version of Sightline (it has 900-next). Run that version or a later one on it, or restore the backup of the store that was made before',
    });
    expect(await whole()).toEqual(before);
  });
});

it('a schema that is not there is named, and not made', async () => {
  await expect(migrate(`${database.url}?schema=caer`)).rejects.toThrow(/there is no schema caer/);
  expect(await query(`select from pg_namespace where nspname = 'caer'`)).toEqual([]);
});

it('what stores have applied is never changed: it is added to', () => {
  const sums = MIGRATIONS.map(({ name, up }) => [
    name,
    createHash('sha256').update(up).digest('hex').slice(0, 16),
  ]);
  expect(Object.fromEntries(sums)).toEqual(APPLIED);
  expect(MIGRATIONS.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name).toSorted());
});

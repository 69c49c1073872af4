/** Types of an agency's tables are what a database says of them: its own, or one that has read `fixtures/<agency>/schema.sql`. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyIds } from '../../src/adapters-found.ts';
import { hasSchemaFile, schemaFile, tablesOfSchema } from '../../src/cli/adapter/described-tables.ts';
import { tableTypes } from '../../src/cli/adapter/table-types.ts';
import { type TablesFlags, writeTables } from '../../src/cli/adapter/tables.ts';
import { projectRoot } from '../../src/project-root.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { testServer } from '../support/postgres.ts';
import { rows } from '../support/rows.ts';

const root = projectRoot();
const committed = (agency: string) => readFileSync(join(root, 'adapters', agency, 'tables.ts'), 'utf8');
const FILE = 'adapters/night-shelter/tables.ts';
const GUEST = `create table guest (guest_no varchar(10) primary key, born date, weight numeric(5, 1), beds int,
  photo bytea, "Known As" text);
comment on column guest.born is 'as the guest gave it';
create view leaver as select guest_no from guest;`;
const MADE = `// Made by: npx sightline adapter tables night-shelter
export interface NightShelterTables {
  guest: {
    guest_no: string;
    /** as the guest gave it */
    born: Date | string | null;
    weight: string | number | null;
    beds: number | null;
    photo: unknown;
    'Known As': string | null;
  };
  leaver: {
    guest_no: string | null;
  };
}
`;

describe('committed types', () => {
  it.each(agencyIds(root).filter((id) => hasSchemaFile(root, id)))('of %s are current', async (agency) => {
    const { url } = await testServer();
    const tables = await tablesOfSchema(url, readFileSync(schemaFile(root, agency), 'utf8'));
    expect(committed(agency)).toBe(tableTypes(agency, tables, `npx sightline adapter tables ${agency}`));
  });
});

describe('sightline adapter tables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-adapter-'));
  const database = `shelter_${process.pid}`;
  let address = '';
  beforeAll(async () => {
    const { url } = await testServer();
    await createDatabase(url('postgres'), database);
    address = url(database);
    await rows(address, GUEST, []);
    mkdirSync(join(folder, dirname(FILE)), { recursive: true });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    const { url } = await testServer();
    await dropDatabase(url('postgres'), database);
  });

  /** Runs it of the night shelter; gives its exit code and what it said, and throws what stops it. */
  async function run(env: NodeJS.ProcessEnv, flags: TablesFlags = {}): Promise<[number, string]> {
    let said = '';
    const out = (text: string) => {
      said += text.replaceAll(folder, '');
    };
    return [await writeTables({ root: folder, env, out }, ['night-shelter'], flags), said];
  }
  const made = () => readFileSync(join(folder, FILE), 'utf8');
  const there = () => ({ NIGHT_SHELTER_DATABASE_URL: address });

  it('goes by the agency’s own database where it has no fixtures', async () => {
    expect(await run(there())).toEqual([0, `/${FILE}: written\n`]);
    expect(made()).toBe(MADE);
    expect(await run(there(), { check: true })).toEqual([0, 'The tables are as described\n']);
  });

  it('with --check says what is out of date, and writes nothing', async () => {
    writeFileSync(join(folder, FILE), '// by hand');
    expect(await run(there(), { check: true })).toEqual([1, `/${FILE}: is out of date\n`]);
    expect(made()).toBe('// by hand');
  });

  it('takes the tables that --only names, and says which of them are not there', async () => {
    await run(there(), { only: 'leaver' });
    expect(made()).toMatch(/^\/\/ Made by: npx sightline adapter tables night-shelter --only leaver\n/);
    expect(made()).not.toContain('guest:');
    await expect(run(there(), { only: 'leaver,bed' })).rejects.toThrow('not there: bed');
  });

  it.each<[string, () => NodeJS.ProcessEnv, string]>([
    [
      'without a database and without fixtures, what to give',
      () => ({}),
      'night-shelter has no fixtures/night-shelter/schema.sql: give that, or NIGHT_SHELTER_DATABASE_URL',
    ],
    [
      'of a database that is away',
      () => ({ NIGHT_SHELTER_DATABASE_URL: 'postgres://reader:secret@127.0.0.1:1/shelter' }),
      'NIGHT_SHELTER_DATABASE_URL: nothing listens at its address (ECONNREFUSED)',
    ],
    [
      'of a schema without tables',
      () => ({ NIGHT_SHELTER_DATABASE_URL: `${address}?schema=pg_toast` }),
      'NIGHT_SHELTER_DATABASE_URL: there is no table in its schema that this login may know of',
    ],
  ])('says in a line, %s', async (_, env, line) => {
    await expect(run(env())).rejects.toMatchObject({ code: 'NO_TABLES', message: line });
  });

  it('reads schema.sql where there is one, and no database need be there', async () => {
    mkdirSync(dirname(schemaFile(folder, 'night-shelter')), { recursive: true });
    writeFileSync(schemaFile(folder, 'night-shelter'), GUEST);
    expect(await run({})).toEqual([0, `/${FILE}: written\n`]);
    expect(made()).toBe(MADE);
    expect(await run(there(), { database: true, check: true })).toEqual([1, `/${FILE}: is out of date\n`]);
  });
});

/** An agency that nobody has an adapter for: what is proposed of its database, and that it stands. */
import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'graphql';
import mysql from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyAdapter } from '../../adapters/contract.ts';
import { findAdapters } from '../../src/adapters-found.ts';
import { runChecks } from '../../src/cli/adapter/check/run-checks.ts';
import { postgresSql } from '../../src/cli/adapter/check/source-sql.ts';
import { type NewFlags, newAdapter } from '../../src/cli/adapter/new-adapter.ts';
import { ownDatabase } from '../../src/cli/adapter/own-database.ts';
import { openAgencyDatabase } from '../../src/compile/run/agency-database.ts';
import { agencySchema } from '../../src/conformance/ask-agency.ts';
import { agencySdl } from '../../src/gateway/schema/agency-sdl.ts';
import { buildCatalogue } from '../../src/gateway/schema/catalogue.ts';
import { readSchemaFiles, readVocabulary } from '../../src/gateway/schema/vocabulary.ts';
import { projectRoot } from '../../src/project-root.ts';
import { loadPolicies } from '../../src/sharing/files/load.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { copyOfPolicy } from '../sharing/support/policy-folder.ts';
import { testServer } from '../support/postgres.ts';
import { rows } from '../support/rows.ts';

const root = projectRoot();
const ID = 'substance-use';
const SETTING = 'SUBSTANCE_USE_DATABASE_URL';

/** A case system as its supplier left it: no keys between tables, days as text, codes of all kinds, copies of tables. */
const MESSY = [
  `create table TBL_CLIENT (CLIENT_ID varchar(10) primary key, FORENAME varchar(40), SURNAME varchar(40),
     KNOWN_AS varchar(40), DOB varchar(10), DOB_EST char(1), GENDER char(1), NHS_NO varchar(12), POST_CODE varchar(8),
     MOBILE varchar(20), CONF_FLAG char(1), DECEASED char(1), MERGED_TO varchar(10), LAST_UPD timestamp null,
     XTRA_3 varchar(10), NOTES text)`,
  `create table TBL_CLIENT_BAK_2019 (CLIENT_ID varchar(10), SURNAME varchar(40), FORENAME varchar(40), DOB varchar(10))`,
  `create table TBL_EPISODE (EPIS_NO varchar(12) primary key, CLIENT_ID varchar(10) not null, START_DT varchar(8),
     END_DT varchar(8), STATUS char(4), KEYWORKER varchar(60), KEYWORKER_ID varchar(12), LAST_UPD timestamp null)`,
  `create table TBL_SCRIPT (SCRIPT_ID int primary key, CLIENT_ID varchar(10) not null, DRUG varchar(30), START_DT date,
     END_DT date, PHARMACY varchar(80))`,
  `create table TBL_STAFF_EXCL (CLIENT_ID varchar(10) not null, STAFF_ID varchar(12) not null,
     primary key (CLIENT_ID, STAFF_ID))`,
  `create table LU_DRUG (CD varchar(6) primary key, DESCR varchar(40))`,
];
/** Twelve of each code, one surname in the column of statuses, and people who are nobody. */
const FILLED = [
  ...Array.from({ length: 26 }, (_, at) => {
    const id = `C${String(at + 1).padStart(4, '0')}`;
    const [status, start] = [
      at % 2 === 0 ? 'OPN' : 'DIS ',
      at === 25 ? '19000101' : `202601${String(at + 1).padStart(2, '0')}`,
    ];
    return [
      `insert into TBL_CLIENT (CLIENT_ID, FORENAME, SURNAME, DOB, GENDER, LAST_UPD) values
        ('${id}', 'Zebedee', 'Quillfeather', '14/03/1990', '${at % 2 === 0 ? 'M' : 'F'}', '2026-05-01 10:00:00')`,
      `insert into TBL_EPISODE values ('SU26-${1000 + at}', '${id}', '${start}', null, '${status}', 'Ima Worker', 'W${100 + at}', '2026-05-01 10:00:00')`,
    ];
  }).flat(),
  `update TBL_EPISODE set STATUS = 'QUIL' where EPIS_NO = 'SU26-1000'`,
];

const folder = mkdtempSync(join(tmpdir(), 'sightline-new-'));
const adapters = join(folder, 'adapters');
mkdirSync(adapters);
symlinkSync(join(root, 'adapters/contract.ts'), join(adapters, 'contract.ts'));
symlinkSync(join(root, 'adapters/contract'), join(adapters, 'contract'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
afterAll(() => rmSync(folder, { recursive: true }));

async function run(url: string | null, flags: NewFlags = {}, id = ID) {
  let out = '';
  let err = '';
  const code = await newAdapter(
    {
      root: folder,
      env: url === null ? {} : { [SETTING]: url },
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    },
    id,
    flags,
  );
  return { code, out, err };
}
const written = (file: string) => readFileSync(join(adapters, ID, file), 'utf8');
const all = () => readdirSync(join(adapters, ID)).map(written).join('\n');
const begun = () => rmSync(join(adapters, ID), { recursive: true, force: true });

/** What the compiler says of the written folder, beside the contract. */
async function mistakes(): Promise<string> {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
      rootDir: '/',
      preserveSymlinks: true,
    },
    include: [join(adapters, ID, '*.ts')],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return promisify(execFile)(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder])
    .then(({ stdout }) => stdout)
    .catch((error: { stdout: string }) => error.stdout);
}

let copies = 0;
/** The adapter as it stands now: a folder that has been loaded once is not loaded again, so a copy of it is. */
async function loaded(): Promise<AnyAdapter> {
  copies += 1;
  const copy = join(adapters, `copy-${copies}`);
  cpSync(join(adapters, ID), copy, { recursive: true });
  const file = pathToFileURL(join(copy, 'index.ts')).href;
  const { adapter }: { adapter: AnyAdapter } = await import(/* @vite-ignore */ file);
  return adapter;
}

interface Messy {
  name: string;
  /** Makes the messy database, and gives its address. */
  open(): Promise<{ url: string; run(statement: string): Promise<unknown>; drop(): Promise<void> }>;
}
const database = `scaffold_${process.pid}`;
const POSTGRES: Messy = {
  name: 'PostgreSQL',
  async open() {
    const { url } = await testServer();
    await createDatabase(url('postgres'), database);
    return {
      url: url(database),
      run: (statement) => rows(url(database), statement, []),
      drop: () => dropDatabase(url('postgres'), database),
    };
  },
};
const MARIADB: Messy = {
  name: 'MariaDB',
  async open() {
    const admin = await mysql.createConnection(process.env.TEST_MARIADB_URL ?? '');
    await admin.query(`create database ${database}`);
    await admin.query(`use ${database}`);
    const url = new URL(process.env.TEST_MARIADB_URL ?? '');
    url.pathname = `/${database}`;
    return {
      url: url.href,
      run: (statement) => admin.query(statement),
      drop: async () => {
        await admin.query(`drop database ${database}`);
        await admin.end();
      },
    };
  },
};

describe.each([POSTGRES, ...(process.env.TEST_MARIADB_URL ? [MARIADB] : [])])(
  'adapter new, of a messy $name',
  ({ name, open }) => {
    let messy: Awaited<ReturnType<Messy['open']>>;
    beforeAll(async () => {
      messy = await open();
      for (const statement of [...MESSY, ...FILLED]) await messy.run(statement);
      begun();
    });
    afterAll(() => messy?.drop());
    const named = (text: string) => (name === 'PostgreSQL' ? text.toLowerCase() : text);

    it('writes nothing with --dry-run, and says what it would', async () => {
      const { out } = await run(messy.url, { dryRun: true });
      expect(out).toContain(`adapters/${ID}/person.ts: would be written`);
      expect(readdirSync(adapters)).not.toContain(ID);
    });

    it('writes a folder that compiles, of the catalogue alone', { timeout: 120_000 }, async () => {
      const { code, out } = await run(messy.url);
      expect(code).toBe(0);
      expect(out).toContain(
        named('TBL_CLIENT is of people, by CLIENT_ID').replace(/ IS OF PEOPLE, BY /i, ' is of people, by '),
      );
      expect(readdirSync(join(adapters, ID)).toSorted()).toEqual([
        'checklist.md',
        'codes.ts',
        'index.ts',
        'person.ts',
        'reference.ts',
        'sections.ts',
        'sharing.yaml',
        'tables.ts',
      ]);
      expect(await mistakes()).toBe('');
      // The gateway takes an address of this kind, and of no other.
      expect(written('index.ts').includes("dialects: ['mysql']")).toBe(name === 'MariaDB');
      // Nothing that only rows could tell.
      expect(all() + out).not.toMatch(/Zebedee|Quillfeather|OPN|QUIL|Ima Worker/);
    });

    it('proposes words with how sure they are and why, and leaves what nobody can tell', () => {
      const list = written('checklist.md');
      expect(list).toContain(`| \`${named('TBL_CLIENT.SURNAME')}\` | identity: family name | high |`);
      expect(list).toContain(`| \`${named('TBL_CLIENT.CONF_FLAG')}\` | who is hidden`);
      expect(list).toContain(`- ${named('TBL_CLIENT_BAK_2019')}: it looks like a copy`);
      expect(list).toContain(`- ${named('TBL_CLIENT.XTRA_3')}: neither name nor type says what it holds`);
      expect(list).toContain(`- ${named('TBL_SCRIPT.PHARMACY')}: it tells where somebody is`);
      expect(written('person.ts')).toContain(
        `excluded: { person: '${named('TBL_STAFF_EXCL.CLIENT_ID')}', staff: '${named('TBL_STAFF_EXCL.STAFF_ID')}' }`,
      );
    });

    it('shares nothing, by a file that policy check takes', async () => {
      const adapter = await loaded();
      const sdl = agencySdl(adapter, readVocabulary(root));
      const others = await findAdapters(root);
      const policy = copyOfPolicy(
        root,
        others.map(({ id }) => id),
      );
      policy.write(`adapters/${ID}/sharing.yaml`, written('sharing.yaml'));
      const schema = readSchemaFiles(root);
      const agencies = buildCatalogue(
        { ...schema, agencies: new Map([...schema.agencies, [ID, parse(sdl)]]) },
        [...others, adapter],
      );
      const policies = loadPolicies({ root: policy.root, agencies });
      policy.drop();
      expect(policies.ok ? [] : policies.findings).toEqual([]);
      const own = policies.ok ? policies.policies.agencies.get(ID) : null;
      expect([own?.grants, own?.index.share]).toEqual([[], []]);
    });

    it('with --sample reads codes and forms of days, and keeps no name', { timeout: 120_000 }, async () => {
      const { out } = await run(messy.url, { sample: true });
      expect(written('codes.ts')).toMatch(/_STATUSES = \{\s+DIS: 'KNOWN',\s+OPN: 'KNOWN',\s+\} as const/);
      expect(written('sections.ts')).toContain(`day('${named('TBL_EPISODE.START_DT')}', 'YYYYMMDD')`);
      expect(written('reference.ts')).toContain('form: /^[A-Z]{2}\\d{2}-\\d{4}$/');
      expect(await mistakes()).toBe('');
      expect(all() + out).not.toMatch(/Zebedee|Quillfeather|QUIL|Ima Worker|C0001|SU26/i);
    });

    it.runIf(name === 'PostgreSQL')(
      'can be checked at once, and says what is not right yet',
      { timeout: 120_000 },
      async () => {
        const adapter = await loaded();
        const options = ownDatabase(ID, { [SETTING]: messy.url });
        const database = openAgencyDatabase(options);
        const report = await runChecks(
          {
            ...{
              adapter,
              options,
              database,
              sql: postgresSql,
              most: 100,
              looks: 4,
              tablesFile: written('tables.ts'),
            },
            now: new Date('2026-11-22T03:10:00Z'),
            sdl: agencySchema(agencySdl(adapter, readVocabulary(root))),
            db: database.feed({ statementMs: 30_000, signal: new AbortController().signal }),
          },
          {
            at: '',
            only: ['columns', 'codes', 'feed', 'batches', 'statements', 'values', 'references'],
            progress() {},
          },
        );
        await database.close();
        expect(report.results.filter(({ outcome }) => outcome === 'FAILED')).toEqual([]);
        const codes = report.results.find(({ name }) => name.startsWith('codes'));
        expect(codes?.findings).toContain(
          'tbl_episode.status: 1 other value in 1 row: in no list of the adapter',
        );
      },
    );

    it('run again leaves what somebody changed, and tells new columns and those that are gone', async () => {
      writeFileSync(join(adapters, ID, 'codes.ts'), `${written('codes.ts')}\n// OPN is open.\n`);
      await messy.run('alter table TBL_EPISODE add REFERRER varchar(40)');
      await messy.run('alter table TBL_CLIENT drop XTRA_3');
      const { out } = await run(messy.url);
      expect(out).toContain(`adapters/${ID}/codes.ts: left as somebody changed it`);
      expect(written('codes.ts')).toContain('// OPN is open.');
      expect(out).toContain(`new since the last time: ${named('TBL_EPISODE.REFERRER')}`);
      expect(out).toContain(`no longer there: ${named('TBL_CLIENT.XTRA_3')}`);
      const again = await run(messy.url);
      expect(again.out).not.toContain('new since the last time');
      expect(again.out).toContain(`adapters/${ID}/person.ts: as it was`);
    });

    it('is refused in a line of an empty catalogue, and of one without people', async () => {
      for (const statement of MESSY) {
        const [, table = ''] = /create table (\w+)/.exec(statement) ?? [];
        await messy.run(`drop table ${table}`);
      }
      await expect(run(messy.url)).rejects.toMatchObject({
        message: expect.stringContaining(`${SETTING}: there is no table`),
      });
      await messy.run('create table STOCK (ITEM varchar(20), QTY int)');
      await expect(run(messy.url)).rejects.toMatchObject({
        code: 'NOTHING_TO_PROPOSE',
        message: expect.stringContaining('None of 1 tables looks like one of people'),
      });
    });
  },
);

describe('adapter new refuses', () => {
  it.each<[string, string | null, string, string]>([
    [
      'an agency that has an adapter of its own',
      'postgres://x@127.0.0.1:1/x',
      'housing',
      'adapters/housing is there, and was not begun by this command',
    ],
    [
      'without an address, and says which setting takes it',
      null,
      'night-refuge',
      'Give NIGHT_REFUGE_DATABASE_URL',
    ],
    [
      'a PostgreSQL that is away',
      'postgres://x:secret@127.0.0.1:1/x',
      ID,
      `${SETTING}: nothing listens at its address (ECONNREFUSED)`,
    ],
    [
      'a MariaDB that is away',
      'mysql://x:secret@127.0.0.1:1/x',
      ID,
      `${SETTING}: nothing listens at its address (ECONNREFUSED)`,
    ],
    ['what is no address', 'x', ID, `${SETTING} is no address of a database`],
  ])('%s', async (_, url, id, words) => {
    begun();
    mkdirSync(join(adapters, 'housing'), { recursive: true });
    writeFileSync(join(adapters, 'housing/index.ts'), 'export {};\n');
    const refusal = await run(url, {}, id).catch((error: Error) => error.message);
    expect(refusal).toContain(words);
    expect(refusal).not.toContain('secret');
  });
});

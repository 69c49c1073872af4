/** What an agency's engineer is told who tries an adapter on the agency's own database. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyTables, ValueField } from '../../adapters/contract.ts';
import { findAdapters } from '../../src/adapters-found.ts';
import type { CheckReport, Outcome } from '../../src/cli/adapter/check/report.ts';
import { runChecks } from '../../src/cli/adapter/check/run-checks.ts';
import type { Source } from '../../src/cli/adapter/check/source.ts';
import { postgresSql } from '../../src/cli/adapter/check/source-sql.ts';
import { type CheckFlags, checkSource } from '../../src/cli/adapter/check-source.ts';
import { ownDatabase } from '../../src/cli/adapter/own-database.ts';
import { printGrants } from '../../src/cli/adapter/print-grants.ts';
import type { SqlStatement } from '../../src/compile/dialects/dialect.ts';
import { openAgencyDatabase } from '../../src/compile/run/agency-database.ts';
import { agencySetting } from '../../src/config/agency-settings.ts';
import { agencySchema } from '../../src/conformance/ask-agency.ts';
import { STRANGE_KEYS } from '../../src/conformance/strange-keys.ts';
import { agencySdl } from '../../src/gateway/schema/agency-sdl.ts';
import { readVocabulary } from '../../src/gateway/schema/vocabulary.ts';
import { projectRoot } from '../../src/project-root.ts';
import { AGENCIES, type MadeDemo, makeDemo } from '../fixtures/demo-databases.ts';
import { rows } from '../support/rows.ts';

const root = projectRoot();
const SETTING = agencySetting('housing');

let demo: MadeDemo;
let clerk: pg.Client;
beforeAll(async () => {
  demo = await makeDemo('adapter_check');
  clerk = new pg.Client({ connectionString: demo.agencies.housing.adminUrl });
  await clerk.connect();
});
afterAll(async () => {
  await clerk?.end();
  await demo?.drop();
});

async function check(agency: string, env: NodeJS.ProcessEnv, flags: CheckFlags = {}) {
  let out = '';
  let err = '';
  const code = await checkSource(
    {
      ...{ root, env, now: () => new Date('2026-11-22T03:10:00Z'), exit() {} },
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    },
    agency,
    flags,
  );
  return { code, out, err };
}

interface Asked {
  url?: string;
  agency?: string;
  only?: string;
}

/** The report, of the housing service's database if no other is said. */
async function reportOf({ url = demo.agencies.housing.url, agency = 'housing', only }: Asked = {}) {
  const flags = { json: true, ...(only !== undefined && { only }) };
  const { code, out } = await check(agency, { [agencySetting(agency)]: url }, flags);
  const report = JSON.parse(out) as CheckReport;
  const of = (name: string) => {
    const found = report.results.find((one) => one.name.startsWith(name));
    if (!found) throw new Error(`no check ${name}`);
    return [found.outcome, found.findings] as const;
  };
  return { code, out, report, of };
}

/** Does something to the housing service's database for as long as something is looked at. */
async function whileSo<T>(change: string, back: string, look: () => Promise<T>): Promise<T> {
  await clerk.query(change);
  try {
    return await look();
  } finally {
    await clerk.query(back);
  }
}

const changed = (patch: (url: URL) => unknown): string => {
  const url = new URL(demo.agencies.housing.url);
  patch(url);
  return url.href;
};

describe('a sound agency', () => {
  it.each(AGENCIES)('%s passes', { timeout: 120_000 }, async (agency) => {
    const { code, report } = await reportOf({ url: demo.agencies[agency].url, agency });
    const failing = report.results.filter(({ outcome }) => outcome === 'FAILED');
    expect(failing).toEqual([]);
    expect(code).toBe(0);
  });

  it('is told in a table, with what is under way on the other output', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sightline-check-'));
    const junit = join(folder, 'check.xml');
    const { out, err } = await check('housing', { [SETTING]: demo.agencies.housing.url }, { junit });
    expect(out).toMatch(/^housing, \S+ at \S+ as \S+\n\nok {4}reachable +PostgreSQL \d+/);
    expect(out).toMatch(
      /\nok {4}rights: exactly the columns named +reads \d+ columns of \d+ tables, and nothing else\n/,
    );
    expect(err).toMatch(/^reachable …\n/);
    const { password } = new URL(demo.agencies.housing.url);
    expect(out + err).not.toContain(password);
    const written = readFileSync(junit, 'utf8');
    expect(written).toMatch(
      /<testsuite name="sightline adapter check housing" tests="\d+" failures="0" errors="0"/,
    );
    expect(written.match(/<testcase /g)?.length).toBe(out.match(/^(ok|look|–) /gm)?.length);
    rmSync(folder, { recursive: true });
  });
});

describe('an agency out of reach is told by the step that fails', () => {
  it.each<[string, (url: URL) => unknown, string]>([
    [
      'the name of the host',
      (url) => Object.assign(url, { hostname: 'nowhere.invalid' }),
      'DNS: the name of its host',
    ],
    [
      'the port',
      (url) => Object.assign(url, { port: '1' }),
      'network: nothing listens at its address (ECONNREFUSED)',
    ],
    [
      'the database',
      (url) => Object.assign(url, { pathname: '/none' }),
      'database: its server has no database of this name (3D000)',
    ],
    ['TLS', (url) => url.searchParams.set('sslmode', 'require'), 'TLS: its server speaks no TLS'],
  ])('%s', { timeout: 60_000 }, async (_, patch, words) => {
    await isToldAlone(changed(patch), words);
  });

  it('the password', { timeout: 60_000 }, async ({ skip }) => {
    const url = changed((address) => Object.assign(address, { password: 'wrong' }));
    skip(await letsIn(url), 'this server asks nobody for a password');
    await isToldAlone(url, 'password: its database refuses the login or the password (28P01)');
  });

  async function isToldAlone(url: string, words: string): Promise<void> {
    const { code, report, of } = await reportOf({ url });
    expect(code).toBe(1);
    expect(of('reachable')).toEqual(['FAILED', [expect.stringContaining(words)]]);
    expect(new Set(report.results.slice(1).map(({ outcome }): Outcome => outcome))).toEqual(
      new Set(['SKIPPED']),
    );
  }

  async function letsIn(url: string): Promise<boolean> {
    const client = new pg.Client({ connectionString: url });
    const isIn = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end();
    return isIn;
  }

  it('and without an address, what to give', async () => {
    await expect(check('housing', {})).rejects.toMatchObject({
      code: 'NO_ADDRESS',
      message: expect.stringContaining(`Give ${SETTING}`),
    });
  });

  it('and of MariaDB, that it is checked on PostgreSQL alone', async () => {
    await expect(
      check('housing', { [SETTING]: 'mysql://reader:secret@db.example/care' }),
    ).rejects.toMatchObject({
      setting: SETTING,
      message: expect.stringMatching(/is of MariaDB and MySQL: .* PostgreSQL alone/),
    });
  });
});

describe('what does not hold is told', { timeout: 120_000 }, () => {
  const login = () => decodeURIComponent(new URL(demo.agencies.housing.url).username);

  it('rights: a column too many, a right to write, and a column too few', async () => {
    const report = await whileSo(
      `grant select (addr1) on prop to "${login()}"; grant select (surname, dob) on household_member to "${login()}";
       grant insert on patch to "${login()}"; revoke select (bal_amt) on rent_acct from "${login()}"`,
      `revoke select (surname, dob) on household_member from "${login()}"; revoke insert on patch from "${login()}";
       grant select (bal_amt) on rent_acct to "${login()}"`,
      () => reportOf({ only: 'rights' }),
    );
    expect(report.of('rights')).toEqual([
      'FAILED',
      [
        'too few: it may not read rent_acct: bal_amt, which the adapter reads',
        'too many: it may read household_member: dob, surname, which the adapter does not',
        'too many: it may write patch',
        'npx sightline adapter grants housing prints the SQL that makes it so',
      ],
    ]);
    expect(report.code).toBe(1);
  });

  it('a superuser, whatever else', async () => {
    const { of } = await reportOf({ url: demo.agencies.housing.adminUrl, only: 'rights,writing' });
    expect(of('rights')[1]).toContain('too many: it is a superuser');
    // What it may do is no matter to a session that only reads.
    expect(of('nothing can be written')[0]).toBe('PASSED');
  });

  it('a column that is gone, and one of another type', async () => {
    const { of } = await whileSo(
      `alter table tenant_alert rename guidance to guide;
       alter table asb_case alter open_dt type varchar(20) using open_dt::text`,
      `alter table tenant_alert rename guide to guidance;
       alter table asb_case alter open_dt type date using open_dt::date`,
      () => reportOf({ only: 'columns' }),
    );
    expect(of('columns')).toEqual([
      'FAILED',
      [
        'tenant_alert.guidance is not there, or this login may not know of it',
        'asb_case.open_dt is declared as Date | string | null, and is string | null',
        'npx sightline adapter tables housing --database writes what is there',
      ],
    ]);
  });

  it('codes of no list: the frequent by name, the rare and the long only counted', async () => {
    const { of, out } = await whileSo(
      `insert into tenant_alert (alert_id, tenant_no, alert_cd) select 'K' || n, tenant_no, case
          when n <= 12 then 'cat ' when n = 13 then 'COLE' else 'BZ' || n end
        from generate_series(1, 15) n, (select tenant_no from tenant order by 1 limit 1) t`,
      `delete from tenant_alert where alert_id like 'K%'`,
      () => reportOf({ only: 'codes' }),
    );
    expect(of('codes and dates')[0]).toBe('FAILED');
    expect(of('codes and dates')[1]).toEqual(
      expect.arrayContaining([
        'tenant_alert.alert_cd: "CAT" in 12 rows: in no list of the adapter',
        'tenant_alert.alert_cd: 3 other values in 3 rows: in no list of the adapter',
      ]),
    );
    expect(out).not.toMatch(/\bcole\b/i);
  });

  it('dates that nobody can read, by their form alone', async () => {
    const { of, out } = await whileSo(
      `insert into tenant_alert (alert_id, tenant_no, review_dt) select 'K' || n, tenant_no, '1' || n % 3 || '.03.2026'
        from generate_series(1, 12) n, (select tenant_no from tenant order by 1 limit 1) t`,
      `delete from tenant_alert where alert_id like 'K%'`,
      () => reportOf({ only: 'codes' }),
    );
    expect(of('codes and dates')[1]).toContain(
      'tenant_alert.review_dt: "99.99.9999" in 12 rows: no date that can be read',
    );
    expect(out).not.toContain('.03.2026');
  });
});

describe('a source that does wrong is found out', { timeout: 120_000 }, () => {
  const nobodyElse = new AbortController().signal;

  /** What one check says of the housing service where something of it is otherwise. */
  async function outcomeOf(only: string, patch: (source: Source) => Partial<Source>) {
    const [adapter] = await findAdapters(root, ['housing']);
    if (!adapter) throw new Error('no housing');
    const options = ownDatabase('housing', { [SETTING]: demo.agencies.housing.url });
    const database = openAgencyDatabase(options);
    const source: Source = {
      ...{ adapter, options, database, sql: postgresSql, most: 100, looks: 4, tablesFile: null },
      now: new Date('2026-11-22T03:10:00Z'),
      sdl: agencySchema(agencySdl(adapter, readVocabulary(root))),
      db: database.feed({ statementMs: 30_000, signal: nobodyElse }),
    };
    const report = await runChecks({ ...source, ...patch(source) }, { at: '', only: [only], progress() {} });
    await database.close();
    return report.results.slice(1).map(({ outcome, findings }) => [outcome, ...findings]);
  }
  const answering = (change: (rows: Row[], keys: number) => Row[]) => (source: Source) => ({
    database: {
      ...source.database,
      query: async (statement: SqlStatement, options: { signal: AbortSignal }) =>
        change(await source.database.query(statement, options), statement.parameters.flat().length),
    },
  });
  type Row = Awaited<ReturnType<Source['database']['query']>>[number];

  it('that leaves out a row when many are asked for', async () => {
    const [found] = await outcomeOf(
      'batches',
      answering((rows, keys) => (keys > 20 ? rows.slice(1) : rows)),
    );
    expect(found).toContain('identity: another answer when asked otherwise');
  });

  it('that takes what is written', async () => {
    expect(
      await outcomeOf(
        'writing',
        answering(() => []),
      ),
    ).toEqual([['PASSED']]);
    const taking = (source: Source) => ({ database: { ...source.database, query: async () => [] } });
    expect(await outcomeOf('writing', taking)).toEqual([
      ['FAILED', 'a statement that writes was taken (it met no row)'],
    ]);
  });

  it('that gives a value which the schema does not have', async () => {
    const [found] = await outcomeOf('values', ({ adapter }) => {
      const identity = adapter.sections.identity as Record<string, ValueField<AnyTables>>;
      const sex = { ...identity.sex, pick: () => 'NEITHER' } as ValueField<AnyTables>;
      return { adapter: { ...adapter, sections: { ...adapter.sections, identity: { ...identity, sex } } } };
    });
    expect(found?.[0]).toBe('FAILED');
    expect(found?.[1]).toMatch(/^identity\.sex: is not a Sex \(\d+ times\)$/);
  });

  it('that tells a record twice', async () => {
    const [found] = await outcomeOf('feed', ({ adapter: { index, ...adapter } }) => ({
      adapter: {
        ...{ ...adapter },
        index: {
          ...index,
          page: async (...asked) => {
            const page = await index.page(...asked);
            return page.map((record, at) => (at === 1 && page[0] ? page[0] : record));
          },
        },
      },
    }));
    expect(found?.[0]).toBe('FAILED');
    expect(found?.[1]).toMatch(/^records: \d+ told more than once$/);
  });

  it('that takes anything for a reference, and anybody for staff', async () => {
    const [found] = await outcomeOf('references', ({ adapter: { reference, ...adapter } }) => ({
      adapter: {
        ...adapter,
        reference: {
          ...reference,
          find: async () => ({ live: true, place: null, consent: null, staff: [], people: [] }),
          caseload: async (_db, _staff, people) => people,
        },
      },
    }));
    expect(found).toContain('"%" is taken for a reference');
    expect(found?.join('\n')).toMatch(/\na caseload has \d+ people for staff "NOBODY"\n/);
  });

  it('that does not stop what nobody waits for', async () => {
    const [found] = await outcomeOf('cancellation', ({ sql }) => {
      return { sql: { ...sql, isRunning: async () => true } };
    });
    expect(found?.[0]).toBe('FAILED');
  });

  it('that finds somebody by what is no key', async () => {
    const [person] = await rows(demo.agencies.housing.adminUrl, 'select tenant_no from tenant limit 1', []);
    const [found] = await outcomeOf('injection', (source) => ({
      database: {
        ...source.database,
        query: ({ sql, parameters }, options) => {
          const keys = parameters.map((value) =>
            Array.isArray(value) && STRANGE_KEYS.includes(value[0]) ? [person?.tenant_no] : value,
          );
          return source.database.query({ sql, parameters: keys }, options);
        },
      },
    }));
    expect(found?.[0]).toBe('FAILED');
  });
});

it('tries what --only names, and says which names there are', async () => {
  const { report } = await reportOf({ only: 'rights, columns' });
  expect(report.results.map(({ name }) => name.split(/[:\s]/)[0])).toEqual([
    'reachable',
    'rights',
    'columns',
  ]);
  await expect(reportOf({ only: 'rigths' })).rejects.toMatchObject({
    code: 'UNKNOWN_CHECK',
    message: expect.stringMatching(/rigths.*rights.*wire/),
  });
});

describe('adapter grants', () => {
  const reader = `kit_reader_${process.pid}`;
  const printed = async (flags: { schema?: string; login?: string }, env: NodeJS.ProcessEnv = {}) => {
    let out = '';
    await printGrants(
      {
        root,
        env,
        out: (text) => {
          out += text;
        },
      },
      'housing',
      flags,
    );
    return out;
  };
  afterAll(() => clerk.query(`drop owned by ${reader}; drop role ${reader}`));

  it('prints what makes a new login fit, as it stands', { timeout: 120_000 }, async () => {
    await clerk.query(`create role ${reader} login password 'reader'`);
    await clerk.query(
      `grant connect on database ${new URL(demo.agencies.housing.url).pathname.slice(1)} to ${reader}`,
    );
    await clerk.query(await printed({ login: reader }));
    const url = changed((one) => {
      one.username = reader;
      one.password = 'reader';
    });
    const { of } = await reportOf({ url, only: 'rights' });
    expect(of('rights')).toEqual(['PASSED', []]);
  });

  it('names the schema and the login of the address, or those that are said', async () => {
    const env = { [SETTING]: 'postgres://reader:secret@db.example/care?schema=legacy' };
    expect(await printed({}, env)).toMatch(
      /^grant select \("case_no", .* on "legacy"\."asb_case" to "reader";$/m,
    );
    expect(await printed({}, env)).not.toContain('secret');
    expect(await printed({ schema: 'dbo', login: 'gateway' }, env)).toContain(
      'grant usage on schema "dbo" to "gateway";',
    );
  });

  it('writes it as MariaDB takes it where the address is of one', async () => {
    const env = { [SETTING]: 'mysql://reader:secret@db.example/care' };
    const text = await printed({}, env);
    expect(text).toContain("revoke all privileges, grant option from `reader`@'%';");
    expect(text).toMatch(/^grant select \(`case_no`, .* on `care`\.`asb_case` to `reader`@'%';$/m);
    expect(text).not.toContain('secret');
  });

  it('asks no database', async () => {
    const before = await rows(demo.agencies.housing.adminUrl, 'select count(*) from pg_roles', []);
    await printed({ login: 'nobody_at_all' });
    expect(await rows(demo.agencies.housing.adminUrl, 'select count(*) from pg_roles', [])).toEqual(before);
  });
});

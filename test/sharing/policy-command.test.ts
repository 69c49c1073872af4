import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { policyCommand } from '../../src/cli/policy.ts';
import { projectRoot } from '../../src/project-root.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { up, type WithdrawalTables } from '../../src/store/migrations/020-withdrawals.ts';
import { loadWithdrawals } from '../../src/store/withdrawals.ts';
import { testPool, testServer } from '../support/postgres.ts';
import { copyOfPolicy, type PolicyFolder } from './support/policy-folder.ts';
import { catalogue } from './support/shipped-policy.ts';

const TRUST_FILE = 'adapters/mental-health/sharing.yaml';
const HOUSING_FILE = 'adapters/housing/sharing.yaml';
let folder: PolicyFolder;
beforeEach(() => {
  folder = copyOfPolicy(projectRoot(), catalogue.agencies.keys());
});
afterEach(() => folder.drop());

const database = `policy_command_${process.pid}`;
let admin: string;
let url: string;
beforeAll(async () => {
  const server = await testServer();
  admin = server.url('postgres');
  url = server.url(database);
  await createDatabase(admin, database);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(up);
  await client.end();
});
afterAll(() => dropDatabase(admin, database));

function openStore() {
  const db = new Kysely<WithdrawalTables>({
    dialect: new PostgresDialect({ pool: testPool({ connectionString: url }) }),
  });
  return Promise.resolve({ db, close: () => db.destroy() });
}

/** Runs `sightline policy …` and gives what it printed and its exit code. */
async function sightline(...words: string[]) {
  const said = { out: '', err: '', code: -1 };
  const command = policyCommand({
    root: folder.root,
    catalogue: () => Promise.resolve(catalogue),
    openStore,
    now: () => new Date('2026-07-01T12:00:00Z'),
    user: 'ada',
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    exit: (code) => {
      said.code = code;
    },
  });
  await command.parseAsync(words, { from: 'user' });
  return said;
}
const lineOf = (file: string, text: string) =>
  folder
    .read(file)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

describe('policy check', () => {
  it('says that a sound policy is sound, and how much there is of it', async () => {
    const { out, code } = await sightline('check');
    expect(out).toMatch(/^The policy is sound: 10 agencies, \d+ grants, version [0-9a-f]{16}\n/);
    expect(code).toBe(0);
  });

  it('names each mistake by file and line, and exits 1', async () => {
    folder.write(TRUST_FILE, folder.read(TRUST_FILE).replace('role: triage-nurse', 'role: triage-nures'));
    const { out, code } = await sightline('check');
    expect(out).toContain(
      `${TRUST_FILE}:${lineOf(TRUST_FILE, 'triage-nures')}: unknown role "triage-nures"; did you mean "triage-nurse"?`,
    );
    expect(code).toBe(1);
  });

  it('tells machines the same as JSON', async () => {
    folder.write(TRUST_FILE, folder.read(TRUST_FILE).replace('role: triage-nurse', 'role: triage-nures'));
    const { out } = await sightline('check', '--json');
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      version: null,
      findings: [{ file: TRUST_FILE, line: lineOf(TRUST_FILE, 'triage-nures') }],
    });
  });

  it('tells of a review that is overdue, which is no mistake', async () => {
    folder.write(HOUSING_FILE, folder.read(HOUSING_FILE).replace('review: 2027-01-05', 'review: 2026-06-30'));
    const { out, code } = await sightline('check');
    expect(out).toContain(
      `${HOUSING_FILE}:${lineOf(HOUSING_FILE, 'agreement:')}: the review of NS-ISA-032 was due on 2026-06-30`,
    );
    expect(code).toBe(0);
  });
});

describe('policy matrix', () => {
  it('prints a line for each supplier of each section', async () => {
    const { out, code } = await sightline('matrix');
    expect(out).toMatch(/response-officer at mental-health-crisis\n {2}identity +adult-services +/);
    expect(out).toMatch(/\n {2}identity +housing +–\n/);
    expect(out).toMatch(/crisisPlan +mental-health +summary: extracts the person agreed to share; never /);
    expect(code).toBe(0);
  });

  it('docs/sharing-matrix.md is what it prints: after a change of policy, run this test with --update', async () => {
    const { out } = await sightline('matrix', '--markdown');
    await expect(out).toMatchFileSnapshot(join(projectRoot(), 'docs/sharing-matrix.md'));
  });

  it('of a policy that does not load there is none', async () => {
    folder.remove(TRUST_FILE);
    const { err, code } = await sightline('matrix');
    expect(err).toContain(`${TRUST_FILE}:1: there is no such file`);
    expect(code).toBe(1);
  });
});

describe('policy explain', () => {
  const crisis = ['--purpose', 'mental-health-crisis', '--field', 'crisisPlan.whatHelps'];

  it('where crisisPlan.whatHelps is denied to a housing officer: the reason, the file and the line', async () => {
    const { out, code } = await sightline(
      'explain',
      '--role',
      'housing-officer',
      '--purpose',
      'early-help',
      '--field',
      'crisisPlan.whatHelps',
    );
    expect(out).toContain(
      'crisisPlan.whatHelps from mental-health: withheld, ROLE: This agency grants nothing to this role.',
    );
    expect(out).toContain(`${TRUST_FILE}:${lineOf(TRUST_FILE, 'grants:')}`);
    expect(code).toBe(0);
  });

  it('what an officer is given: level, line, agreement, gateway, conditions, scope, rows and desk', async () => {
    const { out } = await sightline(
      'explain',
      '--role',
      'response-officer',
      ...crisis,
      '--place',
      'DWELLING',
    );
    expect(out).toContain('released at SUMMARY');
    expect(out).toMatch(/where +adapters\/mental-health\/sharing\.yaml:\d+/);
    expect(out).toMatch(/agreement +NS-ISA-021 version 2, from 2026-01-05, review 2027-01-05/);
    expect(out).toMatch(/gateway +common-law duty to protect life\n/);
    expect(out).toMatch(/conditions +Article 6: 6\(1\)\(e\); Article 9: 9\(2\)\(g\) Sch 1 para 18; PART2/);
    expect(out).toMatch(/scope +extracts the person agreed to share/);
    expect(out).toMatch(/rows +agreedExtract true/);
    expect(out).toMatch(/call +crisis-line/);
  });

  it('section 136 is cited in the street and nowhere else', async () => {
    const { out } = await sightline('explain', '--role', 'response-officer', ...crisis);
    const [street = '', flat = ''] = out.split('\n\n');
    expect(street).toMatch(/PUBLIC place[\s\S]*MHA 1983 s\.136\(1C\)/);
    expect(flat).toMatch(/DWELLING place[\s\S]*common-law duty/);
    expect(flat).not.toContain('s.136');
  });

  it('a field above the level that is granted', async () => {
    const { out } = await sightline(
      'explain',
      '--role',
      'response-officer',
      '--purpose',
      'mental-health-crisis',
      '--field',
      'crisisPlan.triggers',
      '--place',
      'PUBLIC',
    );
    expect(out).toContain('withheld, LEVEL');
    expect(out).toMatch(/released from +level FULL/);
    expect(out).toMatch(/granted +level SUMMARY/);
  });

  it('a section for the agency’s own staff is answered for both', async () => {
    const { out } = await sightline(
      'explain',
      '--role',
      'housing-officer',
      '--purpose',
      'early-help',
      '--field',
      'housing',
    );
    expect(out).toMatch(/asked by staff of another party[\s\S]*OTHER_ORGANISATION_ONLY/);
    expect(out).toMatch(/asked by its own staff[\s\S]*released at FULL/);
  });

  it.each([
    ['--role', 'plumber', /unknown role "plumber"\. Known: response-officer/],
    ['--purpose', 'nosiness', /unknown purpose "nosiness"/],
    [
      '--field',
      'crisisPlan.whathelps',
      /unknown field of crisisPlan "whathelps"; did you mean "whatHelps"\?/,
    ],
    ['--field', 'crisisplan', /unknown section "crisisplan"; did you mean "crisisPlan"\?/],
    ['--agency', 'housing', /housing does not supply crisisPlan\.whatHelps\. Who does: mental-health/],
    ['--relationship', 'FRIEND', /unknown relationship "FRIEND"\. Known: VERIFIED, CLAIMED/],
    ['--place', 'STREET', /unknown place "STREET"\. Known: PUBLIC, DWELLING/],
  ])('%s %s is wrong usage, exit 2', async (option, value, says) => {
    const { err, code } = await sightline('explain', '--role', 'response-officer', ...crisis, option, value);
    expect(err).toMatch(says);
    expect(code).toBe(2);
  });
});

describe('policy withdraw', () => {
  const withdrawn = async () => {
    const store = await openStore();
    const found = await loadWithdrawals(store.db);
    await store.close();
    return found;
  };

  it('dry, shows who would lose what, and changes nothing', async () => {
    const { out, code } = await sightline('withdraw', 'NS-ISA-021', '--why', 'a test of nerves', '--dry-run');
    expect(out).toMatch(
      /response-officer at mental-health-crisis loses from mental-health: identity, demographics[^\n]*crisisPlan\n/,
    );
    expect(out).not.toMatch(/loses from police/);
    expect(out).toContain('NS-ISA-021 version 2 would be withdrawn. Nothing has been changed.');
    expect((await withdrawn()).has('NS-ISA-021')).toBe(false);
    expect(code).toBe(0);
  });

  it('withdraws the version that stands in the file', async () => {
    const { out, code } = await sightline('withdraw', 'NS-ISA-014', '--why', 'a breach is looked into');
    expect(out).toContain('NS-ISA-014 is withdrawn up to version 3.');
    expect((await withdrawn()).get('NS-ISA-014')).toBe(3);
    expect(code).toBe(0);
  });

  it('needs nothing but the agreement: who is in a hurry may say why another time', async () => {
    const { code } = await sightline('withdraw', 'NS-ISA-021');
    expect(code).toBe(0);
    expect((await withdrawn()).get('NS-ISA-021')).toBe(2);
  });

  it('needs no file: with broken ones it asks for the version alone', async () => {
    folder.write(TRUST_FILE, 'nonsense');
    const asked = await sightline('withdraw', 'NS-ISA-032', '--why', 'a breach');
    expect(asked.err).toContain('say which version with --agreement-version');
    expect(asked.code).toBe(2);
    const done = await sightline('withdraw', 'NS-ISA-032', '--why', 'a breach', '--agreement-version', '1');
    expect(done.code).toBe(0);
    expect((await withdrawn()).get('NS-ISA-032')).toBe(1);
  });

  it.each([
    [['NS-ISA-14', '--why', 'a breach'], /unknown agreement "NS-ISA-14"; did you mean "NS-ISA-014"\?/],
    [['NS-ISA-040', '--why', ' '], /--why must say why/],
    [
      ['NS-ISA-040', '--why', 'a breach', '--agreement-version', 'two'],
      /--agreement-version "two" is not a whole number/,
    ],
  ])('%j is wrong usage, exit 2, and withdraws nothing', async (words, says) => {
    const { err, code } = await sightline('withdraw', ...words);
    expect(err).toMatch(says);
    expect(code).toBe(2);
    expect((await withdrawn()).has('NS-ISA-040')).toBe(false);
  });
});

import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { policyCommand } from '../../src/cli/policy.ts';
import { projectRoot } from '../../src/project-root.ts';
import type { RegisterEntry } from '../../src/register/entry.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore as openOwnStore } from '../../src/store/store.ts';
import { loadWithdrawals } from '../../src/store/withdrawals.ts';
import { testServer } from '../support/postgres.ts';
import { copyOfPolicy, type PolicyFolder } from './support/policy-folder.ts';
import { catalogue } from './support/shipped-policy.ts';

const TRUST_FILE = 'adapters/mental-health/sharing.yaml';
const HOUSING_FILE = 'adapters/housing/sharing.yaml';
/** These commands sign nothing. */
const unasked = () => Promise.reject(new Error('It is asked for nothing here'));
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
  await migrate(url);
});
afterAll(() => dropDatabase(admin, database));

const openStore = () => Promise.resolve(openOwnStore(url, { connections: 2 }));
const NOON = new Date('2026-07-01T12:00:00Z');
const later = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

interface Circumstances {
  /** What somebody at a terminal answers; without it there is no terminal. */
  answer?: boolean;
  now?: Date;
  user?: string;
  /** What is wrong with the store or the register, if anything. */
  broken?: 'store' | 'register';
}
let recorded: RegisterEntry[] = [];
beforeEach(() => {
  recorded = [];
});

/** Runs `sightline policy …` and gives what it printed and its exit code. */
async function sightline(...words: (string | Circumstances)[]) {
  const { answer, now = NOON, user = 'ada', broken } = words.find((word) => typeof word === 'object') ?? {};
  const said = { out: '', err: '', code: -1, asked: '' };
  const command = policyCommand({
    root: folder.root,
    catalogue: () => Promise.resolve(catalogue),
    adapters: () => findAdapters(projectRoot()),
    openStore:
      broken === 'store'
        ? () =>
            Promise.reject(
              Object.assign(new Error('There is no store here'), { name: 'Away', code: 'NO_STORE' }),
            )
        : openStore,
    async record(_, entries) {
      if (broken === 'register')
        throw Object.assign(new Error('It cannot be recorded'), {
          name: 'Away',
          code: 'REGISTER_UNAVAILABLE',
        });
      recorded.push(...entries);
    },
    recordWith: unasked,
    policyKey: unasked,
    confirm:
      answer === undefined
        ? null
        : async (question) => {
            said.asked += question;
            return answer;
          },
    now: () => now,
    user,
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
  await command.parseAsync(
    words.filter((word) => typeof word === 'string'),
    { from: 'user' },
  );
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

describe('policy check of a folder with proposed files', () => {
  const propose = (change: (text: string) => string) =>
    folder.write(`proposed/${TRUST_FILE}`, change(folder.read(TRUST_FILE)));
  const proposed = () => join(folder.root, 'proposed');

  it('reads them in place of those in force, and leaves those alone', async () => {
    const before = (await sightline('check')).out;
    propose((text) => text.replace('review: 2027-01-05', 'review: 2026-06-30'));
    const { out, code } = await sightline('check', proposed());
    expect(out).toContain(
      `${TRUST_FILE}:${lineOf(TRUST_FILE, 'agreement:')}: the review of NS-ISA-021 was due`,
    );
    expect(code).toBe(0);
    expect((await sightline('check')).out).toBe(before);
  });

  it('names each of their mistakes by file and line, and exits 1', async () => {
    propose((text) => text.replace('role: triage-nurse', 'role: triage-nures'));
    const { out, code } = await sightline('check', proposed());
    expect(out).toContain(
      `${TRUST_FILE}:${lineOf(TRUST_FILE, 'role: triage-nurse')}: unknown role "triage-nures"`,
    );
    expect(code).toBe(1);
    expect((await sightline('check')).code).toBe(0);
  });

  it('does not call sound a folder that proposes nothing', async () => {
    const { err, code } = await sightline('check', proposed());
    expect(err).toContain('is no folder: name the one with the proposed sharing files');
    expect(code).toBe(2);
  });
});

describe('policy check of a grant that nobody can ever be told of', () => {
  it('names file and line, what gates it and what to do, and is no failure', async () => {
    const [before = ''] = folder.read(TRUST_FILE).split('      mentalHealth: exists\n');
    const gated = folder.read(TRUST_FILE).replace('mentalHealth: exists\n', 'mentalHealth: withheld\n');
    expect(gated).not.toBe(folder.read(TRUST_FILE));
    folder.write(TRUST_FILE, gated);
    const grant = before.split('\n').findLastIndex((line) => line.includes('- role:')) + 1;
    const { out, code } = await sightline('check');
    expect(out).toMatch(
      new RegExp(
        `${TRUST_FILE}:${grant}: .* is never told identity.*: mentalHealth is withheld in this grant, and whoever may not know of mentalHealth does not see the agency. Give mentalHealth a level, say "discloseSource: true"`,
      ),
    );
    expect(code).toBe(0);
  });

  it('has nothing to say of the files as they are shipped', async () => {
    const { out } = await sightline('check', '--json');
    expect(JSON.parse(out).neverTold).toEqual([]);
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

  it('says what may be counted, where it is printed whole or for who counts', async () => {
    for (const words of [[], ['--role', 'analyst'], ['--agency', 'police']])
      expect((await sightline('matrix', ...words)).out).toMatch(
        /What analyst at service-planning may count, and never who anybody is\n(?: {2}.*\n)* {2}police +policeEvents\.category, /,
      );
    expect((await sightline('matrix', '--role', 'analyst')).out).toMatch(/\n {2}primary-care +nothing\n/);
    expect((await sightline('matrix', '--role', 'response-officer')).out).not.toContain('may count');
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
      'crisisPlan.whatHelps from mental-health: withheld, PURPOSE: This agency grants nothing to this role at this purpose.',
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

describe('policy explain of what analysts count', () => {
  const counting = (field: string, ...words: (string | Circumstances)[]) =>
    sightline('explain', '--role', 'analyst', '--purpose', 'service-planning', '--field', field, ...words);
  const POLICE_FILE = 'adapters/police/sharing.yaml';

  it('which agency lets it be counted, by which line, and on what that rests', async () => {
    const { out, code } = await counting('policeEvents.category');
    expect([out, code]).toEqual([
      `Northshire Police lets policeEvents.category be counted, and never who anybody is (${POLICE_FILE}:${lineOf(POLICE_FILE, 'aggregates:')}; UK GDPR Art. 89; 6(1)(e) with DPA 2018 s.19, statistics for the planning of services)\n`,
      0,
    ]);
  });

  it('which does not, by its file, and of what the index tells every agency', async () => {
    folder.write(POLICE_FILE, folder.read(POLICE_FILE).replace('policeEvents.category, ', ''));
    expect((await counting('policeEvents.category')).out).toBe(
      `Northshire Police does not let policeEvents.category be counted (${POLICE_FILE}:${lineOf(POLICE_FILE, 'aggregates:')}; NOT_LISTED)\n`,
    );
    const { out } = await counting('person.sex');
    expect(out.trimEnd().split('\n')).toHaveLength(catalogue.agencies.size);
    expect(out).toMatch(/^Northshire Police lets person\.sex be counted/m);
    expect(out).toContain(`does not let person.sex be counted (${TRUST_FILE}; NOT_LISTED)`);
    expect((await counting('person.sex', '--agency', 'housing')).out).toMatch(
      /^[^\n]*housing lets [^\n]*\n$/,
    );
  });

  it('nothing before an agreement begins, and nothing for who is no party to it', async () => {
    const now = new Date('2025-01-01T12:00:00Z');
    expect((await counting('policeEvents.category', { now })).out).toMatch(
      /does not let .*; AGREEMENT_\w+\)/,
    );
    const stranger = await counting('policeEvents.category', '--organisation', 'somebody-else');
    expect(stranger.out).toMatch(/does not let .*; AGREEMENT_\w+\)/);
  });

  it('a field that no agency can count, and one that there is not', async () => {
    expect(await counting('crisisPlan.whatHelps')).toMatchObject({
      ...{ out: 'crisisPlan.whatHelps: no agency can count it\n', code: 0 },
    });
    for (const [field, says] of [
      ['person.sexx', /unknown field of person "person\.sexx"; did you mean "person\.sex"\?/],
      ['policeEvents.categry', /unknown field of policeEvents "categry"/],
      ['nothing.atAll', /unknown section "nothing"/],
    ] as const) {
      const { err, code } = await counting(field);
      expect(err).toMatch(says);
      expect(code).toBe(2);
    }
  });
});

const withdrawn = async () => {
  const store = await openStore();
  const found = await loadWithdrawals(store.db);
  await store.close();
  return found;
};

describe('policy withdraw', () => {
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
    const { out, code } = await sightline(
      'withdraw',
      'NS-ISA-014',
      '--why',
      'a breach is looked into',
      '--yes',
    );
    expect(out).toContain('NS-ISA-014 is withdrawn up to version 3.');
    expect((await withdrawn()).get('NS-ISA-014')).toBe(3);
    expect(code).toBe(0);
  });

  it('needs nothing but the agreement: who is in a hurry may say why another time', async () => {
    const { code } = await sightline('withdraw', 'NS-ISA-021', '--yes');
    expect(code).toBe(0);
    expect((await withdrawn()).get('NS-ISA-021')).toBe(2);
  });

  it('needs no file: with broken ones it asks for the version alone', async () => {
    folder.write(TRUST_FILE, 'nonsense');
    const asked = await sightline('withdraw', 'NS-ISA-032', '--why', 'a breach');
    expect(asked.err).toContain('say which version with --agreement-version');
    expect(asked.code).toBe(2);
    const words = ['withdraw', 'NS-ISA-032', '--why', 'a breach', '--agreement-version', '1', '--yes'];
    const done = await sightline(...words);
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

describe('withdrawing is asked about', () => {
  const AGREEMENT = 'NS-ISA-045';
  const words = ['withdraw', AGREEMENT, '--why', 'a test'];
  const gone = async () => (await withdrawn()).has(AGREEMENT);

  it('at a terminal: it shows who loses what before it asks, and a no changes nothing', async () => {
    const { out, asked, code } = await sightline(...words, { answer: false });
    expect(out).toMatch(/loses from/);
    expect(asked).toMatch(/Withdraw NS-ISA-045 up to version \d+, on every gateway, at once\?/);
    expect([await gone(), code, recorded]).toEqual([false, 1, []]);
  });

  it('without a terminal it wants --yes: exit 2, and nothing is changed', async () => {
    const { err, code } = await sightline(...words);
    expect(err).toMatch(
      /Nothing has been changed\. Without a terminal to ask at, --yes says that it is meant/,
    );
    expect([await gone(), code, recorded]).toEqual([false, 2, []]);
  });

  it('a yes withdraws, and is in the register: by whom, which agreement, of which agencies, and not why', async () => {
    const { code } = await sightline(...words, '--by', 'M. Cope', { answer: true });
    expect([await gone(), code]).toEqual([true, 0]);
    expect(recorded).toMatchObject([
      {
        kind: 'WITHDRAWAL',
        sub: 'terminal:ada',
        name: 'M. Cope',
        role: 'operator',
        person: null,
        at: NOON.toISOString(),
        outcomes: [
          {
            section: 'agreement',
            state: 'WITHDRAWN',
            reason: expect.stringMatching(/^NS-ISA-045 version \d+$/),
          },
        ],
      },
    ]);
    expect(JSON.stringify(recorded)).not.toContain('a test');
  });

  it('what is withdrawn cannot be lost twice: it says so', async () => {
    const { out } = await sightline('withdraw', AGREEMENT, '--dry-run');
    expect(out).toContain('Nobody is given anything under it today.');
  });

  it('stops what is shared also where the register cannot be written, and says that it is not recorded: exit 1', async () => {
    const { err, code } = await sightline('withdraw', 'NS-ISA-044', '--yes', { broken: 'register' });
    expect(err).toMatch(/NS-ISA-044 is withdrawn, but the register could not take it: It cannot be recorded/);
    expect(code).toBe(1);
    expect((await withdrawn()).has('NS-ISA-044')).toBe(true);
  });
});

describe('a mistake is taken back', () => {
  const AGREEMENT = 'NS-ISA-043';
  const withdrawNow = (circumstances: Circumstances = {}) =>
    sightline('withdraw', AGREEMENT, '--why', 'the wrong agreement', '--yes', circumstances);
  const undo = (...more: (string | Circumstances)[]) =>
    sightline('withdraw', AGREEMENT, '--undo', '--why', 'the wrong one', ...more);
  const gone = async () => (await withdrawn()).has(AGREEMENT);

  it('within an hour: it shows who is given what again, is registered, and the agreement is in force', async () => {
    await withdrawNow();
    const { out, code } = await undo('--yes', { now: later(60), user: 'ben' });
    expect(out).toMatch(/is given again by/);
    expect(out).toContain(`${AGREEMENT} is in force again`);
    expect([await gone(), code]).toEqual([false, 0]);
    expect(recorded.at(-1)).toMatchObject({
      kind: 'WITHDRAWAL',
      sub: 'terminal:ben',
      outcomes: [{ section: 'agreement', state: 'TAKEN_BACK' }],
    });
  });

  it('asks first, and wants --yes without a terminal', async () => {
    await withdrawNow();
    expect(await undo({ answer: false })).toMatchObject({ code: 1 });
    expect(await undo()).toMatchObject({ code: 2 });
    expect(await gone()).toBe(true);
    expect(await undo({ answer: true })).toMatchObject({ code: 0 });
  });

  it('not after an hour: it says since when, and what to do instead', async () => {
    await withdrawNow();
    const { err, code } = await undo('--yes', { now: later(61) });
    expect(err).toMatch(
      /withdrawn at 2026-07-01T12:00:00\.000Z, more than an hour ago.*sign a higher version/,
    );
    expect([await gone(), code]).toEqual([true, 1]);
    await undo('--yes', { now: later(1) });
  });

  it('not without a reason, and not what nobody withdrew', async () => {
    expect(await sightline('withdraw', AGREEMENT, '--undo', '--yes')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--why must say why/),
    });
    expect(await undo('--yes')).toMatchObject({ code: 1, err: expect.stringMatching(/is not withdrawn/) });
  });

  it('not unrecorded: where the register cannot take it, it stays withdrawn', async () => {
    await withdrawNow();
    const { err, code } = await undo('--yes', { broken: 'register' });
    expect(err).toContain('It cannot be recorded');
    expect([await gone(), code]).toEqual([true, 1]);
    await undo('--yes');
  });

  it('takes back the last withdrawal alone: what somebody else withdrew before stays withdrawn', async () => {
    await withdrawNow();
    await withdrawNow({ now: later(30), user: 'ben' });
    const { out } = await undo('--yes', { now: later(31) });
    expect(out).toMatch(/stays withdrawn.*by ada/s);
    expect(await gone()).toBe(true);
    await undo('--yes', { now: later(32) });
    expect(await gone()).toBe(false);
  });
});

describe('withdrawals in force', () => {
  const TRUST_AGREEMENT = 'NS-ISA-021';
  const CRISIS = ['--role', 'response-officer', '--purpose', 'mental-health-crisis'];
  beforeAll(async () => {
    await migrate(url);
  });

  it('are listed: which, up to which version, since when, by whom and why', async () => {
    await sightline('withdraw', TRUST_AGREEMENT, '--why', 'a breach', '--yes', { user: 'ben' });
    const { out, code } = await sightline('withdrawals');
    expect(out).toContain(
      `${TRUST_AGREEMENT} up to version 2, since 2026-07-01T12:00:00.000Z, by ben: a breach\n`,
    );
    expect(code).toBe(0);
  });

  it('are known to check, by file and line', async () => {
    const { out, code } = await sightline('check');
    expect(out).toMatch(
      new RegExp(
        `${TRUST_FILE}:${lineOf(TRUST_FILE, 'agreement:')}: ${TRUST_AGREEMENT} version 2 is withdrawn since 2026-07-01T12:00:00.000Z`,
      ),
    );
    expect(code).toBe(0);
    const { out: json } = await sightline('check', '--json');
    expect(JSON.parse(json).withdrawn).toContainEqual(
      expect.objectContaining({ agreement: TRUST_AGREEMENT, version: 2 }),
    );
  });

  it('are known to explain and to matrix', async () => {
    const { out } = await sightline('explain', ...CRISIS, '--field', 'crisisPlan.whatHelps');
    expect(out).toContain('withheld, AGREEMENT_WITHDRAWN');
    const { out: table } = await sightline('matrix', ...CRISIS, '--agency', 'mental-health');
    expect(table).toMatch(/crisisPlan +mental-health +withdrawn/);
  });

  it('the page of the matrix is of the files alone, whatever is withdrawn', async () => {
    const { out } = await sightline('matrix', '--markdown');
    expect(out).not.toMatch(/AGREEMENT_WITHDRAWN|: withdrawn/);
  });

  it('that cannot be read are said to be unknown, in words, and what follows is as the files say', async () => {
    for (const words of [['check'], ['matrix', ...CRISIS], ['explain', ...CRISIS, '--field', 'crisisPlan']]) {
      const { out, err, code } = await sightline(...words, { broken: 'store' });
      expect(err).toContain(
        'Withdrawals are not known: There is no store here. What follows is as the files say.',
      );
      expect(out).not.toContain('WITHDRAWN');
      expect(code).toBe(0);
    }
    expect(JSON.parse((await sightline('check', '--json', { broken: 'store' })).out).withdrawn).toBeNull();
    expect(await sightline('withdrawals', { broken: 'store' })).toMatchObject({ code: 1 });
  });
});

describe('policy matrix, filtered', () => {
  it('prints what was asked for and nothing else', async () => {
    const { out } = await sightline(
      'matrix',
      '--role',
      'housing-officer',
      '--agency',
      'police',
      '--section',
      'warningMarkers',
    );
    const lines = out.trimEnd().split('\n');
    const [heads, cells] = [
      lines.filter((line) => !line.startsWith(' ')),
      lines.filter((line) => line.startsWith(' ')),
    ];
    expect(heads.length).toBeGreaterThan(0);
    expect(heads.every((line) => line.startsWith('housing-officer at '))).toBe(true);
    expect(cells).toHaveLength(heads.length);
    expect(cells.every((line) => /^ {2}warningMarkers +police +/.test(line))).toBe(true);
  });

  it('says that there is nothing, where there is nothing', async () => {
    const { out, code } = await sightline(
      'matrix',
      '--role',
      'work-coach',
      '--purpose',
      'mental-health-crisis',
    );
    expect(out).toBe('No agency grants anything to work-coach at mental-health-crisis.\n');
    expect(code).toBe(0);
  });

  it.each([
    ['--role', 'housing-oficer', /unknown role "housing-oficer"; did you mean "housing-officer"\? Known: /],
    ['--purpose', 'early-hlep', /unknown purpose "early-hlep"; did you mean "early-help"\? Known: /],
    ['--agency', 'polise', /unknown agency "polise"; did you mean "police"\? Known: /],
    ['--section', 'crisisplan', /unknown section "crisisplan"; did you mean "crisisPlan"\? Known: /],
  ])('%s %s is wrong usage, exit 2', async (option, value, says) => {
    const { err, code } = await sightline('matrix', option, value);
    expect(err).toMatch(says);
    expect(code).toBe(2);
  });

  it('the page is whole: --markdown takes no filter', async () => {
    expect(await sightline('matrix', '--markdown', '--role', 'housing-officer')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--markdown/),
    });
  });
});

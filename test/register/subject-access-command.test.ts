/** "Who looked at my record?", answered in writing: each entry is decided, and what is not given is not in the letter. */

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { beforeEach, describe, expect, test } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { actFromTerminal, recordFromTerminal } from '../../src/cli/operator-register.ts';
import { addSubjectAccess } from '../../src/cli/register/subject-access.ts';
import { createFeatureHash } from '../../src/person-index/records/feature-hash.ts';
import { keysFrom } from '../../src/person-index/records/keys.ts';
import { identifierKey } from '../../src/person-index/records/search-keys.ts';
import { projectRoot } from '../../src/project-root.ts';
import type { RegisterEntry, RegisterOutcome } from '../../src/register/entry.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { readYaml } from '../../src/yaml/read-yaml.ts';
import { shippedPolicy } from '../sharing/support/shipped-policy.ts';
import { SILENT } from '../support/silent-log.ts';
import { disclosure } from './entries.ts';
import { newWorld, type World } from './world.ts';

const RECORD = 'C018';
const KEYS = keysFrom(Buffer.alloc(32, 7).toString('base64'), 'INDEX_KEY');
const NHS_NUMBER = '9990000018';
const searchKey = identifierKey(
  createFeatureHash(KEYS).identifier('NHS_NUMBER', NHS_NUMBER, null)?.hash ?? '',
);
const NOW = new Date('2026-11-30T12:00:00Z');
let world: World;
let file: string;
beforeEach(async () => {
  world = await newWorld();
  file = join(world.dataDir, 'request.yaml');
  await world.admin.query(`truncate register_look, register_look_agency, register_count, register_reading, subject_answer;
    delete from index_protection; delete from index_record; delete from index_redirect`);
  await feed('mental-health', RECORD, 'person-1');
  const register = await world.start();
  await register.record(ENTRIES);
  await register.close();
});

const feed = (agency: string, record: string, person: string) =>
  world.admin.query(
    `insert into index_record (agency, record, content, names, identifiers, search_keys, place_keys,
       protections, relatives, household, adverse, excluded_staff, person)
     values ($1, $2, 'c', '[]', '[]', array[$3], '{}', '{}', '{}', '{}', '{}', '{}', $4)`,
    [agency, record, searchKey, person],
  );
const outcome = (more: Partial<RegisterOutcome> = {}): RegisterOutcome => ({
  ...{ section: 'crisisPlan', agency: 'mental-health', state: 'DISCLOSED', level: 'SUMMARY', reason: null },
  ...{ asOf: null, records: [RECORD], ...more },
});
const officer = { sub: 'PC4417', name: 'Sam Marlow', role: 'response-officer', organisation: 'police' };
const HOUSING = { sub: 'HO207', name: 'Lee Dunne', role: 'housing-officer', organisation: 'housing' };
const SOCIAL_WORKER = {
  ...{ sub: 'SW1', name: 'Jo Flint', role: 'mash-social-worker', organisation: 'childrens-services' },
  purpose: 'child-protection',
};
const ENTRIES: RegisterEntry[] = [
  disclosure('r-1', {
    ...{ ...officer, at: '2026-11-20T23:30:00.000Z', shownToSubject: ['crisisPlan', 'clinical'] },
    outcomes: [outcome(), outcome({ section: 'clinical', agency: 'primary-care', records: ['70018'] })],
  }),
  disclosure('r-2', {
    ...{ ...SOCIAL_WORKER, at: '2026-11-21T09:00:00.000Z', shownToSubject: null },
    outcomes: [outcome({ section: 'involvements' }), outcome({ section: 'domesticAbuse' })],
  }),
  disclosure('r-3', {
    ...{ ...SOCIAL_WORKER, at: '2026-11-22T09:00:00.000Z', shownToSubject: null },
    outcomes: [outcome({ section: 'childSafeguarding' })],
  }),
  // Its own nurse asked another agency alone.
  disclosure('r-4', {
    ...{ at: '2026-11-23T09:00:00.000Z', shownToSubject: ['housing'] },
    outcomes: [outcome({ section: 'housing', agency: 'housing', records: ['H0007'] })],
  }),
  // Of these nothing is the agency's: another person, and another agency asked of another.
  disclosure('r-5', { ...HOUSING, person: 'person-2', outcomes: [outcome({ records: ['C099'] })] }),
  disclosure('r-6', {
    ...{ ...HOUSING, purpose: 'early-help', shownToSubject: ['benefits'] },
    outcomes: [outcome({ section: 'benefits', agency: 'work-and-pensions', records: ['W1'] })],
  }),
  disclosure('r-7', {
    ...{ ...officer, at: '2026-11-24T09:00:00.000Z', kind: 'BREAK_GLASS', shownToSubject: ['clinical'] },
    outcomes: [outcome({ section: 'clinical', state: 'OPENED' })],
  }),
  disclosure('r-8', {
    ...{ at: '2026-11-25T09:00:00.000Z', kind: 'RELAY', shownToSubject: ['clinical'] },
    outcomes: [outcome({ section: 'clinical', state: 'RELAYED' })],
    act: {
      ...{ id: 'relay-1', ground: null, personsView: null, digest: null, item: 'medication' },
      to: { organisation: 'police', staff: 'PC4417' },
    },
  }),
];

async function sightline(...args: string[]) {
  const said = { out: '', err: '', code: -1 };
  const root = projectRoot();
  const terminal = ({ db }: Store) => ({
    ...{ db, dataDir: world.dataDir, registerSigningKey: null, log: SILENT, now: () => NOW },
  });
  const register = new Command('register');
  addSubjectAccess(register, {
    openStore: async () => openStore(world.wiredUrl),
    agencies: ['housing', 'mental-health', 'police'],
    operator: {
      ...{ user: 'ada', now: () => NOW, policyVersion: async () => 'f00d' },
      record: (store, entries) => recordFromTerminal(terminal(store), entries),
      recordWith: (store, entries, act) => actFromTerminal(terminal(store), entries, act),
    },
    indexKeys: () => KEYS,
    letterWords: async () => {
      const { roles, purposes } = shippedPolicy();
      const adapters = await findAdapters(root, ['housing', 'mental-health', 'police', 'childrens-services']);
      return { agencies: new Map(adapters.map((one) => [one.id, one])), roles, purposes };
    },
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
  await register.parseAsync(['subject-access', ...args], { from: 'user' });
  return said;
}

const LIST = ['--agency', 'mental-health', '--record', RECORD];
interface Line {
  entry: string;
  date: string;
  organisation: string;
  sections: readonly string[];
  quiet: string;
  give: string;
}
const linesOf = (text: string): readonly Line[] =>
  (readYaml(text, 'request', { values: 'text' }).written as { entries: readonly Line[] }).entries;

/** The file as an officer decides it: by the day of each entry. */
async function decide(byDay: Readonly<Record<string, readonly [give: string, reason: string]>>) {
  const { out } = await sightline(...LIST);
  const lines = out.split('\n');
  let day = '';
  const decided = lines.map((line) => {
    day = /^ +date: (\S+)$/.exec(line)?.[1] ?? day;
    const [give, reason] = byDay[day] ?? ['', ''];
    if (/^ +give:$/.test(line)) return `${line} ${give}`;
    return /^ +reason:$/.test(line) ? `${line} ${JSON.stringify(reason)}` : line;
  });
  await writeFile(file, decided.join('\n'));
}
const registered = async () => {
  const { rows } = await world.admin.query(
    `select entry from register_entry where entry::jsonb ->> 'kind' = 'REPORT' order by at, seq`,
  );
  return rows.map(({ entry }): RegisterEntry => JSON.parse(entry));
};

describe('the entries to decide', () => {
  test('are all that the agency may tell of, oldest first: who asked by role, and sections as they were asked', async () => {
    const { out, code } = await sightline(...LIST);
    expect(code).toBe(0);
    expect(
      linesOf(out).map(({ date, organisation, sections, quiet, give }) => [
        date,
        organisation,
        sections,
        quiet,
        give,
      ]),
    ).toEqual([
      ['2026-11-20', 'police', ['crisisPlan'], 'no', ''],
      ['2026-11-21', 'childrens-services', ['involvements'], 'yes', ''],
      ['2026-11-22', 'childrens-services', [], 'yes', ''],
      ['2026-11-23', 'mental-health', ['housing'], 'no', ''],
      ['2026-11-24', 'police', ['clinical'], 'no', ''],
      ['2026-11-25', 'mental-health', ['clinical'], 'no', ''],
    ]);
    // Nobody by name, nothing of another agency's own, and of some sections not even that they exist.
    expect(out).not.toMatch(/Marlow|PC4417|Zephyr|nurse-7|Flint|SW1|70018|H0007|benefits|DISCLOSED/);
    expect(out).not.toMatch(/domesticAbuse|childSafeguarding/);
  });

  test('are written to a file, and that they were read is registered first', async () => {
    const { out, code } = await sightline(...LIST, '--out', file);
    expect([code, out]).toEqual([0, `${file}: 6 entries to decide, 2 of them quiet\n`]);
    expect(linesOf(await readFile(file, 'utf8'))).toHaveLength(6);
    expect(await registered()).toMatchObject([
      {
        sub: 'terminal:ada',
        outcomes: [{ agency: 'mental-health', section: 'subjectAccess', state: 'READ', records: [RECORD] }],
      },
    ]);
  });

  test('of somebody whom another agency alone protects are none', async () => {
    await world.admin.query(
      `insert into index_protection values ('person-1', 'PLACE_SHIELD', '{domestic-abuse-service}')`,
    );
    expect(linesOf((await sightline(...LIST)).out)).toEqual([]);
  });

  test.each([
    ['that nobody has', 'mental-health', 'C777'],
    ['of another agency', 'mental-health', '70018'],
    ['of this agency, asked of another', 'housing', RECORD],
  ])('a number %s is one refusal, and nothing is registered', async (_what, agency, record) => {
    const { out, err, code } = await sightline('--agency', agency, '--record', record);
    expect([code, out, err]).toEqual([1, '', `${agency} has no such record: nothing was listed\n`]);
    expect(await registered()).toEqual([]);
  });
});

describe('by a number of the person', () => {
  const byNumber = (number: string, agency = 'mental-health') =>
    sightline('--agency', agency, '--identifier', number);

  test('are those of the agency’s own record that has it, and the number is nowhere in what is registered', async () => {
    await feed('housing', 'H0007', 'person-1');
    const { out, code } = await byNumber('NHS_NUMBER:999 000 0018');
    expect([code, out]).toEqual([0, (await sightline(...LIST)).out]);
    expect(JSON.stringify(await registered())).not.toMatch(/999 ?000/);
  });

  test.each([
    ['of another agency alone', `NHS_NUMBER:${NHS_NUMBER}`, 'housing'],
    ['of nobody', 'NHS_NUMBER:9990002754', 'mental-health'],
  ])('%s is the same refusal as an unknown record', async (_what, number, agency) => {
    const { out, err, code } = await byNumber(number, agency);
    expect([code, out, err]).toEqual([1, '', `${agency} has no such record: nothing was listed\n`]);
  });

  test('that two of its records have asks which', async () => {
    await feed('mental-health', 'C019', 'person-3');
    const { out, err, code } = await byNumber(`NHS_NUMBER:${NHS_NUMBER}`);
    expect([code, out, err]).toEqual([
      1,
      '',
      expect.stringContaining('say which with --record, of C018, C019'),
    ]);
    expect(await registered()).toEqual([]);
  });

  test.each(['NHS_NUMBER:1234', 'PASSPORT:1', '9990000018'])('%s is refused by its form', async (number) => {
    const { out, err, code } = await byNumber(number);
    expect([code, out, err]).toEqual([1, '', expect.stringContaining('--identifier takes a system')]);
  });
});

describe('the letter', () => {
  const DECIDED = {
    '2026-11-20': ['yes', ''],
    '2026-11-21': ['yes', 'The enquiry is closed; she was told of it by the social worker.'],
    '2026-11-22': ['no', 'Somebody else may read her post.'],
    '2026-11-23': ['no', 'It was asked about her neighbour.'],
    '2026-11-25': ['yes', ''],
  } as const;

  test('has what was given, in plain words, and nothing that was refused or is undecided', async () => {
    await decide(DECIDED);
    const { out, err, code } = await sightline('--give', file);
    expect([code, err]).toEqual([0, '1 of 6 entries are undecided, and not in the letter\n']);
    expect(out).toMatch(/^Who asked about you\n/);
    expect(out).toContain('20 November 2026');
    expect(out).toMatch(/their job: Response police officer/);
    expect(out).toMatch(/what they asked about: crisis plan/);
    expect(out).toMatch(/their job: Social worker in the multi-agency safeguarding hub/);
    expect(out).toMatch(/they told somebody of .+, by word of mouth/);
    expect(out).not.toMatch(/2[234] November/);
    expect(out).not.toMatch(
      /Marlow|PC4417|Zephyr|nurse-7|Flint|neighbour|post\.|enquiry|domestic|safeguarding known/i,
    );
    expect(out).not.toMatch(/housing\b|undecided|emergency/);
    expect(out.indexOf('First: tell us')).toBeLessThan(out.indexOf('Information Commissioner'));
  });

  test('is the same whatever was kept back, whether refused, undecided or never there', async () => {
    await decide({});
    const undecided = (await sightline('--give', file)).out;
    await decide(
      Object.fromEntries([20, 21, 22, 23, 24, 25].map((day) => [`2026-11-${day}`, ['no', 'Not safe.']])),
    );
    const refused = await sightline('--give', file);
    expect([refused.err, refused.out]).toEqual(['', undecided]);
    await world.admin.query(
      `insert into index_protection values ('person-1', 'PLACE_SHIELD', '{domestic-abuse-service}')`,
    );
    await decide({});
    expect((await sightline('--give', file)).out).toBe(undecided);
  });

  test('as a page prints, and fetches nothing', async () => {
    await decide(DECIDED);
    const page = join(world.dataDir, 'letter.html');
    const { out } = await sightline('--give', file, '--html', page);
    expect(out).toBe(`${page}: 3 of 6 entries given\n`);
    const html = await readFile(page, 'utf8');
    expect(html).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('<td>crisis plan</td>');
    expect(html).not.toContain('neighbour');
  });

  test('stands with its entry, and the decisions with their reasons beside it, under the digest that the register holds', async () => {
    await decide(DECIDED);
    await sightline('--give', file);
    const act = (await registered()).at(-1);
    expect(act).toMatchObject({
      sub: 'terminal:ada',
      outcomes: [{ agency: 'mental-health', section: 'subjectAccess', state: 'ANSWERED', records: [RECORD] }],
    });
    expect(JSON.stringify(act)).not.toMatch(/neighbour|post|enquiry/);
    const { rows } = await world.admin.query('select * from subject_answer');
    expect(rows).toMatchObject([
      { id: act?.act?.id, agency: 'mental-health', record: RECORD, by_whom: 'ada' },
    ]);
    const [{ salt, decisions }] = rows;
    expect(createHash('sha256').update(`${salt}\n${decisions}`).digest('hex')).toBe(act?.act?.digest);
    expect(
      JSON.parse(decisions).map(({ give, reason }: { give: boolean; reason: string }) => [give, reason]),
    ).toEqual(Object.values(DECIDED).map(([give, reason]) => [give === 'yes', reason]));
  });

  test('what the officer changed in the file but for the decisions changes nothing of it', async () => {
    await decide(DECIDED);
    const { out } = await sightline('--give', file);
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replaceAll('crisisPlan', 'intelligence').replaceAll('quiet: yes', 'quiet: no'),
    );
    expect((await sightline('--give', file)).out).toBe(out);
  });

  const firstHash = (text: string) => /entry: (\w+)/.exec(text)?.[1] ?? '';
  test.each([
    ['a no without a reason', { '2026-11-20': ['no', ''] }, (text: string) => text, 'write a reason'],
    [
      'a yes to what is quiet without one',
      { '2026-11-21': ['yes', ' '] },
      (text: string) => text,
      'write a reason',
    ],
    [
      'a yes to what is never named',
      { '2026-11-22': ['yes', 'She knows.'] },
      (text: string) => text,
      'cannot be given',
    ],
    [
      'a word that is neither',
      { '2026-11-20': ['perhaps', ''] },
      (text: string) => text,
      'give takes yes or no',
    ],
    [
      'an entry that was made up',
      { '2026-11-20': ['yes', ''] },
      (text: string) => text.replace(firstHash(text), 'f'.repeat(64)),
      'the register has no such entry about this record',
    ],
    [
      'an entry twice',
      { '2026-11-20': ['yes', ''], '2026-11-21': ['yes', 'Closed.'] },
      (text: string) => text.replaceAll(/entry: \w+/g, `entry: ${firstHash(text)}`),
      'decided above',
    ],
    ['no record', {}, (text: string) => text.replace(/^record: .*$/m, ''), 'lacks "record"'],
    [
      'no agency of ours',
      {},
      (text: string) => text.replace(/^agency: .*$/m, 'agency: nowhere'),
      'nowhere has no such record',
    ],
    ['what is no YAML', {}, (text: string) => `${text}\n]`, 'does not parse'],
  ] as const)('is not written for %s, and nothing is kept', async (_what, byDay, change, words) => {
    await decide(byDay);
    await writeFile(file, change(await readFile(file, 'utf8')));
    const { out, err, code } = await sightline('--give', file);
    expect([code, out, err]).toEqual([1, '', expect.stringContaining(words)]);
    expect((await registered()).map(({ outcomes }) => outcomes[0]?.state)).toEqual(['READ']);
    expect((await world.admin.query('select from subject_answer')).rowCount).toBe(0);
  });

  test('is not written while the store is away', async () => {
    await decide(DECIDED);
    await world.proxy.close();
    const { out, err, code } = await sightline('--give', file);
    expect([code, out, err]).toEqual([2, '', expect.stringContaining('Nothing has been answered')]);
    expect((await world.admin.query('select from subject_answer')).rowCount).toBe(0);
  });
});

test.each([
  ['neither a record nor a file', [], 'Say whose record it is'],
  [
    'a record and a number',
    [...LIST, '--identifier', 'NHS_NUMBER:9990000018'],
    'either --record or --identifier',
  ],
  ['a page of what is no letter', [...LIST, '--html', 'x.html'], '--html is of a letter'],
  [
    'a record beside the file that names it',
    ['--give', 'x.yaml', '--record', RECORD],
    '--give takes agency and record',
  ],
  ['a file that is not there', ['--give', '/nowhere/x.yaml'], 'cannot be read (ENOENT)'],
  ['a place where no file can be', [...LIST, '--out', '/nowhere/x.yaml'], 'cannot be written (ENOENT)'],
])('%s is refused by name', async (_what, flags, words) => {
  const { out, err, code } = await sightline(...flags);
  expect([code, out, err]).toEqual([1, '', expect.stringContaining(words)]);
});

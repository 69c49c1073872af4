import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { fieldsOf } from '../../src/sharing/matrix.ts';
import { rank } from '../../src/states.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/store.ts';
import { withdraw } from '../../src/store/withdrawals.ts';
import { copyOfPolicy, type PolicyFolder } from '../sharing/support/policy-folder.ts';
import { catalogue, shippedPolicy } from '../sharing/support/shipped-policy.ts';
import { testServer } from '../support/postgres.ts';
import { agreement } from './support/agreement-command.ts';

const TRUST_FILE = 'adapters/mental-health/sharing.yaml';
let folder: PolicyFolder;
beforeEach(() => {
  folder = copyOfPolicy(projectRoot(), catalogue.agencies.keys());
});
afterEach(() => folder.drop());
const change = (file: string, from: string, to: string) => {
  expect(folder.read(file)).toContain(from);
  folder.write(file, folder.read(file).replace(from, to));
};
const print = (...words: string[]) => agreement(folder.root, ['print', ...words]);
/** What is said of one section in one part: from its heading to the next. */
const part = (out: string, heading: string) => out.split(`\n${heading}\n`)[1]?.split('\n\n')[0] ?? '';
const section = (out: string, name: string) =>
  new RegExp(`^${name}\\n((?: {2}.*\\n?)*)`, 'm').exec(out)?.[1] ?? '';
const OFFICER = 'Northshire Mental Health NHS Trust to Response police officer: Mental-health crisis';

describe('agreement print', () => {
  it('says who the parties are and what they do, for which purposes, and until when', async () => {
    const { out, code } = await print('NS-ISA-021');
    expect(code).toBe(0);
    expect(out).toMatch(/^Information-sharing agreement NS-ISA-021, version 2\n=+\n/);
    expect(section(out, 'Northshire Police')).toBe(
      '  kind of body: police force\n  what it does: its staff ask\n',
    );
    expect(out).toContain('what it does: gives, and decides as controller');
    expect(section(out, 'Direct care')).toContain('who asks: General practitioner');
    expect(out).toMatch(/ {2}from: 2026-01-05\n {2}to be reviewed by: 2027-01-05\n {2}end: none\n/);
  });

  it('says how far each gateway of law reaches, and which nobody has read', async () => {
    const { out } = await print('NS-ISA-021');
    expect(section(out, 'MHA 1983 s\\.136\\(1C\\)')).toBe(
      [
        ...[
          '  at which place: a public place',
          '  extends to: England, Wales',
          '  who may give on it: any body',
        ],
        ...['  in force from: 2017-12-11', '  law last read: 2026-11-30', ''],
      ].join('\n'),
    );
    expect(section(out, 'common-law duty to protect life')).toContain('law last read: nobody has said');
  });

  it('says what is shared by section and field, on which law, and why the rest is kept back', async () => {
    const officer = part((await print('NS-ISA-021')).out, OFFICER);
    expect(officer).toContain(
      '- Rests on MHA 1983 s.136(1C), in a public place; common-law duty to protect life, in a dwelling.',
    );
    expect(section(officer, 'crisis plan')).toMatch(/how much: in summary\n {2}fields: .*what helps/);
    expect(section(officer, 'crisis plan')).not.toContain('triggers');
    expect(section(officer, 'crisis plan')).toContain(
      'of which records: extracts the person agreed to share',
    );
    expect(section(officer, 'clinical')).toMatch(/how much: in an emergency, for 30 minutes: risk to self, /);
    expect(section(officer, 'clinical')).toContain('why it is kept back: It needs a break-glass request.');
    expect(section(officer, 'clinical')).not.toContain('diagnos');
    expect(section(officer, 'identifiers')).toBe(
      '  how much: nothing\n  why it is kept back: The controller keeps it from this role at this purpose.\n',
    );
  });

  it('says what may be counted and on what that rests, and nothing of it where nothing may be', async () => {
    const { out } = await print('NS-ISA-014');
    expect(out).toMatch(/What may be counted[\s\S]*fields: policeEvents\.category, policeEvents\.role/);
    expect(out).toMatch(/rests on: UK GDPR Art\. 89\n {2}basis: 6\(1\)\(e\) with DPA 2018 s\.19/);
    expect((await print('NS-ISA-021')).out).not.toContain('What may be counted');
  });

  it('says that a section is not shown where it would show what kind of service holds it', async () => {
    const { out } = await print('NS-ISA-032');
    const officer = part(out, 'Northshire Homes to Response police officer: Mental-health crisis');
    expect(section(officer, 'housing')).toContain('The controller keeps it from this role');
    change('adapters/housing/sharing.yaml', 'identity: withheld', 'identity: full');
    expect((await print('NS-ISA-032')).out).toContain('It would show what kind of service holds it');
  });

  it('names no field that its level does not release, in any agreement', async () => {
    const policy = shippedPolicy();
    for (const {
      agency,
      agreement: { id },
      grants,
      controller,
    } of policy.agencies.values()) {
      const { out } = await print(id);
      for (const { role, purpose, share } of grants) {
        const heading = `${controller} to ${policy.roles.get(role)?.title}: ${policy.purposes.get(purpose)?.title}`;
        for (const [name, { access }] of share) {
          if (access !== 'summary' && access !== 'exists') continue;
          const level = access === 'summary' ? 'SUMMARY' : 'EXISTS';
          const above = fieldsOf(catalogue, agency, name).filter(
            (path) => rank(catalogue.sections.get(name)?.fields.get(path)?.level ?? 'FULL') > rank(level),
          );
          const spaced = (path: string) =>
            path
              .replace(/^items\./, '')
              .replaceAll('.', ' ')
              .replaceAll(/[A-Z]/g, (one) => ` ${one.toLowerCase()}`);
          const said = /fields: (.*)/.exec(section(part(out, heading), spaced(name)))?.[1]?.split(', ') ?? [];
          expect(above.map(spaced).filter((field) => said.includes(field))).toEqual([]);
        }
      }
    }
  });

  it('makes a page that fetches nothing, runs nothing, and prints', async () => {
    const file = join(folder.root, 'out', 'agreement.html');
    const { out, code } = await print('NS-ISA-021', '--html', file);
    expect([out, code]).toEqual([`${file}: Information-sharing agreement NS-ISA-021, version 2\n`, 0]);
    const page = readFileSync(file, 'utf8');
    expect(page).toMatch(/^<!doctype html>\n<html lang="en-GB">/);
    expect(page).toContain('@media print');
    expect(page).not.toMatch(/<script|<link|<img|<iframe|url\(|@import|https?:|\son\w+=/i);
    expect(page).toContain('<th scope="row">crisis plan</th>');
  });

  it('takes what files say for text, whatever it is', async () => {
    change(TRUST_FILE, 'scope: NHS numbers', 'scope: <script>alert("1")</script> & co');
    const file = join(folder.root, 'agreement.html');
    await print('NS-ISA-021', '--html', file);
    const page = readFileSync(file, 'utf8');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; co');
    expect(page).not.toContain('<script');
  });

  it('says that a review is overdue, that it has not begun, and that it has ended', async () => {
    const on = async (now: string) => (await agreement(folder.root, ['print', 'NS-ISA-021'], { now })).out;
    change(TRUST_FILE, 'review: 2027-01-05', 'review: 2027-01-05\n  end: 2027-03-31');
    expect(await on('2026-01-04T12:00:00Z')).toContain('today: not yet begun');
    expect(await on('2027-03-31T12:00:00Z')).toContain('to be reviewed by: 2027-01-05, which is overdue');
    expect(await on('2027-03-31T23:00:00Z')).toContain('today: ended');
  });

  it.each([
    [
      'an unknown agreement',
      ['NS-ISA-012'],
      /unknown agreement "NS-ISA-012"; did you mean "NS-ISA-0\d\d"\?/,
      2,
    ],
    [
      'a policy that does not load',
      ['NS-ISA-021'],
      /mental-health\/sharing\.yaml:\d+: unknown role "triage-nures"/,
      1,
    ],
  ])('%s prints nothing', async (what, words, says, exit) => {
    if (what.startsWith('a policy')) change(TRUST_FILE, 'role: triage-nurse', 'role: triage-nures');
    const { out, err, code } = await print(...words);
    expect(err).toMatch(says);
    expect([out, code]).toEqual(['', exit]);
  });
});

describe('agreement print of one that is withdrawn', () => {
  const database = `agreement_${process.pid}`;
  let [admin, url] = ['', ''];
  beforeAll(async () => {
    const server = await testServer();
    [admin, url] = [server.url('postgres'), server.url(database)];
    await createDatabase(admin, database);
    await migrate(url);
  });
  afterAll(() => dropDatabase(admin, database));
  const opened = () => Promise.resolve(openStore(url, { connections: 2 }));

  it('says so first; without a store it says that nobody can say', async () => {
    const today = async () =>
      (await agreement(folder.root, ['print', 'NS-ISA-021'], { openStore: opened })).out;
    expect(await today()).toContain('  today: in force\n');
    const store = await opened();
    await withdraw(store.db, {
      agreement: 'NS-ISA-021',
      version: 2,
      by: 'ada',
      why: 'under review',
      at: new Date(),
    });
    await store.close();
    expect(await today()).toContain('  today: withdrawn: nothing is shared under it\n');
    const { out, err } = await print('NS-ISA-021');
    expect(out).toContain('in force, unless it was withdrawn: the store cannot be read');
    expect(err).toContain('Withdrawals are not known');
  });
});

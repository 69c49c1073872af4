import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import { findAdapters } from '../../src/adapters-found.ts';
import { projectRoot } from '../../src/project-root.ts';
import { copyOfPolicy, type PolicyFolder } from '../sharing/support/policy-folder.ts';
import { catalogue, shippedPolicy } from '../sharing/support/shipped-policy.ts';
import { HIDDEN } from '../support/hidden-words.ts';
import { COMMITTED } from './support/committed.ts';
import { pattern } from './support/pattern-command.ts';

const TRUST_FILE = 'adapters/mental-health/sharing.yaml';
const PURPOSES_FILE = 'schema/purposes.yaml';
const ALL = [...shippedPolicy().agencies.values()].map(({ agreement }) => agreement.id);

let folder: PolicyFolder;
beforeEach(() => {
  folder = copyOfPolicy(projectRoot(), catalogue.agencies.keys());
});
afterEach(() => folder.drop());
const change = (file: string, from: string, to: string) => {
  expect(folder.read(file)).toContain(from);
  folder.write(file, folder.read(file).replace(from, to));
};
const lineOf = (file: string, text: string) =>
  folder
    .read(file)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

describe('pattern export', () => {
  it('says bodies by their kind, gateways of law with their reach, grants, conditions, reasons and barriers', async () => {
    const { out, code } = await pattern(
      folder.root,
      'export',
      'NS-ISA-021',
      '--purpose',
      'mental-health-crisis',
    );
    expect(code).toBe(0);
    const written = parse(out);
    expect(written.gateways['MHA 1983 s.136(1C)']).toEqual({
      extent: ['England', 'Wales'],
      bodies: 'any',
      from: '2017-12-11',
      checkedOn: '2026-11-30',
    });
    expect(written.grants[1]).toMatchObject({
      body: 'mental-health-trust',
      role: 'response-officer',
      heldBy: ['police-force'],
      conditions: { article6: '6(1)(e)', article9: '9(2)(g) Sch 1 para 18', regime: 'PART2' },
      share: { crisisPlan: { level: 'summary', rows: { agreedExtract: true } }, identifiers: 'withheld' },
    });
    expect(written.barriers).toContainEqual({
      body: 'mental-health-trust',
      role: 'response-officer',
      purpose: 'mental-health-crisis',
      reason: 'NEEDS_BREAK_GLASS',
      sections: ['clinical'],
      way: 'BREAK_GLASS',
    });
  });

  it('says that what may be counted is no part of it', async () => {
    const counted = await pattern(folder.root, 'export', 'NS-ISA-014');
    expect(counted.err).toContain('What analysts may count is not in the pattern (aggregates of police)');
    expect(counted.out).not.toContain('aggregates');
    expect((await pattern(folder.root, 'export', 'NS-ISA-021')).err).toBe('');
  });

  it('says whom the law keeps out, which no file does', async () => {
    const { out } = await pattern(folder.root, 'export', 'NS-ISA-041', '--purpose', 'multiple-disadvantage');
    const excluded = parse(out).barriers.filter(
      ({ reason }: { reason: string }) => reason === 'GATEWAY_EXCLUDES',
    );
    expect(excluded.map(({ body }: { body: string }) => body)).toEqual([
      'mental-health-trust',
      'primary-care',
    ]);
  });

  it('lists fields of its own and no other, whatever a sharing file says', async () => {
    const { out } = await pattern(folder.root, 'export', ...ALL);
    const written = parse(out);
    const keys = (maps: object[]) => [...new Set(maps.flatMap((map) => Object.keys(map)))].sort();
    expect(keys([written])).toEqual(
      [
        'pattern',
        'format',
        'parties',
        'reviewAfter',
        'gateways',
        'givers',
        'grants',
        'reasons',
        'barriers',
      ].sort(),
    );
    expect(keys(Object.values(written.gateways))).toEqual(['bodies', 'checkedOn', 'extent', 'from']);
    expect(keys(Object.values(written.givers))).toEqual(['characteristic', 'services']);
    expect(keys(written.grants)).toEqual(
      [
        ...[
          'body',
          'role',
          'heldBy',
          'purpose',
          'betweenParties',
          'objection',
          'gateway',
          'conditions',
          'claim',
          'consent',
        ],
        ...['unverified', 'discloseSource', 'share'],
      ].sort(),
    );
    const entries = written.grants.flatMap(({ share }: { share: object }) => Object.values(share));
    expect(keys(entries.filter((one: unknown) => typeof one === 'object'))).toEqual(
      ['level', 'rows', 'discloseSource', 'opens', 'grounds', 'decides', 'answerBy'].sort(),
    );
    expect(keys([...written.reasons, ...written.barriers])).toEqual(
      ['body', 'role', 'purpose', 'reason', 'sections', 'way'].sort(),
    );
  });

  it('has no comment, name, place, telephone, address of mail, agreement or own words of any agency', async () => {
    const { out } = await pattern(folder.root, 'export', ...ALL);
    const adapters = await findAdapters(projectRoot());
    const desks = adapters.flatMap(({ contact, desks: named = {} }) => [contact, ...Object.values(named)]);
    const local = [
      ...adapters.flatMap(({ name, coverage }) => [name, coverage]),
      ...desks.flatMap((desk) => [desk.desk, desk.phone, desk.email, desk.advice, desk.hours]),
      ...[...shippedPolicy().agencies.values()].flatMap(({ controller, agreement, grants }) => [
        ...[controller, agreement.id, agreement.from, agreement.review],
        ...grants.flatMap(({ share }) =>
          [...share.values()].flatMap(({ scope, message }) => [scope, message]),
        ),
      ]),
      ...['Northshire', 'Southmere', 'Seaholme', '01632', '@', '.example', '#'],
    ].filter((word): word is string => typeof word === 'string' && word !== '');
    expect(local.length).toBeGreaterThan(150);
    expect(local.filter((word) => out.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
    expect(out).not.toMatch(HIDDEN);
    expect(out).not.toMatch(/\d{5}/);
  });

  it('writes the file whole, and says how much there is in it', async () => {
    const file = join(folder.root, 'out', 'triage.yaml');
    const { out, code } = await pattern(
      folder.root,
      'export',
      'NS-ISA-021',
      '--name',
      'our-triage',
      '--out',
      file,
    );
    expect([out, code]).toEqual([`${file}: 11 grants of 1 kind of body\n`, 0]);
    expect(readFileSync(file, 'utf8')).toMatch(/^pattern: our-triage\n/);
  });

  it.each([
    [
      'an unknown agreement',
      ['NS-ISA-012'],
      /unknown agreement "NS-ISA-012"; did you mean "NS-ISA-0\d\d"\? Known: /,
    ],
    ['an unknown purpose', ['NS-ISA-021', '--purpose', 'early-hlep'], /did you mean "early-help"\?/],
    [
      'a purpose at which nothing is granted',
      ['NS-ISA-021', '--purpose', 'welfare-support'],
      /grant nothing at/,
    ],
    [
      'a name that could be anybody’s',
      ['NS-ISA-021', '--name', 'Maya Kerr'],
      /is no name such as street-triage/,
    ],
  ])('%s is wrong usage, exit 2', async (_, words, says) => {
    const { out, err, code } = await pattern(folder.root, 'export', ...words);
    expect(err).toMatch(says);
    expect([out, code]).toEqual(['', 2]);
  });

  it('passes on no condition that says more than which paragraph is meant: by file and line, and nothing is written', async () => {
    change(TRUST_FILE, 'article9: 9(2)(h) Sch 1 para 2', 'article9: 9(2)(h) as agreed with Dr Lamb');
    const file = join(folder.root, 'triage.yaml');
    const { out, err, code } = await pattern(folder.root, 'export', 'NS-ISA-021', '--out', file);
    expect(err).toContain(
      `${TRUST_FILE}:${lineOf(TRUST_FILE, 'role: triage-nurse')}: the conditions of this grant`,
    );
    expect([out, code]).toEqual(['', 1]);
    expect(() => folder.read('triage.yaml')).toThrow('ENOENT');
  });

  it('passes on no gateway of law that leads to this place', async () => {
    const renamed = folder.read(PURPOSES_FILE).replaceAll('MCA 2005 s.5', 'Northshire protocol s.5');
    folder.write(PURPOSES_FILE, renamed);
    folder.write(TRUST_FILE, folder.read(TRUST_FILE).replaceAll('MCA 2005 s.5', 'Northshire protocol s.5'));
    for (const file of ['adapters/adult-services/sharing.yaml', 'adapters/primary-care/sharing.yaml'])
      folder.write(file, folder.read(file).replaceAll('MCA 2005 s.5', 'Northshire protocol s.5'));
    const { out, err, code } = await pattern(folder.root, 'export', 'NS-ISA-021');
    expect(err).toContain('The pattern would say "northshire"');
    expect([out, code]).toEqual(['', 1]);
  });

  it('does not name an agency of no kind by another word', async () => {
    change(PURPOSES_FILE, '  mental-health: mental-health-trust\n', '');
    const { err, code } = await pattern(folder.root, 'export', 'NS-ISA-021');
    expect(err).toContain('does not say under "bodies" what kind of body mental-health is');
    expect(code).toBe(1);
  });

  it('names the file and line of a policy that does not load', async () => {
    change(TRUST_FILE, 'role: triage-nurse', 'role: triage-nures');
    const { err, code } = await pattern(folder.root, 'export', 'NS-ISA-021');
    expect(err).toContain(`${TRUST_FILE}:${lineOf(TRUST_FILE, 'triage-nures')}: unknown role`);
    expect(code).toBe(1);
  });
});

test.each(COMMITTED)(
  'patterns/$name.yaml is what the agencies’ files say now',
  async ({ name, purposes }) => {
    const { out } = await pattern(projectRoot(), 'export', ...ALL, '--purpose', ...purposes, '--name', name);
    expect(readFileSync(join(projectRoot(), 'patterns', `${name}.yaml`), 'utf8')).toBe(out);
  },
);

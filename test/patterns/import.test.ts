import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { proposedFiles } from '../../src/cli/policy/proposed-folder.ts';
import { projectRoot } from '../../src/project-root.ts';
import { loadPolicies, PolicyError } from '../../src/sharing/files/load.ts';
import type { Policies } from '../../src/sharing/policy/policies.ts';
import { copyOfPolicy, type PolicyFolder } from '../sharing/support/policy-folder.ts';
import { catalogue, shippedPolicy } from '../sharing/support/shipped-policy.ts';
import { COMMITTED } from './support/committed.ts';
import { answersOf, pairsOf } from './support/given.ts';
import { pattern } from './support/pattern-command.ts';

const PURPOSES_FILE = 'schema/purposes.yaml';
const AGENCIES = [...catalogue.agencies.keys()];
const fileOf = (agency: string) => `adapters/${agency}/sharing.yaml`;
const patternFile = (name: string) => join(projectRoot(), 'patterns', `${name}.yaml`);

/** The file of each agency, granting nothing. */
const GRANTING_NOTHING = AGENCIES.map((agency) => {
  const file = parseDocument(readFileSync(join(projectRoot(), fileOf(agency)), 'utf8'));
  file.set('grants', file.createNode([]));
  return [fileOf(agency), file.toString()] as const;
});
/** A place with agencies like ours, none of which grants anything yet. */
let place: PolicyFolder;
beforeEach(() => {
  place = copyOfPolicy(projectRoot(), AGENCIES);
  for (const [file, text] of GRANTING_NOTHING) place.write(file, text);
});
afterEach(() => place.drop());

const change = (file: string, from: string, to: string) => {
  expect(place.read(file)).toContain(from);
  place.write(file, place.read(file).replace(from, to));
};
const policyOf = (readFile?: (path: string) => string): Policies => {
  const loaded = loadPolicies({ root: place.root, agencies: catalogue, ...(readFile && { readFile }) });
  if (!loaded.ok) throw new PolicyError(loaded.findings);
  return loaded.policies;
};
const out = () => join(place.root, 'proposals');
const imported = (name: string, ...words: string[]) =>
  pattern(place.root, 'import', patternFile(name), '--out', out(), ...words);
const proposedPolicy = () => {
  const texts = new Map(
    proposedFiles(out(), catalogue).map(({ file, text }) => [join(place.root, file), text]),
  );
  return policyOf((path) => texts.get(path) ?? readFileSync(path, 'utf8'));
};
/** A pattern of its own in a file, for a test to spoil. */
const own = (text: string | Uint8Array): string => {
  const file = join(place.root, 'pattern.yaml');
  writeFileSync(file, text);
  return file;
};
const triage = readFileSync(patternFile('street-triage'), 'utf8');

const PAIRS = pairsOf(shippedPolicy());
const givenBy = (policy: Policies) =>
  [...answersOf(policy, catalogue, PAIRS).values()].map(({ key, decision, fields }) => {
    const { level, rows, ownSite, opened } = decision;
    return { key, level, rows, ownSite, opened, fields };
  });
let original: ReturnType<typeof givenBy> | undefined;

describe.each(COMMITTED)(
  'the pattern $name, taken up by agencies like ours that granted nothing',
  ({ name, purposes }) => {
    it('gives everybody exactly what ours give at its purposes, and nothing at any other', async () => {
      const { code } = await imported(name);
      expect(code).toBe(0);
      const taken = givenBy(proposedPolicy());
      const atPurpose = ({ key }: { key: string }) =>
        purposes.some((purpose) => key.includes(` at ${purpose},`));
      original ??= givenBy(shippedPolicy());
      expect(taken).toEqual(original.filter(atPurpose));
      expect(taken.length).toBeGreaterThan(100);
    }, 120_000);

    it('gives nothing to anybody before it is put in place: what is in force is as it was', async () => {
      const before = policyOf();
      await imported(name);
      const after = policyOf();
      expect(after.version).toBe(before.version);
      expect([...after.agencies.values()].every(({ grants }) => grants.length === 0)).toBe(true);
    });

    it('changes no character of what an agency’s file said', async () => {
      await imported(name);
      for (const agency of readdirSync(join(out(), 'adapters'))) {
        const [before, after] = [
          place.read(fileOf(agency)),
          readFileSync(join(out(), fileOf(agency)), 'utf8'),
        ];
        const kept = before.replace('grants: []\n', 'grants:\n');
        expect(after.startsWith(kept)).toBe(true);
        expect(after.slice(kept.length)).toMatch(
          new RegExp(`^ {2}# ---- proposed by the pattern ${name} ----\\n`),
        );
      }
    });
  },
);

describe('pattern import', () => {
  it('says what each agency would give, what is to be seen to, and how to look at it', async () => {
    const { out: said } = await imported('street-triage');
    expect(said).toMatch(/^street-triage: 16 grants of 8 kinds of body\n/);
    expect(said).toContain('mental-health as mental-health-trust would give\n');
    expect(said).toContain('  triage-nurse at mental-health-crisis: identity, identifiers, demographics');
    expect(said).toContain('  nobody has said when they last read common-law duty to protect life itself\n');
    expect(said).toContain(`npx sightline policy diff ${out()}\n`);
  });

  it('leaves alone what stands already, and proposes the rest below it', async () => {
    const file = fileOf('mental-health');
    place.write(
      file,
      readFileSync(join(projectRoot(), file), 'utf8').replace(
        /\n {2}- role: response-officer\n {4}purpose: mental-health-crisis[\s\S]*?\n\n/,
        '\n',
      ),
    );
    const { out: said } = await imported('street-triage');
    expect(said).toMatch(
      /Stands already, and is left as it is\n {2}mental-health to triage-nurse at mental-health-crisis: adapters\/mental-health\/sharing.yaml:\d+\n/,
    );
    const after = readFileSync(join(out(), file), 'utf8');
    expect(after.startsWith(place.read(file))).toBe(true);
    expect(proposedPolicy().agencies.get('mental-health')?.grants.at(-1)).toMatchObject({
      role: 'response-officer',
    });
  });

  it('says nothing in another place’s words: scopes are made of the conditions, a sealed section is not offered', async () => {
    await imported('street-triage');
    const share = proposedPolicy()
      .agencies.get('police')
      ?.grants.find(({ role }) => role === 'triage-nurse')?.share;
    expect(share?.get('policeEvents')?.scope).toBe(
      'only category mental health or domestic abuse, of the last 12 months',
    );
    expect(share?.get('intelligence')).toMatchObject({ message: 'Not offered here.', desk: null });
  });

  it('leaves withheld, and names, what the law does not extend to this place', async () => {
    change(PURPOSES_FILE, 'nation: England', 'nation: Wales');
    const { out: said } = await imported('early-help');
    expect(said).toContain('early-help-lead at early-help, CA 2004 s.10: it does not extend to Wales');
    expect(said).toContain('no gateway of law of it reaches this body in this place');
    expect(said).toContain('Nothing of it is to be proposed here, and nothing is written.');
    expect(() => readdirSync(out())).toThrow('ENOENT');
  });

  it('goes by what this place says of the law where the pattern says more', async () => {
    change(PURPOSES_FILE, 'from: 2017-12-11', 'from: 2027-01-01');
    const { out: said } = await imported('street-triage');
    expect(said).toContain('MHA 1983 s.136(1C): it is not in force before 2027-01-01');
    const places = proposedPolicy()
      .agencies.get('housing')
      ?.grants.flatMap(({ gateways }) => gateways);
    expect(new Set(places?.map(({ place: kind }) => kind))).toEqual(new Set(['DWELLING']));
  });

  it('goes by what the pattern says of the law where this place says more', async () => {
    const wales = triage.replace('extent: [England, Wales]', 'extent: Wales');
    const { out: said } = await pattern(place.root, 'import', own(wales), '--dry-run');
    expect(said).toContain('MHA 1983 s.136(1C): it does not extend to England');
  });

  it('leaves withheld what does not extend to the kind of body', async () => {
    const { out: said } = await imported('early-help');
    expect(said).toContain(
      'schools to early-help-lead at early-help, CA 1989 s.17: it does not extend to a body of the kind schools',
    );
    const grant = proposedPolicy().agencies.get('education')?.grants[0];
    expect(grant?.gateways.map(({ cite }) => cite)).toEqual(['CA 2004 s.10']);
  });

  it.each<[what: string, from: string, to: string, says: string]>([
    [
      'no agency of the kind',
      '  housing: housing-authority\n',
      '',
      'no agency here is of the kind housing-authority',
    ],
    [
      'two agencies of the kind',
      '  housing: housing-authority\n',
      '  housing: police-force\n',
      'housing and police are of the kind police-force: say which with --as police-force=housing',
    ],
    ['no such role', 'triage-nurse: { title', 'street-nurse: { title', 'there is no such role here'],
    [
      'a role of others',
      'title: Street-triage mental-health nurse, organisations: [mental-health]',
      'title: Street-triage mental-health nurse, organisations: [police]',
      'the role is held here by police, whose kind it was not for',
    ],
    [
      'a role that may not ask',
      'place: DWELLING }\n    roles: [response-officer, triage-nurse]',
      'place: DWELLING }\n    roles: [triage-nurse]',
      'response-officer may not assert mental-health-crisis here',
    ],
    [
      'services held to something else',
      'SUBSTANCE_USE: clinical',
      'SUBSTANCE_USE: involvements',
      'involvements: its services of the kind SUBSTANCE_USE were held to something else there',
    ],
  ])('leaves withheld, and names, where there is %s', async (_, from, to, says) => {
    change(PURPOSES_FILE, from, to);
    if (to.includes('street-nurse'))
      place.write(PURPOSES_FILE, place.read(PURPOSES_FILE).replaceAll('triage-nurse', 'street-nurse'));
    const { out: said, code } = await imported('street-triage');
    expect(said).toContain(says);
    expect(code).toBe(0);
    expect(() => proposedPolicy()).not.toThrow();
  });

  it('leaves withheld all of an agency that something else gives away', async () => {
    change(fileOf('mental-health'), 'characteristic: mentalHealth', 'characteristic: clinical');
    const { out: said } = await imported('street-triage');
    expect(said).toContain('what gives the agency away is clinical here, and was mentalHealth there');
    expect(readdirSync(join(out(), 'adapters'))).not.toContain('mental-health');
  });

  it('says who has yet to become a party', async () => {
    change(fileOf('housing'), '    - police\n', '');
    const { out: said } = await imported('street-triage');
    expect(said).toContain(
      'NS-ISA-032 of housing is not between police: they are given nothing until they sign it',
    );
  });

  it('with --dry-run writes nothing, and says the same', async () => {
    const dry = await imported('street-triage', '--dry-run');
    expect(() => readdirSync(out())).toThrow('ENOENT');
    const { out: said } = await imported('street-triage');
    expect(dry.out.replace('With --dry-run nothing is written.\n', '')).toBe(
      said.slice(0, said.indexOf('Proposed in ')),
    );
  });

  it('takes an agency by --as where it is of that kind, and refuses another', async () => {
    expect((await imported('street-triage', '--as', 'police-force=police')).code).toBe(0);
    const other = await imported('street-triage', '--as', 'police-force=housing');
    expect(other.err).toContain('housing is of the kind housing-authority here, not police-force');
    const unknown = await imported('street-triage', '--as', 'police-force=polise');
    expect(unknown.err).toContain('unknown agency "polise"; did you mean "police"?');
    expect([other.code, unknown.code]).toEqual([2, 2]);
  });

  it('never writes where files are in force, by whatever name, nor over anything', async () => {
    const before = AGENCIES.map((agency) => place.read(fileOf(agency)));
    symlinkSync(place.root, join(place.root, 'elsewhere'));
    mkdirSync(join(place.root, 'full'));
    writeFileSync(join(place.root, 'full', 'a'), '');
    for (const [folder, says] of [
      ['.', 'is where files are in force'],
      ['elsewhere', 'is where files are in force'],
      ['full', 'has something in it already'],
      ['pattern.yaml/below', 'cannot be written'],
    ] as const) {
      own(triage);
      const { err, code } = await pattern(
        place.root,
        'import',
        patternFile('street-triage'),
        '--out',
        join(place.root, folder),
      );
      expect(err).toContain(says);
      expect(code).toBe(2);
    }
    expect(AGENCIES.map((agency) => place.read(fileOf(agency)))).toEqual(before);
  });
});

describe('a pattern that cannot be read is refused by file and line, and nothing is written', () => {
  it.each<[what: string, from: string, to: string, says: string, at?: string]>([
    [
      'an unknown key',
      'reviewAfter: P12M',
      'reviewAfter: P12M\nstaff: Dr Lamb',
      'unknown key in a pattern "staff"',
    ],
    [
      'an unknown key of a grant',
      '    claim: allowed',
      '    claim: allowed\n    scope: all',
      'unknown key in a grant "scope"',
      'scope: all',
    ],
    ['another form', 'format: 1', 'format: 2', 'unknown format "2"'],
    [
      'a kind of body that is none',
      'body: police-force',
      'body: northshire-police',
      'unknown kind of body "northshire-police"',
    ],
    ['a level that is none', 'identity: full', 'identity: everything', 'unknown level "everything"'],
    [
      'a condition with words of its own',
      'article6: 6(1)(e)',
      'article6: 6(1)(e) as we agreed',
      'must say which paragraph',
    ],
    [
      'a gateway of which nothing is said',
      'cite: MCA 2005 s.5',
      'cite: MCA 2005 s.6',
      'gateways say nothing of MCA 2005 s.6',
    ],
    [
      'a gateway named as objects name their own',
      'cite: MCA 2005 s.5',
      'cite: constructor',
      'gateways say nothing of constructor',
    ],
    ['a date that is none', 'from: 2017-12-11', 'from: 2017-13-11', 'is not a date'],
    [
      'an alias',
      'reviewAfter: P12M',
      'reviewAfter: &after P12M\nanother: *after',
      'anchors and aliases are not read here',
    ],
    ['YAML that is none', 'parties:', 'parties: [', 'the file does not parse'],
    [
      'break-glass that opens nothing',
      '        opens: [medication, allergies]\n',
      '',
      'go with break-glass',
      'level: break-glass',
    ],
    [
      'more while unverified than is shared',
      'unverified: { involvements: summary }',
      'unverified: { identity: full, crisisPlan: full }',
      'crisisPlan is more while unverified',
    ],
    [
      'a second grant',
      '    role: triage-nurse\n',
      '    role: response-officer\n',
      'a second grant of adult-care-authority to response-officer',
    ],
    ['control characters', 'role: response-officer', 'role: "\\e[2Jx"', 'role "?[2Jx" is not a plain word'],
  ])('%s', async (_, from, to, says, at) => {
    expect(triage).toContain(from);
    const spoilt = triage.replace(from, to);
    const file = own(spoilt);
    const { out: said, err, code } = await pattern(place.root, 'import', file, '--out', out());
    const places = err.split('\n').filter((one) => one.includes(says));
    expect(places).not.toEqual([]);
    expect(places[0]).toMatch(new RegExp(`^${file}:\\d+: `));
    if (at !== undefined) {
      const line = spoilt.split('\n').findIndex((one) => one.includes(at)) + 1;
      expect(places[0]).toContain(`${file}:${line}: `);
    }
    expect([said, code]).toEqual(['', 1]);
    expect(err.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(() => readdirSync(out())).toThrow('ENOENT');
  });

  it.each([
    ['no file', () => join(place.root, 'nowhere.yaml'), 'there is no such file'],
    ['a folder', () => place.root, 'cannot be read as text (EISDIR)'],
    ['no text', () => own(Uint8Array.from([0xff, 0xfe, 0])), 'cannot be read as text'],
    ['too much', () => own('#'.repeat(1_000_001)), 'a pattern has at most 1000000 bytes'],
    ['nothing', () => own(''), 'the file must be a map'],
  ])('%s', async (_, file, says) => {
    const { err, code } = await pattern(place.root, 'import', file());
    expect(err).toContain(':1: ');
    expect(err).toContain(says);
    expect(code).toBe(1);
  });

  it('what was written is read again as it was', () => {
    expect(parse(triage).grants).toHaveLength(16);
  });
});

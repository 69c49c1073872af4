/** What a sharing file may not let be counted, and what whoever wrote it is told: file, line, and what was meant. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { loadPolicies } from '../../src/sharing/files/load.ts';
import { copyOfPolicy, type PolicyFolder } from './support/policy-folder.ts';
import { catalogue } from './support/shipped-policy.ts';

let folder: PolicyFolder;
beforeEach(() => {
  folder = copyOfPolicy(projectRoot(), catalogue.agencies.keys());
});
afterEach(() => folder.drop());

const fileOf = (agency: string) => `adapters/${agency}/sharing.yaml`;
const load = () => loadPolicies({ root: folder.root, agencies: catalogue });

/** Puts these lines in place of what the file says of counting, and gives what is found wrong with the file. */
function findings(agency: string, aggregates: string) {
  const file = fileOf(agency);
  const before = folder.read(file);
  const block = /^aggregates:(?: withheld\n|\n(?: {2}.*\n)+)/m;
  expect(before).toMatch(block);
  folder.write(file, before.replace(block, aggregates));
  const loaded = load();
  const first = before.slice(0, before.search(block)).split('\n').length;
  return {
    first,
    found: loaded.ok
      ? []
      : loaded.findings.map(({ file: where, line, message }) => ({ where, line, message })),
  };
}
const GATEWAY = '  gateway: [UK GDPR Art. 89]\n';
const BASIS = '  basis: 6(1)(e), statistics for the planning of services\n';
const sharing = (...fields: readonly string[]) =>
  `aggregates:\n  share: [${fields.join(', ')}]\n${GATEWAY}${BASIS}`;

test('the shipped files let what they name be counted, and say on what it rests', () => {
  const loaded = load();
  expect(loaded.ok).toBe(true);
  if (!loaded.ok) return;
  for (const { aggregates } of loaded.policies.agencies.values())
    if (aggregates) expect(aggregates.gateways).toEqual(['UK GDPR Art. 89']);
});

describe.each([
  ['police', 'policeEvents.summary', /policeEvents\.summary cannot be counted: it is free text/],
  ['police', 'warningMarkers.guidance', /warningMarkers\.guidance cannot be counted: it is free text/],
  ['police', 'identifiers.pncId', /identifiers\.pncId cannot be counted: identifiers are never counted/],
  [
    'police',
    'addresses.postcode',
    /addresses\.postcode cannot be counted: addresses are never counted: areas are, as person\.district/,
  ],
  ['police', 'contact.phone', /contact\.phone cannot be counted: how somebody is reached is never counted/],
  ['police', 'identity.dateOfBirth', /identity\.dateOfBirth cannot be counted: .*person\.ageBand/],
  [
    'police',
    'intelligence.handling',
    /intelligence\.handling cannot be counted: intelligence is never counted/,
  ],
  [
    'probation',
    'publicProtection.level',
    /publicProtection\.level cannot be counted: arrangements for public protection are never counted/,
  ],
  ['housing', 'addresses.uprn', /addresses\.uprn cannot be counted: addresses are never counted/],
  [
    'police',
    'policeEvents.catgory',
    /unknown field that can be counted "policeEvents\.catgory"; did you mean "policeEvents\.category"\?/,
  ],
  ['police', 'policeEvent.category', /unknown section "policeEvent"; did you mean "policeEvents"\?/],
  ['housing', 'housing.arrearsBnd', /did you mean "housing\.arrearsBand"\?/],
  ['education', 'person.distrct', /did you mean "person\.district"\?/],
  // What is no enum, boolean, band or month has no form in which it could be counted.
  ['housing', 'housing.arrearsPence', /unknown field that can be counted "housing\.arrearsPence"/],
  [
    'work-and-pensions',
    'benefits.nextPaymentDate',
    /unknown field that can be counted "benefits\.nextPaymentDate"/,
  ],
  // Another agency's field.
  [
    'housing',
    'policeEvents.category',
    /unknown field that can be counted "policeEvents\.category"\. Known: housing\.arrearsBand, /,
  ],
] as const)('%s lists %s', (agency, field, message) => {
  test('is refused at its file and line', () => {
    const { first, found } = findings(agency, sharing(field));
    expect(found).toEqual([
      { where: fileOf(agency), line: first + 1, message: expect.stringMatching(message) },
    ]);
  });
});

describe.each([
  [
    'mental-health',
    'person.sex',
    /holds health or adult care: the basis must be cag:<reference>.*or processor:<reference of the signed finding>, not "6\(1\)\(e\)/,
  ],
  ['primary-care', 'person.sex', /holds health or adult care/],
  ['adult-services', 'person.sex', /holds health or adult care/],
] as const)('%s, which holds health or care', (agency, field, message) => {
  test('is refused where its basis is none of health’s own', () => {
    const { first, found } = findings(agency, sharing(field));
    expect(found).toEqual([
      { where: fileOf(agency), line: first + 3, message: expect.stringMatching(message) },
    ]);
  });

  test('is refused at section 251 where its adapter does not say who has opted out', () => {
    const { found } = findings(
      agency,
      `aggregates:\n  share: [${field}]\n${GATEWAY}  basis: cag:24/CAG/0001\n`,
    );
    expect(found.map((one) => one.message)).toEqual([
      expect.stringMatching(
        /needs national opt-outs applied, and its adapter does not say who has opted out/,
      ),
    ]);
  });

  test('is let at a signed finding that this is a processor only', () => {
    const text = `aggregates:\n  share: [${field}]\n${GATEWAY}  basis: processor:DPIA-2026-14\n`;
    expect(findings(agency, text).found).toEqual([]);
  });
});

test.each([
  [
    'nothing at all',
    `aggregates:\n  share: []\n${GATEWAY}${BASIS}`,
    /lets nothing be counted: name a field, or say withheld/,
  ],
  [
    'no gateway of law',
    `aggregates:\n  share: [policeEvents.category]\n  gateway: []\n${BASIS}`,
    /needs at least one gateway of law/,
  ],
  [
    'a gateway of another purpose',
    `aggregates:\n  share: [policeEvents.category]\n  gateway: [MHA 1983 s.136(1C)]\n${BASIS}`,
    /unknown gateway for service-planning "MHA 1983 s\.136\(1C\)"/,
  ],
  ['a word that is none', 'aggregates: witheld\n', /did you mean "withheld"\?/],
  [
    'a key that is none',
    `aggregates:\n  shares: [policeEvents.category]\n${GATEWAY}${BASIS}`,
    /did you mean "share"\?/,
  ],
])('%s is refused', (_what, text, message) => {
  const { found } = findings('police', text);
  expect(found.map((one) => one.message).join('\n')).toMatch(message);
  expect(new Set(found.map(({ where }) => where))).toEqual(new Set([fileOf('police')]));
});

test('a file that says nothing of counting lets nothing be counted', () => {
  expect(findings('police', '').found).toEqual([]);
  const loaded = load();
  expect(loaded.ok && (loaded.policies.agencies.get('police')?.aggregates ?? null)).toBeNull();
});

test('of practices, trusts, refuges and adult care no field of a section can be counted, sexual health among them', () => {
  for (const agency of ['primary-care', 'mental-health', 'adult-services', 'domestic-abuse-service'])
    expect([...(catalogue.agencies.get(agency)?.counting?.fields.keys() ?? [])], agency).toEqual([]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOf, loadTiny, POLICE, PURPOSES, TINY_FILES, TRUST } from './support/tiny-policy.ts';

const TRUST_FILE = 'adapters/trust/sharing.yaml';
const POLICE_FILE = 'adapters/police/sharing.yaml';
const PURPOSES_FILE = 'schema/purposes.yaml';
const CLINICAL =
  'clinical: { level: break-glass, opens: [medication], grounds: [RISK_TO_SELF, LACKS_CAPACITY] }';

/** What was replaced, by what, and what is said of it: at the line of the first difference, or where `at` begins. */
type Mistake = readonly [
  name: string,
  file: string,
  from: string,
  to: string,
  says: string | RegExp,
  at?: string,
];

const MISTAKES: readonly Mistake[] = [
  [
    'a nation that is none',
    PURPOSES_FILE,
    'nation: England',
    'nation: Englnd',
    'unknown nation "Englnd"; did you mean "England"? Known: England, Wales, Scotland, Northern Ireland',
  ],
  [
    'a kind of body that is none',
    PURPOSES_FILE,
    'police: police-force',
    'police: police-forse',
    /^unknown kind of body "police-forse"; did you mean "police-force"\? Known: /,
  ],
  [
    'the kind of an organisation that is none',
    PURPOSES_FILE,
    'trust: mental-health-trust',
    'turst: mental-health-trust',
    'unknown organisation "turst"; did you mean "trust"? Known: police, trust, charity',
  ],
  [
    'a gateway of which nobody says how far it reaches',
    PURPOSES_FILE,
    '  Index Act s.6: {',
    '  Index Act s.7: {',
    'law does not say how far Index Act s.6 reaches',
    'gateways: [Index Act s.6]',
  ],
  [
    'an unknown key of the law',
    PURPOSES_FILE,
    'checkedOn: 2026-01-01',
    'checkdOn: 2026-01-01',
    'unknown key in the law on Street Act s.1 "checkdOn"; did you mean "checkedOn"? Known: extent, bodies, from, checkedOn',
    '  Street Act s.1: { extent',
  ],
  [
    'a law that extends nowhere',
    PURPOSES_FILE,
    'extent: [England, Wales]',
    'extent: []',
    'Street Act s.1 extends to no nation: name one',
  ],
  [
    'a law without bodies',
    PURPOSES_FILE,
    'duty at home: { extent: England, bodies: any }',
    'duty at home: { extent: England }',
    'the law on duty at home lacks "bodies"',
  ],
  [
    'an unknown role',
    TRUST_FILE,
    'role: visitor',
    'role: visitr',
    'unknown role "visitr"; did you mean "visitor"? Known: officer, nurse, visitor, subject',
  ],
  [
    'an unknown purpose',
    TRUST_FILE,
    'purpose: safety',
    'purpose: saftey',
    'unknown purpose "saftey"; did you mean "safety"? Known: crisis, safety, referral, targeting, own-record',
  ],
  [
    'an unknown section',
    TRUST_FILE,
    '      crisisPlan: full\n',
    '      crisisplan: full\n      crisisPlan: full\n',
    'unknown section "crisisplan"; did you mean "crisisPlan"? Known: identity, warningMarkers, involvements, mentalHealth, crisisPlan, clinical',
  ],
  [
    'a section the agency does not supply',
    TRUST_FILE,
    `      ${CLINICAL}`,
    `      ${CLINICAL}\n      housing: full`,
    'Trust does not supply housing. It supplies: identity, warningMarkers, involvements, mentalHealth, crisisPlan, clinical',
    'housing: full',
  ],
  [
    'a section left unclassified',
    TRUST_FILE,
    `      ${CLINICAL}\n`,
    '',
    'this grant does not say what becomes of clinical: give a level, or withheld',
    '    share:',
  ],
  [
    'an unknown level',
    TRUST_FILE,
    'level: break-glass',
    'level: brake-glass',
    /^unknown level "brake-glass"; did you mean "break-glass"\? Known: full, summary, exists, own/,
  ],
  [
    'an unknown row condition',
    TRUST_FILE,
    'agreedExtract: true',
    'agreedExtrct: true',
    'unknown row condition of crisisPlan "agreedExtrct"; did you mean "agreedExtract"? Known: agreedExtract',
  ],
  [
    'an unknown value of a row condition',
    POLICE_FILE,
    '[MISSING]',
    '[MISING]',
    'unknown value of policeEvents category "MISING"; did you mean "MISSING"? Known: THEFT, MISSING',
  ],
  [
    'no value of a row condition',
    POLICE_FILE,
    '[MISSING]',
    '[]',
    'policeEvents category names no value: say withheld instead',
  ],
  [
    'a duration that is none',
    POLICE_FILE,
    'P12M',
    '12 months',
    'policeEvents within "12 months" is not a duration of whole days; write it as P12M, P2W or P90D',
  ],
  [
    'a duration of hours, which no day can be told by',
    POLICE_FILE,
    'P12M',
    'PT24H',
    'policeEvents within "PT24H" is not a duration of whole days; write it as P12M, P2W or P90D',
  ],
  [
    'a duration with nothing in it',
    POLICE_FILE,
    'P12M',
    'P0D',
    'policeEvents within "P0D" is not a duration of whole days; write it as P12M, P2W or P90D',
  ],
  [
    'a period of the register that is none',
    TRUST_FILE,
    'grants:',
    'register: { retain: 6 years }\ngrants:',
    'retain "6 years" is not a duration of whole days; write it as P12M, P2W or P90D',
  ],
  [
    'a flag set to false',
    TRUST_FILE,
    'agreedExtract: true',
    'agreedExtract: false',
    'crisisPlan agreedExtract takes true alone: leave it out instead',
  ],
  [
    'rows of a section that is kept back',
    POLICE_FILE,
    'level: summary, rows',
    'level: review, rows',
    'policeEvents is review: there are no rows to narrow',
  ],
  [
    'rows without a scope',
    TRUST_FILE,
    ', scope: agreed extracts',
    '',
    'crisisPlan is narrowed by rows: say in "scope" what people are shown',
  ],
  [
    'a gateway the purpose does not rest on',
    TRUST_FILE,
    'gateway: [Safety Act s.2]',
    'gateway: [Safety Act s.3]',
    'unknown gateway for safety "Safety Act s.3"; did you mean "Safety Act s.2"? Known: Safety Act s.2',
  ],
  [
    'a gateway stretched to a place it does not reach',
    TRUST_FILE,
    'gateway: [Street Act s.1]',
    'gateway: [{ cite: Street Act s.1, place: DWELLING }]',
    'Street Act s.1 carries information at a PUBLIC place only, not DWELLING',
  ],
  [
    'a grant without gateway',
    TRUST_FILE,
    '    gateway: [Safety Act s.2]\n',
    '',
    'a grant lacks "gateway"',
    'role: visitor',
  ],
  [
    'a grant with an empty list of gateways',
    TRUST_FILE,
    'gateway: [Safety Act s.2]',
    'gateway: []',
    'a grant needs at least one gateway of law',
  ],
  [
    'a grant without conditions',
    TRUST_FILE,
    '    conditions: { article6: 6(1)(c), regime: PART2 }\n',
    '',
    'a grant lacks "conditions"',
    'role: subject',
  ],
  [
    'an unknown regime',
    TRUST_FILE,
    '6(1)(c), regime: PART2',
    '6(1)(c), regime: PART4',
    'unknown regime "PART4"; did you mean "PART2"? Known: PART2, PART3',
  ],
  [
    'a purpose that excludes the agency',
    TRUST_FILE,
    'purpose: referral',
    'purpose: targeting',
    'targeting excludes NHS bodies: Trust cannot grant it',
  ],
  [
    'a role that may not assert the purpose',
    TRUST_FILE,
    'role: visitor',
    'role: subject',
    'subject may not assert safety. Who may: officer, nurse, visitor',
    'purpose: safety',
  ],
  [
    'two grants for one role and purpose',
    TRUST_FILE,
    'role: nurse',
    'role: officer',
    'a second grant to officer at crisis: the first is at line 6. Make them one',
  ],
  [
    'a date that does not exist',
    TRUST_FILE,
    'from: 2026-01-01',
    'from: 2026-02-30',
    'from "2026-02-30" is not a date; write it as YYYY-MM-DD',
  ],
  [
    'a date in another form',
    TRUST_FILE,
    'from: 2026-01-01',
    'from: 1/1/2026',
    'from "1/1/2026" is not a date; write it as YYYY-MM-DD',
  ],
  [
    'an end before the beginning',
    POLICE_FILE,
    'end: 2027-06-30',
    'end: 2025-06-30',
    'the agreement ends (2025-06-30) before it begins (2026-01-01)',
  ],
  [
    'a review before the beginning',
    TRUST_FILE,
    'review: 2026-12-31',
    'review: 2025-12-31',
    'the review (2025-12-31) comes before the agreement begins (2026-01-01)',
  ],
  [
    'a version that is no number',
    TRUST_FILE,
    'version: 1',
    'version: one',
    'version "one" is not a whole number from 1 up',
  ],
  [
    'an unknown party',
    TRUST_FILE,
    'parties: [police, trust]',
    'parties: [police, turst]',
    'unknown party "turst"; did you mean "trust"? Known: police, trust, charity',
  ],
  [
    'an agreement without parties',
    TRUST_FILE,
    'parties: [police, trust], ',
    '',
    'agreement lacks "parties"',
    'agreement:',
  ],
  [
    'an unknown desk',
    TRUST_FILE,
    'call: crisis-line',
    'call: crisis-lines',
    'unknown desk of Trust "crisis-lines"; did you mean "crisis-line"? Known: crisis-line',
  ],
  [
    'a seal without message',
    TRUST_FILE,
    '{ sealed: Call the crisis line., call: crisis-line }',
    'sealed',
    'sealed needs a message: { sealed: <message>, call: <desk> }',
  ],
  [
    'a seal with an empty message',
    TRUST_FILE,
    '{ sealed: Call the crisis line.,',
    "{ sealed: '',",
    'the message of a sealed section must be a word or sentence, not nothing',
  ],
  [
    'a seal with a level beside it',
    TRUST_FILE,
    'call: crisis-line }',
    'call: crisis-line, level: full }',
    'unknown key in a sealed section "level". Known: sealed, call',
  ],
  [
    'break-glass that says neither what it opens nor when',
    TRUST_FILE,
    CLINICAL,
    'clinical: break-glass',
    'break-glass needs what it opens and when: { level: break-glass, opens: [<field>], grounds: [<ground>] }',
  ],
  [
    'break-glass that does not say what it opens',
    TRUST_FILE,
    'opens: [medication], ',
    '',
    'the share of clinical is break-glass, and lacks "opens"',
  ],
  [
    'break-glass on no ground',
    TRUST_FILE,
    ', grounds: [RISK_TO_SELF, LACKS_CAPACITY]',
    '',
    'the share of clinical is break-glass, and lacks "grounds"',
  ],
  [
    'break-glass that opens nothing',
    TRUST_FILE,
    'opens: [medication]',
    'opens: []',
    'the share of clinical opens no field: name one',
  ],
  [
    'break-glass that opens a field that is none',
    TRUST_FILE,
    'opens: [medication]',
    'opens: [medicaton]',
    'unknown field of clinical "medicaton"; did you mean "medication"? Known: diagnoses, medication, medication.dose',
  ],
  [
    'a ground that is none',
    TRUST_FILE,
    '[RISK_TO_SELF, LACKS_CAPACITY]',
    '[RISK_TO_SELVES]',
    'unknown ground "RISK_TO_SELVES"; did you mean "RISK_TO_SELF"? Known: RISK_TO_SELF, RISK_TO_CHILD, RISK_TO_OTHERS, LACKS_CAPACITY',
  ],
  [
    'grounds where nothing is behind glass',
    TRUST_FILE,
    'level: break-glass, opens: [medication]',
    'level: full',
    'clinical is full: "grounds" goes with break-glass alone',
  ],
  [
    'a decision by a role that nobody of the agency holds',
    TRUST_FILE,
    'clinical: review',
    'clinical: { level: review, decides: officer }',
    /^unknown role held at Trust "officer".* Known: governance-officer, nurse/,
  ],
  [
    'a decision within minutes',
    TRUST_FILE,
    'clinical: review',
    'clinical: { level: review, answerBy: PT30M }',
    'answerBy "PT30M" is not a number of hours up to a week; write it as PT4H',
  ],
  [
    'a decision within months',
    TRUST_FILE,
    'clinical: review',
    'clinical: { level: review, answerBy: PT169H }',
    'answerBy "PT169H" is not a number of hours up to a week; write it as PT4H',
  ],
  [
    'who decides where nobody has to',
    TRUST_FILE,
    'clinical: review',
    'clinical: { level: full, decides: nurse }',
    'clinical is full: "decides" goes with review alone',
  ],
  [
    'a share that is a list',
    TRUST_FILE,
    CLINICAL,
    'clinical: [full]',
    'the share of clinical must be a map, not a list',
  ],
  [
    'unverified of an unknown section',
    TRUST_FILE,
    'unverified: { mentalHealth: exists }',
    'unverified: { mentalhealth: exists }',
    /^unknown section "mentalhealth"; did you mean "mentalHealth"\?/,
  ],
  [
    'unverified above what is shared',
    TRUST_FILE,
    'unverified: { mentalHealth: exists }',
    'unverified: { mentalHealth: full }',
    'mentalHealth cannot be full while unverified: it is summary in share',
  ],
  [
    'unverified of what is kept back',
    TRUST_FILE,
    'unverified: { mentalHealth: exists }',
    'unverified: { clinical: exists }',
    'clinical cannot be exists while unverified: it is break-glass in share',
  ],
  [
    'an unknown word for claim',
    TRUST_FILE,
    'claim: allowed',
    'claim: yes',
    'unknown claim "yes". Known: allowed, refused',
  ],
  [
    'an unknown key of a grant',
    TRUST_FILE,
    '    claim: allowed',
    '    clame: allowed',
    /^unknown key in a grant "clame"; did you mean "claim"\?/,
  ],
  [
    'an unknown characteristic section',
    TRUST_FILE,
    'characteristic: mentalHealth',
    'characteristic: mentlHealth',
    /^unknown section "mentlHealth"; did you mean "mentalHealth"\?/,
  ],
  [
    'a characteristic section of another agency',
    TRUST_FILE,
    'characteristic: mentalHealth',
    'characteristic: policeEvents',
    /^unknown section of this agency "policeEvents"/,
  ],
  [
    'an unknown feature of the index',
    TRUST_FILE,
    'share: [names]',
    'share: [shoes]',
    'unknown feature of the index "shoes". Known: names, dateOfBirth, sex, postcode, place, identifiers',
  ],
  [
    'an index without gateway',
    TRUST_FILE,
    ', gateway: [Index Act s.6]',
    '',
    'index lacks "gateway"',
    'index:',
  ],
  [
    'a second key of the same name',
    TRUST_FILE,
    '      clinical: review',
    '      clinical: review\n      clinical: full',
    /does not parse: Map keys must be unique/,
    'clinical: full',
  ],
  [
    'a file that does not parse',
    TRUST_FILE,
    'gateway: [Safety Act s.2]',
    'gateway: [Safety Act s.2',
    /does not parse/,
    '    conditions: { article6: 6(1)(e), regime: PART2 }\n    share:\n      identity: full\n      warningMarkers: { level',
  ],
  [
    'an alias',
    TRUST_FILE,
    'gateway: [Safety Act s.2]',
    'gateway: *law',
    /does not parse|anchors and aliases/,
    'gateway: *law',
  ],
  [
    'a tag that means nothing',
    TRUST_FILE,
    'clinical: review',
    'clinical: !lavel full',
    /does not parse: Unresolved tag/,
  ],
  [
    'a file of one word',
    POLICE_FILE,
    POLICE,
    'everything',
    'the file must be a map, not a word',
    'everything',
  ],
  ['an empty file', POLICE_FILE, POLICE, '', 'the file must be a map, not a word', ''],
  [
    'no grants at all',
    POLICE_FILE,
    POLICE.slice(POLICE.indexOf('grants:')),
    '',
    'sharing.yaml lacks "grants"',
    'controller',
  ],
  [
    'a purpose without gateways',
    PURPOSES_FILE,
    '    gateways: [Safety Act s.2]\n',
    '',
    'purpose safety lacks "gateways"',
    'title: Safety',
  ],
  [
    'a purpose of an unknown role',
    PURPOSES_FILE,
    'roles: [subject]',
    'roles: [subjekt]',
    /^unknown role "subjekt"; did you mean "subject"\?/,
  ],
  [
    'an exclusion of an unknown agency',
    PURPOSES_FILE,
    '{ nhsBodies: true }',
    '{ agencies: [turst] }',
    'unknown agency "turst"; did you mean "trust"? Known: police, trust, charity',
  ],
  [
    'a service of an unknown section',
    PURPOSES_FILE,
    'POLICE: policeEvents',
    'POLICE: policeEvent',
    /^unknown section "policeEvent"; did you mean "policeEvents"\?/,
  ],
  [
    'a kind of service without section',
    PURPOSES_FILE,
    '  COMMUNITY_TEAM: clinical\n',
    '',
    'services lacks "COMMUNITY_TEAM", a kind of service of trust',
    'POLICE: policeEvents',
  ],
  [
    'an unknown place',
    PURPOSES_FILE,
    'place: PUBLIC',
    'place: PUB',
    'unknown place "PUB". Known: PUBLIC, DWELLING',
  ],
];

/** What YAML, or a reader of it, could take for nothing or for something else without a word. */
const SILENT: readonly Mistake[] = [
  [
    'a role without a word on who may hold it',
    PURPOSES_FILE,
    'title: Visitor, organisations: [charity]',
    'title: Visitor',
    'role visitor lacks "organisations"',
    'visitor:',
  ],
  [
    'a purpose that does not say who may assert it',
    PURPOSES_FILE,
    '    roles: [subject]\n',
    '',
    'purpose own-record lacks "roles"',
    "title: One's own record",
  ],
  [
    'rows that name no condition, beside a scope that says there is one',
    TRUST_FILE,
    'rows: { agreedExtract: true }',
    'rows: {}',
    'the rows of crisisPlan name no condition, so all are shown: name one, or leave rows out',
  ],
  [
    'an agreement with nobody',
    TRUST_FILE,
    'parties: [police, trust]',
    'parties: []',
    'the agreement names no party',
  ],
  [
    'a role that nobody may hold',
    PURPOSES_FILE,
    'organisations: [charity] }',
    'organisations: [] }',
    'nobody may hold role visitor: name an organisation, or all',
  ],
  [
    'a reviewer at no purpose',
    PURPOSES_FILE,
    'gateways: [Index Act s.6]\n',
    'gateways: [Index Act s.6]\n  reviewers: [{ role: nurse, purposes: [] }]\n',
    'nurse is a reviewer at no purpose: name one, or leave nurse out',
    'reviewers:',
  ],
  [
    'a citation twice, with and without a place',
    PURPOSES_FILE,
    '[Safety Act s.2]',
    '[Safety Act s.2, { cite: Safety Act s.2, place: PUBLIC }]',
    'purpose safety rests on Safety Act s.2 twice: say it once',
  ],
  [
    'an objection that does what nobody knows',
    PURPOSES_FILE,
    'needsConsent: true',
    'objection: halts\n    needsConsent: true',
    'unknown objection "halts". Known: stops, flagged',
  ],
  [
    'warnings for a visit that hang on consent',
    TRUST_FILE,
    'warningMarkers: { level: summary, discloseSource: true }',
    'warningMarkers: { level: summary, consent: required }',
    'the share of warningMarkers cannot hang on consent: the safety of a visit never does',
  ],
  [
    'a consent of a kind that nobody knows',
    TRUST_FILE,
    'warningMarkers: { level: summary, discloseSource: true }',
    'warningMarkers: { level: summary, consent: verbal }',
    'unknown consent "verbal". Known: required, recorded, not required',
  ],
  [
    'an index that rests on nothing',
    PURPOSES_FILE,
    '[Index Act s.6]',
    '[]',
    'the index rests on no gateway of law',
  ],
  [
    'an end that is left empty',
    POLICE_FILE,
    ', end: 2027-06-30',
    ', end: ',
    /^end must be a word or sentence, not nothing/,
  ],
  [
    'a scope that is null',
    TRUST_FILE,
    'scope: agreed extracts',
    'scope: null',
    'scope must be a word or sentence, not nothing',
  ],
  [
    'a grant that is null',
    TRUST_FILE,
    'grants:\n',
    'grants:\n  -\n',
    'a grant must be a map, not a word',
    '  -\n',
  ],
  [
    'a share that is null',
    TRUST_FILE,
    'clinical: review',
    'clinical: ~',
    'level must be a word or sentence, not nothing',
  ],
  [
    'a key that differs from another by quotes alone',
    TRUST_FILE,
    '      clinical: review',
    '      clinical: review\n      "clinical": full',
    /does not parse: Map keys must be unique/,
    '"clinical": full',
  ],
  [
    'a number twice, as a number and in quotes',
    PURPOSES_FILE,
    '  OTHER: involvements\n',
    '  OTHER: involvements\n  7: clinical\n  "7": housing\n',
    /does not parse: Map keys must be unique/,
    '"7": housing',
  ],
  [
    'a key of JavaScript’s own',
    TRUST_FILE,
    '      clinical: review',
    '      clinical: review\n      __proto__: full',
    'a key must be a plain word',
    '__proto__',
  ],
  [
    'a merged map',
    TRUST_FILE,
    '      clinical: review',
    '      clinical: review\n      <<: { clinical: full }',
    /^unknown section "<<"/,
    '<<',
  ],
  [
    'a merged alias',
    TRUST_FILE,
    '    share:\n',
    '    share: &all\n      <<: *all\n',
    /anchors and aliases|does not parse/,
    '<<',
  ],
  [
    'the yes of YAML 1.1',
    PURPOSES_FILE,
    'needsConsent: true',
    'needsConsent: yes',
    'unknown needsConsent "yes". Known: true, false',
  ],
  [
    'the yes of a file that calls itself YAML 1.1',
    PURPOSES_FILE,
    PURPOSES,
    `%YAML 1.1\n---\n${PURPOSES.replace('needsConsent: true', 'needsConsent: yes')}`,
    'unknown needsConsent "yes". Known: true, false',
    'needsConsent: yes',
  ],
  [
    'a day with a time',
    TRUST_FILE,
    'from: 2026-01-01',
    'from: 2026-01-01T00:00:00Z',
    'from "2026-01-01T00:00:00Z" is not a date; write it as YYYY-MM-DD',
  ],
  [
    'a version that YAML would round',
    TRUST_FILE,
    'version: 1',
    'version: 1.0',
    'version "1.0" is not a whole number from 1 up',
  ],
  [
    'a version in another notation',
    TRUST_FILE,
    'version: 1',
    'version: 0x1',
    'version "0x1" is not a whole number from 1 up',
  ],
  ['a second document', TRUST_FILE, 'grants:\n', 'grants: []\n---\ngrants:\n', /does not parse/, '---'],
  [
    'a tab that indents',
    TRUST_FILE,
    '      clinical: review',
    '\tclinical: review',
    /does not parse/,
    '\tclinical',
  ],
];

describe('a policy file is refused, with file, line and what is known, for', () => {
  const mistakes = [...MISTAKES, ...SILENT].map(([name, file, from, to, says, at]) => ({
    name,
    file,
    from,
    to,
    says,
    at,
  }));
  it.each(mistakes)('$name', ({ file, from, to, says, at }) => {
    const text = TINY_FILES[file] ?? '';
    const changed = text.replace(from, () => to);
    expect(changed).not.toBe(text);
    const start = at === undefined ? text.indexOf(from) + commonStart(from, to) : changed.indexOf(at);
    const line = changed.slice(0, start).split('\n').length;
    const found = findingsOf({ [file]: changed });
    expect(found).toContainEqual({
      file,
      line,
      message: typeof says === 'string' ? says : expect.stringMatching(says),
    });
  });

  it('a file that is not there', () => {
    expect(findingsOf({ [TRUST_FILE]: undefined })).toEqual([
      { file: TRUST_FILE, line: 1, message: 'there is no such file; every agency needs one' },
    ]);
  });

  it('every mistake in it at once, not the first alone', () => {
    const changed = TRUST.replace('role: visitor', 'role: visitr').replace('from: 2026-01-01', 'from: soon');
    expect(findingsOf({ [TRUST_FILE]: changed }).map(({ message }) => message)).toEqual([
      'from "soon" is not a date; write it as YYYY-MM-DD',
      expect.stringContaining('unknown role "visitr"'),
    ]);
  });
});

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

it('whatever is done to a file, reading it never throws, and what is refused names a line of it', () => {
  const files = fc.constantFrom(TRUST_FILE, POLICE_FILE, PURPOSES_FILE);
  const splice = fc.tuple(
    fc.nat(),
    fc.nat(40),
    fc.oneof(
      fc.string(),
      fc.constantFrom('\n', ': ', '- ', '{', '}', '[', '&a ', '*a', '? ', '!!map', '---\n'),
    ),
  );
  fc.assert(
    fc.property(files, fc.array(splice, { minLength: 1, maxLength: 3 }), (file, splices) => {
      const text = splices.reduce((left, [at, length, put]) => {
        const start = at % (left.length + 1);
        return left.slice(0, start) + put + left.slice(start + length);
      }, TINY_FILES[file] ?? '');
      const lines = text.split('\n').length;
      return findingsOf({ [file]: text }).every(
        (one) => one.file !== file || (one.line >= 1 && one.line <= lines && one.message !== ''),
      );
    }),
    { numRuns: 300 },
  );
}, 120_000);

describe('a policy that loads', () => {
  it('is sound as it stands', () => {
    expect(findingsOf({})).toEqual([]);
  });

  it('has a version that follows its content, of any of its files', () => {
    const versionOf = (changed = {}) => {
      const loaded = loadTiny(changed);
      return loaded.ok ? loaded.policies.version : null;
    };
    const versions = [
      versionOf(),
      versionOf({ [POLICE_FILE]: `${POLICE}# a comment\n` }),
      versionOf({ [PURPOSES_FILE]: `${PURPOSES}# a comment\n` }),
    ];
    expect(versionOf()).toBe(versions[0]);
    expect(new Set(versions).size).toBe(3);
    expect(versions).not.toContain(null);
  });

  it('takes the place of a gateway from the law where the file does not repeat it', () => {
    const loaded = loadTiny();
    const grant = loaded.ok ? loaded.policies.agencies.get('police')?.grants[0] : undefined;
    expect(grant?.gateways).toEqual([{ cite: 'Street Act s.1', place: 'PUBLIC' }]);
  });
});

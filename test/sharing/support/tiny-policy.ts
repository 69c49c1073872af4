import { loadPolicies } from '../../../src/sharing/files/load.ts';
import type { Policies } from '../../../src/sharing/policy/policies.ts';
import type { Catalogue, CatalogueField } from '../../../src/sharing/policy/types.ts';
import type { Level } from '../../../src/states.ts';
import { type Finding, findingText } from '../../../src/yaml/finding.ts';

/** A world of two agencies, small enough to be read whole beside a test. */
const FIELDS: Readonly<Record<string, readonly [readonly string[], Readonly<Record<string, Level>>]>> = {
  identity: [['police', 'trust'], { name: 'SUMMARY', records: 'FULL' }],
  warningMarkers: [['police', 'trust'], { items: 'SUMMARY', 'items.detail': 'FULL' }],
  involvements: [['police', 'trust'], { items: 'EXISTS', 'items.lead': 'SUMMARY' }],
  policeEvents: [['police'], { items: 'SUMMARY', 'items.summary': 'FULL' }],
  intelligence: [['police'], { items: 'FULL' }],
  mentalHealth: [['trust'], { openToService: 'EXISTS', detained: 'SUMMARY', practice: 'FULL' }],
  crisisPlan: [['trust'], { exists: 'EXISTS', whatHelps: 'SUMMARY', triggers: 'FULL' }],
  clinical: [['trust'], { diagnoses: 'FULL', medication: 'FULL', 'medication.dose': 'FULL' }],
  housing: [[], { arrearsBand: 'SUMMARY' }],
};

export const tinyCatalogue: Catalogue = {
  sections: new Map(
    Object.entries(FIELDS).map(([name, [suppliers, levels]]) => {
      const fields = Object.entries(levels).map(([path, level]): [string, CatalogueField] => [
        path,
        { level, suppliers },
      ]);
      return [name, { name, suppliers, fields: new Map(fields) }];
    }),
  ),
  agencies: new Map([
    [
      'police',
      {
        id: 'police',
        name: 'Police',
        nhsBody: false,
        desks: ['duty-desk'],
        serviceKinds: ['POLICE', 'OTHER'],
        rowConditions: new Map([
          [
            'policeEvents',
            new Map([
              ['category', { takes: { values: ['THEFT', 'MISSING'] } }],
              ['within', { takes: 'duration' as const }],
            ]),
          ],
        ]),
      },
    ],
    [
      'trust',
      {
        id: 'trust',
        name: 'Trust',
        nhsBody: true,
        desks: ['crisis-line'],
        serviceKinds: ['CRISIS_TEAM', 'COMMUNITY_TEAM'],
        rowConditions: new Map([['crisisPlan', new Map([['agreedExtract', { takes: 'flag' as const }]])]]),
      },
    ],
  ]),
};

export const PURPOSES = `roles:
  officer: { title: Officer, organisations: [police] }
  nurse: { title: Nurse, organisations: [trust] }
  visitor: { title: Visitor, organisations: [charity] }
  subject: { title: The person, organisations: all }
organisations: [police, trust, charity]
nation: England
bodies: { police: police-force, trust: mental-health-trust }
law:
  Street Act s.1: { extent: [England, Wales], bodies: any, from: 2001-01-01, checkedOn: 2026-01-01 }
  duty at home: { extent: England, bodies: any }
  Safety Act s.2: { extent: England, bodies: [police-force, mental-health-trust] }
  Referral Act s.3: { extent: England, bodies: any }
  Targeting Act s.4: { extent: England, bodies: police-force }
  Access Act s.5: { extent: England, bodies: any }
  Index Act s.6: { extent: England, bodies: any }
purposes:
  crisis:
    title: Crisis
    gateways:
      - { cite: Street Act s.1, place: PUBLIC }
      - { cite: duty at home, place: DWELLING }
    roles: [officer, nurse]
  safety:
    title: Safety
    gateways: [Safety Act s.2]
    roles: [officer, nurse, visitor]
  referral:
    title: Referral
    gateways: [Referral Act s.3]
    roles: [officer]
    needsConsent: true
  targeting:
    title: Targeting
    gateways: [Targeting Act s.4]
    roles: [officer]
    excludes: { nhsBodies: true }
  own-record:
    title: One's own record
    gateways: [Access Act s.5]
    roles: [subject]
    betweenParties: false
index:
  gateways: [Index Act s.6]
services:
  POLICE: policeEvents
  CRISIS_TEAM: mentalHealth
  COMMUNITY_TEAM: clinical
  OTHER: involvements
`;

export const POLICE = `controller: Police
characteristic: policeEvents
agreement: { id: POL-1, version: 2, parties: [police, trust], from: 2026-01-01, review: 2026-12-31, end: 2027-06-30 }
index: { share: [names, dateOfBirth], gateway: [Index Act s.6], retain: P90D }
grants:
  - role: nurse
    purpose: crisis
    gateway: [Street Act s.1]
    conditions: { article6: 6(1)(e), regime: PART2 }
    unverified: { warningMarkers: summary, involvements: full }
    share:
      identity: full
      warningMarkers: full
      involvements: full
      policeEvents: { level: summary, rows: { category: [MISSING], within: P12M }, scope: missing people }
      intelligence: { sealed: Call the inspector., call: duty-desk }
`;

export const TRUST = `controller: Trust
characteristic: mentalHealth
agreement: { id: TRU-1, version: 1, parties: [police, trust], from: 2026-01-01, review: 2026-12-31 }
index: { share: [names], gateway: [Index Act s.6], retain: P90D }
grants:
  - role: officer
    purpose: crisis
    gateway: [Street Act s.1, duty at home]
    conditions: { article6: 6(1)(e), article9: 9(2)(g), regime: PART2 }
    claim: allowed
    unverified: { mentalHealth: exists }
    share:
      identity: full
      warningMarkers: summary
      involvements: full
      mentalHealth: summary
      crisisPlan: { level: summary, rows: { agreedExtract: true }, scope: agreed extracts }
      clinical: { level: break-glass, opens: [medication], grounds: [RISK_TO_SELF, LACKS_CAPACITY] }
  - role: nurse
    purpose: crisis
    gateway: [Street Act s.1]
    conditions: { article6: 6(1)(e), article9: 9(2)(h), regime: PART2 }
    share:
      identity: full
      warningMarkers: full
      involvements: full
      mentalHealth: own
      crisisPlan: { sealed: Call the crisis line., call: crisis-line }
      clinical: review
  - role: officer
    purpose: referral
    gateway: [Referral Act s.3]
    conditions: { article6: 6(1)(e), regime: PART2 }
    share:
      identity: full
      warningMarkers: withheld
      involvements: withheld
      mentalHealth: exists
      crisisPlan: withheld
      clinical: withheld
  - role: visitor
    purpose: safety
    gateway: [Safety Act s.2]
    conditions: { article6: 6(1)(e), regime: PART2 }
    share:
      identity: full
      warningMarkers: { level: summary, discloseSource: true }
      involvements: full
      mentalHealth: withheld
      crisisPlan: full
      clinical: withheld
  - role: subject
    purpose: own-record
    gateway: [Access Act s.5]
    conditions: { article6: 6(1)(c), regime: PART2 }
    share:
      identity: full
      warningMarkers: withheld
      involvements: withheld
      mentalHealth: summary
      crisisPlan: withheld
      clinical: withheld
`;

export type TinyFiles = Readonly<Record<string, string>>;
export const TINY_FILES: TinyFiles = {
  'schema/purposes.yaml': PURPOSES,
  'adapters/police/sharing.yaml': POLICE,
  'adapters/trust/sharing.yaml': TRUST,
};

/** Loads the tiny policy with some files changed; an undefined file is missing. */
export function loadTiny(changed: Readonly<Record<string, string | undefined>> = {}) {
  const files: Readonly<Record<string, string | undefined>> = { ...TINY_FILES, ...changed };
  return loadPolicies({
    root: '/somewhere',
    agencies: tinyCatalogue,
    readFile(path) {
      const text = files[path.replace('/somewhere/', '')];
      if (text === undefined) throw Object.assign(new Error('not there'), { code: 'ENOENT' });
      return text;
    },
  });
}

/** @throws Error with the findings when it does not load */
export function tinyPolicy(changed: Readonly<Record<string, string>> = {}): Policies {
  const loaded = loadTiny(changed);
  if (!loaded.ok) throw new Error(loaded.findings.map(findingText).join('\n'));
  return loaded.policies;
}

export function findingsOf(changed: Readonly<Record<string, string | undefined>>): readonly Finding[] {
  const loaded = loadTiny(changed);
  return loaded.ok ? [] : loaded.findings;
}

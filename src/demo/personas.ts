import { INCIDENTS } from '../../fixtures/incidents.ts';
import { STAFF } from '../../fixtures/staff.ts';
import { LATER_PERSONAS } from './later-personas.ts';
import { type Persona, staffPersona } from './persona.ts';

const incident = ({ occurrence }: { occurrence: string }, description: string) => ({
  reference: `police:${occurrence}`,
  description,
});
const TRIAGE_CAR = [
  incident(INCIDENTS.street, 'Maya Kerr in the street'),
  incident(INCIDENTS.flat, 'Maya Kerr in her flat: another law'),
  incident(INCIDENTS.leilasDoor, 'At Leila Haddad’s door: her places stay hidden'),
  incident(INCIDENTS.stranger, 'Somebody whose name nobody knows yet'),
  incident(INCIDENTS.twoOfThem, 'A man who may be either of two people'),
] as const;

const SCENARIO_PERSONAS: readonly Persona[] = [
  staffPersona('response-officer', STAFF.responseOfficer, {
    description: 'Response officer at a call at 3am; asks what to know before going to the door.',
    purposes: ['mental-health-crisis', 'child-protection', 'domestic-abuse'],
    references: TRIAGE_CAR,
  }),
  staffPersona('triage-nurse', STAFF.triageNurse, {
    description: 'Mental-health nurse in the police’s triage car, on the same incident as the officer.',
    purposes: ['mental-health-crisis', 'direct-care', 'adult-safeguarding'],
    references: [
      ...TRIAGE_CAR,
      { reference: 'mental-health:R2600018', description: 'Maya Kerr’s referral to the crisis team' },
    ],
  }),
  staffPersona('mash-social-worker', STAFF.mashSocialWorker, {
    description: 'Social worker in the multi-agency hub; a new referral about Maya Kerr and her daughter.',
    purposes: ['child-protection'],
    references: [
      { reference: 'childrens-services:26018', description: 'Maya Kerr and Isla' },
      { reference: 'childrens-services:26171', description: 'Jordan Pike, whose records do not agree' },
      { reference: 'childrens-services:26220', description: 'Tia Grant, placed here by another authority' },
      { reference: 'childrens-services:26025', description: 'Ava and Eva Doyle, twins' },
    ],
  }),
  staffPersona('housing-officer', STAFF.housingOfficer, {
    description: 'Housing officer of the patch in which Maya Kerr and the Shaw family live.',
    purposes: ['early-help', 'homelessness-referral', 'adult-safeguarding', 'welfare-support'],
    references: [
      { reference: 'housing:004418/01', description: 'Maya Kerr’s tenancy' },
      { reference: 'housing:004150/01', description: 'The Shaw family: £1,240 owed, notice served' },
      { reference: 'housing:H26-00150', description: 'Donna Shaw’s case, with her consent on it' },
    ],
  }),
  {
    ...staffPersona('housing-officer', STAFF.deanCole, {
      description: 'Housing officer, and Leila Haddad’s former partner: to him she is unknown.',
      purposes: ['early-help', 'homelessness-referral', 'adult-safeguarding', 'welfare-support'],
      references: [{ reference: 'housing:009200/01', description: 'Owen Tate’s tenancy, on his own patch' }],
    }),
    persona: 'dean-cole',
    person: { system: 'NINO', value: 'QQ000214C' },
  },
];

/** Who may sign in to the demo: one for each role, named by the role, and `dean-cole`. */
export const PERSONAS: readonly Persona[] = [...SCENARIO_PERSONAS, ...LATER_PERSONAS];

/** Null if there is no such persona. */
export const personaNamed = (name: string): Persona | null =>
  PERSONAS.find(({ persona }) => persona === name) ?? null;

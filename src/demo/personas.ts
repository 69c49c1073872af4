import { INCIDENTS } from '../../fixtures/incidents.ts';
import { STAFF } from '../../fixtures/staff.ts';
import { type Persona, persona, staffPersona } from './persona.ts';

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
    purposes: ['mental-health-crisis', 'direct-care', 'adult-safeguarding', 'homelessness-referral'],
    references: [
      ...TRIAGE_CAR,
      { reference: 'mental-health:R2600018', description: 'Maya Kerr’s referral to the crisis team' },
    ],
  }),
  staffPersona('mash-social-worker', STAFF.mashSocialWorker, {
    description: 'Social worker in the multi-agency hub; a new referral about Maya Kerr and her daughter.',
    purposes: ['child-protection', 'homelessness-referral'],
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

/** The roles whose own agencies hold no cases here yet: what they get rests on the agencies that are here. */
const LATER_PERSONAS: readonly Persona[] = [
  staffPersona('early-help-lead', STAFF.earlyHelpLead, {
    description: 'Lead practitioner for the Shaw family, who agreed to early help.',
    purposes: ['early-help', 'multiple-disadvantage'],
    references: [{ reference: 'childrens-services:26151', description: 'Kai Shaw and his mother' }],
  }),
  {
    ...staffPersona('school-safeguarding-lead', STAFF.safeguardingLead, {
      description: 'Designated safeguarding lead of one school.',
      purposes: ['child-protection'],
      references: [{ reference: 'education:SG-000142', description: 'A concern about one of her pupils' }],
    }),
    site: '9012001',
  },
  staffPersona('work-coach', STAFF.workCoach, {
    description: 'Work coach; sees rent arrears and nothing of anybody’s health.',
    purposes: ['welfare-support', 'homelessness-referral'],
    references: [{ reference: 'work-and-pensions:UC-000150', description: 'A claim on his caseload' }],
  }),
  {
    ...staffPersona('general-practitioner', STAFF.generalPractitioner, {
      description: 'General practitioner of the Priory Road Practice.',
      purposes: ['direct-care', 'child-protection', 'adult-safeguarding'],
      references: [{ reference: 'primary-care:EP-000170', description: 'A consultation today' }],
    }),
    site: 'Y99002',
  },
  {
    ...staffPersona('health-visitor', STAFF.healthVisitor, {
      description: 'Health visitor and school nurse.',
      purposes: ['child-protection', 'direct-care'],
      references: [{ reference: 'primary-care:HV-000019', description: 'A family she visits' }],
    }),
    site: 'Y99002',
  },
  staffPersona('domestic-abuse-adviser', STAFF.adviser, {
    description: 'Independent adviser of a charity; Leila Haddad is her client.',
    purposes: ['domestic-abuse'],
    references: [{ reference: 'domestic-abuse-service:M26-0017', description: 'Leila Haddad’s case' }],
  }),
  persona(
    'governance-officer',
    { name: 'Miriam Cope', organisation: 'mental-health', sub: 'IG0007' },
    {
      description: 'Caldicott guardian of the trust: policies and the register, nobody’s data.',
      purposes: ['governance'],
      references: [{ reference: 'mental-health:IG-000026', description: 'Review of disclosures' }],
    },
  ),
  persona(
    'analyst',
    { name: 'Piotr Zielak', organisation: 'childrens-services', sub: 'AN0042' },
    {
      description: 'Analyst: how many, never who.',
      purposes: ['service-planning'],
      references: [{ reference: 'childrens-services:PLAN-26', description: 'Needs of the area' }],
    },
  ),
  {
    ...persona(
      'data-subject',
      { name: 'Maya Kerr', organisation: 'mental-health', sub: 'subject-0018' },
      {
        description: 'Maya Kerr herself, with a proven identity, asking for her own record.',
        purposes: ['subject-access'],
        references: [{ reference: 'mental-health:SAR-000018', description: 'Her request to the trust' }],
      },
    ),
    person: { system: 'NHS_NUMBER', value: '9990000018' },
  },
];

/** Who may sign in to the demo: one for each role, named by the role, and `dean-cole`. */
export const PERSONAS: readonly Persona[] = [...SCENARIO_PERSONAS, ...LATER_PERSONAS];

/** Null if there is no such persona. */
export const personaNamed = (name: string): Persona | null =>
  PERSONAS.find(({ persona }) => persona === name) ?? null;

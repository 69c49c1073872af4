import { STAFF } from '../../fixtures/staff.ts';
import { type Persona, persona, staffPersona } from './persona.ts';

/** The roles whose own agencies hold no cases here yet: what they get rests on the agencies that are here. */
export const LATER_PERSONAS: readonly Persona[] = [
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
    purposes: ['welfare-support'],
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

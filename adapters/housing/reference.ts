import { referenceOf, wordsOf } from '../contract.ts';
import { letting } from './person.ts';
import { caseTo } from './sections.ts';
import type { HousingTables } from './tables.ts';

const { flag } = wordsOf<HousingTables>();
const itsCase = [{ table: 'hclic_case', on: ['hclic_case.case_ref', 'hclic_person.case_ref'] }] as const;
const itsPatch = [{ table: 'patch', on: ['patch.patch_cd', 'tenancy.patch_cd'] }] as const;
const itsTenancy = [
  { table: 'tenancy', on: ['tenancy.tenancy_ref', 'tenant.tenancy_ref'] },
  ...itsPatch,
] as const;

/** Tenants on an officer's patch, and applicants and members of their open homelessness cases. */
export const reference = referenceOf<HousingTables>({
  agency: 'housing',
  description: 'A homelessness case, such as H26-00042, or a tenancy, such as 007701/02.',
  kinds: [
    {
      form: /^H\d{2}-\d{3,6}$/,
      number: 'hclic_case.case_ref',
      live: caseTo.isRunning,
      consent: flag('hclic_case.consent_yn'),
      staff: ['hclic_case.officer_ref'],
      people: [{ number: 'hclic_person.case_ref', person: 'hclic_person.tenant_no' }],
    },
    {
      form: /^\d{4,7}\/\d{1,2}$/,
      number: 'tenancy.tenancy_ref',
      join: itsPatch,
      live: letting.isOpen,
      staff: ['patch.officer_ref'],
      people: [{ number: 'tenant.tenancy_ref', person: 'tenant.tenant_no' }],
    },
  ],
  caseload: [
    { person: 'tenant.tenant_no', join: itsTenancy, staff: 'patch.officer_ref', while: [letting.isOpen] },
    {
      person: 'hclic_person.tenant_no',
      join: itsCase,
      staff: 'hclic_case.officer_ref',
      while: [caseTo.isRunning],
    },
  ],
});

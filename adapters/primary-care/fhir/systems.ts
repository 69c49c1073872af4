/** Namespaces of identifiers, codes and extensions: those of the NHS and HL7 UK, and the practice system's own. */
const OWN = 'https://fhir.northshire-primary-care.example';
const UK_CORE = 'https://fhir.hl7.org.uk/StructureDefinition';

export const IDENTIFIERS = {
  nhsNumber: 'https://fhir.nhs.uk/Id/nhs-number',
  organisation: 'https://fhir.nhs.uk/Id/ods-organization-code',
  authority: 'https://fhir.nhs.uk/Id/local-authority-code',
  patient: `${OWN}/Id/patient`,
  staff: `${OWN}/Id/staff`,
  team: `${OWN}/Id/team`,
  encounter: `${OWN}/Id/encounter`,
  communityCase: `${OWN}/Id/community-case`,
} as const;

export const CODES = {
  snomed: 'http://snomed.info/sct',
  ethnicity: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategory',
  language: 'http://terminology.hl7.org/CodeSystem/iso639-2',
  verification: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  flagCategory: `${OWN}/CodeSystem/flag-category`,
  protectionPlan: `${OWN}/CodeSystem/cp-is-plan-type`,
  communityService: `${OWN}/CodeSystem/community-service`,
} as const;

export const EXTENSIONS = {
  verification: `${UK_CORE}/Extension-UKCore-NHSNumberVerificationStatus`,
  ethnicity: `${UK_CORE}/Extension-UKCore-EthnicCategory`,
  interpreter: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired',
  uprn: `${UK_CORE}/Extension-UKCore-AddressKey`,
  estimatedBirth: `${OWN}/StructureDefinition/birth-date-estimated`,
  communicationNeeds: `${OWN}/StructureDefinition/communication-needs`,
  sameHousehold: `${OWN}/StructureDefinition/same-household`,
  keptFrom: `${OWN}/StructureDefinition/kept-from-staff`,
} as const;

/** Categories of Flag: what local authorities tell of a child, and staff from whom a patient is kept. */
export const FLAGS = { childProtection: 'child-protection', keptFrom: 'kept-from-staff' } as const;

import type {
  Catalogue,
  CatalogueAgency,
  CatalogueField,
  CatalogueSection,
  Level,
} from '../../../src/sharing/types.ts';

/** The sections of the public schema, in its order, and which of the four agencies supply them. */
const SUPPLIERS: Readonly<Record<string, readonly string[]>> = {
  identity: ['police', 'mental-health', 'housing'],
  identifiers: ['police', 'mental-health', 'housing'],
  demographics: ['mental-health'],
  contact: ['police', 'mental-health', 'housing'],
  addresses: ['police', 'mental-health', 'housing'],
  household: ['housing'],
  involvements: ['police', 'mental-health', 'housing'],
  warningMarkers: ['police', 'mental-health', 'housing'],
  policeEvents: ['police'],
  orders: ['police'],
  intelligence: ['police'],
  childSafeguarding: [],
  domesticAbuse: ['police'],
  publicProtection: [],
  mentalHealth: ['mental-health'],
  crisisPlan: ['mental-health'],
  clinical: ['mental-health'],
  education: [],
  housing: ['housing'],
  benefits: [],
  needs: [],
};

/** A few fields of each level are enough for what is tested here. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, Level>>>> = {
  identity: { name: 'SUMMARY', dateOfBirth: 'SUMMARY', records: 'SUMMARY' },
  involvements: { items: 'EXISTS', 'items.service': 'EXISTS', 'items.lead': 'SUMMARY' },
  warningMarkers: { items: 'SUMMARY', 'items.guidance': 'SUMMARY', 'items.detail': 'FULL' },
  policeEvents: { items: 'SUMMARY', 'items.category': 'SUMMARY', 'items.summary': 'FULL' },
  mentalHealth: { openToService: 'EXISTS', team: 'EXISTS', detained: 'SUMMARY', practice: 'FULL' },
  crisisPlan: {
    exists: 'EXISTS',
    sharedExtract: 'SUMMARY',
    whatHelps: 'SUMMARY',
    triggers: 'FULL',
    avoid: 'FULL',
  },
  clinical: { diagnoses: 'FULL', 'diagnoses.diagnosis': 'FULL' },
  housing: { arrearsBand: 'SUMMARY', arrearsPence: 'FULL' },
};

const CATEGORIES = [
  'MENTAL_HEALTH',
  'DOMESTIC_ABUSE',
  'VIOLENCE',
  'THEFT',
  'DAMAGE',
  'DRUGS',
  'PUBLIC_ORDER',
  'SEXUAL',
  'MISSING',
  'CONCERN_FOR_SAFETY',
  'TRAFFIC',
  'OTHER',
];

type Conditions = CatalogueAgency['rowConditions'];
const conditions = (
  bySection: Record<string, Record<string, 'duration' | 'flag' | { values: readonly string[] }>>,
): Conditions =>
  new Map(
    Object.entries(bySection).map(([section, words]) => [
      section,
      new Map(Object.entries(words).map(([word, takes]) => [word, { takes }])),
    ]),
  );

const AGENCIES: readonly CatalogueAgency[] = [
  {
    id: 'police',
    name: 'Northshire Police',
    nhsBody: false,
    desks: ['duty-desk'],
    serviceKinds: ['POLICE'],
    rowConditions: conditions({
      policeEvents: { category: { values: CATEGORIES }, within: 'duration' },
      identifiers: { system: { values: ['PNC', 'CRO', 'LOCAL'] } },
      addresses: { current: 'flag' },
      domesticAbuse: { victimOrChild: 'flag' },
      orders: { within: 'duration' },
      warningMarkers: { within: 'duration' },
    }),
  },
  {
    id: 'mental-health',
    name: 'Northshire Mental Health NHS Trust',
    nhsBody: true,
    desks: ['crisis-line'],
    serviceKinds: ['MENTAL_HEALTH_CRISIS', 'MENTAL_HEALTH_COMMUNITY'],
    rowConditions: conditions({
      crisisPlan: { agreedExtract: 'flag' },
      identifiers: { system: { values: ['NHS_NUMBER', 'LOCAL'] } },
      addresses: { current: 'flag' },
    }),
  },
  {
    id: 'childrens-services',
    name: "Northshire Children's Services",
    nhsBody: false,
    desks: ['mash'],
    serviceKinds: [],
    rowConditions: new Map(),
  },
  {
    id: 'housing',
    name: 'Northshire Homes',
    nhsBody: false,
    desks: ['tenancy-desk'],
    serviceKinds: ['HOUSING_TENANCY', 'HOMELESSNESS'],
    rowConditions: conditions({
      identifiers: { system: { values: ['NINO', 'LOCAL'] } },
      addresses: { current: 'flag' },
    }),
  },
];

/** The four agencies as they are described before any adapter is asked. */
export function fourAgencies(change: Partial<Record<string, Partial<CatalogueAgency>>> = {}): Catalogue {
  const sections = Object.entries(SUPPLIERS).map(([name, suppliers]): [string, CatalogueSection] => {
    const fields = new Map<string, CatalogueField>(
      Object.entries(FIELDS[name] ?? {}).map(([path, level]) => [path, { level, suppliers }]),
    );
    return [name, { name, suppliers, fields }];
  });
  const agencies = AGENCIES.map((agency): [string, CatalogueAgency] => [
    agency.id,
    { ...agency, ...change[agency.id] },
  ]);
  return { sections: new Map(sections), agencies: new Map(agencies) };
}

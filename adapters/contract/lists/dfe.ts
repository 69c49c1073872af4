/** Code lists of the Department for Education's returns, as councils and schools hold them. */
import { type CodeList, codesOf, type PublishedList } from '../codes.ts';

/** Codes that say that a child is to be adopted: placements, legal statuses, closures. */
export const ADOPTION_PLACEMENTS = ['A3', 'A4', 'A5', 'A6', 'U2', 'U5'];
export const ADOPTION_STATUSES = ['D1', 'E1'];
export const ADOPTION_CLOSURES = ['RC1'];

/** Written in place of a pupil number, with the reason why there is none (children in need census). */
export const NO_PUPIL_NUMBER: CodeList<string> = {
  UN1: 'Child is aged under 5 and not in education',
  UN2: 'Child has never attended a maintained school in England',
  UN3: 'Child is educated outside of England',
  UN4: 'Not yet known',
  UN5: 'Sources collating pupil numbers reflect discrepancies',
  UN6: 'Child is 16 or over and not in education',
  UN7: 'Referral ended in no further action',
};

/** Common basic data set, ethnicity. */
export const ETHNICITIES: CodeList<string> = {
  WBRI: 'White British',
  WIRI: 'White Irish',
  WIRT: 'Traveller of Irish heritage',
  WROM: 'Gypsy or Roma',
  WOTH: 'Any other White background',
  MWBC: 'White and Black Caribbean',
  MWBA: 'White and Black African',
  MWAS: 'White and Asian',
  MOTH: 'Any other mixed background',
  AIND: 'Indian',
  APKN: 'Pakistani',
  ABAN: 'Bangladeshi',
  AOTH: 'Any other Asian background',
  BCRB: 'Black Caribbean',
  BAFR: 'Black African',
  BOTH: 'Any other Black background',
  CHNE: 'Chinese',
  OOTH: 'Any other ethnic group',
  REFU: 'Refused',
  NOBT: 'Information not yet obtained',
};

/** Children in need census, disability. */
export const DISABILITIES: CodeList<string> = {
  NONE: 'None',
  MOB: 'Mobility',
  HAND: 'Hand function',
  PC: 'Personal care',
  INC: 'Incontinence',
  COMM: 'Communication',
  LD: 'Learning',
  HEAR: 'Hearing',
  VIS: 'Vision',
  BEH: 'Behaviour',
  CON: 'Consciousness',
  AUT: 'Diagnosed with autism or Asperger syndrome',
  DDA: 'Other disability',
};

/** Children in need census, primary need at referral. */
export const NEEDS: CodeList<string> = {
  N0: 'Not stated',
  N1: 'Abuse or neglect',
  N2: 'Child’s disability or illness',
  N3: 'Parental disability or illness',
  N4: 'Family in acute stress',
  N5: 'Family dysfunction',
  N6: 'Socially unacceptable behaviour',
  N7: 'Low income',
  N8: 'Absent parenting',
  N9: 'Cases other than children in need',
};

/**
 * Children in need census, source of referral. No field is read from it: who spoke up for a child is the third
 * party of all third parties.
 */
export const REFERRAL_SOURCES: CodeList<string> = {
  '1A': 'Individual: family member, relative or carer',
  '1B': 'Individual: acquaintance',
  '1C': 'Individual: self',
  '1D': 'Individual: other',
  '2A': 'Schools',
  '2B': 'Education services',
  '3A': 'Health services: general practitioner',
  '3B': 'Health services: health visitor',
  '3C': 'Health services: school nurse',
  '3D': 'Health services: other primary health services',
  '3E': 'Health services: accident and emergency',
  '3F': 'Health services: other',
  '4': 'Housing',
  '5A': 'Local authority: social care',
  '5B': 'Local authority: other, internal',
  '5C': 'Local authority: other, external',
  '6': 'Police',
  '7': 'Other legal agency',
  '8': 'Other',
  '9': 'Anonymous',
  '10': 'Unknown',
};

/** Children in need census, reason for closure. Adoption is one of them, of which an adapter may feed and show nothing. */
export const CLOSURE_REASONS: CodeList<string> = {
  RC1: 'Adopted',
  RC2: 'Died',
  RC3: 'Child arrangements order',
  RC4: 'Special guardianship order',
  RC5: 'Transferred to services of another local authority',
  RC6: 'Transferred to adult social care services',
  RC7: 'Services ceased for any other reason',
  RC8: 'Case closed after assessment, no further action',
  RC9: 'Case closed after assessment, referred to early help',
};

/** Children in need census, category of abuse of a child protection plan. */
export const PLAN_CATEGORIES: CodeList<string> = {
  NEG: 'Neglect',
  PHY: 'Physical abuse',
  SAB: 'Sexual abuse',
  EMO: 'Emotional abuse',
  MUL: 'Multiple',
};

/** Looked-after children return, legal status. Those for adoption stand by themselves. */
export const LEGAL_STATUSES: CodeList<string> = {
  C1: 'Interim care order',
  C2: 'Full care order',
  V2: 'Accommodated under section 20, single period',
  V3: 'Accommodated, agreed series of short-term breaks, recorded individually',
  V4: 'Accommodated, agreed series of short-term breaks, recorded as agreements',
  J1: 'Remanded to local authority accommodation or to youth detention accommodation',
  J2: 'Placed in local authority accommodation under the Police and Criminal Evidence Act 1984',
  J3: 'Sentenced to a youth rehabilitation order with residence or intensive fostering',
  L1: 'Under police protection and in local authority accommodation',
  L2: 'Emergency protection order',
  L3: 'Under child assessment order and in local authority accommodation',
};

/** Looked-after children return, type of placement. Those for adoption stand by themselves. */
export const PLACEMENT_TYPES: CodeList<string> = {
  U1: 'Foster placement with relative or friend, long term',
  U3: 'Foster placement with relative or friend, not long term',
  U4: 'Foster placement with other foster carer, long term',
  U6: 'Foster placement with other foster carer, not long term',
  P1: 'Placed with own parents or other person with parental responsibility',
  P2: 'Independent living',
  P3: 'Residential employment',
  H5: 'Semi-independent living accommodation',
  K1: 'Secure children’s home',
  K2: 'Children’s home',
  R1: 'Residential care home',
  R2: 'National Health Service or health trust establishment',
  R3: 'Family centre or mother and baby unit',
  R5: 'Young offender institution or secure training centre',
  S1: 'Residential school',
  T0: 'Temporary move',
  T1: 'Temporary stay in hospital',
  T2: 'Temporarily away on holiday',
  T3: 'Temporarily with others while the usual foster carer is on holiday',
  T4: 'Temporary accommodation of seven days or less, for any other reason',
  Z1: 'Other placement',
};

export const PUBLISHED: readonly PublishedList[] = [
  {
    source: 'Department for Education, common basic data set: ethnicity',
    count: 20,
    codes: codesOf(ETHNICITIES),
  },
  {
    source: 'Department for Education, children in need census: disability',
    count: 13,
    codes: codesOf(DISABILITIES),
  },
  {
    source: 'Department for Education, children in need census: primary need, N0 to N9',
    count: 10,
    codes: codesOf(NEEDS),
  },
  {
    source: 'Department for Education, children in need census: source of referral',
    count: 21,
    codes: codesOf(REFERRAL_SOURCES),
  },
  {
    source: 'Department for Education, children in need census: reason for closure',
    count: 9,
    codes: codesOf(CLOSURE_REASONS),
  },
  {
    source: 'Department for Education, children in need census: category of abuse',
    count: 5,
    codes: codesOf(PLAN_CATEGORIES),
  },
  {
    source: 'Department for Education, children in need census: reason for no pupil number',
    count: 7,
    codes: codesOf(NO_PUPIL_NUMBER),
  },
  {
    source: 'Department for Education, SSDA903 specification 2021 to 2022: legal status',
    count: 13,
    codes: [...codesOf(LEGAL_STATUSES), ...ADOPTION_STATUSES],
  },
  {
    source: 'Department for Education, SSDA903 specification 2021 to 2022: placement type',
    count: 27,
    codes: [...codesOf(PLACEMENT_TYPES), ...ADOPTION_PLACEMENTS],
  },
];

/* Generated from schema/sightline.graphql by `npm run codegen`. */
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar date without time, `YYYY-MM-DD`. */
  Date: { input: string; output: string; }
  /** A moment, ISO 8601 with its offset: `2026-03-01T03:04:05+00:00`. */
  DateTime: { input: string; output: string; }
  /** Any JSON value: the variables of a query. */
  JSON: { input: Record<string, unknown>; output: Record<string, unknown>; }
};

/** One look at you. Nobody is named. */
export type AccessEntry = {
  __typename?: 'AccessEntry';
  /** It was opened by break-glass, or looked at through it: in an emergency. */
  breakGlass: Scalars['Boolean']['output'];
  /** The day, in London. */
  date: Scalars['Date']['output'];
  /** Whose staff asked. */
  organisation: Agency;
  /** For what purpose. */
  purpose: Scalars['String']['output'];
  /** In which role. */
  role: Scalars['String']['output'];
  /** What they asked about, whether or not there is anything. Some sections are never named. */
  sections: Array<Scalars['String']['output']>;
};

/** Looks at you, as many as asked for. */
export type AccessEntryPage = {
  __typename?: 'AccessEntryPage';
  /** The looks, newest first. */
  items: Array<AccessEntry>;
  /** For `after`, to read on; null at the end. */
  next?: Maybe<Scalars['ID']['output']>;
};

/** The disclosure register as its subject may read it. */
export type AccessHistory = {
  __typename?: 'AccessHistory';
  /** How to complain, and to whom, in plain words. */
  complaints: Scalars['String']['output'];
  /** Who answers a request in writing: the desk of each agency. */
  contacts: Array<Contact>;
  /** Who asked about you, newest first. Not all that the law gives: of which looks you are told is decided when they are registered, by purpose, role and section alone. Null where nothing is listed. Each reading is itself registered. */
  entries?: Maybe<AccessEntryPage>;
  /** What that means, and what to do meanwhile, in words. */
  message: Scalars['String']['output'];
  /** Why it is withheld; null where it is not. */
  reason?: Maybe<Reason>;
  /** DISCLOSED to the person themselves, whoever asked about them or did not. NOT_COVERED for whoever represents somebody, who gets a written answer; WITHHELD from everybody else. */
  state: AnswerState;
};


/** The disclosure register as its subject may read it. */
export type AccessHistoryEntriesArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** One address. */
export type Address = Sourced & {
  __typename?: 'Address';
  /** Whether it is the current one. */
  current?: Maybe<Scalars['Boolean']['output']>;
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** What kind of address it is. */
  kind?: Maybe<AddressKind>;
  /** Its lines. */
  lines?: Maybe<Array<Scalars['String']['output']>>;
  /** Its postcode. */
  postcode?: Maybe<Scalars['String']['output']>;
  /** The agency and record it comes from. */
  source: Source;
  /** Until when. */
  to?: Maybe<Scalars['Date']['output']>;
  /** Its unique property reference number. */
  uprn?: Maybe<Scalars['String']['output']>;
};

/** Kinds of address. */
export type AddressKind =
  /** For letters. */
  | 'CORRESPONDENCE'
  /** Home. */
  | 'HOME'
  /** An institution. */
  | 'INSTITUTION'
  /** No fixed abode. */
  | 'NO_FIXED_ABODE'
  /** A placement. */
  | 'PLACEMENT'
  /** Temporary. */
  | 'TEMPORARY'
  /** Not known. */
  | 'UNKNOWN';

/** Addresses. Hidden places are never shown. */
export type Addresses = Section & {
  __typename?: 'Addresses';
  /** The addresses. */
  items?: Maybe<Array<Address>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Age today, in bands: of the first agency, in their fixed order, that gives a day of birth. */
export type AgeBand =
  /** `FROM_5_TO_10`. */
  | 'FROM_5_TO_10'
  /** `FROM_11_TO_15`. */
  | 'FROM_11_TO_15'
  /** `FROM_16_TO_17`. */
  | 'FROM_16_TO_17'
  /** `FROM_18_TO_24`. */
  | 'FROM_18_TO_24'
  /** `FROM_25_TO_34`. */
  | 'FROM_25_TO_34'
  /** `FROM_35_TO_49`. */
  | 'FROM_35_TO_49'
  /** `FROM_50_TO_64`. */
  | 'FROM_50_TO_64'
  /** `FROM_65`. */
  | 'FROM_65'
  /** `UNDER_5`. */
  | 'UNDER_5';

/** An organisation that holds data of its own and decides on their release. All static: never from a person. */
export type Agency = {
  __typename?: 'Agency';
  /** The desk to call. */
  contact: Contact;
  /** What analysts may count of it: from its policy. */
  countable: Array<Countable>;
  /** Which area and period its data cover. */
  coverage: Scalars['String']['output'];
  /** Its id, as in references: `mental-health`. */
  id: Scalars['ID']['output'];
  /** Its name. */
  name: Scalars['String']['output'];
  /** The sections it supplies something of. */
  sections: Array<Scalars['String']['output']>;
};

/** A sharing agreement between controllers. */
export type Agreement = {
  __typename?: 'Agreement';
  /** The last day it is in force, if one is set. */
  end?: Maybe<Scalars['Date']['output']>;
  /** The first day it is in force. */
  from: Scalars['Date']['output'];
  /** Its id. */
  id: Scalars['ID']['output'];
  /** The day by which it is to be reviewed. */
  review: Scalars['Date']['output'];
  /** How it stands today, in London. */
  standing: AgreementStanding;
  /** Its version. */
  version: Scalars['Int']['output'];
};

/** How a sharing agreement stands. What is past its review is in force until it ends or is withdrawn. */
export type AgreementStanding =
  /** It has ended: nothing is shared under it. */
  | 'ENDED'
  /** In force, and its review is more than 90 days away. */
  | 'IN_FORCE'
  /** It begins later: nothing is shared under it yet. */
  | 'NOT_BEGUN'
  /** In force, though the day of its review is past. */
  | 'REVIEW_OVERDUE'
  /** In force; to be reviewed today. */
  | 'REVIEW_TODAY'
  /** In force; to be reviewed within 30 days. */
  | 'REVIEW_WITHIN_30_DAYS'
  /** In force; to be reviewed within 90 days. */
  | 'REVIEW_WITHIN_90_DAYS'
  /** Withdrawn at this version: nothing is shared under it. */
  | 'WITHDRAWN';

/** One allergy. */
export type Allergy = Sourced & {
  __typename?: 'Allergy';
  /** The reaction. */
  reaction?: Maybe<Scalars['String']['output']>;
  /** The agency and record it comes from. */
  source: Source;
  /** To what. */
  substance?: Maybe<Scalars['String']['output']>;
};

/** How an answer stands. None of these reassures falsely: only DISCLOSED and NOT_HELD speak of what is held. */
export type AnswerState =
  /** Asked, allowed, and there are data. */
  | 'DISCLOSED'
  /** No agency (or not this one) supplies this. */
  | 'NOT_COVERED'
  /** Asked and allowed, and there are none in scope. */
  | 'NOT_HELD'
  /** There are data, and some supplier could not or may not say. */
  | 'PARTIAL'
  /** There may be a record of this person, too weakly linked to disclose. Call the desk. */
  | 'POSSIBLE_MATCH_ONLY'
  /** Did not answer in time, or failed. It says nothing of whether there are data. */
  | 'UNAVAILABLE'
  /** Not asked: policy says no. It says nothing of whether there are data. */
  | 'WITHHELD';

/** One case. */
export type AntisocialBehaviourCase = Sourced & {
  __typename?: 'AntisocialBehaviourCase';
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** Whether it is open. */
  open?: Maybe<Scalars['Boolean']['output']>;
  /** In what role the person is in it. */
  role?: Maybe<Scalars['String']['output']>;
  /** The agency and record it comes from. */
  source: Source;
};

/** Rent arrears, in weeks of rent. */
export type ArrearsBand =
  /** From four to eight weeks. */
  | 'FROM_4_TO_8_WEEKS'
  /** None. */
  | 'NONE'
  /** Over eight weeks. */
  | 'OVER_8_WEEKS'
  /** Under four weeks. */
  | 'UNDER_4_WEEKS';

/** Somebody who asked, as their token said. */
export type Asker = {
  __typename?: 'Asker';
  /** Their name. */
  name?: Maybe<Scalars['String']['output']>;
  /** The id of their organisation's agency. */
  organisation: Scalars['ID']['output'];
  /** The role in which they asked. */
  role: Scalars['String']['output'];
  /** Their school, practice or team within it. */
  site?: Maybe<Scalars['String']['output']>;
  /** Their login. */
  sub?: Maybe<Scalars['String']['output']>;
};

/** Bands of attendance (DfE: persistently absent misses 10 % or more, severely absent 50 % or more). */
export type AttendanceBand =
  /** Above 95 %. */
  | 'ABOVE_95'
  /** From 90 % to 95 %. */
  | 'FROM_90_TO_95'
  /** Below 90 %. */
  | 'PERSISTENTLY_ABSENT'
  /** Below 50 %. */
  | 'SEVERELY_ABSENT';

/** Sessions with one code. */
export type AttendanceCount = {
  __typename?: 'AttendanceCount';
  /** The attendance code. */
  code: CodedValue;
  /** How many sessions (half days). */
  sessions: Scalars['Int']['output'];
};

/** One award. */
export type Award = Sourced & {
  __typename?: 'Award';
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** What benefit. */
  kind?: Maybe<CodedValue>;
  /** The agency and record it comes from. */
  source: Source;
  /** Until when. */
  to?: Maybe<Scalars['Date']['output']>;
};

/** What barriers are grouped by. */
export type BarrierDimension =
  /** The agency that was asked. */
  | 'AGENCY'
  /** The month, `YYYY-MM`. */
  | 'MONTH'
  /** The purpose for which it was asked. */
  | 'PURPOSE'
  /** Why it was refused. */
  | 'REASON'
  /** The role of who asked. */
  | 'ROLE'
  /** The line of policy that refused it, as it was then. */
  | 'RULE'
  /** The section that was asked. */
  | 'SECTION';

/** A value of a dimension. */
export type BarrierKey = {
  __typename?: 'BarrierKey';
  /** The dimension. */
  dimension: BarrierDimension;
  /** The value; empty where there was none. */
  value: Scalars['String']['output'];
};

/** Where what was asked met a wall. */
export type BarrierReport = {
  __typename?: 'BarrierReport';
  /** How often anything was asked: each section, at each agency, once for each request. */
  asked: Count;
  /** The first day that is counted. */
  from: Scalars['Date']['output'];
  /** What the counts are of, in words. */
  note: Scalars['String']['output'];
  /** How often policy withheld it. */
  refused: Count;
  /** Where it did most often first. */
  rows: Array<BarrierRow>;
  /** The last. */
  to: Scalars['Date']['output'];
};

/** What was refused of one kind. */
export type BarrierRow = {
  __typename?: 'BarrierRow';
  /** How often it was asked. */
  asked: Count;
  /** Of which kind: one value for each dimension. */
  keys: Array<BarrierKey>;
  /** How often of that a route past the wall was opened later on the same reference, whether or not there was anything behind it. */
  overcome: Count;
  /** How often policy withheld it. */
  refused: Count;
  /** The rule, by RULE: as the policy in force has that line. Null where it has no such file. */
  rule?: Maybe<Rule>;
};

/** Benefits. */
export type Benefits = Section & {
  __typename?: 'Benefits';
  /** A sanction that runs now. */
  activeSanction?: Maybe<Sanction>;
  /** Awards. */
  awards?: Maybe<Array<Award>>;
  /** Limited capability for work group. */
  healthGroup?: Maybe<CodedValue>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** A benefit that is being paid, of those that tell nothing of health or care: UC, JSA, IS or PC. */
export type BenefitsAward =
  /** `IS`. */
  | 'IS'
  /** `JSA`. */
  | 'JSA'
  /** `PC`. */
  | 'PC'
  /** `UC`. */
  | 'UC';

/** Conditions on rows of `benefits`: one row meets all that are given. */
export type BenefitsCohortFilter = {
  /** A sanction that runs today; false of one that has not begun or is over. Told by work-and-pensions. */
  activeSanction?: InputMaybe<CohortFlag>;
  /** A benefit that is being paid, of those that tell nothing of health or care: UC, JSA, IS or PC. Told by work-and-pensions. */
  award?: InputMaybe<CohortBenefitsAward>;
};

/** What one person opened of another by break-glass, and what was said of it. */
export type BreakGlass = {
  __typename?: 'BreakGlass';
  /** Every agency whose policy opened any of it, whether or not it holds anything. */
  agencies: Array<Agency>;
  /** By when the asker's own organisation confirms the facts: within 24 hours where the relationship was CLAIMED, else by the end of its next working day. */
  confirmBy: Scalars['DateTime']['output'];
  /** What the asker's own organisation says of the facts; null until it has. */
  confirmed?: Maybe<Scalars['Boolean']['output']>;
  /** When it ends, or ended: 30 minutes later unless it was ended before. */
  endsAt: Scalars['DateTime']['output'];
  /** The fields that policy opened of them, as `clinical.medication`: these, with what stands in them, and nothing else. */
  fields: Array<Scalars['String']['output']>;
  /** On which ground. */
  ground: BreakGlassGround;
  /** An opaque id. */
  id: Scalars['ID']['output'];
  /** When. */
  openedAt: Scalars['DateTime']['output'];
  /** Who opened it. */
  openedBy: Asker;
  /** To an officer of an agency whose data it opened: the agency's own numbers of the records that were linked. Else empty. */
  ownRecords: Array<Scalars['String']['output']>;
  /** The person, by their id on its reference; null to all but whoever opened it. */
  person?: Maybe<Scalars['ID']['output']>;
  /** What the person said to it. */
  personsView: PersonsView;
  /** The case or incident it is for. */
  reference: Scalars['String']['output'];
  /** How the person was tied when it was opened. */
  relationship: Relationship;
  /** By when it is to be reviewed: to an officer, by their own agency; else the next date of all. Ends of working days, London. */
  reviewBy: Scalars['DateTime']['output'];
  /** What agencies found, in the order in which they said so. */
  reviews: Array<BreakGlassReview>;
  /** The sections that were opened. */
  sections: Array<Scalars['String']['output']>;
  /** How it stands. */
  state: BreakGlassState;
  /** What whoever opened it wrote; to them, and to officers of agencies that had a record of the person linked. Else null. */
  statement?: Maybe<Scalars['String']['output']>;
};

/** What an agency finds. */
export type BreakGlassFinding =
  /** It was needed. */
  | 'JUSTIFIED'
  /** It cannot be judged yet: one new date, five working days on. */
  | 'MORE_NEEDED'
  /** It was not: a breach. */
  | 'NOT_JUSTIFIED';

/** Why what is behind break-glass must be opened now. */
export type BreakGlassGround =
  /** The person cannot decide now, and is at serious risk. Needs the view UNABLE. */
  | 'LACKS_CAPACITY'
  /** Serious risk to a child. */
  | 'RISK_TO_CHILD'
  /** Serious risk to somebody else. */
  | 'RISK_TO_OTHERS'
  /** Serious risk to the person themselves. */
  | 'RISK_TO_SELF';

/** Acts of break-glass, as many as asked for. */
export type BreakGlassPage = {
  __typename?: 'BreakGlassPage';
  /** The acts, newest first. */
  items: Array<BreakGlass>;
  /** For `after`, to read on; null at the end. */
  next?: Maybe<Scalars['ID']['output']>;
};

/** What one agency found. */
export type BreakGlassReview = {
  __typename?: 'BreakGlassReview';
  /** The agency. */
  agency: Agency;
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Who said so; to its own officers alone. */
  by?: Maybe<Scalars['String']['output']>;
  /** What it found. */
  finding: BreakGlassFinding;
  /** Whether the person was told. */
  personTold: PersonTold;
  /** Why; to its own officers alone. */
  why?: Maybe<Scalars['String']['output']>;
};

/** How a break-glass stands. */
export type BreakGlassState =
  /** It is over; a review or the confirmation is to come, and not late. */
  | 'AWAITING_REVIEW'
  /** It is open now. */
  | 'OPEN'
  /** A review or the confirmation is past its date. */
  | 'OVERDUE'
  /** Every agency has reviewed it, and the asker's organisation has said what the facts were. */
  | 'REVIEWED';

/** Child-in-need, protection and looked-after status. */
export type ChildSafeguarding = Section & {
  __typename?: 'ChildSafeguarding';
  /** The records. */
  items?: Maybe<Array<ChildSafeguardingRecord>>;
  /** Whether the child is or was known to children's social care. */
  known?: Maybe<Scalars['Boolean']['output']>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Conditions on rows of `childSafeguarding`: one row meets all that are given. */
export type ChildSafeguardingCohortFilter = {
  /** What runs today: early help, an enquiry under section 47, being looked after. Told by childrens-services. */
  status?: InputMaybe<CohortChildStatus>;
};

/** One record. */
export type ChildSafeguardingRecord = Sourced & {
  __typename?: 'ChildSafeguardingRecord';
  /** The category of the plan. */
  category?: Maybe<CodedValue>;
  /** The duty desk to call. */
  dutyContact?: Maybe<Contact>;
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** Where the child is placed. */
  placementAddress?: Maybe<Address>;
  /** The type of placement. */
  placementType?: Maybe<CodedValue>;
  /** The authority that is responsible. */
  responsibleAuthority?: Maybe<Scalars['String']['output']>;
  /** The agency and record it comes from. */
  source: Source;
  /** The child's status. */
  status?: Maybe<Array<ChildStatus>>;
  /** Until when. */
  to?: Maybe<Scalars['Date']['output']>;
};

/** A child's status. */
export type ChildStatus =
  /** Early help. */
  | 'EARLY_HELP'
  /** Child in need. */
  | 'IN_NEED'
  /** Looked after. */
  | 'LOOKED_AFTER'
  /** Previously known. */
  | 'PREVIOUSLY_KNOWN'
  /** On a child protection plan. */
  | 'PROTECTION_PLAN'
  /** Under a section 47 enquiry. */
  | 'SECTION_47_ENQUIRY'
  /** Protection plan for a child not yet born. */
  | 'UNBORN_PROTECTION_PLAN';

/** Diagnoses, medication, allergies, notes. */
export type Clinical = Section & {
  __typename?: 'Clinical';
  /** Allergies. */
  allergies?: Maybe<Array<Allergy>>;
  /** Diagnoses. */
  diagnoses?: Maybe<Array<Diagnosis>>;
  /** Medication. */
  medication?: Maybe<Array<Medication>>;
  /** Progress notes, newest first. Notes on third parties are never shown. */
  notes?: Maybe<Array<ProgressNote>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
  /** Whether there were more notes than were asked for. */
  truncated?: Maybe<Scalars['Boolean']['output']>;
};


/** Diagnoses, medication, allergies, notes. */
export type ClinicalNotesArgs = {
  before?: InputMaybe<Scalars['DateTime']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A code with its meaning. */
export type CodedValue = {
  __typename?: 'CodedValue';
  /** The code as the agency holds it. */
  code: Scalars['String']['output'];
  /** The code list. */
  system: Scalars['String']['output'];
  /** What it means. */
  text: Scalars['String']['output'];
};

/** How many people, told so that nobody can be singled out. */
export type Cohort = {
  __typename?: 'Cohort';
  /** One for each combination of values that somebody has; empty where nothing was grouped, or where not every agency could say. */
  groups: Array<CohortGroup>;
  /** How the counts were made and what they cover, in words to be shown beside them. */
  method: Scalars['String']['output'];
  /** All of them together, counted by itself: groups need not add up to it. Suppressed as well where not every agency could say. */
  people: Count;
  /** Every agency that was asked of a section in `where` or `by`, in a fixed order, and how that stands: what was not said by all is not told. */
  sources: Array<SourceAnswer>;
};

/** One of these values. */
export type CohortAgeBand = {
  /** One of these values. */
  in?: InputMaybe<Array<AgeBand>>;
  /** This value. */
  is?: InputMaybe<AgeBand>;
};

/** One of these values. */
export type CohortArrearsBand = {
  /** One of these values. */
  in?: InputMaybe<Array<ArrearsBand>>;
  /** This value. */
  is?: InputMaybe<ArrearsBand>;
};

/** One of these values. */
export type CohortAttendanceBand = {
  /** One of these values. */
  in?: InputMaybe<Array<AttendanceBand>>;
  /** This value. */
  is?: InputMaybe<AttendanceBand>;
};

/** One of these values. */
export type CohortBenefitsAward = {
  /** One of these values. */
  in?: InputMaybe<Array<BenefitsAward>>;
  /** This value. */
  is?: InputMaybe<BenefitsAward>;
};

/** One of these values. */
export type CohortChildStatus = {
  /** One of these values. */
  in?: InputMaybe<Array<ChildStatus>>;
  /** This value. */
  is?: InputMaybe<ChildStatus>;
};

/** What people can be grouped by. */
export type CohortDimension =
  /** Age today, in bands: of the first agency, in their fixed order, that gives a day of birth. Told by childrens-services, education, housing, police, work-and-pensions. */
  | 'AGE_BAND'
  /** A sanction that runs today; false of one that has not begun or is over. Told by work-and-pensions. */
  | 'BENEFITS_ACTIVE_SANCTION'
  /** A benefit that is being paid, of those that tell nothing of health or care: UC, JSA, IS or PC. Told by work-and-pensions. */
  | 'BENEFITS_AWARD'
  /** What runs today: early help, an enquiry under section 47, being looked after. Told by childrens-services. */
  | 'CHILD_SAFEGUARDING_STATUS'
  /** The district of the postcode that the first agency gives; each has 5,000 people or more. Told by childrens-services, education, housing, police, work-and-pensions. */
  | 'DISTRICT'
  /** Attendance of the current academic year, in the Department for Education’s bands. Told by education. */
  | 'EDUCATION_ATTENDANCE_BAND'
  /** Suspension, or permanent exclusion, that somebody has had. Told by education. */
  | 'EDUCATION_EXCLUSION_KIND'
  /** The calendar month in which a suspension or exclusion began. Told by education. */
  | 'EDUCATION_EXCLUSION_MONTH'
  /** Rent arrears in weeks of rent, in bands. Told by housing. */
  | 'HOUSING_ARREARS_BAND'
  /** The duty owed in an open homelessness case. Told by housing. */
  | 'HOUSING_HOMELESSNESS_DUTY'
  /** The last step taken about rent that is owed. Told by housing. */
  | 'HOUSING_NOTICE_STAGE'
  /** The service that supervises somebody today: probation or youth justice. Told by probation. */
  | 'INVOLVEMENTS_SERVICE'
  /** The outcome in which somebody has a need on record. Told by childrens-services. */
  | 'NEEDS_OUTCOME'
  /** The kind of event in which somebody was victim, witness or otherwise involved. Told by police. */
  | 'POLICE_EVENTS_CATEGORY'
  /** The calendar month in which the event was reported. Told by police. */
  | 'POLICE_EVENTS_MONTH'
  /** In what role somebody was in the event: suspects are not counted. Told by police. */
  | 'POLICE_EVENTS_ROLE'
  /** Sex, by the first agency that gives one. Told by childrens-services, education, housing, police, work-and-pensions. */
  | 'SEX';

/** One of these values. */
export type CohortDistrict = {
  /** One of these values. */
  in?: InputMaybe<Array<District>>;
  /** This value. */
  is?: InputMaybe<District>;
};

/** One of these values. */
export type CohortEventRole = {
  /** One of these values. */
  in?: InputMaybe<Array<EventRole>>;
  /** This value. */
  is?: InputMaybe<EventRole>;
};

/** One of these values. */
export type CohortExclusionKind = {
  /** One of these values. */
  in?: InputMaybe<Array<ExclusionKind>>;
  /** This value. */
  is?: InputMaybe<ExclusionKind>;
};

/** Conditions on people. All that is given holds together; nothing given is refused. */
export type CohortFilter = {
  /** All of these hold. */
  all?: InputMaybe<Array<CohortFilter>>;
  /** At least one of these holds. */
  any?: InputMaybe<Array<CohortFilter>>;
  /** They have a row of `benefits` that meets all of these. Told by work-and-pensions. */
  benefits?: InputMaybe<BenefitsCohortFilter>;
  /** They have a row of `childSafeguarding` that meets all of these. Told by childrens-services. */
  childSafeguarding?: InputMaybe<ChildSafeguardingCohortFilter>;
  /** They have a row of `education` that meets all of these. Told by education. */
  education?: InputMaybe<EducationCohortFilter>;
  /** They have a row of `housing` that meets all of these. Told by housing. */
  housing?: InputMaybe<HousingCohortFilter>;
  /** They have a row of `involvements` that meets all of these. Told by probation. */
  involvements?: InputMaybe<InvolvementsCohortFilter>;
  /** They have a row of `needs` that meets all of these. Told by childrens-services. */
  needs?: InputMaybe<NeedsCohortFilter>;
  /** This does not hold. */
  not?: InputMaybe<CohortFilter>;
  /** What the person index holds of them, from agencies that let it be counted. */
  person?: InputMaybe<CohortPersonFilter>;
  /** They have a row of `policeEvents` that meets all of these. Told by police. */
  policeEvents?: InputMaybe<PoliceEventsCohortFilter>;
};

/** So or not. */
export type CohortFlag = {
  /** Which. */
  is: Scalars['Boolean']['input'];
};

/** People who have these values together. Somebody with rows of several values is in the group of each. */
export type CohortGroup = {
  __typename?: 'CohortGroup';
  /** The values, in the order of `by`. */
  keys: Array<CohortKey>;
  /** How many. */
  people: Count;
};

/** One of these values. */
export type CohortHomelessnessDuty = {
  /** One of these values. */
  in?: InputMaybe<Array<HomelessnessDuty>>;
  /** This value. */
  is?: InputMaybe<HomelessnessDuty>;
};

/** A value of a dimension. */
export type CohortKey = {
  __typename?: 'CohortKey';
  /** The dimension. */
  dimension: CohortDimension;
  /** The value; null for people of whom none is on record. */
  value?: Maybe<Scalars['String']['output']>;
};

/** Calendar months in London, from and to: both are in it. */
export type CohortMonths = {
  /** The first month, `YYYY-MM`; from the beginning if not said. */
  from?: InputMaybe<Scalars['String']['input']>;
  /** The last month, `YYYY-MM`; until today if not said. */
  to?: InputMaybe<Scalars['String']['input']>;
};

/** One of these values. */
export type CohortNoticeStage = {
  /** One of these values. */
  in?: InputMaybe<Array<NoticeStage>>;
  /** This value. */
  is?: InputMaybe<NoticeStage>;
};

/** Conditions on who somebody is. */
export type CohortPersonFilter = {
  /** Age today, in bands: of the first agency, in their fixed order, that gives a day of birth. Told by childrens-services, education, housing, police, work-and-pensions. */
  ageBand?: InputMaybe<CohortAgeBand>;
  /** The district of the postcode that the first agency gives; each has 5,000 people or more. Told by childrens-services, education, housing, police, work-and-pensions. */
  district?: InputMaybe<CohortDistrict>;
  /** Sex, by the first agency that gives one. Told by childrens-services, education, housing, police, work-and-pensions. */
  sex?: InputMaybe<CohortSex>;
};

/** One of these values. */
export type CohortPoliceEventCategory = {
  /** One of these values. */
  in?: InputMaybe<Array<PoliceEventCategory>>;
  /** This value. */
  is?: InputMaybe<PoliceEventCategory>;
};

/** One of these values. */
export type CohortServiceKind = {
  /** One of these values. */
  in?: InputMaybe<Array<ServiceKind>>;
  /** This value. */
  is?: InputMaybe<ServiceKind>;
};

/** One of these values. */
export type CohortSex = {
  /** One of these values. */
  in?: InputMaybe<Array<Sex>>;
  /** This value. */
  is?: InputMaybe<Sex>;
};

/** One of these values. */
export type CohortSupportOutcome = {
  /** One of these values. */
  in?: InputMaybe<Array<SupportOutcome>>;
  /** This value. */
  is?: InputMaybe<SupportOutcome>;
};

/** What one person agreed to, as somebody who asked them recorded it. */
export type Consent = {
  __typename?: 'Consent';
  /** Whose data it is about: the organisation that recorded it, or the agencies that are to confirm it. */
  agencies: Array<Agency>;
  /** By when an agency is to confirm what somebody recorded for a request of their own: the end of its next working day, London. */
  confirmBy: Scalars['DateTime']['output'];
  /** Whether it opens anything: recorded by the agency whose data it is about, or confirmed by it. To an officer, whether their own agency has. */
  confirmed: Scalars['Boolean']['output'];
  /** How it is evidenced; from the person's own login where to ask for that. */
  evidence: Scalars['String']['output'];
  /** An opaque id. */
  id: Scalars['ID']['output'];
  /** To an officer of an agency that confirms it: the agency's own numbers of the records that were linked. Else empty. */
  ownRecords: Array<Scalars['String']['output']>;
  /** The purpose it is for. */
  purpose: Scalars['String']['output'];
  /** When. */
  recordedAt: Scalars['DateTime']['output'];
  /** Who recorded it; without login and name to the person. */
  recordedBy: Asker;
  /** The case or incident on which it was recorded; null to the person. */
  reference?: Maybe<Scalars['String']['output']>;
  /** The authority that the person chose. */
  to: Agency;
  /** The last day on which it holds; null until it is withdrawn. */
  until?: Maybe<Scalars['Date']['output']>;
  /** When it was withdrawn. */
  withdrawnAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Consents, as many as asked for. */
export type ConsentPage = {
  __typename?: 'ConsentPage';
  /** The consents, newest first. */
  items: Array<Consent>;
  /** For `after`, to read on; null at the end. */
  next?: Maybe<Scalars['ID']['output']>;
};

/** Whom to call. */
export type Contact = {
  __typename?: 'Contact';
  /** What to say or have ready. */
  advice?: Maybe<Scalars['String']['output']>;
  /** The desk's name. */
  desk: Scalars['String']['output'];
  /** Its e-mail address. */
  email?: Maybe<Scalars['String']['output']>;
  /** When it is staffed, in words. */
  hours?: Maybe<Scalars['String']['output']>;
  /** Its telephone number. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Whether it is staffed at this moment, by its hours. */
  staffedNow?: Maybe<Scalars['Boolean']['output']>;
};

/** How to reach the person, and how to do it safely. */
export type ContactDetails = Section & {
  __typename?: 'ContactDetails';
  /** Telephone numbers and e-mail addresses. */
  items?: Maybe<Array<ContactPoint>>;
  /** How to make contact safely: "see alone", "no voicemail". */
  safeContact?: Maybe<Scalars['String']['output']>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Kinds of contact point. */
export type ContactKind =
  /** E-mail. */
  | 'EMAIL'
  /** Landline. */
  | 'LANDLINE'
  /** Mobile telephone. */
  | 'MOBILE';

/** One way to reach a person. */
export type ContactPoint = Sourced & {
  __typename?: 'ContactPoint';
  /** Since when it is known. */
  from?: Maybe<Scalars['Date']['output']>;
  /** What kind it is. */
  kind?: Maybe<ContactKind>;
  /** Whether it is recorded as safe to use. */
  safe?: Maybe<Scalars['Boolean']['output']>;
  /** The agency and record it comes from. */
  source: Source;
  /** The number or address. */
  value?: Maybe<Scalars['String']['output']>;
};

/** A number, or that it is too small to be told. */
export type Count = {
  __typename?: 'Count';
  /** Whether it is too small to be told. */
  suppressed: Scalars['Boolean']['output'];
  /** Null where it is suppressed. */
  value?: Maybe<Scalars['Int']['output']>;
};

/** Something that an agency lets analysts count. */
export type Countable = {
  __typename?: 'Countable';
  /** When the agency's feed to the person index, by which people are linked, was last complete. */
  asOf?: Maybe<Scalars['DateTime']['output']>;
  /** Which rows are counted, and which area and period the agency's data cover. */
  coverage: Scalars['String']['output'];
  /** The field, as `cohort` names it. */
  field: Scalars['String']['output'];
  /** The section, or `person` for what the person index holds from the agency. */
  section: Scalars['String']['output'];
  /** How many people have something there that nobody can read: in no value, and never told as none. To analysts at `service-planning`; null to others, and while the agency cannot be asked. */
  unreadable?: Maybe<Count>;
  /** Every value that it can have; empty for calendar months, which are written `YYYY-MM`. */
  values: Array<Scalars['String']['output']>;
};

/** The plan for a mental-health crisis. */
export type CrisisPlan = Section & {
  __typename?: 'CrisisPlan';
  /** What to avoid. */
  avoid?: Maybe<Scalars['String']['output']>;
  /** Whom the person wants called. */
  contacts?: Maybe<Array<ContactPoint>>;
  /** Whether there is one. */
  exists?: Maybe<Scalars['Boolean']['output']>;
  /** When it is to be reviewed. */
  reviewDate?: Maybe<Scalars['Date']['output']>;
  /** What the person agreed to share. Absent if they did not agree. */
  sharedExtract?: Maybe<Scalars['String']['output']>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
  /** What triggers a crisis. */
  triggers?: Maybe<Scalars['String']['output']>;
  /** What helps. At SUMMARY, only from an extract that the person agreed to share. */
  whatHelps?: Maybe<Scalars['String']['output']>;
};

/** How exact a date is. */
export type DateAccuracy =
  /** Estimated. */
  | 'ESTIMATED'
  /** To the day. */
  | 'EXACT'
  /** Not known. */
  | 'UNKNOWN'
  /** To the year. */
  | 'YEAR'
  /** To the month. */
  | 'YEAR_AND_MONTH';

/** What one agency records. */
export type DemographicRecord = Sourced & {
  __typename?: 'DemographicRecord';
  /** What helps in communicating. */
  communicationNeeds?: Maybe<Array<Scalars['String']['output']>>;
  /** Disabilities recorded. */
  disability?: Maybe<Array<CodedValue>>;
  /** Ethnic category. */
  ethnicity?: Maybe<CodedValue>;
  /** Whether an interpreter is needed. */
  interpreterNeeded?: Maybe<Scalars['Boolean']['output']>;
  /** First language. */
  language?: Maybe<CodedValue>;
  /** The agency and record it comes from. */
  source: Source;
};

/** Ethnicity, language, communication needs, disability. */
export type Demographics = Section & {
  __typename?: 'Demographics';
  /** What each agency records. */
  records?: Maybe<Array<DemographicRecord>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** One diagnosis. */
export type Diagnosis = Sourced & {
  __typename?: 'Diagnosis';
  /** Whether it is active. */
  active?: Maybe<Scalars['Boolean']['output']>;
  /** The diagnosis. */
  diagnosis?: Maybe<CodedValue>;
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** The agency and record it comes from. */
  source: Source;
};

/** What a query would disclose. */
export type DisclosurePlan = {
  __typename?: 'DisclosurePlan';
  /** Agencies that would be asked. */
  agenciesAsked: Array<Agency>;
  /** Agencies that would not be asked. */
  agenciesNotAsked: Array<Agency>;
  /** Each field asked, for each agency that could supply it. */
  fields: Array<PlannedField>;
};

/** What somebody asked an agency to decide, and what came of it. */
export type DisclosureRequest = {
  __typename?: 'DisclosureRequest';
  /** The agency that decides. */
  agency: Agency;
  /** Until when it waits for an answer; after that it is not given. */
  answerBy: Scalars['DateTime']['output'];
  /** When. */
  askedAt: Scalars['DateTime']['output'];
  /** Who asked. */
  askedBy: Asker;
  /** When it was decided; null where nobody has. */
  decidedAt?: Maybe<Scalars['DateTime']['output']>;
  /** An opaque id. */
  id: Scalars['ID']['output'];
  /** Where it was permitted: how much of the section. */
  level?: Maybe<SharingLevel>;
  /** What was noted of the decision; to the agency that decided alone. */
  note?: Maybe<Scalars['String']['output']>;
  /** To whoever decides: their own agency's numbers of the records that were linked when it was asked. Else empty. */
  ownRecords: Array<Scalars['String']['output']>;
  /** Where it is not given: why. */
  reason?: Maybe<NotGivenReason>;
  /** The case or incident it is for. */
  reference: Scalars['String']['output'];
  /** The section that was asked for. */
  section: Scalars['String']['output'];
  /** How it stands. */
  state: DisclosureRequestState;
  /** Where it was permitted: until when. */
  until?: Maybe<Scalars['DateTime']['output']>;
  /** Where it was permitted: how many requests may still ask it. */
  usesLeft?: Maybe<Scalars['Int']['output']>;
  /** Why it is needed, as whoever asked wrote it; to an agency that has no record of the person linked, that it is not shown. */
  why: Scalars['String']['output'];
};

/** Requests on which somebody of an agency decides, as many as asked for. */
export type DisclosureRequestPage = {
  __typename?: 'DisclosureRequestPage';
  /** The requests, newest first. */
  items: Array<DisclosureRequest>;
  /** For `after`, to read on; null at the end. */
  next?: Maybe<Scalars['ID']['output']>;
};

/** How a request on which somebody of an agency decides stands. */
export type DisclosureRequestState =
  /** It was not given: the reason says why. As well where the agreement it rests on has ended meanwhile. */
  | 'NOT_GIVEN'
  /** It was permitted, and may be used. */
  | 'PERMITTED'
  /** It was permitted, and is used up or over. */
  | 'USED'
  /** Somebody is to answer, by its date. */
  | 'WAITING';

/** What an agency decides. */
export type DisclosureVerdict =
  /** It does not. */
  | 'DENY'
  /** It gives what was asked. */
  | 'PERMIT';

/** The district of the postcode that the first agency gives; each has 5,000 people or more. */
export type District =
  /** `EASTHAVEN`. */
  | 'EASTHAVEN'
  /** `GARSBY_AND_THORNWICK`. */
  | 'GARSBY_AND_THORNWICK'
  /** `HARROWBY_SANDS`. */
  | 'HARROWBY_SANDS'
  /** `MILLBROOK_CROSS`. */
  | 'MILLBROOK_CROSS'
  /** `NORTHMOOR`. */
  | 'NORTHMOOR'
  /** `SALTRY`. */
  | 'SALTRY'
  /** `WEXCOMBE`. */
  | 'WEXCOMBE';

/** Cases of domestic abuse. Below FULL only those in which the person is victim or child. */
export type DomesticAbuse = Section & {
  __typename?: 'DomesticAbuse';
  /** The cases. */
  items?: Maybe<Array<DomesticAbuseRecord>>;
  /** Whether the person must be seen alone. */
  seeAlone?: Maybe<Scalars['Boolean']['output']>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** One case. */
export type DomesticAbuseRecord = Sourced & {
  __typename?: 'DomesticAbuseRecord';
  /** Actions agreed. */
  actions?: Maybe<Array<Scalars['String']['output']>>;
  /** The independent adviser. */
  adviser?: Maybe<Professional>;
  /** On which side the person is. */
  as?: Maybe<DomesticAbuseRole>;
  /** How the case stands. */
  caseStatus?: Maybe<Scalars['String']['output']>;
  /** DASH risk score (0–24). */
  dashScore?: Maybe<Scalars['Int']['output']>;
  /** When the conference meets. */
  meetingDate?: Maybe<Scalars['Date']['output']>;
  /** The agency and record it comes from. */
  source: Source;
};

/** The person's side in a case. */
export type DomesticAbuseRole =
  /** Child. */
  | 'CHILD'
  /** Perpetrator. */
  | 'PERPETRATOR'
  /** Victim. */
  | 'VICTIM';

/** A decision that was made before. */
export type EarlierDecision = {
  __typename?: 'EarlierDecision';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Who, within your own organisation. */
  name?: Maybe<Scalars['String']['output']>;
  /** Whose staff said it; null where that agency may not appear to you. */
  organisation?: Maybe<Agency>;
  /** In which role; null where that agency may not appear to you. */
  role?: Maybe<Scalars['String']['output']>;
  /** What was said. */
  verdict: LinkVerdict;
  /** Why, within your own organisation. */
  why?: Maybe<Scalars['String']['output']>;
};

/** School, attendance, exclusions, special needs. */
export type Education = Section & {
  __typename?: 'Education';
  /** Sessions by attendance code. */
  attendance?: Maybe<Array<AttendanceCount>>;
  /** Attendance, in bands. */
  attendanceBand?: Maybe<AttendanceBand>;
  /** Attendance in per cent of possible sessions. */
  attendancePercent?: Maybe<Scalars['Float']['output']>;
  /** Suspensions and exclusions. */
  exclusions?: Maybe<Array<Exclusion>>;
  /** Whether the school has logged a safeguarding concern. */
  safeguardingConcern?: Maybe<Scalars['Boolean']['output']>;
  /** The school. */
  school?: Maybe<Organisation>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** Special educational needs. */
  specialNeeds?: Maybe<CodedValue>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Conditions on rows of `education`: one row meets all that are given. */
export type EducationCohortFilter = {
  /** Attendance of the current academic year, in the Department for Education’s bands. Told by education. */
  attendanceBand?: InputMaybe<CohortAttendanceBand>;
  /** Suspension, or permanent exclusion, that somebody has had. Told by education. */
  exclusionKind?: InputMaybe<CohortExclusionKind>;
  /** The calendar month in which a suspension or exclusion began. Told by education. */
  exclusionMonth?: InputMaybe<CohortMonths>;
};

/** In what role a person was in an event. */
export type EventRole =
  /** Otherwise involved. */
  | 'INVOLVED'
  /** Suspect. */
  | 'SUSPECT'
  /** Victim. */
  | 'VICTIM'
  /** Witness. */
  | 'WITNESS';

/** One suspension or exclusion. */
export type Exclusion = Sourced & {
  __typename?: 'Exclusion';
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** Which of the two. */
  kind?: Maybe<ExclusionKind>;
  /** For how many sessions (half days). */
  sessions?: Maybe<Scalars['Int']['output']>;
  /** The agency and record it comes from. */
  source: Source;
};

/** Suspension or exclusion. */
export type ExclusionKind =
  /** Permanent exclusion. */
  | 'PERMANENT'
  /** Suspension. */
  | 'SUSPENSION';

/** What one agency's policy says of one section for you. */
export type Grant = {
  __typename?: 'Grant';
  /** The agency whose data it is. */
  agency: Agency;
  /** The sharing agreement it stands in. */
  agreement?: Maybe<Agreement>;
  /** The gateways of law it rests on, at the place of your reference. */
  gateways: Array<Scalars['String']['output']>;
  /** The grounds on which it opens them; null where it opens none. */
  grounds?: Maybe<Array<BreakGlassGround>>;
  /** How much is released; null when withheld. */
  level?: Maybe<SharingLevel>;
  /** Where the reason is NEEDS_BREAK_GLASS: the fields of the section that break-glass opens, for 30 minutes; null where it opens none. */
  opens?: Maybe<Array<Scalars['String']['output']>>;
  /** Why it is withheld; null when released. */
  reason?: Maybe<Reason>;
  /** Which class of records is released, in words. */
  scope?: Maybe<Scalars['String']['output']>;
  /** The section, by its name on `Person`. */
  section: Scalars['String']['output'];
};

/** Duties owed to homeless people (Housing Act 1996 Part 7). */
export type HomelessnessDuty =
  /** Main duty. */
  | 'MAIN'
  /** None. */
  | 'NONE'
  /** Prevention duty. */
  | 'PREVENTION'
  /** Relief duty. */
  | 'RELIEF';

/** Who lives with or belongs to the person. */
export type Household = Section & {
  __typename?: 'Household';
  /** Whether a child depends on the person. `false` is said only where every supplier was asked and said so. */
  dependentChildren?: Maybe<Scalars['Boolean']['output']>;
  /** The members. One whom you may not see is not there. */
  members?: Maybe<Array<RelatedPerson>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Tenancy, arrears, notice and homelessness. */
export type Housing = Section & {
  __typename?: 'Housing';
  /** Cases of antisocial behaviour. */
  antisocialBehaviour?: Maybe<Array<AntisocialBehaviourCase>>;
  /** Rent arrears, in weeks. */
  arrearsBand?: Maybe<ArrearsBand>;
  /** Rent arrears, in pence; a credit is negative. */
  arrearsPence?: Maybe<Scalars['Int']['output']>;
  /** The duty owed to the person. Of several open cases, that of the one known to be true last. */
  homelessnessDuty?: Maybe<HomelessnessDuty>;
  /** How far a notice has gone. */
  noticeStage?: Maybe<NoticeStage>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
  /** The tenancy. Of several that run, the one known to be true last. */
  tenancy?: Maybe<Tenancy>;
  /** Whether homelessness threatens within 56 days (Housing Act 1996 s.175). */
  threatenedWithin56Days?: Maybe<Scalars['Boolean']['output']>;
};

/** Conditions on rows of `housing`: one row meets all that are given. */
export type HousingCohortFilter = {
  /** Rent arrears in weeks of rent, in bands. Told by housing. */
  arrearsBand?: InputMaybe<CohortArrearsBand>;
  /** The duty owed in an open homelessness case. Told by housing. */
  homelessnessDuty?: InputMaybe<CohortHomelessnessDuty>;
  /** The last step taken about rent that is owed. Told by housing. */
  noticeStage?: InputMaybe<CohortNoticeStage>;
};

/** One identifier. */
export type Identifier = Sourced & {
  __typename?: 'Identifier';
  /** The agency and record it comes from. */
  source: Source;
  /** Whose number it is. */
  system?: Maybe<IdentifierSystem>;
  /** The number. */
  value?: Maybe<Scalars['String']['output']>;
  /** Whether the agency has checked it against its issuer. */
  verified?: Maybe<Scalars['Boolean']['output']>;
};

/** A number and whose it is. */
export type IdentifierInput = {
  /** The agency that issued it; required for LOCAL. */
  issuer?: InputMaybe<Scalars['ID']['input']>;
  /** Whose number it is. */
  system: IdentifierSystem;
  /** The number. */
  value: Scalars['String']['input'];
};

/** Systems of identifiers. */
export type IdentifierSystem =
  /** Probation case reference number. */
  | 'CRN'
  /** Criminal Records Office number. */
  | 'CRO'
  /** An agency's own number; say which agency in `issuer`. */
  | 'LOCAL'
  /** NHS number. */
  | 'NHS_NUMBER'
  /** National Insurance number. */
  | 'NINO'
  /** Prison number. */
  | 'NOMS'
  /** Police National Computer id. */
  | 'PNC'
  /** Unique pupil number. */
  | 'UPN';

/** Numbers by which systems know the person. */
export type Identifiers = Section & {
  __typename?: 'Identifiers';
  /** The identifiers. */
  items?: Maybe<Array<Identifier>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/**
 * Name, date of birth, sex, and the records behind them. The headline is the value most agencies give; on a tie, the first
 * agency's in the fixed order. Where one agency has several records, its value comes from one of them: not from one that was
 * merged away, and else from the one known to be true last.
 */
export type Identity = Section & {
  __typename?: 'Identity';
  /** Date of birth. */
  dateOfBirth?: Maybe<Scalars['Date']['output']>;
  /** How exact the date of birth is. */
  dateOfBirthAccuracy?: Maybe<DateAccuracy>;
  /** Whether a record says that the person has died. */
  deceased?: Maybe<Scalars['Boolean']['output']>;
  /** Fields on which the disclosed records disagree. */
  differs?: Maybe<Array<Scalars['String']['output']>>;
  /** Family name. */
  familyName?: Maybe<Scalars['String']['output']>;
  /** Given name. */
  givenName?: Maybe<Scalars['String']['output']>;
  /** Full name. */
  name?: Maybe<Scalars['String']['output']>;
  /** Each name an agency records, side by side. */
  records?: Maybe<Array<IdentityRecord>>;
  /** Sex as recorded. */
  sex?: Maybe<Sex>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** One name of the person in one agency's record. */
export type IdentityRecord = Sourced & {
  __typename?: 'IdentityRecord';
  /** Date of birth. */
  dateOfBirth?: Maybe<Scalars['Date']['output']>;
  /** Family name. */
  familyName?: Maybe<Scalars['String']['output']>;
  /** Given name. */
  givenName?: Maybe<Scalars['String']['output']>;
  /** What kind of name it is. */
  kind?: Maybe<NameKind>;
  /** Full name. */
  name?: Maybe<Scalars['String']['output']>;
  /** Sex as recorded. */
  sex?: Maybe<Sex>;
  /** The agency and record it comes from. */
  source: Source;
};

/** Intelligence reports. */
export type Intelligence = Section & {
  __typename?: 'Intelligence';
  /** The reports. */
  items?: Maybe<Array<IntelligenceReport>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** One report, graded 3x5x2. */
export type IntelligenceReport = Sourced & {
  __typename?: 'IntelligenceReport';
  /** How the information is known (A–E). */
  assessment?: Maybe<CodedValue>;
  /** How it may be handled (P or C). */
  handling?: Maybe<CodedValue>;
  /** The agency and record it comes from. */
  source: Source;
  /** How reliable the source is (1–3). */
  sourceEvaluation?: Maybe<CodedValue>;
  /** The report. */
  text?: Maybe<Scalars['String']['output']>;
};

/** One service's involvement. Held to the grant of the section that its kind of service belongs to as well. */
export type Involvement = Sourced & {
  __typename?: 'Involvement';
  /** Whom to call. */
  contact?: Maybe<Contact>;
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** The lead professional. */
  lead?: Maybe<Professional>;
  /** What kind of service. */
  service?: Maybe<ServiceKind>;
  /** Its name. */
  serviceName?: Maybe<Scalars['String']['output']>;
  /** The agency and record it comes from. */
  source: Source;
  /** Whether the person is known, open or closed to it. */
  status?: Maybe<InvolvementStatus>;
  /** Until when. */
  to?: Maybe<Scalars['Date']['output']>;
};

/** How a service stands to a person. */
export type InvolvementStatus =
  /** Closed. */
  | 'CLOSED'
  /** Known. */
  | 'KNOWN'
  /** Open. */
  | 'OPEN';

/** Which services are involved, and who leads. */
export type Involvements = Section & {
  __typename?: 'Involvements';
  /** The involvements. */
  items?: Maybe<Array<Involvement>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Conditions on rows of `involvements`: one row meets all that are given. */
export type InvolvementsCohortFilter = {
  /** The service that supervises somebody today: probation or youth justice. Told by probation. */
  service?: InputMaybe<CohortServiceKind>;
};

/** How a feature of two records stands. */
export type LinkAgreement =
  /** The same. */
  | 'AGREES'
  /** Nearly the same: an initial, day and month the wrong way round. */
  | 'CLOSE'
  /** Not the same. */
  | 'DIFFERS'
  /** One of them does not have it, or you may not see it. */
  | 'UNKNOWN';

/** How one feature of two records stands. Never its value. */
export type LinkComparison = {
  __typename?: 'LinkComparison';
  /** How it stands. */
  agreement: LinkAgreement;
  /** What it weighs for one person (above nought) or against, in bits; null where the matcher weighs nothing. */
  bits?: Maybe<Scalars['Float']['output']>;
  /** Which feature: `givenName`, `familyName`, `dateOfBirth`, `sex`, `postcode`, or a system of identifiers. */
  feature: Scalars['String']['output'];
};

/** A decision as it was recorded. */
export type LinkDecision = {
  __typename?: 'LinkDecision';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** What follows, in words; the same for every person. */
  message: Scalars['String']['output'];
  /** What stands recorded. */
  verdict: LinkVerdict;
};

/** What a human says of two records. */
export type LinkVerdict =
  /** Two people's: nothing but a human's later word brings them together again. */
  | 'DIFFERENT'
  /** One person's. */
  | 'SAME'
  /** Somebody looked and could not tell: the machine decides as before. */
  | 'UNSURE';

/** How sure a match is. */
export type MatchConfidence =
  /** By an identifier that a trusted system issued, and nothing differs. */
  | 'CONFIRMED'
  /** By what agrees: names, date of birth, postcode, some of them perhaps with a slip. `explanation` says which. */
  | 'PROBABLE';

/** What one agency gives of one section to one role at one purpose. */
export type MatrixCell = {
  __typename?: 'MatrixCell';
  /** Whose data it is. */
  agency: Agency;
  /** The columns of the agency's own tables that these fields are answered from. */
  columns: Array<Scalars['String']['output']>;
  /** The fields that are given, as dotted paths within the section; of break-glass, those it opens. */
  fields: Array<Scalars['String']['output']>;
  /** On which grounds break-glass opens the fields; null where it opens none. */
  grounds?: Maybe<Array<BreakGlassGround>>;
  /** How much, in the words of policy files: `full`, `summary`, `exists`, `own` (of the agency's own staff alone), `review`, `break-glass`, `withheld` or `sealed`. */
  level: Scalars['String']['output'];
  /** For what, by the purpose's id. */
  purpose: Scalars['String']['output'];
  /** Why it is withheld; null where it is given. */
  reason?: Maybe<Reason>;
  /** To whom, by the role's id. */
  role: Scalars['String']['output'];
  /** The line of the policy that says so, and the law it rests on. */
  rule?: Maybe<Rule>;
  /** Which class of records, in words. */
  scope?: Maybe<Scalars['String']['output']>;
  /** Of which section, by its name on `Person`. */
  section: Scalars['String']['output'];
};

/** One medicine. */
export type Medication = Sourced & {
  __typename?: 'Medication';
  /** Its dose. */
  dose?: Maybe<Scalars['String']['output']>;
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** Whether it is of high risk. */
  highRisk?: Maybe<Scalars['Boolean']['output']>;
  /** Its name. */
  name?: Maybe<Scalars['String']['output']>;
  /** The agency and record it comes from. */
  source: Source;
};

/** Whether open to mental-health services, team and legal status. */
export type MentalHealth = Section & {
  __typename?: 'MentalHealth';
  /** Whether the person is detained, or liable to be, under the Mental Health Act now. */
  detained?: Maybe<Scalars['Boolean']['output']>;
  /** Legal status classification. Of several, the one that detains, else one that runs, else the one known last; with its own dates. */
  legalStatus?: Maybe<CodedValue>;
  /** Since when `legalStatus` stands. */
  legalStatusFrom?: Maybe<Scalars['Date']['output']>;
  /** Until when `legalStatus` stands. */
  legalStatusTo?: Maybe<Scalars['Date']['output']>;
  /** Whether the person is open to a service now. */
  openToService?: Maybe<Scalars['Boolean']['output']>;
  /** The general practice. */
  practice?: Maybe<Organisation>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
  /** The team to call. */
  team?: Maybe<Contact>;
};

/** A field of one agency's record that somebody says is wrong. */
export type Mistake = {
  __typename?: 'Mistake';
  /** The agency whose record it is. */
  agency: Agency;
  /** By when the agency is to answer: one month on, or the next working day (UK GDPR Article 12(3)), London. */
  answerBy: Scalars['DateTime']['output'];
  /** When it was reported. */
  at: Scalars['DateTime']['output'];
  /** The field within it. */
  field: Scalars['String']['output'];
  /** Whether it came from the person's own login: then the agency speaks to the person before it changes anything. */
  fromPerson: Scalars['Boolean']['output'];
  /** An opaque id. */
  id: Scalars['ID']['output'];
  /** To the agency's officer: its own numbers of the person's records. Else empty. */
  ownRecords: Array<Scalars['String']['output']>;
  /** To the agency's officer: the row in its own system, by table and key. Else null. */
  ownRow?: Maybe<Scalars['String']['output']>;
  /** Who reported it. */
  recordedBy: Asker;
  /** The section, by its name on `Person`. */
  section: Scalars['String']['output'];
  /** How it stands. */
  state: QueueState;
  /** What is wrong; to who reported it and to the agency. */
  why: Scalars['String']['output'];
};

/** Mistakes, as many as asked for. */
export type MistakePage = {
  __typename?: 'MistakePage';
  /** The mistakes, newest first. */
  items: Array<Mistake>;
  /** For `after`, to read on; null at the end. */
  next?: Maybe<Scalars['ID']['output']>;
};

/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type Mutation = {
  __typename?: 'Mutation';
  /** Says for your agency whether it has corrected what was reported. For its governance officer at the purpose `governance`, once, and never on one's own. */
  answerMistake: Mistake;
  /** Opens sections of one person whom you see already, for 30 minutes, on the grounds that agencies' policies name: their listed fields, for you alone, on this reference and at this purpose. Every agency that policy names is told and reviews it, whether or not it holds anything; your own organisation confirms the facts. Nothing sealed is opened. Refused by name where no agency opens a section to you; three at once and ten within 24 hours are the limit. */
  breakGlass: BreakGlass;
  /** Says for your organisation, whose member of staff opened it, whether the facts were so. For its governance officer at the purpose `governance`, once, and never of one's own act. Where they were not, what is still open ends. */
  confirmBreakGlass: BreakGlass;
  /** Confirms for your agency, whose data it is about, a consent that somebody recorded for a request of their own. For its governance officer at the purpose `governance`, and never of one's own record. */
  confirmConsent: Consent;
  /** Gives the second word on a decision that waits for your agency. Null where none waits for you, or not of this verdict. */
  confirmLink?: Maybe<LinkDecision>;
  /** Decides for your agency on what it was asked: once, in time, and never on what you asked yourself. PERMIT shows whoever asked, and nobody else, that section of that person on that reference, at this level, until it is used up or over. For the role that your policy names, by default your governance officer at the purpose `governance`. */
  decideDisclosure: DisclosureRequest;
  /** Says of two records whether they are one person's. Registered before it takes effect; a later decision on the pair takes its place, and none is ever erased. DIFFERENT holds through every feed. What links more (SAME, or what ends a DIFFERENT) takes effect once a second person, of an agency that owns one of the records, says the same or confirms it. Null where one of the two is unknown, unrelated, hidden or stale: one answer. */
  decideLink?: Maybe<LinkDecision>;
  /** Decides for your agency on an objection to the sharing of its data; of one from the person's own login, once you have spoken to them. For its governance officer at the purpose `governance`, once, and never on one's own. */
  decideObjection: Objection;
  /** Ends what you opened, now. What is over already is answered as it is. */
  endBreakGlass: BreakGlass;
  /** Records that this person, whom you asked, agrees to a referral: for one authority that they chose, at one purpose, on your reference. It opens their contact details and your own organisation's involvement to that authority, and no more. Recorded for a request of your own organisation it opens nothing until the agency whose data it is confirms it. The person must be tied to your reference. */
  recordConsent: Consent;
  /** Records that this person objects to a section of one agency's data being shared for their care. Direct care of that section stops until the agency decides; child protection and mental-health crisis go on, and are told. From a data subject's login it changes nothing until the agency has spoken to the person: somebody else may hold their phone. The person must be tied to your reference. */
  recordObjection: Objection;
  /** Records that you passed on, by word of mouth, one item of what was disclosed to you on this reference: to a colleague who is on the same incident's or case's log now. It stands in the register as a disclosure of whose data it is, without what it says. One refusal for everything that stands against it; what is sealed is never passed on. */
  recordRelay: Relay;
  /** Reports to the agency whose record it is that a field you were shown is wrong. Nothing of the record changes here: the agency corrects it in its own system. */
  reportMistake: Mistake;
  /** Asks an agency to decide on a section of one person whom you see already, where its policy says that a person decides each time. Its own officers are told; by `answerBy` you are answered, and where nobody answers it is not given. Refused by name where nobody decides on it for you; ten that wait at once are the limit. Whether there are data makes no difference to anything you are told. */
  requestDisclosure: DisclosureRequest;
  /** Says for your agency, whose data policy opened, whether it was needed. For its governance officer at the purpose `governance`, once for each agency, and never of one's own act. MORE_NEEDED may come once before. */
  reviewBreakGlass: BreakGlass;
  /** Signs a text of your own controller's policy: one that is in force, or that waits to be. One signature is enough unless it gives more than the text signed before: then it takes two people, by login and by number. For a governance officer, at the purpose `governance`. */
  signPolicy: PolicyStatus;
  /** Takes back the last decision on a pair, by a new one: what stood before it stands again. Whoever made or confirmed a decision can always take it back; whether that links more is judged as of any other. */
  undoLinkDecision?: Maybe<LinkDecision>;
  /** Withdraws an agreement of your own controller, on every gateway at once: all that rests on it stops, requests under way included, and every party is told. With `dryRun`, which it is unless you say otherwise, nothing is changed and the references are named that would lose something. Taken back within an hour by `policy withdraw --undo`. For a governance officer, at the purpose `governance`. */
  withdrawAgreement: Withdrawal;
  /** Withdraws a consent, at once: by the person from their own login, by staff of the organisation that recorded it, or by an officer of an agency whose data it is about. Needs neither purpose nor reference, but of an officer. */
  withdrawConsent: Consent;
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationAnswerMistakeArgs = {
  corrected: Scalars['Boolean']['input'];
  id: Scalars['ID']['input'];
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationBreakGlassArgs = {
  ground: BreakGlassGround;
  person: Scalars['ID']['input'];
  personsView: PersonsView;
  sections: Array<Scalars['String']['input']>;
  statement: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationConfirmBreakGlassArgs = {
  id: Scalars['ID']['input'];
  present: Scalars['Boolean']['input'];
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationConfirmConsentArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationConfirmLinkArgs = {
  task: Scalars['ID']['input'];
  verdict: LinkVerdict;
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationDecideDisclosureArgs = {
  id: Scalars['ID']['input'];
  level?: InputMaybe<SharingLevel>;
  note: Scalars['String']['input'];
  reason?: InputMaybe<NotGivenReason>;
  until?: InputMaybe<Scalars['DateTime']['input']>;
  uses?: InputMaybe<Scalars['Int']['input']>;
  verdict: DisclosureVerdict;
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationDecideLinkArgs = {
  task: Scalars['ID']['input'];
  verdict: LinkVerdict;
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationDecideObjectionArgs = {
  id: Scalars['ID']['input'];
  upheld: Scalars['Boolean']['input'];
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationEndBreakGlassArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationRecordConsentArgs = {
  evidence: Scalars['String']['input'];
  person: Scalars['ID']['input'];
  purpose: Scalars['String']['input'];
  to: Scalars['ID']['input'];
  until?: InputMaybe<Scalars['Date']['input']>;
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationRecordObjectionArgs = {
  agency: Scalars['ID']['input'];
  person: Scalars['ID']['input'];
  section: Scalars['String']['input'];
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationRecordRelayArgs = {
  item: Scalars['String']['input'];
  person: Scalars['ID']['input'];
  section: Scalars['String']['input'];
  to: Scalars['String']['input'];
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationReportMistakeArgs = {
  field: Scalars['String']['input'];
  record: Scalars['ID']['input'];
  section: Scalars['String']['input'];
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationRequestDisclosureArgs = {
  agency: Scalars['ID']['input'];
  person: Scalars['ID']['input'];
  section: Scalars['String']['input'];
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationReviewBreakGlassArgs = {
  finding: BreakGlassFinding;
  id: Scalars['ID']['input'];
  personTold: PersonTold;
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationSignPolicyArgs = {
  hash: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationUndoLinkDecisionArgs = {
  task: Scalars['ID']['input'];
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationWithdrawAgreementArgs = {
  dryRun?: Scalars['Boolean']['input'];
  id: Scalars['ID']['input'];
  why: Scalars['String']['input'];
};


/** What can be changed: who is who, by a human's word, and what is opened by break-glass, permitted or passed on. One act in a request, by POST, with the headers `Sharing-Purpose` and, where somebody works on a case, `Sharing-Reference`. */
export type MutationWithdrawConsentArgs = {
  id: Scalars['ID']['input'];
  why: Scalars['String']['input'];
};

/** Kinds of name. */
export type NameKind =
  /** Also known as. */
  | 'ALIAS'
  /** The name now in use. */
  | 'CURRENT'
  /** A name no longer used. */
  | 'FORMER'
  /** The name the person prefers. */
  | 'PREFERRED';

/** One need or strength. */
export type Need = Sourced & {
  __typename?: 'Need';
  /** What it rests on. */
  evidence?: Maybe<Scalars['String']['output']>;
  /** Need or strength. */
  kind?: Maybe<NeedKind>;
  /** Which of the ten outcomes. */
  outcome?: Maybe<SupportOutcome>;
  /** When it was recorded. */
  recordedOn?: Maybe<Scalars['Date']['output']>;
  /** The agency and record it comes from. */
  source: Source;
};

/** Need or strength. */
export type NeedKind =
  /** A need. */
  | 'NEED'
  /** A strength. */
  | 'STRENGTH';

/** Needs, strengths and the plan, by the ten outcomes. */
export type Needs = Section & {
  __typename?: 'Needs';
  /** Needs and strengths. */
  items?: Maybe<Array<Need>>;
  /** The plan's actions. */
  plan?: Maybe<Array<PlanAction>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Conditions on rows of `needs`: one row meets all that are given. */
export type NeedsCohortFilter = {
  /** The outcome in which somebody has a need on record. Told by childrens-services. */
  outcome?: InputMaybe<CohortSupportOutcome>;
};

/** Why an agency did not give what was asked. */
export type NotGivenReason =
  /** There is another way to what is needed: call the desk. */
  | 'ANOTHER_ROUTE'
  /** The law or the agreement does not carry it. */
  | 'LAW_EXCLUDES'
  /** Nobody answered in time. Call the desk. */
  | 'NOT_ANSWERED'
  /** It is not needed for what it was asked for. */
  | 'NOT_NECESSARY';

/** How far a notice has gone. */
export type NoticeStage =
  /** A court has made an order. */
  | 'COURT_ORDER'
  /** A date is set for eviction. */
  | 'EVICTION_DATE'
  /** A letter was sent. */
  | 'LETTER'
  /** None. */
  | 'NONE'
  /** A notice was served. */
  | 'NOTICE_SERVED';

/** An objection of a person to a section of one agency's data being shared for their care. */
export type Objection = {
  __typename?: 'Objection';
  /** The agency whose data it is. */
  agency: Agency;
  /** By when the agency is to decide: one month on, or the next working day (UK GDPR Article 12(3)), London. */
  answerBy: Scalars['DateTime']['output'];
  /** When it was recorded. */
  at: Scalars['DateTime']['output'];
  /** Whether it came from the person's own login: then it stops nothing until the agency, which speaks to the person first, has upheld it. */
  fromPerson: Scalars['Boolean']['output'];
  /** An opaque id. */
  id: Scalars['ID']['output'];
  /** To the agency's officer: its own numbers of the records that were linked. Else empty. */
  ownRecords: Array<Scalars['String']['output']>;
  /** Who recorded it. */
  recordedBy: Asker;
  /** The section, by its name on `Person`. */
  section: Scalars['String']['output'];
  /** How it stands. */
  state: QueueState;
  /** What was said; to who recorded it and to the agency. */
  why: Scalars['String']['output'];
};

/** Objections, as many as asked for. */
export type ObjectionPage = {
  __typename?: 'ObjectionPage';
  /** The objections, newest first. */
  items: Array<Objection>;
  /** For `after`, to read on; null at the end. */
  next?: Maybe<Scalars['ID']['output']>;
};

/** One order. */
export type Order = Sourced & {
  __typename?: 'Order';
  /** Its conditions. */
  conditions?: Maybe<Scalars['String']['output']>;
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** What kind. */
  kind?: Maybe<OrderKind>;
  /** The agency and record it comes from. */
  source: Source;
  /** Until when. */
  to?: Maybe<Scalars['Date']['output']>;
};

/** Kinds of order. */
export type OrderKind =
  /** Bail. */
  | 'BAIL'
  /** Domestic abuse protection order. */
  | 'DOMESTIC_ABUSE_PROTECTION'
  /** Injunction. */
  | 'INJUNCTION'
  /** Licence. */
  | 'LICENCE'
  /** Non-molestation order. */
  | 'NON_MOLESTATION'
  /** Other. */
  | 'OTHER'
  /** Restraining order. */
  | 'RESTRAINING';

/** Bail, orders of court, missing and absence. */
export type Orders = Section & {
  __typename?: 'Orders';
  /** Whether the person is absent without leave. */
  absentWithoutLeave?: Maybe<Scalars['Boolean']['output']>;
  /** The orders. */
  items?: Maybe<Array<Order>>;
  /** Whether the person is reported missing. */
  missing?: Maybe<Scalars['Boolean']['output']>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** An organisation. */
export type Organisation = {
  __typename?: 'Organisation';
  /** Its code. */
  code?: Maybe<Scalars['String']['output']>;
  /** Its name. */
  name: Scalars['String']['output'];
  /** Its telephone number. */
  phone?: Maybe<Scalars['String']['output']>;
};

/** One person, put together at the moment of asking from what each agency releases to you. */
export type Person = {
  __typename?: 'Person';
  /** Addresses. */
  addresses: Addresses;
  /** Benefits. */
  benefits: Benefits;
  /** Child-in-need, protection and looked-after status. */
  childSafeguarding: ChildSafeguarding;
  /** Diagnoses, medication, allergies, notes. */
  clinical: Clinical;
  /** How to reach the person, and how to do it safely. */
  contact: ContactDetails;
  /** The plan for a mental-health crisis. */
  crisisPlan: CrisisPlan;
  /** Ethnicity, language, communication needs, disability. */
  demographics: Demographics;
  /** Cases of domestic abuse (MARAC). */
  domesticAbuse: DomesticAbuse;
  /** School, attendance, exclusions, special needs. */
  education: Education;
  /** Who lives with or belongs to the person. */
  household: Household;
  /** Tenancy, arrears, notice and homelessness. */
  housing: Housing;
  /** An opaque id, bound to your organisation and reference; elsewhere it is stale. */
  id: Scalars['ID']['output'];
  /** Numbers by which systems know the person. */
  identifiers: Identifiers;
  /** Name, date of birth, sex, and the records behind them. */
  identity: Identity;
  /** Intelligence reports (3x5x2). */
  intelligence: Intelligence;
  /** Which services are involved, and who leads. */
  involvements: Involvements;
  /** Whether open to mental-health services, team and legal status. */
  mentalHealth: MentalHealth;
  /** Needs, strengths and the plan, by the ten outcomes. */
  needs: Needs;
  /** Bail, orders of court, missing and absence. */
  orders: Orders;
  /** Events that the police recorded. */
  policeEvents: PoliceEvents;
  /** Multi-agency public protection (MAPPA). */
  publicProtection: PublicProtection;
  /** How you, your reference and this person are tied. */
  relationship: Relationship;
  /** Events of all agencies in one line of time, newest first. Asking it is asking the sections that they stand in. */
  timeline: Timeline;
  /** Warnings for whoever visits. */
  warningMarkers: WarningMarkers;
};


/** One person, put together at the moment of asking from what each agency releases to you. */
export type PersonTimelineArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  since?: InputMaybe<Scalars['Date']['input']>;
  until?: InputMaybe<Scalars['Date']['input']>;
};

/** One person found. */
export type PersonMatch = {
  __typename?: 'PersonMatch';
  /** What agrees with what you gave, from agencies that you may see. */
  agreesOn: Array<Scalars['String']['output']>;
  /** How sure the match is. */
  confidence: MatchConfidence;
  /** What differs from what you gave, from agencies that you may see. */
  differsOn: Array<Scalars['String']['output']>;
  /** Why, in words: `same date of birth`, `forename differs by a slip`. What says most comes first; only from what you may see. */
  explanation: Array<Scalars['String']['output']>;
  /** The person. */
  person: Person;
};

/** What you know of a person. */
export type PersonSearch = {
  /** Date of birth. */
  dateOfBirth?: InputMaybe<Scalars['Date']['input']>;
  /** Family name. No wildcards. */
  familyName?: InputMaybe<Scalars['String']['input']>;
  /** Given name. No wildcards. */
  givenName?: InputMaybe<Scalars['String']['input']>;
  /** A number of theirs. */
  identifier?: InputMaybe<IdentifierInput>;
  /** Postcode of the current address. */
  postcode?: InputMaybe<Scalars['String']['input']>;
  /** Sex. */
  sex?: InputMaybe<Sex>;
};

/** How a search came out. */
export type PersonSearchResult = {
  __typename?: 'PersonSearchResult';
  /** Desks to call when the search did not settle it. */
  contacts: Array<Contact>;
  /** What the outcome means, in words. */
  message: Scalars['String']['output'];
  /** The outcome. Only MATCH names people. */
  outcome: SearchOutcome;
  /** The people found; empty in all but MATCH. */
  people: Array<PersonMatch>;
};

/** Whether the person was told that it was opened. */
export type PersonTold =
  /** They will be. */
  | 'LATER'
  /** It would put somebody at risk. */
  | 'NOT_SAFE'
  /** They were. */
  | 'YES';

/** What the person says to it. */
export type PersonsView =
  /** They agree. */
  | 'AGREES'
  /** They object. It may be overridden, and vital interests do not serve for it. */
  | 'OBJECTS'
  /** They are unable to say: unconscious, or without capacity. */
  | 'UNABLE'
  /** To ask them would put somebody at risk. */
  | 'UNSAFE_TO_ASK';

/** One action of the plan. */
export type PlanAction = Sourced & {
  __typename?: 'PlanAction';
  /** What is to be done. */
  action?: Maybe<Scalars['String']['output']>;
  /** Whether it is done. */
  done?: Maybe<Scalars['Boolean']['output']>;
  /** By when. */
  due?: Maybe<Scalars['Date']['output']>;
  /** Its goal. */
  goal?: Maybe<Scalars['String']['output']>;
  /** By whom. */
  owner?: Maybe<Professional>;
  /** The agency and record it comes from. */
  source: Source;
};

/** One field of a query, for one agency. */
export type PlannedField = {
  __typename?: 'PlannedField';
  /** The agency. */
  agency: Agency;
  /** The grounds on which break-glass opens the field; null where it does not. */
  grounds?: Maybe<Array<BreakGlassGround>>;
  /** The level the agency grants. */
  level?: Maybe<SharingLevel>;
  /** The least level that releases the field, whoever asks; of a section as a whole, that there is anything. */
  needs: SharingLevel;
  /** Where it would be withheld: whether break-glass opens this very field; null where break-glass opens nothing of the section. */
  opens?: Maybe<Scalars['Boolean']['output']>;
  /** Where it stands in the response. */
  path: Scalars['String']['output'];
  /** Why it would be withheld. */
  reason?: Maybe<Reason>;
  /** The rule it rests on. */
  rule?: Maybe<Rule>;
  /** Which class of records would be asked, in words. */
  scope?: Maybe<Scalars['String']['output']>;
  /** The section that decides: in a timeline, that in which the events stand. */
  section: Scalars['String']['output'];
  /** What would happen. */
  state: PlannedState;
};

/** What would happen to a field. */
export type PlannedState =
  /** The agency does not supply it. */
  | 'NOT_COVERED'
  /** Policy says no. */
  | 'WITHHELD'
  /** The agency would be asked. */
  | 'WOULD_ASK';

/** One event. */
export type PoliceEvent = Sourced & {
  __typename?: 'PoliceEvent';
  /** What kind of event. */
  category?: Maybe<PoliceEventCategory>;
  /** When it was reported. */
  date?: Maybe<Scalars['DateTime']['output']>;
  /** How it ended. */
  outcome?: Maybe<Scalars['String']['output']>;
  /** In what role the person was in it. */
  role?: Maybe<EventRole>;
  /** The agency and record it comes from. */
  source: Source;
  /** What happened. */
  summary?: Maybe<Scalars['String']['output']>;
};

/** Kinds of police event. */
export type PoliceEventCategory =
  /** Concern for safety. */
  | 'CONCERN_FOR_SAFETY'
  /** Damage. */
  | 'DAMAGE'
  /** Domestic abuse. */
  | 'DOMESTIC_ABUSE'
  /** Drugs. */
  | 'DRUGS'
  /** Mental health. */
  | 'MENTAL_HEALTH'
  /** Missing. */
  | 'MISSING'
  /** Other. */
  | 'OTHER'
  /** Public order. */
  | 'PUBLIC_ORDER'
  /** Sexual. */
  | 'SEXUAL'
  /** Theft. */
  | 'THEFT'
  /** Traffic. */
  | 'TRAFFIC'
  /** Violence. */
  | 'VIOLENCE';

/** Events that the police recorded. */
export type PoliceEvents = Section & {
  __typename?: 'PoliceEvents';
  /** The events, newest first. */
  items?: Maybe<Array<PoliceEvent>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
  /** Whether there were more than were asked for. */
  truncated?: Maybe<Scalars['Boolean']['output']>;
};


/** Events that the police recorded. */
export type PoliceEventsItemsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  since?: InputMaybe<Scalars['Date']['input']>;
};

/** Conditions on rows of `policeEvents`: one row meets all that are given. */
export type PoliceEventsCohortFilter = {
  /** The kind of event in which somebody was victim, witness or otherwise involved. Told by police. */
  category?: InputMaybe<CohortPoliceEventCategory>;
  /** The calendar month in which the event was reported. Told by police. */
  month?: InputMaybe<CohortMonths>;
  /** In what role somebody was in the event: suspects are not counted. Told by police. */
  role?: InputMaybe<CohortEventRole>;
};

/** What becomes of one section for one role at one purpose. */
export type PolicyChange = {
  __typename?: 'PolicyChange';
  /** What the proposed text says, in words. */
  after: Scalars['String']['output'];
  /** Whose data it is. */
  agency: Agency;
  /** What the text in force says, in words. */
  before: Scalars['String']['output'];
  /** The same for each organisation whose people asked. */
  byOrganisation: Array<RequestsOfOrganisation>;
  /** Those behind the fields that are closed. */
  columnsClosed: Array<Scalars['String']['output']>;
  /** The agency's own columns behind the fields that are opened. */
  columnsOpened: Array<Scalars['String']['output']>;
  /** Fields that somebody of the role would not be given any more. */
  fieldsClosed: Array<Scalars['String']['output']>;
  /** Fields that somebody of the role would newly be given, in whatever circumstances. */
  fieldsOpened: Array<Scalars['String']['output']>;
  /** On which gateways of law, as the proposed text cites them; where it grants nothing, as the present one does. */
  gateways: Array<Scalars['String']['output']>;
  /** Whether it gives more: fields, or records. */
  opensMore: Scalars['Boolean']['output'];
  /** The purpose's id. */
  purpose: Scalars['String']['output'];
  /** How many past requests that asked for this section would be given more of it; null where none were looked at. */
  requestsGiven?: Maybe<Count>;
  /** How many would be given less. */
  requestsWithheld?: Maybe<Count>;
  /** The role's id. */
  role: Scalars['String']['output'];
  /** The section, by its name on `Person`. */
  section: Scalars['String']['output'];
};

/** What would be otherwise under proposed texts. */
export type PolicyDiff = {
  __typename?: 'PolicyDiff';
  /** What becomes of sections, for each role at each purpose. */
  changes: Array<PolicyChange>;
  /** What keeps the texts from loading, each with file and line; then nothing else is said. */
  findings: Array<Scalars['String']['output']>;
  /** Whether any of it gives more than is given now: such a text takes two signatures. */
  opensMore: Scalars['Boolean']['output'];
  /** What else would be otherwise, in words: parties, dates, what the person index may hold. */
  otherChanges: Array<Scalars['String']['output']>;
};

/** A proposed text of an agency's sharing policy. */
export type PolicyFile = {
  /** Whose: an agency of your own controller. */
  agency: Scalars['ID']['input'];
  /** The whole `sharing.yaml`. */
  yaml: Scalars['String']['input'];
};

/** One agency's sharing policy, as it is in force. */
export type PolicyStatus = {
  __typename?: 'PolicyStatus';
  /** Whose policy. */
  agency: Agency;
  /** The agreements it stands in. */
  agreements: Array<Agreement>;
  /** Who answers for it in law, as its file says. */
  controller: Scalars['String']['output'];
  /** SHA-256, in hex, of the text in force: what is signed. */
  hash: Scalars['String']['output'];
  /** Since when this text is in force, on whichever gateway it came first. */
  inForceSince: Scalars['DateTime']['output'];
  /** How many signatures it lacks: a text takes one, and two where it gives more than the text signed before. */
  signaturesMissing: Scalars['Int']['output'];
  /** Who signed this text; empty where nobody did. */
  signedBy: Array<Scalars['String']['output']>;
  /** Where signatures are required (`POLICY_SIGNATURES`): a text that is not in force since it is not signed by as many as it takes. */
  waiting: Array<WaitingPolicy>;
  /** What of them was withdrawn and not taken back, oldest first. */
  withdrawals: Array<Withdrawal>;
};

/** Somebody who works with the person. */
export type Professional = {
  __typename?: 'Professional';
  /** Name. */
  name?: Maybe<Scalars['String']['output']>;
  /** Telephone number. */
  phone?: Maybe<Scalars['String']['output']>;
  /** Role. */
  role?: Maybe<Scalars['String']['output']>;
  /** Team. */
  team?: Maybe<Scalars['String']['output']>;
};

/** One note. */
export type ProgressNote = Sourced & {
  __typename?: 'ProgressNote';
  /** The agency and record it comes from. */
  source: Source;
  /** The note. */
  text?: Maybe<Scalars['String']['output']>;
  /** When it was written. */
  writtenAt?: Maybe<Scalars['DateTime']['output']>;
};

/** Multi-agency public protection (MAPPA). */
export type PublicProtection = Section & {
  __typename?: 'PublicProtection';
  /** Category. */
  category?: Maybe<CodedValue>;
  /** Level 1 to 3. */
  level?: Maybe<Scalars['Int']['output']>;
  /** The responsible officer. */
  responsibleOfficer?: Maybe<Professional>;
  /** When it is to be reviewed. */
  reviewDate?: Maybe<Scalars['Date']['output']>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type Query = {
  __typename?: 'Query';
  /** Who was told what of you, for a data subject at the purpose `subject-access`. */
  accessHistory: AccessHistory;
  /** Every agency that Sightline reads, in a fixed order. */
  agencies: Array<Agency>;
  /** Where what was asked met a wall: how often each thing was asked and refused, and how often a route was opened later. For a governance officer at the purpose `governance`, exact, of what was asked of their agency or by its people; for an analyst at `service-planning`, of all, in whole months, small counts suppressed and others to the nearest ten. Each reading is itself registered. */
  barriers: BarrierReport;
  /** What was opened by break-glass, newest first: your own; for a governance officer, at the purpose `governance`, what opened their agency's data or was opened by their organisation's people. Without a reference. */
  breakGlassGrants: BreakGlassPage;
  /** How many people meet conditions, and in which groups: counted over the agencies that let it be counted, by confirmed links, and told so that nobody can be singled out. For an analyst at the purpose `service-planning`, without a reference. Each count is itself registered, without its result. So many in a minute and an hour for one login. */
  cohort: Cohort;
  /** Consents of this person that your own organisation recorded, newest first, withdrawn ones too; for a data subject all of their own. Needs a purpose and a reference. */
  consents: Array<Consent>;
  /** Consents that somebody recorded for a request of their own organisation, and that wait for your agency, whose data they are about. For a governance officer at the purpose `governance`. */
  consentsToConfirm: ConsentPage;
  /** What a query would disclose, agency by agency, without running it: no person is looked at. */
  disclosurePlan: DisclosurePlan;
  /** What agencies were asked to decide on, newest first: what you asked; for whoever decides for their agency, what it is asked. A governance officer asks at the purpose `governance`. Without a reference. */
  disclosureRequests: DisclosureRequestPage;
  /** Finds a person from what you know of them. People are named only on a sufficient match; else you are told whom to call. */
  findPeople: PersonSearchResult;
  /** Decisions that wait for the second word of your agency: on your reference, or for its governance officer, at the purpose `governance` and without a reference, on any of its records. Of a side that you may not see they show your agency's own records alone. */
  linksToConfirm: ReviewTaskPage;
  /** Mistakes that were reported in your agency's data, newest first. For its governance officer at the purpose `governance`. */
  mistakes: MistakePage;
  /** Objections to the sharing of your agency's data, newest first. For its governance officer at the purpose `governance`. */
  objections: ObjectionPage;
  /** Several people at once: as many entries as ids, in their order, null where there is no answer. At most 200. */
  people: Array<Maybe<Person>>;
  /** The person with this id, or null: unknown, unrelated to your reference, hidden and stale are one answer. */
  person?: Maybe<Person>;
  /** The person with this identifier, or null: unknown, unrelated to your reference and hidden are one answer, and a person not found here may still be known to an agency. */
  personByIdentifier?: Maybe<Person>;
  /** What would be otherwise under proposed texts of your own controller's policy, in words; and how many past requests would be given more or less, which is registered. Changes nothing. For a governance officer, at the purpose `governance`. */
  policyDiff: PolicyDiff;
  /** Who is given what by whom now, and the rule that says so: from policy alone, with the relationship proven and consent recorded. For whoever works for an agency, at no purpose. */
  policyMatrix: Array<MatrixCell>;
  /** Which text of each agency's policy is in force and since when, who signed it, its agreement, and what of it is withdrawn. For whoever works for an agency, at no purpose; what only officers of the parties may read is for them at the purpose `governance`. */
  policyStatus: Array<PolicyStatus>;
  /** The disclosure register as your agency may read it, newest first: what it was asked for and how that stood, and what its own people asked, with what each agency's policy gave or refused. For a governance officer at the purpose `governance`, without a reference. Nothing about people from whom you are kept. Each reading is itself registered. */
  register: RegisterPage;
  /** That the disclosure register is whole in a period, for a board: how many entries it has, its signed heads, what was checked and what cannot be. Of the whole register, all agencies together: it tells nothing of any entry. For a governance officer at the purpose `governance`, without a reference. Asking is itself registered. */
  registerStatement: RegisterStatement;
  /** Pairs of records of your reference's people, of which a human is to say whether they are one person's. For roles and purposes that may review. */
  reviewTasks: ReviewTaskPage;
  /** Who you are to Sightline, and what you may ask. Needs no purpose, except for `mayAsk`. */
  viewer: Viewer;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryBarriersArgs = {
  agency?: InputMaybe<Scalars['ID']['input']>;
  by?: Array<BarrierDimension>;
  from: Scalars['Date']['input'];
  to: Scalars['Date']['input'];
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryBreakGlassGrantsArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<BreakGlassState>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryCohortArgs = {
  by?: Array<CohortDimension>;
  where: CohortFilter;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryConsentsArgs = {
  person: Scalars['ID']['input'];
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryConsentsToConfirmArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryDisclosurePlanArgs = {
  operationName?: InputMaybe<Scalars['String']['input']>;
  query: Scalars['String']['input'];
  relationship?: InputMaybe<Relationship>;
  variables?: InputMaybe<Scalars['JSON']['input']>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryDisclosureRequestsArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<DisclosureRequestState>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryFindPeopleArgs = {
  by: PersonSearch;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryLinksToConfirmArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryMistakesArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<QueueState>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryObjectionsArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  state?: InputMaybe<QueueState>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryPeopleArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryPersonArgs = {
  id: Scalars['ID']['input'];
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryPersonByIdentifierArgs = {
  issuer?: InputMaybe<Scalars['ID']['input']>;
  system: IdentifierSystem;
  value: Scalars['String']['input'];
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryPolicyDiffArgs = {
  files: Array<PolicyFile>;
  replayDays?: InputMaybe<Scalars['Int']['input']>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryPolicyMatrixArgs = {
  agency?: InputMaybe<Scalars['ID']['input']>;
  purpose?: InputMaybe<Scalars['String']['input']>;
  role?: InputMaybe<Scalars['String']['input']>;
  section?: InputMaybe<Scalars['String']['input']>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryRegisterArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  by: RegisterFilter;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryRegisterStatementArgs = {
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};


/** Where every question starts. Questions about people need the headers `Sharing-Purpose` and `Sharing-Reference`. */
export type QueryReviewTasksArgs = {
  after?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  person?: InputMaybe<Scalars['ID']['input']>;
  state?: InputMaybe<ReviewState>;
};

/** How something that was raised with an agency stands. */
export type QueueState =
  /** A mistake: the agency has corrected it in its own system. */
  | 'CORRECTED'
  /** A mistake: the agency finds none. */
  | 'NOT_CORRECTED'
  /** An objection: the agency does not agree, and the sharing goes on. */
  | 'NOT_UPHELD'
  /** An objection: the agency agrees, and direct care of the section stays stopped. */
  | 'UPHELD'
  /** The agency has not answered. */
  | 'WAITING';

/** Why an answer stands as it does. */
export type Reason =
  /** The sharing agreement is not in force today. */
  | 'AGREEMENT_NOT_IN_FORCE'
  /** The sharing agreement was withdrawn. */
  | 'AGREEMENT_WITHDRAWN'
  /** The person must have agreed to it. Whoever refers them asks, and records it by `recordConsent`; what somebody recorded for a request of their own is confirmed by the agency whose data it is. */
  | 'CONSENT_REQUIRED'
  /** The agency's system failed. */
  | 'FAILED'
  /** No gateway of law carries this here. */
  | 'GATEWAY_EXCLUDES'
  /** Your level on this section does not reach this field. */
  | 'LEVEL'
  /** Only with break-glass, for one person and a short time, with a reason. */
  | 'NEEDS_BREAK_GLASS'
  /** A person at the agency decides each time: call the desk. */
  | 'NEEDS_REVIEW'
  /** The agency has the person, and nothing within `scope`. */
  | 'NONE_IN_SCOPE'
  /** The agency's policy does not list it for you. */
  | 'NOT_LISTED'
  /** Not offered here, to anybody at your role and purpose. The same for every person. */
  | 'NOT_OFFERED'
  /** The agency's feed has nobody linked to this person. Not proof that there is no record. */
  | 'NO_LINKED_RECORD'
  /** You and the person are not tied by your reference. */
  | 'NO_RELATIONSHIP'
  /** The person has objected to its being shared for their care, and it stops unless the agency decides otherwise. The same whether or not there are data. */
  | 'OBJECTED'
  /** Only the agency's own staff may see it. */
  | 'OTHER_ORGANISATION_ONLY'
  /** The agency's policy has nothing for your role at this purpose. */
  | 'PURPOSE'
  /** The relationship is not verified, and the agency asks for that here. */
  | 'RELATIONSHIP_UNVERIFIED'
  /** The agency's policy has nothing for your role. */
  | 'ROLE'
  /** The agency's system is starting. */
  | 'STARTING'
  /** The agency did not answer in time. */
  | 'TIMED_OUT'
  /** The agency's answer was larger than one may be: ask for fewer people or fields at once. */
  | 'TOO_LARGE'
  /** The agency has more rows of this person than are looked at in one answer: what is shown is not all, and what is not shown is not "none". */
  | 'TOO_MANY_ROWS'
  /** The agency has a record, but what it says of this is missing or cannot be read. The rest of its answer stands. */
  | 'UNREADABLE';

/** Which entries of the register: all conditions that are given hold together. */
export type RegisterFilter = {
  /** True: only what was opened by break-glass or given through it. False: only what was not. */
  breakGlass?: InputMaybe<Scalars['Boolean']['input']>;
  /** From this moment on. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** The kind of entry. */
  kind?: InputMaybe<RegisterKind>;
  /** The agency whose people asked. */
  organisation?: InputMaybe<Scalars['ID']['input']>;
  /** Your agency's own number of a record, as it was linked then. */
  ownRecord?: InputMaybe<Scalars['String']['input']>;
  /** The role in which it was asked. */
  role?: InputMaybe<Scalars['String']['input']>;
  /** A section by its name on `Person`: of your own agency's outcomes, or of what your people asked. */
  section?: InputMaybe<Scalars['String']['input']>;
  /** The login that asked. */
  sub?: InputMaybe<Scalars['String']['input']>;
  /** Before this moment. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

/** An entry of the register, as your agency may read it. */
export type RegisterItem = {
  __typename?: 'RegisterItem';
  /** Who asked. What the operator did at the terminal has the organisation `none`. */
  asker: Asker;
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Its hash, which the next entry of the chain and a signed head hold. */
  hash: Scalars['String']['output'];
  /** What it is of. */
  kind: RegisterKind;
  /** Of what your own people asked, every agency's; else your own agency's alone. */
  outcomes: Array<RegisterOutcome>;
  /** Your agency's own numbers of the person's records, as they were linked then. */
  ownRecord?: Maybe<Scalars['String']['output']>;
  /** The content hash of the policy it was decided by. */
  policyVersion: Scalars['String']['output'];
  /** The purpose they asserted. */
  purpose?: Maybe<Scalars['String']['output']>;
  /** The case or incident they named. */
  reference?: Maybe<Scalars['String']['output']>;
  /** How the person was tied to it. */
  relationship?: Maybe<Relationship>;
  /** Its place: the chain, and its number in that. */
  sequence: Scalars['String']['output'];
};

/** What an entry of the register is of. */
export type RegisterKind =
  /** Somebody counted. */
  | 'AGGREGATE'
  /** Something was opened by break-glass, or ended. */
  | 'BREAK_GLASS'
  /** A consent was recorded, confirmed or withdrawn. */
  | 'CONSENT'
  /** Somebody said who is who. */
  | 'DECISION'
  /** Somebody was shown, or refused, sections of a person whom they may see. */
  | 'DISCLOSURE'
  /** A mistake that was reported, or what was answered. */
  | 'MISTAKE'
  /** An objection, or what was decided on it. */
  | 'OBJECTION'
  /** An agreement was withdrawn or signed, or another rule changed. */
  | 'POLICY'
  /** A request, an id or an act that was refused. */
  | 'REFUSAL'
  /** Something that was disclosed was passed on to a colleague on the same case. */
  | 'RELAY'
  /** Somebody read the register. */
  | 'REPORT'
  /** A record left the person index, since its agency feeds it no longer. */
  | 'RETENTION'
  /** An agency's word on an act, afterwards. */
  | 'REVIEW'
  /** Somebody searched, whatever came of it. */
  | 'SEARCH';

/** What became of one section at one agency. */
export type RegisterOutcome = {
  __typename?: 'RegisterOutcome';
  /** The agency. */
  agency: Agency;
  /** Gateways of law it rested on. */
  gateways: Array<Scalars['String']['output']>;
  /** Whether its policy gave it, whether or not there was anything. */
  given: Scalars['Boolean']['output'];
  /** The level that policy gave. */
  level?: Maybe<SharingLevel>;
  /** Why it was withheld; of your own agency's outcomes also why there was nothing, or no answer. */
  reason?: Maybe<Reason>;
  /** The section, or what was read or changed. */
  section: Scalars['String']['output'];
  /** How it stood; of your own agency's outcomes alone. */
  state?: Maybe<AnswerState>;
};

/** Entries of the register, as many as asked for. */
export type RegisterPage = {
  __typename?: 'RegisterPage';
  /** The entries, newest first. */
  items: Array<RegisterItem>;
  /** For `after`, to read on; null at the end. */
  next?: Maybe<Scalars['ID']['output']>;
};

/** That the register is whole in a period, and how far that can be said. */
export type RegisterStatement = {
  __typename?: 'RegisterStatement';
  /** What was checked, in words. */
  checked: Array<Scalars['String']['output']>;
  /** Entries between the heads that cover it, of all agencies together. */
  entries: Scalars['Int']['output'];
  /** What is wrong; empty where it is whole. */
  findings: Array<Scalars['String']['output']>;
  /** What was asked for; null for the beginning. */
  from?: Maybe<Scalars['DateTime']['output']>;
  /** The last head of each chain that covers it: chain, entries, root of its tree, and when it was signed. */
  heads: Array<Scalars['String']['output']>;
  /** SHA-256 of each public key that signs heads here, in hex, with commas between. Compare it with what you were told another way. */
  keyFingerprint: Scalars['String']['output'];
  /** What was not checked, and cannot be seen from the register. */
  notChecked: Array<Scalars['String']['output']>;
  /** What was asked for; null for the newest head. */
  to?: Maybe<Scalars['DateTime']['output']>;
  /** Whether nothing was found. */
  whole: Scalars['Boolean']['output'];
};

/** One person in a household. */
export type RelatedPerson = Sourced & {
  __typename?: 'RelatedPerson';
  /** Whether this is a baby not yet born. */
  expected?: Maybe<Scalars['Boolean']['output']>;
  /** Whether they hold parental responsibility. */
  parentalResponsibility?: Maybe<Scalars['Boolean']['output']>;
  /** The person themselves, if the index knows them: gated like everybody. */
  person?: Maybe<Person>;
  /** What they are to the person asked about. */
  relationship?: Maybe<RelationshipKind>;
  /** Whether they live at the same address. */
  sameAddress?: Maybe<Scalars['Boolean']['output']>;
  /** The agency and record it comes from. */
  source: Source;
};

/** How you, your reference and the person are tied, by the issuing agency's own records. */
export type Relationship =
  /** The reference is live and you are on it, but the person is not yet tied to it. Registered as a claim, and reviewed. */
  | 'CLAIMED'
  /** No relationship: nothing is released. */
  | 'NONE'
  /** The issuing system cannot be asked now. Only what each agency allows in that case is released. */
  | 'UNVERIFIED'
  /** The reference is live, you are on it and the person is tied to it. */
  | 'VERIFIED';

/** What one person is to another. */
export type RelationshipKind =
  /** Carer. */
  | 'CARER'
  /** Child. */
  | 'CHILD'
  /** Former partner. */
  | 'FORMER_PARTNER'
  /** Grandparent. */
  | 'GRANDPARENT'
  /** Other. */
  | 'OTHER'
  /** Parent. */
  | 'PARENT'
  /** Partner. */
  | 'PARTNER'
  /** Sibling. */
  | 'SIBLING'
  /** Not known. */
  | 'UNKNOWN';

/** Something that was disclosed to one person on a reference and passed on to another. */
export type Relay = {
  __typename?: 'Relay';
  /** When it was recorded. */
  at: Scalars['DateTime']['output'];
  /** An opaque id. */
  id: Scalars['ID']['output'];
};

/** How many past requests of one organisation's people would be given more or less. Requests are counted, no people. */
export type RequestsOfOrganisation = {
  __typename?: 'RequestsOfOrganisation';
  /** The organisation's agency id. */
  organisation: Scalars['ID']['output'];
  /** More. */
  requestsGiven: Count;
  /** Less. */
  requestsWithheld: Count;
};

/** A name, as the index compares it. */
export type ReviewName = {
  __typename?: 'ReviewName';
  /** Family name. */
  familyName?: Maybe<Scalars['String']['output']>;
  /** Given name. */
  givenName?: Maybe<Scalars['String']['output']>;
};

/** Why it is asked. */
export type ReviewOrigin =
  /** The records agree, and not enough to be linked. */
  | 'CANDIDATE'
  /** They are linked as one person, and you asked for that person's records. */
  | 'LINKED'
  /** A search found several people. */
  | 'MANY_MATCH'
  /** A search found somebody who was not sure enough to show. */
  | 'POSSIBLE_MATCH';

/** One agency's record, side by side with others. */
export type ReviewRecord = {
  __typename?: 'ReviewRecord';
  /** Whose it is; null for another agency, which may not appear to you and shows nothing. */
  agency?: Maybe<Agency>;
  /** Date of birth. */
  dateOfBirth?: Maybe<Scalars['Date']['output']>;
  /** Names, as the index compares them: capital letters without accents. */
  names?: Maybe<Array<ReviewName>>;
  /** An opaque token of the record, bound to your organisation and reference; the same record has the same token. */
  record?: Maybe<Scalars['ID']['output']>;
  /** Sex as recorded. */
  sex?: Maybe<Sex>;
};

/** One side of a task. */
export type ReviewSide = {
  __typename?: 'ReviewSide';
  /** The records, with nothing but what each agency's policy releases to you. */
  records: Array<ReviewRecord>;
  /** How your reference and this person are tied. */
  relationship: Relationship;
};

/** Whether somebody has decided on two records. */
export type ReviewState =
  /** Waits for a second person, of your agency; never told to others. */
  | 'AWAITING_CONFIRMATION'
  /** Somebody has. */
  | 'DECIDED'
  /** Nobody has. */
  | 'OPEN'
  /** Somebody looked and could not tell. */
  | 'UNSURE';

/** Two records of which it is asked whether they are one person's. */
export type ReviewTask = {
  __typename?: 'ReviewTask';
  /** What agrees and what differs, from what you may see of both. */
  comparisons: Array<LinkComparison>;
  /** What was decided before, newest first. */
  decisions: Array<EarlierDecision>;
  /** Why no weight may link the two, in words, such as that they may be twins; null where nothing stands against it. */
  heldBack?: Maybe<Scalars['String']['output']>;
  /** An opaque id, bound to your organisation and reference; elsewhere it is stale. */
  id: Scalars['ID']['output'];
  /** Why it is asked; empty for what was decided of its own accord. */
  origins: Array<ReviewOrigin>;
  /** The two sides: each a person as they stand now, or a record alone where both are one person's. */
  sides: Array<ReviewSide>;
  /** Whether somebody has decided. */
  state: ReviewState;
  /** What speaks for one person, in bits; null where the matcher weighs nothing. */
  weightBits?: Maybe<Scalars['Float']['output']>;
};

/** Tasks of your reference, as many as asked for. */
export type ReviewTaskPage = {
  __typename?: 'ReviewTaskPage';
  /** For `after`, to read on; null at the end. */
  next?: Maybe<Scalars['ID']['output']>;
  /** The tasks, in an order that means nothing. */
  tasks: Array<ReviewTask>;
};

/** The rule of a policy file that a decision rests on. */
export type Rule = {
  __typename?: 'Rule';
  /** The sharing agreement. */
  agreement: Agreement;
  /** Conditions of data-protection law it cites. */
  conditions: Array<Scalars['String']['output']>;
  /** The policy file. */
  file: Scalars['String']['output'];
  /** Gateways of law it cites, that apply here. */
  gateways: Array<Scalars['String']['output']>;
  /** The line in it. */
  line: Scalars['Int']['output'];
};

/** One sanction. */
export type Sanction = Sourced & {
  __typename?: 'Sanction';
  /** For how many days. */
  days?: Maybe<Scalars['Int']['output']>;
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** Its level. */
  level?: Maybe<CodedValue>;
  /** The agency and record it comes from. */
  source: Source;
};

/** Outcomes of a search. */
export type SearchOutcome =
  /** Several people fit. Nobody is disclosed; a review has been asked for. */
  | 'MANY_MATCH'
  /** Found. */
  | 'MATCH'
  /** Nobody you may see. They may still be known to an agency. */
  | 'NO_MATCH'
  /** Somebody may fit, but not surely enough to disclose. A review has been asked for. */
  | 'POSSIBLE_MATCH'
  /** Too little to go on. */
  | 'TOO_BROAD';

/** A group of fields about a person, and how the answer stands. */
export type Section = {
  /** One entry for every agency that supplies a field asked, whether or not it knows the person. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Kinds of service. */
export type ServiceKind =
  /** Adult social care. */
  | 'ADULT_SOCIAL_CARE'
  /** Children's social care. */
  | 'CHILDRENS_SOCIAL_CARE'
  /** Domestic-abuse support. */
  | 'DOMESTIC_ABUSE_SUPPORT'
  /** Early help. */
  | 'EARLY_HELP'
  /** Employment and benefits. */
  | 'EMPLOYMENT_AND_BENEFITS'
  /** General practice. */
  | 'GENERAL_PRACTICE'
  /** Health visiting. */
  | 'HEALTH_VISITING'
  /** Homelessness. */
  | 'HOMELESSNESS'
  /** Housing tenancy. */
  | 'HOUSING_TENANCY'
  /** Community mental health. */
  | 'MENTAL_HEALTH_COMMUNITY'
  /** Mental-health crisis and home treatment. */
  | 'MENTAL_HEALTH_CRISIS'
  /** Other. */
  | 'OTHER'
  /** Police. */
  | 'POLICE'
  /** Probation. */
  | 'PROBATION'
  /** School. */
  | 'SCHOOL'
  /** School nursing. */
  | 'SCHOOL_NURSING'
  /** Substance use. */
  | 'SUBSTANCE_USE'
  /** Youth justice. */
  | 'YOUTH_JUSTICE';

/** Sex as recorded (NHS Data Dictionary person gender codes). */
export type Sex =
  /** Female. */
  | 'FEMALE'
  /** Indeterminate. */
  | 'INDETERMINATE'
  /** Male. */
  | 'MALE'
  /** Not known. */
  | 'UNKNOWN';

/** How much a grant releases. */
export type SharingLevel =
  /** That it exists, and whom to call. */
  | 'EXISTS'
  /** Everything. */
  | 'FULL'
  /** The summary. */
  | 'SUMMARY';

/** Where an item comes from. */
export type Source = {
  __typename?: 'Source';
  /** The agency. */
  agency: Agency;
  /** When the row was last known to be true. */
  asOf?: Maybe<Scalars['DateTime']['output']>;
  /** An opaque token of the record, bound to your organisation and reference; the same record has the same token. */
  record: Scalars['ID']['output'];
};

/** What one agency said of one section. */
export type SourceAnswer = {
  __typename?: 'SourceAnswer';
  /** The agency. */
  agency: Agency;
  /** When the released rows were last known to be true; for NO_LINKED_RECORD, the time of the feed. */
  asOf?: Maybe<Scalars['DateTime']['output']>;
  /** Whom to call. */
  contact?: Maybe<Contact>;
  /** How much it releases to you. */
  level?: Maybe<SharingLevel>;
  /** What to know, in words. */
  message?: Maybe<Scalars['String']['output']>;
  /** Why it stands so. */
  reason?: Maybe<Reason>;
  /** When the agency was asked. */
  retrievedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Which class of records was asked, in words: from policy alone. */
  scope?: Maybe<Scalars['String']['output']>;
  /** How its answer stands. */
  state: AnswerState;
};

/** Something that comes from one record of one agency. */
export type Sourced = {
  /** The agency and record it comes from. */
  source: Source;
};

/** The ten outcomes (Supporting Families outcomes framework). */
export type SupportOutcome =
  /** Crime prevention and tackling crime. */
  | 'DIVERTED_FROM_CRIME'
  /** Good early years development. */
  | 'EARLY_YEARS'
  /** Getting a good education. */
  | 'EDUCATION'
  /** Improved family relationships. */
  | 'FAMILY_RELATIONSHIPS'
  /** Financial stability. */
  | 'FINANCIAL_STABILITY'
  /** Improved mental and physical health. */
  | 'HEALTH'
  /** Children safe from abuse and exploitation. */
  | 'SAFE_FROM_ABUSE'
  /** Safe from domestic abuse. */
  | 'SAFE_FROM_DOMESTIC_ABUSE'
  /** Secure housing. */
  | 'SECURE_HOUSING'
  /** Promoting recovery and reducing harm from substance use. */
  | 'SUBSTANCE_USE';

/** A tenancy. */
export type Tenancy = {
  __typename?: 'Tenancy';
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** What kind. */
  kind?: Maybe<CodedValue>;
  /** Its reference. */
  reference?: Maybe<Scalars['String']['output']>;
};

/**
 * Events of a person in one line of time, newest first. What stands in it, and whether its date, title and detail do, the section
 * decides in which it stands; nothing is here that is not there. An empty timeline says that nothing was shown of these days, and not that
 * nothing happened: `scope` of each source says which days were looked at, and of which records.
 */
export type Timeline = Section & {
  __typename?: 'Timeline';
  /** The events, newest first. Those without a date that can be read come last: nobody can tell whether they are of these days. */
  items?: Maybe<Array<TimelineItem>>;
  /** Where the next page begins, for `after`; null where nothing that you may see comes after this one. */
  next?: Maybe<Scalars['ID']['output']>;
  /** One entry for every agency that supplies events, whether or not it knows the person, in a fixed order: DISCLOSED, PARTIAL, or the worst of its sections. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. DISCLOSED where there are events that you may see, of these days or of others. */
  state: AnswerState;
};

/** One event, as its own section has it. */
export type TimelineItem = Sourced & {
  __typename?: 'TimelineItem';
  /** When it was. Where only a day is recorded, its first moment in London. Null with an error where it could not be read. */
  date?: Maybe<Scalars['DateTime']['output']>;
  /** More of it, in words. Null also where events of this kind have no more. */
  detail?: Maybe<Scalars['String']['output']>;
  /** The section that it stands in, by its name in `Person`: `policeEvents`. */
  section?: Maybe<Scalars['String']['output']>;
  /** The agency and record it comes from. */
  source: Source;
  /** What it was, in words. */
  title?: Maybe<Scalars['String']['output']>;
};

/** You, as your token and headers say, checked. */
export type Viewer = {
  __typename?: 'Viewer';
  /** Every section of every agency at your role and purpose: the level you would get, or the reason you would not. Without a reference it is told as for a verified one. */
  mayAsk: Array<Grant>;
  /** Your name. */
  name: Scalars['String']['output'];
  /** The id of your organisation's agency. */
  organisation: Scalars['String']['output'];
  /** The purpose you assert with `Sharing-Purpose`. */
  purpose?: Maybe<Scalars['String']['output']>;
  /** Your case or incident, from `Sharing-Reference`. */
  reference?: Maybe<Scalars['String']['output']>;
  /** What your reference itself is worth: VERIFIED if it is live and you are on it, UNVERIFIED if its system cannot be asked now, else NONE. */
  relationship: Relationship;
  /** The role you act in: your only one, or the one in `Sharing-Role`. */
  role: Scalars['String']['output'];
  /** Every role your token gives you. */
  roles: Array<Scalars['String']['output']>;
  /** Your school, practice or team within it, if your token says. */
  site?: Maybe<Scalars['String']['output']>;
};

/** A text of a policy that waits to be signed. */
export type WaitingPolicy = {
  __typename?: 'WaitingPolicy';
  /** SHA-256 of the text, in hex: what is signed. */
  hash: Scalars['String']['output'];
  /** Whether it gives more than the text in force: then it takes two people. */
  opensMore: Scalars['Boolean']['output'];
  /** How many more it takes. */
  signaturesMissing: Scalars['Int']['output'];
  /** Who signed it so far. */
  signedBy: Array<Scalars['String']['output']>;
};

/** One warning. */
export type WarningMarker = Sourced & {
  __typename?: 'WarningMarker';
  /** The detail recorded. */
  detail?: Maybe<Scalars['String']['output']>;
  /** Since when. */
  from?: Maybe<Scalars['Date']['output']>;
  /** What a visitor should do. */
  guidance?: Maybe<Scalars['String']['output']>;
  /** Whether its review is overdue. */
  overdue?: Maybe<Scalars['Boolean']['output']>;
  /** When it is to be reviewed. */
  reviewDate?: Maybe<Scalars['Date']['output']>;
  /** The agency and record it comes from. */
  source: Source;
  /** What it warns of. */
  type?: Maybe<WarningType>;
};

/** Warnings for whoever visits. */
export type WarningMarkers = Section & {
  __typename?: 'WarningMarkers';
  /** The markers. */
  items?: Maybe<Array<WarningMarker>>;
  /** One entry for every agency that supplies a field asked, whether or not it knows the person, in a fixed order. */
  sources: Array<SourceAnswer>;
  /** How the answer of all suppliers together stands. */
  state: AnswerState;
};

/** Kinds of warning (police warning markers). */
export type WarningType =
  /** Makes allegations. */
  | 'ALLEGES'
  /** Contagious. */
  | 'CONTAGIOUS'
  /** Dog. */
  | 'DOG'
  /** Drugs. */
  | 'DRUGS'
  /** Escaper. */
  | 'ESCAPER'
  /** Firearms. */
  | 'FIREARMS'
  /** Hazard at the address. */
  | 'HAZARD_AT_ADDRESS'
  /** Mental health. */
  | 'MENTAL_HEALTH'
  /** Other. */
  | 'OTHER'
  /** Self-harm. */
  | 'SELF_HARM'
  /** Suicidal. */
  | 'SUICIDAL'
  /** Violent. */
  | 'VIOLENT'
  /** Weapons. */
  | 'WEAPONS';

/** A sharing agreement was withdrawn, or would be. */
export type Withdrawal = {
  __typename?: 'Withdrawal';
  /** The agreement's id. */
  agreement: Scalars['ID']['output'];
  /** When; null where nothing was withdrawn yet. */
  at?: Maybe<Scalars['DateTime']['output']>;
  /** By whom, for governance officers of the parties; null for others. */
  by?: Maybe<Scalars['String']['output']>;
  /** Live references of your own organisation that lose something, as `<agency>:<number>`, for its governance officer; empty for others. */
  references: Array<Scalars['String']['output']>;
  /** Up to which version of it. */
  version: Scalars['Int']['output'];
  /** Why, for governance officers of the parties; else that it is kept for them. */
  why: Scalars['String']['output'];
};

/* Generated from src/pages/app/person/documents.ts by `npm run codegen`. */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
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

/** Kinds of contact point. */
export type ContactKind =
  /** E-mail. */
  | 'EMAIL'
  /** Landline. */
  | 'LANDLINE'
  /** Mobile telephone. */
  | 'MOBILE';

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

/** The person's side in a case. */
export type DomesticAbuseRole =
  /** Child. */
  | 'CHILD'
  /** Perpetrator. */
  | 'PERPETRATOR'
  /** Victim. */
  | 'VICTIM';

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

/** Suspension or exclusion. */
export type ExclusionKind =
  /** Permanent exclusion. */
  | 'PERMANENT'
  /** Suspension. */
  | 'SUSPENSION';

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

/** A number and whose it is. */
export type IdentifierInput = {
  /** The agency that issued it; required for LOCAL. */
  issuer?: string | number | null | undefined;
  /** Whose number it is. */
  system: IdentifierSystem;
  /** The number. */
  value: string;
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

/** How a service stands to a person. */
export type InvolvementStatus =
  /** Closed. */
  | 'CLOSED'
  /** Known. */
  | 'KNOWN'
  /** Open. */
  | 'OPEN';

/** How sure a match is. */
export type MatchConfidence =
  /** By an identifier that a trusted system issued, and nothing differs. */
  | 'CONFIRMED'
  /** By what agrees: names, date of birth, postcode, some of them perhaps with a slip. `explanation` says which. */
  | 'PROBABLE';

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

/** Need or strength. */
export type NeedKind =
  /** A need. */
  | 'NEED'
  /** A strength. */
  | 'STRENGTH';

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

/** What you know of a person. */
export type PersonSearch = {
  /** Date of birth. */
  dateOfBirth?: string | null | undefined;
  /** Family name. No wildcards. */
  familyName?: string | null | undefined;
  /** Given name. No wildcards. */
  givenName?: string | null | undefined;
  /** A number of theirs. */
  identifier?: IdentifierInput | null | undefined;
  /** Postcode of the current address. */
  postcode?: string | null | undefined;
  /** Sex. */
  sex?: Sex | null | undefined;
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

export type FindPersonQueryVariables = Exact<{
  by: PersonSearch;
}>;


export type FindPersonQuery = { findPeople: { outcome: SearchOutcome, message: string, contacts: Array<{ desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null }>, people: Array<{ confidence: MatchConfidence, agreesOn: Array<string>, differsOn: Array<string>, explanation: Array<string>, person: { id: string, relationship: Relationship, identity: { state: AnswerState, name: string | null, dateOfBirth: string | null, dateOfBirthAccuracy: DateAccuracy | null, sex: Sex | null, deceased: boolean | null, differs: Array<string> | null } } }> } };

export type FindPersonByNumberQueryVariables = Exact<{
  system: IdentifierSystem;
  value: string;
}>;


export type FindPersonByNumberQuery = { personByIdentifier: { id: string, relationship: Relationship, identity: { state: AnswerState, name: string | null, dateOfBirth: string | null, dateOfBirthAccuracy: DateAccuracy | null, sex: Sex | null, deceased: boolean | null, differs: Array<string> | null } } | null };

export type PersonNowQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonNowQuery = { person: { id: string, relationship: Relationship, identity: { state: AnswerState, name: string | null, dateOfBirth: string | null, dateOfBirthAccuracy: DateAccuracy | null, sex: Sex | null, deceased: boolean | null, differs: Array<string> | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, records: Array<{ name: string | null, dateOfBirth: string | null, sex: Sex | null, kind: NameKind | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null }, involvements: { state: AnswerState, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ service: ServiceKind | null, serviceName: string | null, status: InvolvementStatus | null, from: string | null, to: string | null, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null, lead: { name: string | null, role: string | null, team: string | null, phone: string | null } | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null }, warningMarkers: { state: AnswerState, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ type: WarningType | null, guidance: string | null, detail: string | null, from: string | null, reviewDate: string | null, overdue: boolean | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null }, domesticAbuse: { state: AnswerState, seeAlone: boolean | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }> }, crisisPlan: { state: AnswerState, exists: boolean | null, sharedExtract: string | null, whatHelps: string | null, triggers: string | null, avoid: string | null, reviewDate: string | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, contacts: Array<{ kind: ContactKind | null, value: string | null, safe: boolean | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonMayAskQueryVariables = Exact<{ [key: string]: never; }>;


export type PersonMayAskQuery = { viewer: { name: string, role: string, organisation: string, mayAsk: Array<{ section: string, level: SharingLevel | null, reason: Reason | null, scope: string | null, agency: { id: string, name: string } }> } };

export type PersonMentalHealthQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonMentalHealthQuery = { person: { id: string, mentalHealth: { state: AnswerState, openToService: boolean | null, detained: boolean | null, legalStatusFrom: string | null, legalStatusTo: string | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, team: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null, legalStatus: { text: string } | null, practice: { name: string, phone: string | null } | null } } | null };

export type PersonClinicalQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonClinicalQuery = { person: { id: string, clinical: { state: AnswerState, truncated: boolean | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, diagnoses: Array<{ from: string | null, active: boolean | null, diagnosis: { text: string } | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null, medication: Array<{ name: string | null, dose: string | null, highRisk: boolean | null, from: string | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null, allergies: Array<{ substance: string | null, reaction: string | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null, notes: Array<{ writtenAt: string | null, text: string | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonDomesticAbuseQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonDomesticAbuseQuery = { person: { id: string, domesticAbuse: { state: AnswerState, seeAlone: boolean | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ as: DomesticAbuseRole | null, caseStatus: string | null, meetingDate: string | null, dashScore: number | null, actions: Array<string> | null, adviser: { name: string | null, role: string | null, team: string | null, phone: string | null } | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonChildSafeguardingQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonChildSafeguardingQuery = { person: { id: string, childSafeguarding: { state: AnswerState, known: boolean | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ status: Array<ChildStatus> | null, responsibleAuthority: string | null, from: string | null, to: string | null, dutyContact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null, category: { text: string } | null, placementType: { text: string } | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonHouseholdQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonHouseholdQuery = { person: { id: string, household: { state: AnswerState, dependentChildren: boolean | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, members: Array<{ relationship: RelationshipKind | null, parentalResponsibility: boolean | null, sameAddress: boolean | null, expected: boolean | null, person: { id: string, identity: { name: string | null, dateOfBirth: string | null } } | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonContactQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonContactQuery = { person: { id: string, contact: { state: AnswerState, safeContact: string | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ kind: ContactKind | null, value: string | null, from: string | null, safe: boolean | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonAddressesQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonAddressesQuery = { person: { id: string, addresses: { state: AnswerState, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ lines: Array<string> | null, postcode: string | null, kind: AddressKind | null, from: string | null, to: string | null, current: boolean | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonPoliceEventsQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonPoliceEventsQuery = { person: { id: string, policeEvents: { state: AnswerState, truncated: boolean | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ date: string | null, category: PoliceEventCategory | null, role: EventRole | null, outcome: string | null, summary: string | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonOrdersQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonOrdersQuery = { person: { id: string, orders: { state: AnswerState, missing: boolean | null, absentWithoutLeave: boolean | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ kind: OrderKind | null, conditions: string | null, from: string | null, to: string | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonPublicProtectionQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonPublicProtectionQuery = { person: { id: string, publicProtection: { state: AnswerState, level: number | null, reviewDate: string | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, category: { text: string } | null, responsibleOfficer: { name: string | null, role: string | null, team: string | null, phone: string | null } | null } } | null };

export type PersonNeedsQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonNeedsQuery = { person: { id: string, needs: { state: AnswerState, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ outcome: SupportOutcome | null, kind: NeedKind | null, evidence: string | null, recordedOn: string | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null, plan: Array<{ goal: string | null, action: string | null, due: string | null, done: boolean | null, owner: { name: string | null, role: string | null, team: string | null, phone: string | null } | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonEducationQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonEducationQuery = { person: { id: string, education: { state: AnswerState, attendanceBand: AttendanceBand | null, attendancePercent: number | null, safeguardingConcern: boolean | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, school: { name: string, phone: string | null } | null, attendance: Array<{ sessions: number, code: { text: string } }> | null, exclusions: Array<{ kind: ExclusionKind | null, from: string | null, sessions: number | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null, specialNeeds: { text: string } | null } } | null };

export type PersonHousingQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonHousingQuery = { person: { id: string, housing: { state: AnswerState, arrearsBand: ArrearsBand | null, arrearsPence: number | null, noticeStage: NoticeStage | null, homelessnessDuty: HomelessnessDuty | null, threatenedWithin56Days: boolean | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, tenancy: { reference: string | null, from: string | null, kind: { text: string } | null } | null, antisocialBehaviour: Array<{ role: string | null, from: string | null, open: boolean | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonBenefitsQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonBenefitsQuery = { person: { id: string, benefits: { state: AnswerState, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, awards: Array<{ from: string | null, to: string | null, kind: { text: string } | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null, healthGroup: { text: string } | null, activeSanction: { from: string | null, days: number | null, level: { text: string } | null } | null } } | null };

export type PersonDemographicsQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonDemographicsQuery = { person: { id: string, demographics: { state: AnswerState, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, records: Array<{ interpreterNeeded: boolean | null, communicationNeeds: Array<string> | null, ethnicity: { text: string } | null, language: { text: string } | null, disability: Array<{ text: string }> | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonIdentifiersQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonIdentifiersQuery = { person: { id: string, identifiers: { state: AnswerState, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ system: IdentifierSystem | null, value: string | null, verified: boolean | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonIntelligenceQueryVariables = Exact<{
  id: string | number;
}>;


export type PersonIntelligenceQuery = { person: { id: string, intelligence: { state: AnswerState, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ text: string | null, sourceEvaluation: { text: string } | null, assessment: { text: string } | null, handling: { text: string } | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type PersonTimelineQueryVariables = Exact<{
  id: string | number;
  after?: string | number | null | undefined;
}>;


export type PersonTimelineQuery = { person: { id: string, timeline: { state: AnswerState, next: string | null, sources: Array<{ state: AnswerState, level: SharingLevel | null, reason: Reason | null, scope: string | null, message: string | null, asOf: string | null, agency: { id: string, name: string }, contact: { desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null } | null }>, items: Array<{ date: string | null, section: string | null, title: string | null, detail: string | null, source: { record: string, asOf: string | null, agency: { id: string, name: string } } }> | null } } | null };

export type WhoLookedQueryVariables = Exact<{
  after?: string | number | null | undefined;
}>;


export type WhoLookedQuery = { accessHistory: { state: AnswerState, message: string, complaints: string, entries: { next: string | null, items: Array<{ date: string, role: string, purpose: string, sections: Array<string>, breakGlass: boolean, organisation: { id: string, name: string } }> } | null, contacts: Array<{ desk: string, phone: string | null, email: string | null, hours: string | null, staffedNow: boolean | null, advice: string | null }> } };

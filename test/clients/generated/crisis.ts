/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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

export type CrisisQueryVariables = Exact<{
  familyName: string;
  givenName: string;
  dateOfBirth: string;
}>;


export type CrisisQuery = { findPeople: { outcome: SearchOutcome, message: string, people: Array<{ person: { identity: { name: string | null, dateOfBirth: string | null }, crisisPlan: { whatHelps: string | null, triggers: string | null, state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> }, clinical: { state: AnswerState, diagnoses: Array<{ diagnosis: { text: string } | null }> | null, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> } } }> } };

type Standing_Addresses_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Benefits_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_ChildSafeguarding_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Clinical_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_ContactDetails_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_CrisisPlan_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Demographics_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_DomesticAbuse_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Education_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Household_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Housing_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Identifiers_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Identity_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Intelligence_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Involvements_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_MentalHealth_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Needs_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Orders_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_PoliceEvents_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_PublicProtection_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_Timeline_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

type Standing_WarningMarkers_Fragment = { state: AnswerState, sources: Array<{ state: AnswerState, reason: Reason | null, asOf: string | null, agency: { name: string } }> };

export type StandingFragment =
  | Standing_Addresses_Fragment
  | Standing_Benefits_Fragment
  | Standing_ChildSafeguarding_Fragment
  | Standing_Clinical_Fragment
  | Standing_ContactDetails_Fragment
  | Standing_CrisisPlan_Fragment
  | Standing_Demographics_Fragment
  | Standing_DomesticAbuse_Fragment
  | Standing_Education_Fragment
  | Standing_Household_Fragment
  | Standing_Housing_Fragment
  | Standing_Identifiers_Fragment
  | Standing_Identity_Fragment
  | Standing_Intelligence_Fragment
  | Standing_Involvements_Fragment
  | Standing_MentalHealth_Fragment
  | Standing_Needs_Fragment
  | Standing_Orders_Fragment
  | Standing_PoliceEvents_Fragment
  | Standing_PublicProtection_Fragment
  | Standing_Timeline_Fragment
  | Standing_WarningMarkers_Fragment
;

export const StandingFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Standing"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Section"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"agency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}}]}}]} as unknown as DocumentNode<StandingFragment, unknown>;
export const CrisisDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Crisis"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"familyName"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"givenName"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"dateOfBirth"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Date"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"findPeople"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"familyName"},"value":{"kind":"Variable","name":{"kind":"Name","value":"familyName"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"givenName"},"value":{"kind":"Variable","name":{"kind":"Name","value":"givenName"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"dateOfBirth"},"value":{"kind":"Variable","name":{"kind":"Name","value":"dateOfBirth"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"people"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"person"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"identity"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"dateOfBirth"}}]}},{"kind":"Field","name":{"kind":"Name","value":"crisisPlan"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Standing"}},{"kind":"Field","name":{"kind":"Name","value":"whatHelps"}},{"kind":"Field","name":{"kind":"Name","value":"triggers"}}]}},{"kind":"Field","name":{"kind":"Name","value":"clinical"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Standing"}},{"kind":"Field","name":{"kind":"Name","value":"diagnoses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"diagnosis"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"text"}}]}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Standing"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Section"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"agency"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}}]}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"asOf"}}]}}]}}]} as unknown as DocumentNode<CrisisQuery, CrisisQueryVariables>;
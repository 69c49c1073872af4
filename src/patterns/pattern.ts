/**
 * A pattern: what agencies of one place agreed, for agencies of another. It names bodies by their kind, and has nothing in
 * it that somebody wrote in their own words: no name, no telephone, no comment, no count.
 */
import type { Body, LegalReach } from '../sharing/policy/law.ts';
import type { Access, ConsentWord, LegalGateway, ObjectionEffect } from '../sharing/policy/policies.ts';
import type { Ground, ReviewOffer, RowConditions } from '../sharing/policy/types.ts';
import type { Level, WithheldReason } from '../states.ts';

export interface Pattern {
  /** What it is called: `street-triage`. */
  name: string;
  /** Kinds of body that the agreements are between. */
  parties: readonly Body[];
  /** Whole months from the beginning of an agreement to its review; the shortest of them. */
  reviewAfterMonths: number;
  gateways: readonly LegalReach[];
  givers: readonly PatternGiver[];
  grants: readonly PatternGrant[];
  reasons: readonly PatternReason[];
  barriers: readonly PatternBarrier[];
}

/** What the grants of a kind of body hang on besides what they say. */
export interface PatternGiver {
  body: Body;
  /** The section that gives away what kind of agency it is. */
  characteristic: string;
  /** Kind of service of its involvements → the section whose grant it is held to. */
  services: ReadonlyMap<string, string>;
}

export interface PatternGrant {
  body: Body;
  role: string;
  /** Kinds of body in which the role is held. */
  heldBy: readonly Body[];
  purpose: string;
  /** False where the caller is nobody's party, as when people ask for their own record. */
  betweenParties: boolean;
  gateways: readonly LegalGateway[];
  conditions: PatternConditions;
  claim: boolean;
  /** Which consent every section needs, by grant or purpose. */
  consent: ConsentWord | null;
  /** What an objection of the person does at the purpose. */
  objection: ObjectionEffect | null;
  discloseSource: boolean;
  unverified: ReadonlyMap<string, Level>;
  share: ReadonlyMap<string, PatternShare>;
}

export interface PatternConditions {
  article6: string | null;
  article9: string | null;
  schedule8: string | null;
  regime: string;
}

export interface PatternShare {
  access: Access;
  rows: RowConditions;
  discloseSource: boolean;
  /** What the section needs besides. */
  consent: ConsentWord | null;
  breakGlass: { opens: readonly string[]; grounds: readonly Ground[] } | null;
  /** With `review`, and with nothing else. */
  review: ReviewOffer | null;
}

/** Why a body keeps sections from a role at a purpose. */
export interface PatternReason {
  body: Body;
  role: string;
  purpose: string;
  reason: WithheldReason;
  sections: readonly string[];
}

/** A way past what is kept back. */
export const WAYS = {
  BREAK_GLASS: 'In an emergency it is opened for 30 minutes, and accounted for',
  REVIEW: 'A person of the body that holds it decides each time',
  CONSENT: 'With the consent of the person, recorded on the reference',
  CALL: 'The body that holds it is called: its desk stands in the answer',
} as const;
export type Way = keyof typeof WAYS;

/** A barrier that was met, and what leads past it. */
export interface PatternBarrier extends PatternReason {
  way: Way;
}

/** Which paragraph of the law is meant, and nothing besides: `9(2)(g) Sch 1 para 18`. Each step of it is one character or word. */
const CITATION = /^(?:Sch |para |and |Art\. |s\.|\d|\([0-9a-zA-Z]{1,4}\)|[ ,])+$/;

/** Whether a condition cites the law and says nothing else. At most 60 characters. */
export const citationIn = (text: string): boolean =>
  text.length > 0 && text.length <= 60 && CITATION.test(text);

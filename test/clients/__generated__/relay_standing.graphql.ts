/**
 * @generated SignedSource<<c9a765ce1de7ee91e7d6f0db876d2f94>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderInlineDataFragment } from 'relay-runtime';
export type AnswerState = "DISCLOSED" | "NOT_COVERED" | "NOT_HELD" | "PARTIAL" | "POSSIBLE_MATCH_ONLY" | "UNAVAILABLE" | "WITHHELD" | "%future added value";
export type Reason = "AGREEMENT_NOT_IN_FORCE" | "AGREEMENT_WITHDRAWN" | "CONSENT_REQUIRED" | "FAILED" | "GATEWAY_EXCLUDES" | "LEVEL" | "NEEDS_BREAK_GLASS" | "NEEDS_REVIEW" | "NONE_IN_SCOPE" | "NOT_LISTED" | "NOT_OFFERED" | "NO_LINKED_RECORD" | "NO_RELATIONSHIP" | "OBJECTED" | "OTHER_ORGANISATION_ONLY" | "PURPOSE" | "RELATIONSHIP_UNVERIFIED" | "ROLE" | "STARTING" | "TIMED_OUT" | "TOO_LARGE" | "TOO_MANY_ROWS" | "UNREADABLE" | "%future added value";
import type { FragmentRefs } from "relay-runtime";
export type relay_standing$data = {
  readonly sources: ReadonlyArray<{
    readonly agency: {
      readonly name: string;
    };
    readonly asOf: string | null | undefined;
    readonly reason: Reason | null | undefined;
    readonly state: AnswerState;
  }>;
  readonly state: AnswerState;
  readonly " $fragmentType": "relay_standing";
};
export type relay_standing$key = {
  readonly " $data"?: relay_standing$data;
  readonly " $fragmentSpreads": FragmentRefs<"relay_standing">;
};

const node: ReaderInlineDataFragment = {
  "kind": "InlineDataFragment",
  "name": "relay_standing"
};

(node as any).hash = "5c5e9c352c1363b6125069e5486f49c1";

export default node;

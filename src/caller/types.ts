import type { IdentifierSystem } from '../../adapters/contract.ts';

/** Who asks, as their checked token says. */
export interface Caller {
  /** The token's subject: one login, never reused. */
  sub: string;
  /** Their number in their organisation's own logs and caseloads. */
  staff: string;
  name: string;
  /** Agency id of the caller's organisation. */
  organisation: string;
  /** The school, practice or team within it, if the token has one. */
  site: string | null;
  /** The role of this request, one of `roles`. */
  role: string;
  roles: readonly string[];
  /** Who the caller is as a person, as their organisation or a proven identity says; null if the token does not say. */
  person: { system: IdentifierSystem; value: string } | null;
  /** Who gave the token, and to which client; null where there is none or it does not say. */
  issuer: string | null;
  client: string | null;
  /** The system that acts for the caller, or that is the caller: null where a person sits before the client. */
  actor: string | null;
}

/** An agency and its own case or incident number, from `Sharing-Reference`. */
export interface Reference {
  agency: string;
  value: string;
}

import type { IdentifierSystem } from '../../adapters/contract.ts';

/** Who asks, as their checked token says. */
export interface Caller {
  /** The token's `sub`: one login, never reused. */
  sub: string;
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
}

/** An agency and its own case or incident number, from `Sharing-Reference`. */
export interface Reference {
  agency: string;
  value: string;
}

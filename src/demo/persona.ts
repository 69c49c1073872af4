import type { IdentifierSystem } from '../../adapters/contract.ts';
import type { StaffMember } from '../../fixtures/staff.ts';

/** Somebody to sign in as in the demo. */
export interface Persona {
  /** What `POST /demo/token` is asked for. */
  persona: string;
  name: string;
  role: string;
  /** Agency id. */
  organisation: string;
  /** The school or practice within it. */
  site?: string;
  /** Of the token: for staff, how incident logs and caseloads name them. */
  sub: string;
  /** Who they are as a person, where their organisation or a proven identity says so. */
  person?: { system: IdentifierSystem; value: string };
  description: string;
  /** Suggested first; valid with `reference`. */
  purpose: string;
  reference: string;
  /** What the role may assert, the suggested one first. */
  purposes: readonly string[];
  references: readonly SuggestedReference[];
}

export interface SuggestedReference {
  reference: string;
  description: string;
}

export interface PersonaPart {
  description: string;
  purposes: readonly [string, ...string[]];
  references: readonly [SuggestedReference, ...SuggestedReference[]];
}

/** A persona named by its role, with its first purpose and reference suggested. */
export function persona(
  role: string,
  who: Pick<Persona, 'name' | 'organisation' | 'sub'>,
  part: PersonaPart,
): Persona {
  return {
    persona: role,
    ...who,
    role,
    ...part,
    purpose: part.purposes[0],
    reference: part.references[0].reference,
  };
}

/** One who is on the agencies' own incidents and caseloads. */
export const staffPersona = (
  role: string,
  { name, organisation, staff }: StaffMember,
  part: PersonaPart,
): Persona => persona(role, { name, organisation, sub: staff }, part);

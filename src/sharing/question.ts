import type { Policies } from './policies.ts';
import type { Asker, Catalogue, ReferenceStanding, Relationship } from './types.ts';

/** Everything a decision may look at. Nothing in it is about the person asked for. */
export interface Question {
  asker: Asker;
  purpose: string;
  relationship: Relationship;
  standing: ReferenceStanding;
  policy: Policies;
  catalogue: Catalogue;
  withdrawn: ReadonlySet<string>;
  /** Day of Europe/London; null if the time of the request makes no sense. */
  day: string | null;
  ownCaseload?: boolean;
}

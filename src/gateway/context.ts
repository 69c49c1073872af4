import type { RequestReview } from '../person-index/review/types.ts';
import type { RequestSubjects } from '../person-index/types.ts';
import type { Register } from '../register/register.ts';
import type { Catalogue, Decisions, Relationship } from '../sharing/types.ts';
import type { SubjectAuthority } from './authority.ts';
import type { AgencyDirectory } from './directory.ts';
import type { Ledger } from './ledger.ts';
import type { RequestLoaders } from './loaders.ts';
import type { Asking } from './request.ts';

/**
 * One request, made anew for each: nothing in it is shared with another, so that no cache keyed on it can carry one
 * caller's answer to the next.
 */
export interface GatewayContext extends Asking {
  now: Date;
  catalogue: Catalogue;
  agencies: AgencyDirectory;
  subjects: RequestSubjects;
  review: RequestReview;
  /** The caller's role may review links at this purpose. */
  mayReview: boolean;
  /** Writes into the register what must stand there before it takes effect. */
  record: Register['record'];
  /** Decisions at a relationship, with what the reference records; as if VERIFIED asks without one. */
  decisionsAt(relationship: Relationship): Promise<Decisions>;
  authority: SubjectAuthority;
  ledger: Ledger;
  loaders: RequestLoaders;
}

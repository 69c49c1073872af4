import type { Grant, ShareEntry } from '../policy/policies.ts';
import type { GlassOpening, Opening, Permit } from '../policy/types.ts';
import type { SharingQuestion } from './grant.ts';

export const isPermit = (one: Opening): one is Permit => 'level' in one;

/** Which act of the caller's request counts for a section of one agency; null for none of the kind. */
export interface Counting {
  glass: GlassOpening | null;
  permit: Permit | null;
}

const NOTHING: Counting = { glass: null, permit: null };

/**
 * What counts of what is open: the agency's file offers the section by break-glass on this very ground, or says that a person
 * decides, and one has permitted it. Only for somebody who is VERIFIED, or CLAIMED where the grant takes a claim. Whatever
 * else the person is tied by, an act that does not count leaves all as it is.
 */
export function countingOf(
  { openings = [], relationship }: SharingQuestion,
  section: string,
  grant: Grant,
  { access, breakGlass, review }: ShareEntry,
): Counting {
  if (relationship !== 'VERIFIED' && !(relationship === 'CLAIMED' && grant.claim)) return NOTHING;
  const own = openings.filter((one) => one.section === section);
  if (access === 'break-glass' && breakGlass !== null && breakGlass.opens.length > 0) {
    const onGround = (one: Opening): one is GlassOpening =>
      !isPermit(one) && breakGlass.grounds.includes(one.ground);
    return { ...NOTHING, glass: own.find(onGround) ?? null };
  }
  if (access === 'review' && review !== null) return { ...NOTHING, permit: own.find(isPermit) ?? null };
  return NOTHING;
}

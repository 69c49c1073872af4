import { bothSides, type Comparison, compareDecisions } from './diff.ts';
import type { Relationship } from './policy/types.ts';

/** A kind of request that the register holds: whoever asked it so is decided alike. */
export interface PastRequest {
  role: string;
  organisation: string;
  site: string | null;
  purpose: string;
  relationship: string;
  agency: string;
  section: string;
  /** It was refused since the reference recorded no consent. */
  consentMissing: boolean;
}

/** What a past request would have been given under the proposed policy, beside what it is given under the present one. */
export type ReplayVerdict = 'GIVEN' | 'WITHHELD';

/**
 * Kinds of requests that would be given more of a section, or less, each with which of the two; one may be both. The register
 * does not hold at what kind of place an incident was: both are taken to be possible, as where its log does not say.
 */
export function replay(
  comparison: Comparison,
  past: readonly PastRequest[],
): readonly { request: PastRequest; verdict: ReplayVerdict }[] {
  return past.flatMap((request) => {
    const { role, organisation, site, purpose, agency, section, consentMissing } = request;
    const [before, after] = bothSides(comparison, agency, {
      caller: { role, organisation, site },
      purpose,
      relationship: request.relationship as Relationship,
      standing: { place: null, consent: !consentMissing },
      wishes: { consented: !consentMissing, objected: [] },
    });
    const { more, less } = compareDecisions(comparison.catalogue, agency, section, before, after);
    return [
      ...(more ? [{ request, verdict: 'GIVEN' as const }] : []),
      ...(less ? [{ request, verdict: 'WITHHELD' as const }] : []),
    ];
  });
}

import { type AskedCount, countAsked, kindsAsked, type ReplayPeriod } from '../register/past-requests.ts';
import { bothSides, compareDecisions, type PolicyPair } from '../sharing/diff.ts';
import type { Relationship } from '../sharing/policy/types.ts';
import type { StoreDatabase } from '../store/tables.ts';

/** How many past requests of one organisation would be given more of a section, or less. */
export type ReplayCount = AskedCount<ReplayVerdict>;

const DAY_MS = 24 * 3_600_000;
/** The longest period that is replayed, in days. */
export const MOST_REPLAYED_DAYS = 366;

/** The last so many days. */
export const lastDays = (days: number, now: Date): ReplayPeriod => ({
  from: new Date(now.getTime() - days * DAY_MS),
  to: now,
});

/** Asks of the register's own past requests of these agencies what they would be given under the proposed policy. */
export async function replayRequests(
  store: StoreDatabase,
  comparison: PolicyPair,
  agencies: readonly string[],
  period: ReplayPeriod,
): Promise<readonly ReplayCount[]> {
  const past = await kindsAsked(store, agencies, period);
  const marked = replay(comparison, past).map(({ request, verdict }) => [request, verdict] as const);
  return marked.length === 0 ? [] : countAsked(store, marked, period);
}

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
  comparison: PolicyPair,
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

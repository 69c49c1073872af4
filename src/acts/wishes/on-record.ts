import { CompiledQuery } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { Policies } from '../../sharing/policy/policies.ts';
import { londonDay } from '../../sharing/rules/agreement.ts';
import { prepared } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';

/** Whether what people want can change anything for this role at this purpose: from policy alone. */
export function heedsWishes({ agencies, purposes }: Policies, role: string, purpose: string): boolean {
  const { needsConsent = false, objection = null } = purposes.get(purpose) ?? {};
  return (
    needsConsent ||
    objection !== null ||
    [...agencies.values()].some(({ grants }) =>
      grants.some(
        (grant) =>
          grant.role === role &&
          grant.purpose === purpose &&
          (grant.consent !== null || [...grant.share.values()].some(({ consent }) => consent !== null)),
      ),
    )
  );
}

/** One wish of a person for one agency's data, with the agency's records of them when it was written down. */
export interface RecordedWish {
  person: string;
  agency: AgencyId;
  records: readonly RecordId[];
  /** The section they object to; null for their consent. */
  objectsTo: string | null;
}

/** Who asks, for what: a consent is for one authority and one purpose. */
export interface Wanting {
  organisation: AgencyId;
  purpose: string;
  /** `<agency>:<number>`. */
  reference: string;
  now: Date;
}

/*
 * A consent holds on the reference on which it was recorded; one that a referrer of another organisation recorded holds on
 * the chosen authority's own cases as well, since the referral makes one of those.
 */
const WISHES = prepared(`
  select c.person, a.agency, a.records, null as "objectsTo"
  from consent c join consent_agency a on a.consent = c.id
  where c.person = any($1::text[]) and c.receiver = $3 and c.purpose = $4
    and c.withdrawn_at is null and c.recorded_at <= $6::timestamptz and (c.until is null or c.until >= $7)
    and a.confirmed_at is not null
    and (c.reference = $5 or (c.organisation <> c.receiver and split_part($5, ':', 1) = c.receiver))
  union all
  select person, agency, records, section
  from concern
  where kind = 'OBJECTION' and (person = any($1::text[]) or records && $2::text[])
    and coalesce(agreed, not by_subject)`);

/** What is on record of these people's wishes. One statement, whoever is asked for. */
export async function wishesOnRecord(
  store: StoreDatabase,
  { organisation, purpose, reference, now }: Wanting,
  people: readonly { person: string; links: ReadonlyMap<AgencyId, readonly RecordId[]> }[],
): Promise<readonly RecordedWish[]> {
  const records = people.flatMap(({ links }) => [...links.values()].flat());
  const ids = people.map(({ person }) => person);
  const values = [ids, records, organisation, purpose, reference, now, londonDay(now)];
  const { rows } = await store.executeQuery<RecordedWish>(CompiledQuery.raw(WISHES, values));
  return rows;
}

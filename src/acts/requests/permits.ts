import { CompiledQuery } from 'kysely';
import type { Policies } from '../../sharing/policy/policies.ts';
import type { Level } from '../../states.ts';
import { prepared } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { OpeningsQuestion, OpenSection } from '../break-glass/openings.ts';

/** Whether somebody of any agency decides on anything for this role at this purpose: from policy alone. */
export const offersReview = ({ agencies }: Policies, role: string, purpose: string): boolean =>
  [...agencies.values()].some(({ grants }) =>
    grants.some(
      (grant) =>
        grant.role === role &&
        grant.purpose === purpose &&
        [...grant.share.values()].some(({ review }) => review !== null),
    ),
  );

const PERMITS = prepared(`
  select r.id, r.person, r.agency, r.records, r.section, r.level
  from disclosure_request r
  where r.organisation = $1 and r.sub = $2 and r.issuer is not distinct from $3::text and r.role = $4
    and r.purpose = $5 and r.reference = $6
    and r.verdict = 'PERMIT' and r.decided_at <= $7::timestamptz and r.until > $7::timestamptz
    and (r.uses_left > 0 or exists (select from disclosure_use u where u.request = r.id and u.request_id = $8))
  order by r.asked_at, r.id`);

interface Row extends Pick<OpenSection, 'person' | 'agency' | 'records'> {
  id: string;
  section: string;
  level: Level;
}

/** What this login is permitted on this reference, as this request may use it. One statement, whoever is asked for. */
export async function permittedSections(
  store: StoreDatabase,
  { caller, purpose, reference, now, requestId }: OpeningsQuestion & { requestId: string },
): Promise<readonly OpenSection[]> {
  const { organisation, sub, issuer, role } = caller;
  const values = [organisation, sub, issuer, role, purpose, reference, now, requestId];
  const { rows } = await store.executeQuery<Row>(CompiledQuery.raw(PERMITS, values));
  return rows.map(({ id, section, level, ...of }) => ({ ...of, opening: { section, level }, permit: id }));
}

const USE = prepared(`
  with taken as (
    update disclosure_request r set uses_left = uses_left - 1
    where id = $1 and uses_left > 0 and until > $3::timestamptz
      and not exists (select from disclosure_use u where u.request = r.id and u.request_id = $2)
    returning id
  ), noted as (insert into disclosure_use (request, request_id, at) select id, $2, $3 from taken returning request)
  select exists (select from noted) or exists (
    select from disclosure_use u where u.request = $1 and u.request_id = $2) as used`);

/**
 * Takes one use of a permit for a request, before anything is asked of the agency. False where others were quicker, and none is
 * left; true as well where this request has taken it before.
 */
export async function usePermit(
  store: StoreDatabase,
  permit: string,
  requestId: string,
  now: Date,
): Promise<boolean> {
  const { rows } = await store.executeQuery<{ used: boolean }>(
    CompiledQuery.raw(USE, [permit, requestId, now]),
  );
  return rows[0]?.used === true;
}

import { CompiledQuery } from 'kysely';
import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { Caller } from '../../caller/types.ts';
import type { Policies } from '../../sharing/policy/policies.ts';
import type { GlassOpening, Opening } from '../../sharing/policy/types.ts';
import { prepared } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';

/** A section of one agency that is open now, of one person, while these are the agency's records of them. */
export interface OpenSection {
  person: string;
  agency: AgencyId;
  records: readonly RecordId[];
  opening: Opening;
  /** The request by which it is permitted; null for break-glass. */
  permit: string | null;
}

/** Who asks, for what: whatever of it is another, nothing is open. */
export interface OpeningsQuestion {
  caller: Pick<Caller, 'issuer' | 'sub' | 'organisation' | 'role'>;
  purpose: string;
  /** `<agency>:<number>`. */
  reference: string;
  now: Date;
}

/** Whether any agency offers anything by break-glass to this role at this purpose: from policy alone. */
export const offersBreakGlass = ({ agencies }: Policies, role: string, purpose: string): boolean =>
  [...agencies.values()].some(({ grants }) =>
    grants.some(
      (grant) =>
        grant.role === role &&
        grant.purpose === purpose &&
        [...grant.share.values()].some(({ breakGlass }) => breakGlass !== null),
    ),
  );

const OPEN_SECTIONS = prepared(`
  select g.person, a.agency, a.records, section, g.ground, g.persons_view as "personsView"
  from break_glass g
  join break_glass_agency a on a.glass = g.id
  cross join unnest(g.sections) as section
  where g.organisation = $1 and g.sub = $2 and g.issuer is not distinct from $3::text and g.role = $4
    and g.purpose = $5 and g.reference = $6
    and g.ended_at is null and g.opened_at <= $7::timestamptz and g.ends_at > $7::timestamptz
  order by g.opened_at, g.id, a.agency, section`);

type Row = Omit<OpenSection, 'opening' | 'permit'> & GlassOpening;

/** What this login has open on this reference. One statement, whoever is asked for. */
export async function openSections(
  store: StoreDatabase,
  { caller, purpose, reference, now }: OpeningsQuestion,
): Promise<readonly OpenSection[]> {
  const { organisation, sub, issuer, role } = caller;
  const values = [organisation, sub, issuer, role, purpose, reference, now];
  const { rows } = await store.executeQuery<Row>(CompiledQuery.raw(OPEN_SECTIONS, values));
  return rows.map(({ person, agency, records, ...opening }) => ({
    ...{ person, agency, records, opening },
    permit: null,
  }));
}

import { sql } from 'kysely';
import type { AgencyId } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { LinkVerdict } from '../match/human-decisions.ts';
import type { Matched } from '../match/match-part.ts';

/**
 * Whether a decision lets more be linked than before, now or when records change: by its verdict alone, so that what
 * waits for that says nothing of anybody.
 */
export const linksMore = (stands: LinkVerdict, verdict: LinkVerdict): boolean =>
  verdict !== stands && (verdict === 'SAME' || stands === 'DIFFERENT');

/**
 * The agencies of which one must confirm a decision before it takes effect; none where it takes effect at once. What
 * links more waits for an agency that owns one of the two records, what touches a protection for an agency whose flag it
 * is, each of another organisation than the decider's where there is one.
 */
export function awaitedFrom(decision: {
  organisation: AgencyId;
  more: boolean;
  /** Agencies whose records the two are. */
  owners: readonly AgencyId[];
  /** Agencies whose flags hide either person, or whose records keep somebody from them and would no longer. */
  flags: readonly AgencyId[];
}): readonly AgencyId[] {
  const { organisation, more, owners, flags } = decision;
  const others = (agencies: readonly AgencyId[]) => {
    const different = agencies.filter((agency) => agency !== organisation);
    return [...new Set(different.length > 0 ? different : agencies)].toSorted();
  };
  if (!more) return others(flags);
  if (flags.length === 0) return others(owners);
  const both = others(owners).filter((agency) => flags.includes(agency));
  if (both.length > 0) return both;
  // An agency that decides on its own flag has spoken: the other record's agency has not.
  return flags.includes(organisation) ? others(owners) : others(flags);
}

/** What hides people: `<kind> <record> [<record>]` → the agencies that do it. Records by their numbers in the store. */
export type Hiding = ReadonlyMap<string, readonly AgencyId[]>;

/** Every record that is protected or place-shielded, and every two that are kept apart. One statement. */
export async function hidingOf(store: StoreDatabase): Promise<Hiding> {
  const { rows } = await sql<{ key: string; owners: AgencyId[] }>`
    select p.kind || ' ' || r.id as key, p.owners
    from index_protection p join index_record r on r.person = p.person
    union all
    select 'APART ' || r.id || ' ' || o.id, a.owners
    from index_apart a join index_record r on r.person = a.person join index_record o on o.person = a.other
    union all
    select 'STAFF ' || r.id || ' ' || staff, array[x.agency]
    from index_record x cross join unnest(x.excluded_staff) as staff join index_record r on r.person = x.person
    where x.excluded_staff <> '{}'
    union all
    select 'STAFF ' || r.id || ' ' || staff, array[g.agency]
    from index_gone g cross join unnest(g.excluded_staff) as staff
      join index_record r on r.person = g.person or g.candidates @> array[r.person]
    where g.excluded_staff <> '{}'
    union all
    select 'STAFF ' || r.id || ' ' || staff, array[x.agency]
    from index_candidate c join index_record x on x.agency = c.agency and x.record = c.record
      cross join unnest(x.excluded_staff) as staff join index_record r on r.person = c.person`.execute(store);
  const hiding = new Map<string, AgencyId[]>();
  for (const { key, owners } of rows) hiding.set(key, [...(hiding.get(key) ?? []), ...owners]);
  return hiding;
}

/** What an act on links opened, looked at after the fact and before anybody sees it. */
export interface Opened {
  /** Records are one person's that were not. */
  more: boolean;
  /** Agencies by whom somebody was hidden who is hidden no longer. */
  flags: readonly AgencyId[];
}

export function openedBy({ holders }: Matched, before: Hiding, after: Hiding): Opened {
  const were = new Map<string, Set<string>>();
  for (const { was, is } of holders)
    if (is !== null && was !== null) were.set(is, (were.get(is) ?? new Set()).add(was));
  const lost = [...before].filter(([key]) => !after.has(key)).flatMap(([, owners]) => owners);
  return { more: [...were.values()].some((people) => people.size > 1), flags: [...new Set(lost)] };
}

import { sql } from 'kysely';
import type { StoreDatabase } from '../store/tables.ts';

/** What of a past request its decision hung on, as the register holds it; none of it says who was asked about, or who asked. */
export interface AskedSection {
  role: string;
  organisation: string;
  site: string | null;
  purpose: string;
  relationship: string;
  agency: string;
  section: string;
  consentMissing: boolean;
}

export interface ReplayPeriod {
  from: Date;
  to: Date;
}

/** Outcomes of disclosures in a period, of these agencies alone. */
const outcomesAsked = (agencies: readonly string[], { from, to }: ReplayPeriod) => sql`
  select request_id, entry->>'role' as role, entry->>'organisation' as organisation, entry->>'site' as site,
    entry->>'purpose' as purpose, entry->>'relationship' as relationship, outcome->>'agency' as agency,
    outcome->>'section' as section, coalesce(outcome->>'reason' = 'CONSENT_REQUIRED', false) as "consentMissing"
  from (
    select request_id, entry::jsonb as entry from register_entry
    where at >= ${from}::timestamptz and at < ${to}::timestamptz and entry like '{%'
  ) e cross join lateral jsonb_array_elements(e.entry->'outcomes') as outcome
  where entry->>'kind' = 'DISCLOSURE' and outcome->>'agency' = any(${agencies}::text[])`;

/** The kinds of requests of a period: each as often as it differs, not as often as it was asked. */
export async function kindsAsked(
  store: StoreDatabase,
  agencies: readonly string[],
  period: ReplayPeriod,
): Promise<readonly AskedSection[]> {
  const { rows } = await sql<AskedSection>`
    select distinct role, organisation, site, purpose, relationship, agency, section, "consentMissing"
    from (${outcomesAsked(agencies, period)}) a`.execute(store);
  return rows;
}

export interface AskedCount<Mark extends string> {
  role: string;
  organisation: string;
  purpose: string;
  agency: string;
  section: string;
  mark: Mark;
  requests: number;
}

/** How many requests of a period were of these kinds, by the mark that each kind has. Requests are counted, never people. */
export async function countAsked<Mark extends string>(
  store: StoreDatabase,
  marked: readonly (readonly [AskedSection, Mark])[],
  period: ReplayPeriod,
): Promise<readonly AskedCount<Mark>[]> {
  const agencies = [...new Set(marked.map(([{ agency }]) => agency))];
  const kinds = marked.map(([kind, mark]) => ({ ...kind, mark }));
  const { rows } = await sql<AskedCount<Mark>>`
    select a.role, a.organisation, a.purpose, a.agency, a.section, k.mark, count(distinct a.request_id)::integer as requests
    from (${outcomesAsked(agencies, period)}) a
    join jsonb_to_recordset(${JSON.stringify(kinds)}::jsonb) as k (role text, organisation text, site text, purpose text,
        relationship text, agency text, section text, "consentMissing" boolean, mark text)
      on (a.role, a.organisation, a.purpose, a.agency, a.section, a."consentMissing")
        = (k.role, k.organisation, k.purpose, k.agency, k.section, k."consentMissing")
        and a.site is not distinct from k.site and a.relationship is not distinct from k.relationship
    group by a.role, a.organisation, a.purpose, a.agency, a.section, k.mark
    order by a.agency, a.role, a.purpose, a.section, a.organisation, k.mark`.execute(store);
  return rows;
}

/**
 * References of a period on which policies of these agencies gave something, newest first.
 * @param issuer only those that this agency issued; null for all
 */
export async function referencesGiven(
  store: StoreDatabase,
  agencies: readonly string[],
  issuer: string | null,
  { from, to }: ReplayPeriod,
  most: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ reference: string }>`
    select reference from (
      select entry->>'reference' as reference, at, entry from (
        select at, entry::jsonb as entry from register_entry
        where at >= ${from}::timestamptz and at < ${to}::timestamptz and entry like '{%'
      ) e where entry->>'kind' = 'DISCLOSURE' and entry->>'reference' is not null
    ) e
    where (${issuer}::text is null or split_part(reference, ':', 1) = ${issuer}) and exists (
      select from jsonb_array_elements(entry->'outcomes') as outcome
      where outcome->>'agency' = any(${agencies}::text[]) and outcome->>'level' is not null)
    group by reference order by max(at) desc, reference limit ${most}`.execute(store);
  return rows.map(({ reference }) => reference);
}

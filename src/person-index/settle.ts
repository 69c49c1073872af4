import { sql } from 'kysely';
import type { AgencyId, RecordId } from '../../adapters/contract.ts';
import type { Store } from './tables.ts';
import type { PersonId } from './types.ts';

export const DENIALS_COUNT_FOR_MS = 24 * 60 * 60 * 1000;
export const DENIALS_BEFORE_NOTICE = 3;
export const CLAIMS_PER_REFERENCE = 10;

/** For the agency whose flag or case it was: who tried, and which of its own records. Never more of the person. */
export interface Alert {
  agency: AgencyId;
  kind: 'EXCLUDED_ATTEMPT' | 'PROTECTED_ATTEMPT';
  records: readonly RecordId[];
}

export interface Settlement {
  sub: string;
  organisation: string;
  role: string;
  purpose: string;
  /** `<agency>:<number>`; claims need one. */
  reference: string | null;
  now: Date;
  /** People not tied to the reference whom the caller claims, in order. */
  claims: readonly PersonId[];
  /** Somebody was asked for and is not shown, for whatever reason. A claim that is not granted is a miss as well. */
  missed: boolean;
  /** Whether a miss counts towards notice to the caller's own governance. Must not depend on the person. */
  missesCount: boolean;
  alerts: readonly Alert[];
  review: { kind: 'MANY_MATCH' | 'POSSIBLE_MATCH'; people: readonly PersonId[] } | null;
}

/**
 * Writes down what came of a look-up: claims, misses, silent alerts, review tasks. One statement, the same for every
 * outcome; each miss writes a row, so that a silent alert does not show in the time it takes.
 * @returns the claims that stand: those made before on this reference, and new ones up to ten people.
 */
export async function settle(store: Store, settlement: Settlement): Promise<ReadonlySet<PersonId>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return new Set((await write(store, settlement)).rows.map(({ person }) => person));
    } catch (error) {
      // Two crews claimed at once and took the same place among the ten: count again.
      if ((error as { code?: unknown }).code !== '23505' || attempt === CLAIMS_PER_REFERENCE) throw error;
    }
  }
}

function write(store: Store, one: Settlement) {
  const since = new Date(one.now.getTime() - DENIALS_COUNT_FOR_MS);
  return sql<{ person: PersonId }>`
    with asked as (
      select person, ord from unnest(${one.claims}::text[]) with ordinality as a (person, ord)
    ), standing as (
      select person from index_claim where reference = ${one.reference}::text
    ), fresh as (
      select person, (select count(*) from standing) + row_number() over (order by ord) as slot
      from asked where person not in (select person from standing)
    ), claimed as (
      insert into index_claim (reference, slot, person, sub, organisation, role, purpose, at)
      select ${one.reference}::text, slot, person, ${one.sub}, ${one.organisation}, ${one.role}, ${one.purpose}, ${one.now}::timestamptz
      from fresh where slot <= ${CLAIMS_PER_REFERENCE}::int
      returning person
    ), granted as (
      select person from asked where person in (select person from standing)
      union select person from claimed
    ), miss as (
      insert into index_denial (sub, organisation, counts, at)
      select ${one.sub}, ${one.organisation}, ${one.missesCount}::boolean, ${one.now}::timestamptz
      where ${one.missed}::boolean or (select count(*) from asked) > (select count(*) from granted)
      returning counts
    ), noticed as (
      insert into index_outbox (organisation, kind, at, payload, once)
      select ${one.organisation}, 'REPEATED_DENIALS', ${one.now}::timestamptz,
        jsonb_build_object('staff', ${one.sub}::text, 'denials', ${DENIALS_BEFORE_NOTICE}::int, 'since', ${since}::timestamptz),
        ${`REPEATED_DENIALS ${one.organisation} ${one.sub} ${one.now.toISOString().slice(0, 10)}`}
      from miss
      where miss.counts
        and (select count(*) from index_denial
             where organisation = ${one.organisation} and sub = ${one.sub} and counts and at > ${since}::timestamptz)
          >= ${DENIALS_BEFORE_NOTICE - 1}::int
        and not exists (select from index_outbox
             where organisation = ${one.organisation} and kind = 'REPEATED_DENIALS' and at > ${since}::timestamptz
               and payload->>'staff' = ${one.sub})
      on conflict (once) do nothing
    ), alerted as (
      insert into index_outbox (organisation, kind, at, payload)
      select distinct alert.agency, alert.kind, ${one.now}::timestamptz, jsonb_build_object('staff', ${one.sub}::text,
        'organisation', ${one.organisation}::text, 'role', ${one.role}::text, 'purpose', ${one.purpose}::text,
        'reference', ${one.reference}::text, 'records', alert.records)
      from jsonb_to_recordset(${JSON.stringify(one.alerts)}::jsonb) as alert (agency text, kind text, records jsonb)
    ), reviewed as (
      insert into index_review (kind, people, organisation, reference, at)
      select ${one.review?.kind ?? ''}::text, ${(one.review?.people ?? []).toSorted()}::text[], ${one.organisation}, ${one.reference}::text, ${one.now}::timestamptz
      where ${one.review !== null}::boolean
      on conflict do nothing
    )
    select person from granted`.execute(store);
}

import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import { plain } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { PersonId } from '../records/types.ts';
import { SHIFT_MS } from './standing.ts';

export const DENIALS_COUNT_FOR_MS = 24 * 60 * 60 * 1000;
export const DENIALS_BEFORE_NOTICE = 3;
export const CLAIMS_PER_REFERENCE = 10;

/** For the agency whose flag or case it was: who tried, and which of its own records. Never more of the person. */
export interface AttemptAlert {
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
  /** The issuing system cannot be asked: whoever is claimed is shown as UNVERIFIED, and counted apart. */
  unverified: boolean;
  now: Date;
  /** People not tied to the reference whom the caller claims, in order. */
  claims: readonly PersonId[];
  /** Somebody was asked for and is not shown, for whatever reason. A claim that is not granted is a miss as well. */
  missed: boolean;
  /** Whether a miss counts towards notice to the caller's own governance. Must not depend on the person. */
  missesCount: boolean;
  alerts: readonly AttemptAlert[];
  review: { kind: 'MANY_MATCH' | 'POSSIBLE_MATCH'; people: readonly PersonId[] } | null;
}

/** People whom a reference does not tie and who were shown on it, and how many more can be. */
export interface Claims {
  people: ReadonlySet<PersonId>;
  left: number;
}

/** The number of a shift since the epoch. */
const shiftOf = (now: Date): number => Math.floor(now.getTime() / SHIFT_MS);

/** Who was claimed on a reference; while its issuing system cannot be asked, who was shown on it to this login. */
export async function loadClaims(
  store: StoreDatabase,
  claiming: Pick<Settlement, 'sub' | 'organisation' | 'reference' | 'unverified' | 'now'>,
): Promise<Claims> {
  const { rows } = await plain<{ claimed: PersonId[]; shown: PersonId[]; of: number; by: number }>`
    select array(select person from index_claim where reference = ${claiming.reference}::text) as claimed,
      array(select person from index_unverified
        where reference = ${claiming.reference}::text and organisation = ${claiming.organisation} and sub = ${claiming.sub}) as shown,
      (select count(*) from index_unverified where reference = ${claiming.reference}::text)::int as of,
      (select count(*) from index_unverified
        where organisation = ${claiming.organisation} and sub = ${claiming.sub} and shift = ${shiftOf(claiming.now)}::bigint)::int as by`.execute(
    store,
  );
  const { claimed = [], shown = [], of = 0, by = 0 } = rows[0] ?? {};
  return claiming.unverified
    ? { people: new Set(shown), left: CLAIMS_PER_REFERENCE - Math.max(of, by) }
    : { people: new Set(claimed), left: CLAIMS_PER_REFERENCE - claimed.length };
}

/**
 * Writes down what came of a look-up: claims, misses, silent alerts, review tasks. One statement, the same for every
 * outcome; each miss writes a row, so that a silent alert does not show in the time it takes.
 * @returns the claims that stand: those made before on this reference, and new ones up to ten people.
 */
export async function settle(store: StoreDatabase, settlement: Settlement): Promise<ReadonlySet<PersonId>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return new Set((await write(store, settlement)).rows.map(({ person }) => person));
    } catch (error) {
      // Two crews claimed at once and took the same place among the ten: count again.
      if ((error as { code?: unknown }).code !== '23505' || attempt === CLAIMS_PER_REFERENCE) throw error;
    }
  }
}

function write(store: StoreDatabase, settlement: Settlement) {
  const since = new Date(settlement.now.getTime() - DENIALS_COUNT_FOR_MS);
  return plain<{ person: PersonId }>`
    with asked as (
      select person, ord from unnest(${settlement.claims}::text[]) with ordinality as a (person, ord)
    ), standing as (
      select person from index_claim where reference = ${settlement.reference}::text and not ${settlement.unverified}::boolean
      union all
      select person from index_unverified
      where reference = ${settlement.reference}::text and organisation = ${settlement.organisation} and sub = ${settlement.sub}
        and ${settlement.unverified}::boolean
    ), taken as (
      select
        (select count(*) from index_claim where reference = ${settlement.reference}::text) as claims,
        (select count(*) from index_unverified where reference = ${settlement.reference}::text) as slots,
        (select count(*) from index_unverified
         where organisation = ${settlement.organisation} and sub = ${settlement.sub} and shift = ${shiftOf(settlement.now)}::bigint) as turns
    ), fresh as (
      select person, row_number() over (order by ord) as nth
      from asked where person not in (select person from standing)
    ), claimed as (
      insert into index_claim (reference, slot, person, sub, organisation, role, purpose, at)
      select ${settlement.reference}::text, claims + nth, person, ${settlement.sub}, ${settlement.organisation}, ${settlement.role}, ${settlement.purpose}, ${settlement.now}::timestamptz
      from fresh, taken where claims + nth <= ${CLAIMS_PER_REFERENCE}::int and not ${settlement.unverified}::boolean
      returning person
    ), shown as (
      insert into index_unverified (reference, slot, person, sub, organisation, role, purpose, at, shift, turn)
      select ${settlement.reference}::text, slots + nth, person, ${settlement.sub}, ${settlement.organisation}, ${settlement.role}, ${settlement.purpose}, ${settlement.now}::timestamptz,
        ${shiftOf(settlement.now)}::bigint, turns + nth
      from fresh, taken where greatest(slots, turns) + nth <= ${CLAIMS_PER_REFERENCE}::int and ${settlement.unverified}::boolean
      returning person
    ), granted as (
      select person from asked where person in (select person from standing)
      union select person from claimed
      union select person from shown
    ), miss as (
      insert into index_denial (sub, organisation, counts, at)
      select ${settlement.sub}, ${settlement.organisation}, ${settlement.missesCount}::boolean, ${settlement.now}::timestamptz
      where ${settlement.missed}::boolean or (select count(*) from asked) > (select count(*) from granted)
      returning counts
    ), noticed as (
      insert into index_outbox (organisation, kind, at, payload, once)
      select ${settlement.organisation}, 'REPEATED_DENIALS', ${settlement.now}::timestamptz,
        jsonb_build_object('staff', ${settlement.sub}::text, 'denials', ${DENIALS_BEFORE_NOTICE}::int, 'since', ${since}::timestamptz),
        ${`REPEATED_DENIALS ${settlement.organisation} ${settlement.sub} ${settlement.now.toISOString().slice(0, 10)}`}
      from miss
      where miss.counts
        and (select count(*) from index_denial
             where organisation = ${settlement.organisation} and sub = ${settlement.sub} and counts and at > ${since}::timestamptz)
          >= ${DENIALS_BEFORE_NOTICE - 1}::int
        and not exists (select from index_outbox
             where organisation = ${settlement.organisation} and kind = 'REPEATED_DENIALS' and at > ${since}::timestamptz
               and payload->>'staff' = ${settlement.sub})
      on conflict (once) do nothing
    ), alerted as (
      insert into index_outbox (organisation, kind, at, payload)
      select distinct alert.agency, alert.kind, ${settlement.now}::timestamptz, jsonb_build_object('staff', ${settlement.sub}::text,
        'organisation', ${settlement.organisation}::text, 'role', ${settlement.role}::text, 'purpose', ${settlement.purpose}::text,
        'reference', ${settlement.reference}::text, 'records', alert.records)
      from jsonb_to_recordset(${JSON.stringify(settlement.alerts)}::jsonb) as alert (agency text, kind text, records jsonb)
    ), reviewed as (
      insert into index_review (kind, people, organisation, reference, at)
      select ${settlement.review?.kind ?? ''}::text, ${(settlement.review?.people ?? []).toSorted()}::text[], ${settlement.organisation}, ${settlement.reference}::text, ${settlement.now}::timestamptz
      where ${settlement.review !== null}::boolean
      on conflict do nothing
    )
    select person from granted`.execute(store);
}

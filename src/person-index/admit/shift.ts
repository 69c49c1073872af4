import type { RecordId, ReferenceFacts } from '../../../adapters/contract.ts';
import type { Caller } from '../../caller/types.ts';
import type { Place } from '../../sharing/policy/types.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { plain } from '../records/plain.ts';

/** How long a reference that was verified stands while its issuing system cannot be asked. */
export const SHIFT_MS = 12 * 60 * 60 * 1000;
/** A standing that is seen again sooner is not written again. */
const FRESH_MS = 60_000;

export interface ShiftStanding {
  place: Place | null;
  consent: boolean | null;
  people: readonly RecordId[];
}

/**
 * Keeps what the issuing system said of a reference for this shift, and gives what it said before. One statement,
 * whatever it said: `facts` are remembered, `NONE` forgets, `UNAVAILABLE` leaves all as it is.
 */
export async function rememberShift(
  store: StoreDatabase,
  caller: Pick<Caller, 'sub' | 'organisation'>,
  reference: string,
  answer: ReferenceFacts | 'NONE' | 'UNAVAILABLE',
  now: Date,
): Promise<ShiftStanding | null> {
  const facts = typeof answer === 'string' ? null : answer;
  const { rows } = await plain<ShiftStanding>`
    with forgotten as (
      delete from index_standing
      where sub = ${caller.sub} and organisation = ${caller.organisation} and reference = ${reference} and ${answer === 'NONE'}
    ), kept as (
      insert into index_standing as s (sub, organisation, reference, place, consent, people, verified_at)
      select ${caller.sub}, ${caller.organisation}, ${reference}, ${facts?.place ?? null}::text, ${facts?.consent ?? null}::boolean,
        ${facts?.people ?? []}::text[], ${now}::timestamptz
      where ${facts !== null} and not exists (
        select from index_standing k
        where k.sub = ${caller.sub} and k.organisation = ${caller.organisation} and k.reference = ${reference}
          and k.verified_at >= ${new Date(now.getTime() - FRESH_MS)}::timestamptz
          and (k.place, k.consent, k.people) is not distinct from
            (${facts?.place ?? null}::text, ${facts?.consent ?? null}::boolean, ${facts?.people ?? []}::text[])
      )
      on conflict (sub, organisation, reference) do update set
        place = excluded.place, consent = excluded.consent, people = excluded.people, verified_at = excluded.verified_at
      where s.verified_at < ${new Date(now.getTime() - FRESH_MS)}::timestamptz
        or (s.place, s.consent, s.people) is distinct from (excluded.place, excluded.consent, excluded.people)
    )
    select place, consent, people from index_standing
    where sub = ${caller.sub} and organisation = ${caller.organisation} and reference = ${reference}
      and verified_at > ${new Date(now.getTime() - SHIFT_MS)}::timestamptz`.execute(store);
  return rows[0] ?? null;
}

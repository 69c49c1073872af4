import { sql } from 'kysely';
import type { Caller } from '../../caller/types.ts';
import type { Register } from '../../register/register.ts';
import { ActRefused, type EntryOf, written } from '../act.ts';
import type { DisclosureRequest, RequestVerdict } from './types.ts';

/** What somebody of the agency says, and what they note of it for their own agency. */
export interface Word {
  by: Pick<Caller, 'sub' | 'name'>;
  said: RequestVerdict;
  note: string;
}

/**
 * Decides it, once and in time. Its entry in the register is written in the same transaction.
 * @throws ActRefused where it is decided already, or its time is over; RegisterUnavailableError while the store is away
 */
export function decideRequest(
  register: Pick<Register, 'recordWith'>,
  { id }: Pick<DisclosureRequest, 'id'>,
  { by, said, note }: Word,
  now: Date,
  entryOf: EntryOf,
): Promise<void> {
  const { text, salt, digest } = written(note);
  const entry = entryOf({ id, ground: null, personsView: null, digest });
  const permits = said.verdict === 'PERMIT' ? said : null;
  const reason = said.verdict === 'DENY' ? said.reason : null;
  return register.recordWith([entry], async (store) => {
    const { rows } = await sql<{ decided: boolean; late: boolean }>`
      select verdict is not null as decided, answer_by <= ${now}::timestamptz as late
      from disclosure_request where id = ${id} for update`.execute(store);
    if (rows[0]?.decided !== false)
      throw new ActRefused('ALREADY_SAID', 'Your agency has decided it already');
    if (rows[0].late)
      throw new ActRefused('TOO_LATE', 'It was to be answered before now, and whoever asked was told so');
    await sql`
      update disclosure_request set verdict = ${said.verdict}, reason = ${reason}, level = ${permits?.level ?? null},
        uses_left = ${permits?.uses ?? null}, until = ${permits?.until ?? null}, note = ${text}, note_salt = ${salt},
        decided_by = ${by.sub}, decided_by_name = ${by.name}, decided_at = ${now}
      where id = ${id}`.execute(store);
  });
}

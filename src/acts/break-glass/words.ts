import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Caller } from '../../caller/types.ts';
import type { Register } from '../../register/register.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { ActRefused, type EntryOf, written } from '../act.ts';
import { alert } from '../alerts.ts';
import { endOfWorkingDay } from '../working-days.ts';
import {
  BREACH_TOLD_WITHIN_MS,
  type Glass,
  MORE_TIME_DAYS,
  type PersonTold,
  type ReviewFinding,
} from './types.ts';

type Acts = Pick<Register, 'recordWith'>;
type Speaker = Pick<Caller, 'sub' | 'name'>;

/** Ends it now. What is over already stays as it is. */
export function endGlass(register: Acts, { id }: Glass, now: Date, entryOf: EntryOf): Promise<void> {
  const entry = entryOf({ id, ground: null, personsView: null, digest: null });
  return register.recordWith([entry], (store) => end(store, id, now));
}

async function end(store: StoreDatabase, id: string, now: Date): Promise<void> {
  await sql`
    update break_glass set ended_at = ${now}
    where id = ${id} and ended_at is null and ends_at > ${now}::timestamptz`.execute(store);
}

/**
 * The asker's own organisation says whether the facts were so. Where they were not, what is still open ends, and its
 * professional standards are told.
 * @throws ActRefused where it has said so already
 */
export function confirmGlass(
  register: Acts,
  { id, opener: { organisation } }: Glass,
  word: { by: Speaker; present: boolean; why: string },
  now: Date,
  entryOf: EntryOf,
): Promise<void> {
  const { text, salt, digest } = written(word.why);
  const entry = entryOf({ id, ground: null, personsView: null, digest });
  return register.recordWith([entry], async (store) => {
    const { rows } = await sql`
      insert into break_glass_confirmation (glass, present, why, salt, sub, name, at)
      values (${id}, ${word.present}, ${text}, ${salt}, ${word.by.sub}, ${word.by.name}, ${now})
      on conflict (glass) do nothing returning glass`.execute(store);
    if (rows.length === 0)
      throw new ActRefused('ALREADY_SAID', 'Your organisation has said what the facts are already');
    if (word.present) return;
    await end(store, id, now);
    await alert(store, 'NOT_PRESENT', organisation, { act: id }, now);
  });
}

/**
 * An agency judges whether it was needed. MORE_NEEDED gives it five working days more, once. NOT_JUSTIFIED ends what is still
 * open, and begins the 72 hours of a breach.
 * @throws ActRefused where the agency has judged already, or has had more time already
 */
export async function reviewGlass(
  register: Acts,
  { id }: Glass,
  word: { by: Speaker; agency: string; finding: ReviewFinding; personTold: PersonTold; why: string },
  now: Date,
  entryOf: EntryOf,
): Promise<void> {
  const { agency, finding } = word;
  const { text, salt, digest } = written(word.why);
  const entry = entryOf({ id, ground: null, personsView: null, digest });
  const moreTime = await endOfWorkingDay(now, MORE_TIME_DAYS);
  await register.recordWith([entry], async (store) => {
    // Two officers of one agency at once: the second finds what the first has said.
    await sql`select from break_glass_agency where glass = ${id} and agency = ${agency} for update`.execute(
      store,
    );
    const { rows: before } = await sql<{ finding: ReviewFinding }>`
      select finding from break_glass_review where glass = ${id} and agency = ${agency}`.execute(store);
    if (before.some((one) => one.finding !== 'MORE_NEEDED'))
      throw new ActRefused('ALREADY_SAID', 'Your agency has reviewed it already');
    if (finding === 'MORE_NEEDED' && before.length > 0)
      throw new ActRefused('ALREADY_SAID', 'Your agency has had more time already: say what you find');
    await sql`
      insert into break_glass_review (glass, agency, finding, person_told, why, salt, sub, name, at)
      values (${id}, ${agency}, ${finding}, ${word.personTold}, ${text}, ${salt}, ${word.by.sub}, ${word.by.name},
        ${now})`.execute(store);
    if (finding === 'MORE_NEEDED')
      await sql`
        update break_glass_agency set review_by = ${moreTime} where glass = ${id} and agency = ${agency}`.execute(
        store,
      );
    if (finding === 'NOT_JUSTIFIED') {
      await end(store, id, now);
      await openBreach(store, id, agency, now);
    }
  });
}

async function openBreach(store: StoreDatabase, glass: string, agency: string, now: Date): Promise<void> {
  const id = randomUUID();
  const tellBy = new Date(now.getTime() + BREACH_TOLD_WITHIN_MS);
  await sql`
    insert into breach (id, glass, agency, opened_at, tell_by)
    values (${id}, ${glass}, ${agency}, ${now}, ${tellBy})`.execute(store);
  await alert(store, 'BREACH', agency, { act: glass, breach: id }, now);
}

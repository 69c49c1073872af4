import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Register } from '../../register/register.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { ActRefused, type EntryOf, type Written, written } from '../act.ts';
import { alert } from '../alerts.ts';
import { endOfWorkingDay } from '../working-days.ts';
import { MOST_A_DAY, MOST_OPEN, type NewGlass, OPEN_FOR_MS } from './types.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * Opens what `decide` has found may be opened, for 30 minutes. Its entry in the register, an alert for every agency that
 * policy names, data or none, and one for the governance of the asker's organisation are written in the same transaction.
 * @param entryOf the entry, given what of the act the register keeps
 * @returns the id
 * @throws ActRefused where the login has too many open, or this open already; RegisterUnavailableError while the store is away
 */
export async function openGlass(
  register: Pick<Register, 'recordWith'>,
  glass: NewGlass,
  now: Date,
  entryOf: EntryOf,
): Promise<string> {
  const { relationship, ground, personsView } = glass;
  const id = randomUUID();
  const statement = written(glass.statement);
  const nextWorkingDay = await endOfWorkingDay(now, 1);
  const due = {
    reviewBy: nextWorkingDay,
    // Who was there is asked while they remember, weekends too, where nothing but the caller's word ties the person.
    confirmBy: relationship === 'CLAIMED' ? new Date(now.getTime() + DAY_MS) : nextWorkingDay,
  };
  const entry = entryOf({ id, ground, personsView, digest: statement.digest });
  await register.recordWith([entry], async (store) => {
    await refuseTooMany(store, glass, now);
    await insert(store, id, glass, statement, now, due);
    const marks = { act: id, relationship };
    for (const agency of glass.agencies.keys())
      await alert(store, 'BREAK_GLASS_TO_REVIEW', agency, marks, now);
    await alert(store, 'BREAK_GLASS_TO_CONFIRM', glass.opener.organisation, marks, now);
  });
  return id;
}

/** Openings of one login come one after the other, so that two at once are counted as two. */
async function refuseTooMany(store: StoreDatabase, glass: NewGlass, now: Date): Promise<void> {
  const { sub, organisation, issuer } = glass.opener;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`break-glass ${organisation} ${sub}`}, 0))`.execute(
    store,
  );
  const since = new Date(now.getTime() - DAY_MS);
  const { rows } = await sql<{ id: string; open: boolean; person: string; sections: string[]; own: boolean }>`
    select id, ended_at is null and ends_at > ${now}::timestamptz as open, person, sections,
      reference = ${glass.reference} and purpose = ${glass.purpose} as own
    from break_glass
    where organisation = ${organisation} and sub = ${sub} and issuer is not distinct from ${issuer}::text
      and opened_at > ${since}::timestamptz`.execute(store);
  const open = rows.filter((row) => row.open);
  const again = open.find(
    ({ person, sections, own }) =>
      own && person === glass.person && sections.some((section) => glass.sections.includes(section)),
  );
  if (again) {
    const same = again.sections.filter((section) => glass.sections.includes(section)).join(' and ');
    throw new ActRefused('ALREADY_OPEN', `${same} is open already, by ${again.id}: end that one first`);
  }
  if (open.length >= MOST_OPEN)
    throw new ActRefused(
      'OPEN_AT_ONCE',
      `${open.length} are open at once for your login, and three is the limit`,
    );
  if (rows.length >= MOST_A_DAY)
    throw new ActRefused(
      'A_DAY',
      `Your login has opened ${rows.length} within 24 hours, and ten is the limit`,
    );
}

async function insert(
  store: StoreDatabase,
  id: string,
  glass: NewGlass,
  statement: Written,
  now: Date,
  due: { reviewBy: Date; confirmBy: Date },
): Promise<void> {
  const { opener } = glass;
  await sql`
    insert into break_glass (id, issuer, sub, staff, name, role, organisation, site, purpose, reference, person, sections,
      ground, persons_view, statement, salt, relationship, policy_version, opened_at, ends_at, confirm_by)
    values (${id}, ${opener.issuer}, ${opener.sub}, ${opener.staff}, ${opener.name}, ${opener.role}, ${opener.organisation},
      ${opener.site}, ${glass.purpose}, ${glass.reference}, ${glass.person}, ${glass.sections}::text[], ${glass.ground},
      ${glass.personsView}, ${statement.text}, ${statement.salt}, ${glass.relationship}, ${glass.policyVersion}, ${now},
      ${new Date(now.getTime() + OPEN_FOR_MS)}, ${due.confirmBy})`.execute(store);
  // Row by row, as many as policy names: the same statements whoever has a record.
  for (const [agency, { fields, records }] of glass.agencies)
    await sql`
      insert into break_glass_agency (glass, agency, fields, records, review_by)
      values (${id}, ${agency}, ${fields}::text[], ${[...records].sort()}::text[], ${due.reviewBy})`.execute(
      store,
    );
}

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Register } from '../../register/register.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { ActRefused, type EntryOf, written } from '../act.ts';
import { alert } from '../alerts.ts';
import { MOST_WAITING, type NewRequest } from './types.ts';

/**
 * Puts a request into the queue of the agency that decides. Its entry in the register and the agency's alert are written in
 * the same transaction.
 * @returns the id
 * @throws ActRefused where the login has asked this already, or too much waits; RegisterUnavailableError while the store is away
 */
export async function askAgencyToDecide(
  register: Pick<Register, 'recordWith'>,
  request: NewRequest,
  now: Date,
  entryOf: EntryOf,
): Promise<string> {
  const id = randomUUID();
  const why = written(request.why);
  const entry = entryOf({ id, ground: null, personsView: null, digest: why.digest });
  const { asker, standing } = request;
  await register.recordWith([entry], async (store) => {
    await refuseTooMany(store, request, now);
    await sql`
      insert into disclosure_request (id, issuer, sub, staff, name, role, organisation, site, purpose, reference, person,
        section, agency, why, salt, relationship, place, consent, records, decides, policy_version, asked_at, answer_by)
      values (${id}, ${asker.issuer}, ${asker.sub}, ${asker.staff}, ${asker.name}, ${asker.role}, ${asker.organisation},
        ${asker.site}, ${request.purpose}, ${request.reference}, ${request.person}, ${request.section}, ${request.agency},
        ${why.text}, ${why.salt}, ${request.relationship}, ${standing.place}, ${standing.consent},
        ${[...request.records].sort()}::text[], ${request.decides}, ${request.policyVersion}, ${now}, ${request.answerBy})`.execute(
      store,
    );
    await alert(store, 'DISCLOSURE_TO_DECIDE', request.agency, { act: id }, now);
  });
  return id;
}

/** Requests of one login come one after the other, so that two at once are counted as two. */
async function refuseTooMany(
  store: StoreDatabase,
  { asker, purpose, reference, person, section, agency }: NewRequest,
  now: Date,
): Promise<void> {
  const { sub, organisation, issuer } = asker;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`disclosure-request ${organisation} ${sub}`}, 0))`.execute(
    store,
  );
  const { rows } = await sql<{ id: string; waiting: boolean; same: boolean }>`
    select id, verdict is null as waiting, purpose = ${purpose} and reference = ${reference} and person = ${person}
      and section = ${section} and agency = ${agency} as same
    from disclosure_request
    where organisation = ${organisation} and sub = ${sub} and issuer is not distinct from ${issuer}::text
      and ((verdict is null and answer_by > ${now}::timestamptz)
        or (verdict = 'PERMIT' and uses_left > 0 and until > ${now}::timestamptz))`.execute(store);
  const same = rows.find((row) => row.same);
  if (same) {
    const stands = same.waiting ? 'waits for an answer already' : 'is permitted already';
    throw new ActRefused('ALREADY_OPEN', `${section} ${stands}, by ${same.id}`);
  }
  const waiting = rows.filter((row) => row.waiting).length;
  if (waiting >= MOST_WAITING)
    throw new ActRefused(
      'OPEN_AT_ONCE',
      `${waiting} of your requests wait for an answer, and ten is the limit`,
    );
}

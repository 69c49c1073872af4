import { sql } from 'kysely';
import type { AgencyId, RecordId, ReferenceFacts } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { alert } from '../alerts.ts';

export interface ClaimsInput {
  store: StoreDatabase;
  /** What the issuing agency's system says of a reference, null where there is none; `UNAVAILABLE` if it cannot be asked now. */
  reference(agency: AgencyId, value: string): Promise<ReferenceFacts | null | 'UNAVAILABLE'>;
  /** The agency's records that are linked as this person. */
  recordsOf(person: string, agency: AgencyId): Promise<readonly RecordId[]>;
  now: Date;
}

/** Looked at in one pass; what is left waits for the next. */
const MOST = 1_000;

/**
 * Looks at what was opened of people whom nothing but the caller's word tied: once the reference has closed and the person
 * was never tied to it, the asker's professional standards are told, and never the line. Each is looked at until then, and
 * told of once, whichever gateway looks.
 */
export async function lookAtClaims({ store, reference, recordsOf, now }: ClaimsInput): Promise<void> {
  const { rows } = await sql<{ id: string; organisation: string; reference: string; person: string }>`
    select id, organisation, reference, person from break_glass
    where relationship = 'CLAIMED' and looked_at is null
    order by opened_at, id limit ${MOST}`.execute(store);
  const asked = new Map<string, ReturnType<ClaimsInput['reference']>>();
  for (const claim of rows) {
    const [agency, value] = splitReference(claim.reference);
    const answer = asked.get(claim.reference) ?? reference(agency, value);
    asked.set(claim.reference, answer);
    const facts = await answer;
    if (facts === 'UNAVAILABLE' || facts?.live) continue;
    const records = await recordsOf(claim.person, agency);
    const tied = records.some((record) => facts?.people.includes(record));
    await store.transaction().execute(async (transaction) => {
      await sql`update break_glass set looked_at = ${now} where id = ${claim.id}`.execute(transaction);
      if (!tied) await alert(transaction, 'CLAIM_NEVER_TIED', claim.organisation, { act: claim.id }, now);
    });
  }
}

/** `police:26/000123` → the agency and its own number, which may have colons of its own. */
function splitReference(reference: string): readonly [string, string] {
  const at = reference.indexOf(':');
  return [reference.slice(0, at), reference.slice(at + 1)];
}

import { sql } from 'kysely';
import { type Listener, listen } from './listen.ts';
import type { StoreDatabase } from './tables.ts';

/** Gateways listen on this channel and read again what was signed when it speaks; it carries no content. */
export const SIGNED_CHANNEL = 'policy_signed';

/** The text of an agency's policy that was last signed by as many as it takes. */
export interface AcceptedText {
  id: string;
  agency: string;
  hash: string;
  text: string;
}

/** Who signed: a login or the agency's key. */
export interface Signer {
  signer: string;
  /** By which number the organisation knows its officer; null for a key. */
  staff: string | null;
  name: string;
  /** By the key alone. */
  signed: { signature: string; publicKey: string } | null;
}

export interface Signature extends Pick<Signer, 'signer' | 'staff' | 'name'> {
  agency: string;
  hash: string;
  opensMore: boolean;
  at: Date;
}

const NEWEST_ACCEPTED = `
  select distinct on (a.agency) a.id::text, a.agency, a.hash, t.text
  from policy_acceptance a join policy_text t on t.agency = a.agency and t.hash = a.hash
  order by a.agency, a.id desc`;

/** Of each agency the text that counts, where any was signed by as many as it takes. */
export async function acceptedTexts(store: StoreDatabase): Promise<readonly AcceptedText[]> {
  const { rows } = await sql.raw<AcceptedText>(NEWEST_ACCEPTED).execute(store);
  return rows;
}

/**
 * Signatures that count: of a text that was accepted, those it rests on and later ones; of any other, those since the last was
 * accepted. Oldest first.
 */
export async function countingSignatures(store: StoreDatabase): Promise<readonly Signature[]> {
  const { rows } = await sql<Signature>`
    with newest as (select distinct on (agency) * from policy_acceptance order by agency, id desc)
    select s.agency, s.hash, s.opens_more as "opensMore", s.signer, s.staff, s.name, s.at
    from policy_signature s left join newest n on n.agency = s.agency
    where s.since >= case when n.hash = s.hash then n.before else coalesce(n.id, 0) end
    order by s.id`.execute(store);
  return rows;
}

/** One at a time for each agency, until the transaction ends. */
export async function lockSigning(transaction: StoreDatabase, agency: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('policy_signing'), hashtext(${agency}))`.execute(
    transaction,
  );
}

/** Writes a signature, and that the text counts from now on where it has as many as it takes; then gateways are told. */
export async function writeSignature(
  transaction: StoreDatabase,
  { agency, hash, text }: Omit<AcceptedText, 'id'>,
  { signer, staff, name, signed }: Signer,
  { since, opensMore, accepts, at }: { since: string; opensMore: boolean; accepts: boolean; at: Date },
): Promise<void> {
  await transaction
    .insertInto('policy_text')
    .values({ agency, hash, text })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await transaction
    .insertInto('policy_signature')
    .values({
      ...{ agency, hash, since, opens_more: opensMore, signer, staff, name, at },
      ...{ signature: signed?.signature ?? null, public_key: signed?.publicKey ?? null },
    })
    .execute();
  if (!accepts) return;
  await transaction.insertInto('policy_acceptance').values({ agency, hash, before: since, at }).execute();
  await sql`select pg_notify(${SIGNED_CHANNEL}, '')`.execute(transaction);
}

/** Keeps the texts that count known. As `listen` does. */
export function listenForSignatures(
  connectionString: string,
  onRows: (texts: readonly AcceptedText[]) => void,
  onProblem: (error: unknown) => void,
): Listener {
  return listen<AcceptedText>(connectionString, {
    name: 'sightline signatures',
    channel: SIGNED_CHANNEL,
    statement: NEWEST_ACCEPTED,
    ...{ onRows, onProblem },
  });
}

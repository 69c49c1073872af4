import { sql } from 'kysely';
import type { StoreDatabase } from '../store/tables.ts';
import { type ManifestDocument, shortened } from './manifest.ts';

/** Gateways listen on this channel and look again when it speaks; it carries no content. */
export const DOCUMENTS_CHANNEL = 'trusted_document';

/** Changes whenever what is trusted does: the text of an id never does. */
export const TRUSTED_DIGEST = `select coalesce(md5(string_agg(client || ' ' || id, ',' order by client, id)), '') as digest
  from trusted_document where retired_at is null`;

/** Somebody else's document has the id, with another text: whose would be asked? */
export class DocumentConflictError extends Error {
  override readonly name = 'DocumentConflictError';
  readonly code = 'DOCUMENT_CONFLICT';
}

export interface TrustedRow {
  client: string;
  id: string;
  text: string;
}

/** Every document that is trusted now. */
export const loadTrusted = (db: StoreDatabase): Promise<TrustedRow[]> =>
  db
    .selectFrom('trusted_document')
    .select(['client', 'id', 'text'])
    .where('retired_at', 'is', null)
    .orderBy('client')
    .orderBy('id')
    .execute();

export interface Registered {
  readonly added: readonly string[];
  /** That were there, and are as they were. */
  readonly unchanged: readonly string[];
}

/**
 * Which of a client's documents would be new, those that were retired among them.
 * @throws DocumentConflictError, with a line for each id that has another text already, whoever's and retired or not
 */
export async function compareDocuments(
  db: StoreDatabase,
  client: string,
  documents: readonly ManifestDocument[],
): Promise<Registered> {
  const ids = documents.map(({ id }) => id);
  const rows = await db
    .selectFrom('trusted_document')
    .select(['client', 'id', 'text', 'retired_at'])
    .where('id', '=', sql<string>`any(${ids})`)
    .execute();
  const texts = new Map(documents.map(({ id, text }) => [id, text]));
  const conflicts = rows.filter(({ id, text }) => texts.get(id) !== text);
  if (conflicts.length > 0)
    throw new DocumentConflictError(
      conflicts
        .map(({ id, client: whose }) => `${shortened(id)}: ${whose} registered another text under this id`)
        .join('\n'),
    );
  const trusted = new Set(
    rows.filter((row) => row.client === client && row.retired_at === null).map(({ id }) => id),
  );
  return {
    added: ids.filter((id) => !trusted.has(id)),
    unchanged: ids.filter((id) => trusted.has(id)),
  };
}

/** Within a transaction: writes a client's documents and tells every gateway. Takes turns with others that do. @throws DocumentConflictError */
export async function writeDocuments(
  transaction: StoreDatabase,
  client: string,
  documents: readonly ManifestDocument[],
  by: { at: Date; user: string },
): Promise<Registered> {
  await sql`lock table trusted_document in share row exclusive mode`.execute(transaction);
  const compared = await compareDocuments(transaction, client, documents);
  const added = new Set(compared.added);
  for (const { id, text } of documents)
    if (added.has(id))
      await transaction
        .insertInto('trusted_document')
        .values({ client, id, text, registered_at: by.at, by_whom: by.user, retired_at: null })
        .onConflict((conflict) =>
          conflict
            .columns(['client', 'id'])
            .doUpdateSet({ registered_at: by.at, by_whom: by.user, retired_at: null }),
        )
        .execute();
  await sql`select pg_notify(${DOCUMENTS_CHANNEL}, '')`.execute(transaction);
  return compared;
}

/** Ids of a client's trusted documents: those of the list, or all. */
export async function trustedIds(
  db: StoreDatabase,
  client: string,
  ids: readonly string[] | null,
): Promise<readonly string[]> {
  const found = await db
    .selectFrom('trusted_document')
    .select('id')
    .where('client', '=', client)
    .where('retired_at', 'is', null)
    .$if(ids !== null, (query) => query.where('id', '=', sql<string>`any(${ids})`))
    .orderBy('id')
    .execute();
  return found.map(({ id }) => id);
}

/** Within a transaction: trusts these of a client no more, and tells every gateway. */
export async function retireDocuments(
  transaction: StoreDatabase,
  client: string,
  ids: readonly string[],
  at: Date,
): Promise<void> {
  await transaction
    .updateTable('trusted_document')
    .set({ retired_at: at })
    .where('client', '=', client)
    .where('id', '=', sql<string>`any(${ids})`)
    .where('retired_at', 'is', null)
    .execute();
  await sql`select pg_notify(${DOCUMENTS_CHANNEL}, '')`.execute(transaction);
}

/** How often a client's document was asked since it was last written down, and on which day last (YYYY-MM-DD). */
export interface DocumentUse {
  readonly client: string;
  readonly id: string;
  uses: number;
  lastUsed: string;
}

/** Adds what was counted to what is there, all of it or nothing. */
export async function addUses(db: StoreDatabase, uses: readonly DocumentUse[]): Promise<void> {
  if (uses.length === 0) return;
  const rows = uses.map(({ client, id, uses: count, lastUsed }) => ({
    ...{ client, id, uses: String(count), last_used: lastUsed },
  }));
  await db
    .insertInto('trusted_document_use')
    // In one order, so that two gateways never wait for each other.
    .values(rows.sort((a, b) => (a.client + a.id < b.client + b.id ? -1 : 1)))
    .onConflict((conflict) =>
      conflict.columns(['client', 'id']).doUpdateSet({
        uses: sql`trusted_document_use.uses + excluded.uses`,
        last_used: sql`greatest(trusted_document_use.last_used, excluded.last_used)`,
      }),
    )
    .execute();
}

export interface ListedDocument {
  client: string;
  id: string;
  text: string;
  registeredAt: Date | null;
  retiredAt: Date | null;
  uses: number;
  /** YYYY-MM-DD */
  lastUsed: string | null;
}

/** Every document that was ever registered, with its uses, by client and id. */
export async function listDocuments(db: StoreDatabase): Promise<readonly ListedDocument[]> {
  const rows = await db
    .selectFrom('trusted_document as d')
    .leftJoin('trusted_document_use as u', (join) =>
      join.onRef('u.client', '=', 'd.client').onRef('u.id', '=', 'd.id'),
    )
    .select(['d.client', 'd.id', 'd.text', 'd.registered_at', 'd.retired_at', 'u.uses', 'u.last_used'])
    .orderBy('d.client')
    .orderBy('d.id')
    .execute();
  return rows.map(({ client, id, text, registered_at, retired_at, uses, last_used }) => ({
    ...{ client, id, text, registeredAt: registered_at, retiredAt: retired_at },
    ...{ uses: Number(uses ?? 0), lastUsed: last_used },
  }));
}

/** The uses that were written down for these clients' documents, as `client id`. */
export async function loadUses(
  db: StoreDatabase,
  client: string,
): Promise<ReadonlyMap<string, { uses: number; lastUsed: string }>> {
  const rows = await db.selectFrom('trusted_document_use').selectAll().where('client', '=', client).execute();
  return new Map(rows.map(({ id, uses, last_used }) => [id, { uses: Number(uses), lastUsed: last_used }]));
}

import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import { inPages } from '../table.ts';
import { agencySalt, shownParts, slotOf } from '../tree/leaf.ts';
import { MerkleTree } from '../tree/merkle.ts';
import { partsFrom } from '../verify/verify-tree.ts';
import {
  type ChainLine,
  type EndLine,
  type EntryLine,
  EXPORT_FORMAT,
  type ExportedCheckpoint,
  type ExportHeader,
} from './format.ts';

export interface ExportOptions {
  readonly db: StoreDatabase;
  readonly agency: string;
  /** Entries of these times; null for the beginning. `to` is not among them. */
  readonly from: Date | null;
  readonly to: Date;
  readonly now: () => Date;
}

/**
 * An agency's part of the register, with what proves it, line by line. It goes from checkpoint to checkpoint, so that none can
 * be left out unseen: some of its entries may be of a little before or after the time asked for. It takes what is in the store as
 * it is; whether that is what was written is for whoever verifies.
 * @throws the driver's error
 */
export async function* exportLines(options: ExportOptions): AsyncGenerator<string> {
  const { db, agency, from, to, now } = options;
  const header: ExportHeader = {
    ...{ format: EXPORT_FORMAT, agency, from: from?.toISOString() ?? null },
    ...{ to: to.toISOString(), madeAt: now().toISOString() },
  };
  yield JSON.stringify(header);
  let [chains, entries] = [0, 0];
  for (const chain of await chainsWithTrees(db)) {
    const span = await spanOf(options, chain);
    if (span === null) continue;
    chains += 1;
    const tree = new MerkleTree(await leafHashes(db, chain, span.last.size));
    yield JSON.stringify(chainLine(chain, agency, span, tree));
    for await (const row of entryRows(db, {
      chain,
      agency,
      after: span.first?.size ?? 0,
      upTo: span.last.size,
    })) {
      entries += 1;
      yield JSON.stringify(entryLine(row, agency, tree));
    }
  }
  const end: EndLine = { end: true, chains, entries };
  yield JSON.stringify(end);
}

async function chainsWithTrees(db: StoreDatabase): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('register_checkpoint')
    .select('chain')
    .distinct()
    .orderBy('chain')
    .execute();
  return rows.map(({ chain }) => chain);
}

interface StoredHead {
  readonly size: number;
  readonly note: string;
  readonly salt: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** The checkpoints of an export of one chain. */
interface Span {
  /** The one behind which it begins; null where it begins with the chain. */
  readonly first: StoredHead | null;
  readonly last: StoredHead;
  /** One of each day between them: a tree that was rewritten meanwhile is found between two. */
  readonly between: readonly StoredHead[];
}

async function spanOf({ db, agency, from, to }: ExportOptions, chain: string): Promise<Span | null> {
  const { rows } = await sql<{ lowest: string | null; highest: string | null }>`
    select min(row.seq) as lowest, max(row.seq) as highest
    from register_entry row join register_leaf leaf on leaf.chain = row.chain and leaf.seq = row.seq
    where row.chain = ${chain} and row.at >= coalesce(${from}::timestamptz, '-infinity') and row.at < ${to}::timestamptz
      and leaf.parts ? ${agency}`.execute(db);
  const { lowest = null, highest = null } = rows[0] ?? {};
  const heads = () =>
    db
      .selectFrom('register_checkpoint')
      .select(['size', 'note', 'salt', 'counts'])
      .where('chain', '=', chain);
  const before =
    from === null
      ? undefined
      : await heads()
          .where('at', '<=', from)
          .$if(lowest !== null, (query) => query.where('size', '<', String(lowest)))
          .orderBy('size', 'desc')
          .limit(1)
          .executeTakeFirst();
  const until = await heads()
    .where('at', '>=', to)
    .$if(highest !== null, (query) => query.where('size', '>=', String(highest)))
    .orderBy('size')
    .limit(1)
    .executeTakeFirst();
  const end = until ?? (await heads().orderBy('size', 'desc').limit(1).executeTakeFirst());
  if (end === undefined) return null;
  const between = await heads()
    .distinctOn(sql`date_trunc('day', at at time zone 'UTC')`)
    .where('size', '>', before?.size ?? '0')
    .where('size', '<', end.size)
    .orderBy(sql`date_trunc('day', at at time zone 'UTC')`)
    .orderBy('size', 'desc')
    .execute();
  return {
    first: before === undefined ? null : headFrom(before),
    last: headFrom(end),
    between: between.map(headFrom),
  };
}

const headFrom = ({ size, ...head }: Omit<StoredHead, 'size'> & { size: string }): StoredHead => ({
  ...head,
  size: Number(size),
});

function chainLine(
  chain: string,
  agency: string,
  { first, between, last }: Span,
  tree: MerkleTree,
): ChainLine {
  const heads = [...(first && first.size < last.size ? [first] : []), ...between, last];
  const checkpoints = heads.map(
    ({ note, salt, counts }): ExportedCheckpoint => ({
      ...{ note, salt: agencySalt(salt, agency), count: counts[agency] ?? 0 },
    }),
  );
  const consistency = heads.slice(1).map(({ size }, at) => {
    const earlier = heads[at]?.size ?? 0;
    return tree.consistency(earlier, size).map((hash) => hash.toString('base64'));
  });
  return { chain, begins: first === null, checkpoints, consistency };
}

/** Hashes of a chain's first leaves, one after the other. */
async function leafHashes(db: StoreDatabase, chain: string, size: number): Promise<Buffer> {
  const pages: Buffer[] = [];
  for (let from = 0; from < size; from += HASHES_AT_ONCE) {
    const { rows } = await sql<{ hashes: Buffer | null }>`
      select string_agg(hash, ''::bytea order by seq) as hashes from register_leaf
      where chain = ${chain} and seq > ${from} and seq <= ${Math.min(size, from + HASHES_AT_ONCE)}`.execute(
      db,
    );
    pages.push(rows[0]?.hashes ?? Buffer.alloc(0));
  }
  return Buffer.concat(pages);
}

const HASHES_AT_ONCE = 100_000;
const ROWS_AT_ONCE = 2_000;

interface EntryRow {
  readonly seq: string;
  readonly entry: string;
  readonly salt: string;
  readonly parts: Readonly<Record<string, readonly [number, string]>>;
  readonly text: string | null;
  readonly textSalt: string | null;
}

/** The agency's leaves behind one place and up to another, with their entries. */
function entryRows(
  db: StoreDatabase,
  { chain, agency, after, upTo }: { chain: string; agency: string; after: number; upTo: number },
): AsyncGenerator<EntryRow> {
  const rowsAfter = async (seq: string) => {
    const { rows } = await sql<EntryRow>`
      select leaf.seq, leaf.entry, leaf.salt, leaf.parts, row.entry as text, row.salt as "textSalt"
      from register_leaf leaf left join register_entry row on row.chain = leaf.chain and row.seq = leaf.seq
      where leaf.chain = ${chain} and leaf.seq > ${seq} and leaf.seq <= ${upTo} and leaf.parts ? ${agency}
      order by leaf.seq limit ${ROWS_AT_ONCE}`.execute(db);
    return rows;
  };
  return inPages(rowsAfter, String(after), ROWS_AT_ONCE);
}

function entryLine(
  { seq, entry, salt, parts, text, textSalt }: EntryRow,
  agency: string,
  tree: MerkleTree,
): EntryLine {
  const all = partsFrom(parts);
  const own = all.get(agency) ?? { number: 0, digest: '' };
  const others = [...all].filter(([other]) => other !== agency);
  const shown = text === null || textSalt === null ? undefined : shownParts(text, agency).get(agency);
  return {
    ...{ seq: Number(seq), entry, number: own.number, salt: agencySalt(salt, agency), digest: own.digest },
    others: others.map(([other, part]) => slotOf(agencySalt(salt, other), other, part)).sort(),
    shown: shown === undefined ? null : { text: shown, salt: agencySalt(textSalt ?? '', agency) },
    path: tree.inclusion(Number(seq) - 1).map((hash) => hash.toString('base64')),
  };
}

import type { StoreDatabase } from '../../store/tables.ts';
import { GENESIS, hashOf } from '../chain.ts';
import { inPages } from '../table.ts';
import type { Checkpoint } from '../tree/checkpoint.ts';
import {
  type AgencyPart,
  agencySalt,
  countDigest,
  entryDigest,
  hashOfLeaf,
  type Leaf,
  partDigest,
  shownParts,
} from '../tree/leaf.ts';
import { Frontier } from '../tree/merkle.ts';
import type { RegisterProblem } from './report.ts';

/** From where a tree is followed: with its first leaf, or behind one that a checkpoint covers. */
export interface TreeStart {
  readonly frontier: Frontier;
  readonly counts: ReadonlyMap<string, number>;
  /** Hash of the chain's last entry there. */
  readonly head: string;
}
export const FIRST_LEAF: TreeStart = { frontier: Frontier.empty(), counts: new Map(), head: GENESIS };

/**
 * Follows a chain's tree: whether each leaf is that of its entry and the entry follows the one before, agencies' numbers go on
 * without a gap, and the tree is the one that each checkpoint was signed over.
 * @param checkpoints genuine ones of this chain behind the start, in order of size
 * @param upTo the last leaf that is looked at
 * @returns the first problem, null where there is none
 */
export async function verifyTree(
  db: StoreDatabase,
  chain: string,
  checkpoints: readonly Checkpoint[],
  {
    page,
    start = FIRST_LEAF,
    upTo = Number.MAX_SAFE_INTEGER,
  }: { page: number; start?: TreeStart; upTo?: number },
): Promise<RegisterProblem | null> {
  const frontier = start.frontier.copy();
  const counts = new Map(start.counts);
  let previous: string | null = start.head;
  const salts = await saltsOf(db, chain);
  let [next, agreed] = [0, frontier.size];
  for await (const row of leafRows(db, chain, page, [frontier.size, upTo])) {
    const { seq } = row.leaf;
    const problem = (why: string): RegisterProblem => ({
      ...{ kind: 'CHANGED', chain, seq, requestId: row.entry?.requestId ?? null, at: row.entry?.at ?? null },
      detail: why,
    });
    if (seq !== frontier.size + 1)
      return { ...problem('it is not in the tree'), kind: 'REMOVED', seq: frontier.size + 1 };
    const why = mismatch(row, counts, previous);
    if (why !== null) return problem(why);
    previous = row.entry?.hash ?? null;
    frontier.add(row.hash);
    for (let one = checkpoints[next]; one?.size === seq; one = checkpoints[next]) {
      if (!one.root.equals(frontier.root()))
        return problem(
          `one of the leaves ${agreed + 1} to ${seq} was changed: the signed checkpoint of ${seq} is of another tree`,
        );
      if (!signsCounts(one, salts.get(seq), counts)) return problem(`the head of ${seq} signed other counts`);
      next += 1;
      agreed = seq;
    }
  }
  const unmet = checkpoints[next];
  if (unmet === undefined) return null;
  const detail = `the tree ends before it, and a checkpoint was signed at ${unmet.size} on ${unmet.at}`;
  return { kind: 'CUT_OFF', chain, seq: frontier.size + 1, requestId: null, at: null, detail };
}

/** What opens the counts of each head, as the store has it. */
async function saltsOf(db: StoreDatabase, chain: string): Promise<ReadonlyMap<number, string>> {
  const rows = await db
    .selectFrom('register_checkpoint')
    .select(['size', 'salt'])
    .where('chain', '=', chain)
    .execute();
  return new Map(rows.map(({ size, salt }) => [Number(size), salt]));
}

/** Whether a head was signed over these counts. */
export function signsCounts(
  { counts: signed }: Checkpoint,
  salt: string | undefined,
  counts: ReadonlyMap<string, number>,
): boolean {
  if (salt === undefined || signed.size !== counts.size) return false;
  return [...counts].every(
    ([agency, count]) => signed.get(agency) === countDigest(agencySalt(salt, agency), agency, count),
  );
}

interface LeafRow {
  readonly leaf: Leaf;
  readonly hash: Buffer;
  readonly entry: EntryBeside | null;
}

/** The entry that a leaf is of; `salt` is null where it is no longer kept. */
interface EntryBeside {
  readonly text: string;
  readonly hash: string;
  readonly salt: string | null;
  readonly requestId: string;
  readonly at: string;
}

/** In which way the leaf is not that of its entry; counts on the agencies' numbers. */
function mismatch(
  { leaf, hash, entry }: LeafRow,
  counts: Map<string, number>,
  previous: string | null,
): string | null {
  if (!hashOfLeaf(leaf).equals(hash)) return 'its leaf was changed';
  if (entry === null) return 'its leaf is there, and it is not';
  if (entryDigest(leaf.salt, entry.hash) !== leaf.entry) return 'it is not the one that its leaf is of';
  for (const [agency, { number }] of leaf.parts) {
    const expected = (counts.get(agency) ?? 0) + 1;
    if (number !== expected) return `it is number ${number} of ${agency}, which should be ${expected}`;
    counts.set(agency, number);
  }
  if (entry.salt === null) return null;
  if (previous !== null && hashOf(leaf.chain, leaf.seq, previous, entry.text) !== entry.hash)
    return 'it is not what was written behind the entry before';
  return shows(leaf.parts, entry.text, entry.salt)
    ? null
    : 'what agencies can be shown of it is not what its leaf says';
}

function shows(parts: ReadonlyMap<string, AgencyPart>, text: string, salt: string): boolean {
  const shown = shownParts(text);
  const fits = [...shown].every(
    ([agency, part]) => parts.get(agency)?.digest === partDigest(agencySalt(salt, agency), part),
  );
  return fits && shown.size === parts.size;
}

async function* leafRows(
  db: StoreDatabase,
  chain: string,
  page: number,
  [from, upTo]: readonly [number, number],
): AsyncGenerator<LeafRow> {
  const rowsAfter = (after: string) =>
    db
      .selectFrom('register_leaf as leaf')
      .leftJoin('register_entry as row', (join) =>
        join.onRef('row.chain', '=', 'leaf.chain').onRef('row.seq', '=', 'leaf.seq'),
      )
      .select(['leaf.seq', 'leaf.hash', 'leaf.entry', 'leaf.salt', 'leaf.parts'])
      .select(['row.entry as text', 'row.hash as entryHash', 'row.salt as entrySalt'])
      .select(['row.request_id as requestId', 'row.at'])
      .where('leaf.chain', '=', chain)
      .where('leaf.seq', '>', after)
      .where('leaf.seq', '<=', String(upTo))
      .orderBy('leaf.seq')
      .limit(page)
      .execute();
  const begin = from === 0 ? String(Number.MIN_SAFE_INTEGER) : String(from);
  for await (const row of inPages(rowsAfter, begin, page)) {
    const { seq, hash, entry, salt, parts, text, entryHash, entrySalt, requestId, at } = row;
    const there = text !== null && entryHash !== null && requestId !== null;
    yield {
      hash,
      leaf: { chain, seq: Number(seq), entry, salt, parts: partsFrom(parts) },
      entry: there
        ? {
            ...{ text, hash: entryHash, salt: entrySalt, requestId },
            at: at instanceof Date ? at.toISOString() : String(at),
          }
        : null,
    };
  }
}

export const partsFrom = (
  parts: Readonly<Record<string, readonly [number, string]>>,
): ReadonlyMap<string, AgencyPart> =>
  new Map(Object.entries(parts).map(([agency, [number, digest]]) => [agency, { number, digest }]));

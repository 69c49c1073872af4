import type { StoreDatabase } from '../../store/tables.ts';
import type { Checkpoint } from '../tree/checkpoint.ts';
import {
  agencySalt,
  entryDigest,
  hashOfLeaf,
  type Leaf,
  type Part,
  partDigest,
  shownParts,
} from '../tree/leaf.ts';
import { Frontier } from '../tree/merkle.ts';
import type { RegisterProblem } from './report.ts';

/**
 * Follows a chain's tree from its first leaf: whether each leaf is that of its entry, agencies' numbers go on without a gap,
 * and the tree is the one that each checkpoint was signed over.
 * @param checkpoints genuine ones of this chain, in order of size
 * @returns the first problem, null where there is none
 */
export async function verifyTree(
  db: StoreDatabase,
  chain: string,
  checkpoints: readonly Checkpoint[],
  page: number,
): Promise<RegisterProblem | null> {
  const frontier = Frontier.empty();
  const counts = new Map<string, number>();
  let [next, agreed] = [0, 0];
  for await (const row of leafRows(db, chain, page)) {
    const { seq } = row.leaf;
    const problem = (why: string): RegisterProblem => ({
      ...{ kind: 'CHANGED', chain, seq, requestId: row.entry?.requestId ?? null, at: row.entry?.at ?? null },
      detail: why,
    });
    if (seq !== frontier.size + 1)
      return { ...problem('it is not in the tree'), kind: 'REMOVED', seq: frontier.size + 1 };
    const why = mismatch(row, counts);
    if (why !== null) return problem(why);
    frontier.add(row.hash);
    for (let one = checkpoints[next]; one?.size === seq; one = checkpoints[next]) {
      if (!one.root.equals(frontier.root()))
        return problem(
          `one of the leaves ${agreed + 1} to ${seq} was changed: the signed checkpoint of ${seq} is of another tree`,
        );
      next += 1;
      agreed = seq;
    }
  }
  const unmet = checkpoints[next];
  if (unmet === undefined) return null;
  const detail = `the tree ends before it, and a checkpoint was signed at ${unmet.size} on ${unmet.at}`;
  return { kind: 'CUT_OFF', chain, seq: frontier.size + 1, requestId: null, at: null, detail };
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
function mismatch({ leaf, hash, entry }: LeafRow, counts: Map<string, number>): string | null {
  if (!hashOfLeaf(leaf).equals(hash)) return 'its leaf was changed';
  if (entry === null) return 'its leaf is there, and it is not';
  if (entryDigest(leaf.salt, entry.hash) !== leaf.entry) return 'it is not the one that its leaf is of';
  for (const [agency, { number }] of leaf.parts) {
    const expected = (counts.get(agency) ?? 0) + 1;
    if (number !== expected) return `it is number ${number} of ${agency}, which should be ${expected}`;
    counts.set(agency, number);
  }
  return entry.salt === null || shows(leaf.parts, entry.text, entry.salt)
    ? null
    : 'what agencies can be shown of it is not what its leaf says';
}

function shows(parts: ReadonlyMap<string, Part>, text: string, salt: string): boolean {
  const shown = shownParts(text);
  const fits = [...shown].every(
    ([agency, part]) => parts.get(agency)?.digest === partDigest(agencySalt(salt, agency), part),
  );
  return fits && shown.size === parts.size;
}

async function* leafRows(db: StoreDatabase, chain: string, page: number): AsyncGenerator<LeafRow> {
  let after = String(Number.MIN_SAFE_INTEGER);
  for (;;) {
    const rows = await db
      .selectFrom('register_leaf as leaf')
      .leftJoin('register_entry as row', (join) =>
        join.onRef('row.chain', '=', 'leaf.chain').onRef('row.seq', '=', 'leaf.seq'),
      )
      .select(['leaf.seq', 'leaf.hash', 'leaf.entry', 'leaf.salt', 'leaf.parts'])
      .select(['row.entry as text', 'row.hash as entryHash', 'row.salt as entrySalt'])
      .select(['row.request_id as requestId', 'row.at'])
      .where('leaf.chain', '=', chain)
      .where('leaf.seq', '>', after)
      .orderBy('leaf.seq')
      .limit(page)
      .execute();
    for (const { seq, hash, entry, salt, parts, text, entryHash, entrySalt, requestId, at } of rows)
      yield {
        hash,
        leaf: { chain, seq: Number(seq), entry, salt, parts: partsFrom(parts) },
        entry:
          text === null || entryHash === null || requestId === null
            ? null
            : {
                text,
                hash: entryHash,
                salt: entrySalt,
                requestId,
                at: at instanceof Date ? at.toISOString() : String(at),
              },
      };
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last.seq;
  }
}

export const partsFrom = (
  parts: Readonly<Record<string, readonly [number, string]>>,
): ReadonlyMap<string, Part> =>
  new Map(Object.entries(parts).map(([agency, [number, digest]]) => [agency, { number, digest }]));

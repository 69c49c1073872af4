import type { KeyObject } from 'node:crypto';
import { agencySalt, countDigest } from './leaf.ts';
import { HASH_BYTES, type TreeHead } from './merkle.ts';
import { openNote, signNote } from './note.ts';

/**
 * A signed head of one chain's tree (https://c2sp.org/tlog-checkpoint). Its extension lines say when it was signed, and for
 * each agency how many entries concerned it until then, as a salted digest that only that agency's own export opens.
 */
export interface Checkpoint extends TreeHead {
  readonly chain: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Agency → digest of its count, base64. */
  readonly counts: ReadonlyMap<string, string>;
}

/** What a checkpoint is signed over, before its counts are hidden. */
export interface CheckpointContent extends TreeHead {
  readonly chain: string;
  readonly at: string;
  readonly counts: ReadonlyMap<string, number>;
  /** Hides the counts. */
  readonly salt: string;
}

/** The name of a chain's tree, and of the keys that sign it. */
export const checkpointOrigin = (chain: string): string => `sightline/register/${chain}`;

export function signCheckpoint(
  key: KeyObject,
  { chain, at, counts, salt, size, root }: CheckpointContent,
): string {
  const lines = [...counts].sort(byName).map(([agency, count]) => {
    const digest = countDigest(agencySalt(salt, agency), agency, count);
    return `count ${encodeURIComponent(agency)} ${digest}`;
  });
  const text = [
    checkpointOrigin(chain),
    String(size),
    root.toString('base64'),
    `at ${at}`,
    ...lines,
    '',
  ].join('\n');
  return signNote(text, checkpointOrigin(chain), key);
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/** What a checkpoint of this chain says, null where none of the keys signed it, or it is none. */
export function openCheckpoint(note: string, chain: string, keys: readonly KeyObject[]): Checkpoint | null {
  const text = openNote(note, checkpointOrigin(chain), keys);
  return text === null ? null : readCheckpoint(text, chain);
}

/** The chain that a checkpoint says it is of, signed or not. */
export function chainOf(note: string): string | null {
  const origin = note.slice(0, note.indexOf('\n'));
  const prefix = checkpointOrigin('');
  return origin.startsWith(prefix) ? origin.slice(prefix.length) : null;
}

function readCheckpoint(text: string, chain: string): Checkpoint | null {
  const [origin, size = '', root64 = '', at = '', ...more] = text.split('\n');
  const root = Buffer.from(root64, 'base64');
  const lines = more.slice(0, -1).map((line) => /^count (\S+) (\S+)$/.exec(line));
  const counts = new Map(
    lines.flatMap((line) => (line ? [[decodeURIComponent(line[1] ?? ''), line[2] ?? '']] : [])) as [
      string,
      string,
    ][],
  );
  const sound =
    origin === checkpointOrigin(chain) &&
    /^(0|[1-9]\d{0,14})$/.test(size) &&
    root.length === HASH_BYTES &&
    at.startsWith('at ') &&
    // One line for each agency: two counts would be two truths.
    counts.size === lines.length;
  return sound ? { chain, size: Number(size), root, at: at.slice(3), counts } : null;
}

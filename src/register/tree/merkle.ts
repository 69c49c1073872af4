import { hash as hashNow } from 'node:crypto';

/** Bytes of a hash. */
export const HASH_BYTES = 32;

const sha256 = (bytes: string | Buffer): Buffer => hashNow('sha256', bytes, 'buffer');

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/** The hash of a leaf (RFC 6962, section 2.1): of the data with a zero byte before, so that no leaf can pass for a node. */
export const leafHash = (data: string | Buffer): Buffer =>
  sha256(Buffer.concat([LEAF, typeof data === 'string' ? Buffer.from(data) : data]));

const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.concat([NODE, left, right]));

const EMPTY = sha256('');

/** A tree that grows, as the roots of its whole subtrees, the largest first: enough for its root, not for proofs. */
export class Frontier {
  #size: number;
  readonly #roots: Buffer[];

  private constructor(size: number, roots: Buffer[]) {
    this.#size = size;
    this.#roots = roots;
  }

  static empty(): Frontier {
    return new Frontier(0, []);
  }

  /** From what `bytes` gave at this size; null where it cannot have been that. */
  static from(size: number, bytes: Buffer): Frontier | null {
    const roots = Array.from({ length: bytes.length / HASH_BYTES }, (_, at) =>
      bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
    );
    const whole = bytes.length % HASH_BYTES === 0 && roots.length === subtreesOf(size).length;
    return whole ? new Frontier(size, roots) : null;
  }

  get size(): number {
    return this.#size;
  }

  add(leaf: Buffer): void {
    let hash = leaf;
    for (let size = this.#size; size % 2 === 1; size = (size - 1) / 2)
      hash = nodeHash(this.#roots.pop() as Buffer, hash);
    this.#roots.push(hash);
    this.#size += 1;
  }

  root(): Buffer {
    return (
      this.#roots.reduceRight<Buffer | null>(
        (right, left) => (right === null ? left : nodeHash(left, right)),
        null,
      ) ?? EMPTY
    );
  }

  bytes(): Buffer {
    return Buffer.concat(this.#roots);
  }

  copy(): Frontier {
    return new Frontier(this.#size, [...this.#roots]);
  }
}

/** Sizes of the whole subtrees of which a tree of this size is made. */
function subtreesOf(size: number): readonly number[] {
  const sizes: number[] = [];
  for (let left = size, power = 1; left > 0; left = Math.floor(left / 2), power *= 2)
    if (left % 2 === 1) sizes.unshift(power);
  return sizes;
}

/** A whole tree in memory, which proves what stands in it and that it has only grown: 64 bytes for each leaf. */
export class MerkleTree {
  /** Hashes of whole subtrees one after the other: of one leaf, of two, of four, … */
  readonly #levels: Buffer[];
  /** Of subtrees that are not whole, by where they begin and end: there are few, on the tree's right edge. */
  readonly #edges = new Map<string, Buffer>();

  /** @param leaves hashes of leaves, one after the other */
  constructor(leaves: Buffer) {
    this.#levels = [leaves];
    for (let below = leaves; below.length >= 2 * HASH_BYTES; below = this.#levels.at(-1) as Buffer) {
      const count = Math.floor(below.length / (2 * HASH_BYTES));
      const level = Buffer.allocUnsafe(count * HASH_BYTES);
      for (let at = 0; at < count; at += 1)
        nodeHash(hashAt(below, 2 * at), hashAt(below, 2 * at + 1)).copy(level, at * HASH_BYTES);
      this.#levels.push(level);
    }
  }

  get size(): number {
    return (this.#levels[0]?.length ?? 0) / HASH_BYTES;
  }

  /** The root of the tree of the first leaves. */
  root(size = this.size): Buffer {
    return size === 0 ? EMPTY : this.#rootOf(0, size);
  }

  /** That the leaf stands at this index (from 0) of the tree of the first `size` leaves. */
  inclusion(index: number, size = this.size): readonly Buffer[] {
    const path: Buffer[] = [];
    let [from, to] = [0, size];
    while (to - from > 1) {
      const middle = from + largestPowerBelow(to - from);
      if (index < middle) {
        path.unshift(this.#rootOf(middle, to));
        to = middle;
      } else {
        path.unshift(this.#rootOf(from, middle));
        from = middle;
      }
    }
    return path;
  }

  /** That the tree of the first `later` leaves begins with that of the first `earlier`. */
  consistency(earlier: number, later: number): readonly Buffer[] {
    if (earlier === 0 || earlier === later) return [];
    const path: Buffer[] = [];
    let [from, to] = [0, later];
    let isSubtree = true;
    while (earlier !== to) {
      const middle = from + largestPowerBelow(to - from);
      if (earlier <= middle) {
        path.unshift(this.#rootOf(middle, to));
        to = middle;
      } else {
        path.unshift(this.#rootOf(from, middle));
        from = middle;
        isSubtree = false;
      }
    }
    return isSubtree ? path : [this.#rootOf(from, to), ...path];
  }

  #rootOf(from: number, to: number): Buffer {
    const size = to - from;
    const level = Math.log2(size);
    const whole = Number.isInteger(level) && from % size === 0 ? this.#levels[level] : undefined;
    if (whole !== undefined) return hashAt(whole, from / size);
    const name = `${from}-${to}`;
    const before = this.#edges.get(name);
    if (before !== undefined) return before;
    const middle = from + largestPowerBelow(size);
    const root = nodeHash(this.#rootOf(from, middle), this.#rootOf(middle, to));
    this.#edges.set(name, root);
    return root;
  }
}

const hashAt = (hashes: Buffer, at: number): Buffer =>
  hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);

/** Of at least two. */
function largestPowerBelow(size: number): number {
  return 2 ** (Math.ceil(Math.log2(size)) - 1);
}

/**
 * Whether the leaf stands at this index (from 0) of the tree of this size and root (RFC 9162, section 2.1.3.2).
 * @param leaf its hash
 */
export function isIncluded(
  { index, size, root }: { index: number; size: number; root: Buffer },
  leaf: Buffer,
  path: readonly Buffer[],
): boolean {
  if (index >= size) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.equals(root);
}

/** A tree, as a checkpoint says it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Buffer;
}

/** Whether the later tree begins with the earlier one (RFC 9162, section 2.1.4.2). */
export function isConsistent(earlier: TreeHead, later: TreeHead, path: readonly Buffer[]): boolean {
  if (earlier.size > later.size) return false;
  if (earlier.size === later.size) return path.length === 0 && earlier.root.equals(later.root);
  if (earlier.size === 0) return path.length === 0;
  let [node, last] = [earlier.size - 1, later.size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  // A whole earlier tree is itself a node of the later one, and not told twice.
  const [first, ...rest] = node === 0 ? [earlier.root, ...path] : path;
  if (first === undefined) return false;
  let [was, is] = [first, first];
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      was = nodeHash(sibling, was);
      is = nodeHash(sibling, is);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else is = nodeHash(is, sibling);
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 && was.equals(earlier.root) && is.equals(later.root);
}

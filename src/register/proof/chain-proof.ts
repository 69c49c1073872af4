import type { Checkpoint } from '../tree/checkpoint.ts';
import { countDigest, leafText, partDigest, slotOf } from '../tree/leaf.ts';
import { isConsistent, isIncluded, leafHash } from '../tree/merkle.ts';
import type { EntryLine } from './format.ts';

/**
 * KEY: no key given signed a checkpoint. COUNT: it signed another count than is told. REWRITTEN: a tree does not begin with the one
 * before it. MISSING: a number is not there. CHANGED: an entry is not as it stands in the tree. REORDERED: it stands behind a
 * later one. INVENTED: there is no such number, or it is there already.
 */
export type ChainFindingKind =
  | 'KEY'
  | 'COUNT'
  | 'REWRITTEN'
  | 'MISSING'
  | 'CHANGED'
  | 'REORDERED'
  | 'INVENTED';

export interface ChainFinding {
  readonly kind: ChainFindingKind;
  readonly chain: string;
  /** The agency's running number that it is about; null where it is about a checkpoint. */
  readonly number: number | null;
  readonly detail: string;
}

export interface CheckedHead {
  readonly size: number;
  readonly at: string;
  readonly root: string;
}

export interface ClaimedHead {
  /** What a trusted key signed; null where none did. */
  readonly signed: Checkpoint | null;
  readonly salt: string;
  readonly count: number;
}

export interface ChainClaim {
  readonly chain: string;
  readonly agency: string;
  readonly begins: boolean;
  readonly heads: readonly ClaimedHead[];
  readonly consistency: readonly (readonly string[])[];
}

/** Follows one agency's entries of one chain from one checkpoint to another. */
export class ChainProof {
  readonly #claim: ChainClaim;
  readonly #last: Checkpoint | null;
  readonly #findings: ChainFinding[] = [];
  /** The number before the first, and the last that was signed. */
  readonly #before: number;
  readonly #signed: number;
  /** Seen in this file, in order or not. */
  #highest: number;
  readonly #gaps = new Set<number>();
  #entries = 0;

  constructor(claim: ChainClaim) {
    this.#claim = claim;
    const { heads, begins } = claim;
    this.#before = begins ? 0 : (heads[0]?.count ?? 0);
    this.#signed = heads.at(-1)?.count ?? 0;
    this.#highest = this.#before;
    this.#last = this.#checkHeads() ? (heads.at(-1)?.signed ?? null) : null;
  }

  /** Whether there is a head that the entries can be held against. */
  #checkHeads(): boolean {
    const { heads, agency, consistency } = this.#claim;
    const strange = heads.findIndex(({ signed }) => signed === null);
    if (heads.length === 0 || strange >= 0) {
      this.#find('KEY', null, `no key given signed checkpoint ${strange + 1} of ${heads.length}`);
      return false;
    }
    for (const { signed, salt, count } of heads) {
      const told = signed?.counts.get(agency);
      const fits = told === undefined ? count === 0 : told === countDigest(salt, agency, count);
      if (!fits)
        this.#find('COUNT', null, `the checkpoint of ${signed?.size} signed another count than ${count}`);
    }
    for (const [at, path] of heads.slice(1).map((_, index) => [index, consistency[index] ?? []] as const)) {
      const [earlier, later] = [heads[at]?.signed, heads[at + 1]?.signed];
      const grown = earlier && later && isConsistent(earlier, later, path.map(hashFrom));
      if (!grown)
        this.#find(
          'REWRITTEN',
          null,
          `the tree of ${later?.size} signed ${later?.at} does not begin with that of ${earlier?.size} signed ${earlier?.at}`,
        );
    }
    return true;
  }

  next(entry: EntryLine): void {
    this.#entries += 1;
    // Without a signed head nothing can be said of any entry; that has been said.
    if (this.#last === null) return;
    const { number } = entry;
    const expected = this.#highest + 1;
    if (!this.#stands(entry)) {
      const seen = number <= this.#highest && !this.#gaps.has(number);
      if (number > this.#signed || number <= this.#before)
        this.#find(
          'INVENTED',
          number,
          `the checkpoints signed numbers ${this.#before + 1} to ${this.#signed}`,
        );
      else if (seen) this.#find('INVENTED', number, 'this number is there already');
      else this.#find('CHANGED', number, 'it is not what stands in the tree at its place');
      this.#seen(number);
      return;
    }
    if (number > expected || this.#gaps.delete(number)) {
      if (number < expected) this.#find('REORDERED', number, 'it stands behind a later one');
    } else if (number < expected) this.#find('INVENTED', number, 'this number is there already');
    this.#seen(number);
    this.#checkCounts(entry);
  }

  #seen(number: number): void {
    if (number > this.#signed || number <= this.#before) return;
    this.#gaps.delete(number);
    for (let gap = this.#highest + 1; gap < number; gap += 1) this.#gaps.add(gap);
    this.#highest = Math.max(this.#highest, number);
  }

  #stands({ seq, entry, others, number, salt, shown, digest, path }: EntryLine): boolean {
    const { chain, agency } = this.#claim;
    if (this.#last === null || !Number.isSafeInteger(seq) || seq < 1) return false;
    if (shown !== null && partDigest(shown.salt, shown.text) !== digest) return false;
    const slots = [...others, slotOf(salt, agency, { number, digest })];
    const leaf = leafHash(leafText({ chain, seq, entry }, slots));
    const { size, root } = this.#last;
    return isIncluded({ index: seq - 1, size, root }, leaf, path.map(hashFrom));
  }

  /** A checkpoint between that signed a count must have it where it stands. */
  #checkCounts({ seq, number }: EntryLine): void {
    for (const { signed, count } of this.#claim.heads)
      if (signed !== null && number <= count !== seq <= signed.size)
        this.#find(
          'COUNT',
          number,
          `the checkpoint of ${signed.size} signed ${count} entries, and it is at ${seq}`,
        );
  }

  /** What is wrong with it, once all its entries have been there. */
  end(): readonly ChainFinding[] {
    if (this.#last !== null) {
      const [gap, ...more] = this.#gaps;
      if (gap !== undefined)
        this.#find(
          'MISSING',
          gap,
          more.length === 0 ? 'it is not there' : `it is not there, nor are ${more.length} more`,
        );
      if (this.#highest < this.#signed)
        this.#find(
          'MISSING',
          this.#highest + 1,
          `the last checkpoint signed ${this.#signed}, and the file ends with ${this.#highest}`,
        );
    }
    return this.#findings;
  }

  summary() {
    const { chain, begins, heads } = this.#claim;
    const numbers = [this.#before + 1, this.#highest] as const;
    return {
      ...{ chain, entries: this.#entries },
      numbers: this.#highest > this.#before ? numbers : null,
      after: begins ? null : checked(heads[0]?.signed),
      until: checked(heads.at(-1)?.signed),
    };
  }

  #find(kind: ChainFindingKind, number: number | null, detail: string): void {
    if (this.#findings.length < MOST_FINDINGS)
      this.#findings.push({ kind, chain: this.#claim.chain, number, detail });
  }
}

/** A chain that is wrong throughout says no more by its thousandth finding. */
const MOST_FINDINGS = 20;

const hashFrom = (base64: string): Buffer => Buffer.from(base64, 'base64');

const checked = (head: Checkpoint | null | undefined): CheckedHead | null =>
  head ? { size: head.size, at: head.at, root: head.root.toString('base64') } : null;

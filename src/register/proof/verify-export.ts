import type { KeyObject } from 'node:crypto';
import { openCheckpoint } from '../tree/checkpoint.ts';
import { type ChainFinding, ChainProof, type CheckedHead } from './chain-proof.ts';
import {
  type ChainLine,
  type EndLine,
  EXPORT_FORMAT,
  isChainLine,
  isEndLine,
  isEntryLine,
  isHeader,
  parsedLine,
} from './format.ts';

/** What was found of a whole export. */
export interface ExportReport {
  readonly whole: boolean;
  readonly agency: string;
  readonly from: string | null;
  readonly to: string;
  readonly entries: number;
  /** Entries of which only the proof is left, since they are no longer kept. */
  readonly noLongerKept: number;
  readonly chains: readonly ExportedChain[];
  readonly findings: readonly ExportFinding[];
}

export interface ExportedChain {
  readonly chain: string;
  readonly entries: number;
  /** The agency's first and last number here; null where it has none. */
  readonly numbers: readonly [number, number] | null;
  /** Behind which checkpoint it begins, null for the chain's beginning, and with which it ends. */
  readonly after: CheckedHead | null;
  readonly until: CheckedHead | null;
}

/** CUT: the file ends too early. UNREADABLE: a line of it is none of an export. */
export type ExportFinding =
  | ChainFinding
  | {
      readonly kind: 'CUT' | 'UNREADABLE';
      readonly chain: null;
      readonly number: null;
      readonly detail: string;
    };

/** A file that is no export: nothing can be said of it. */
export class ExportUnreadableError extends Error {
  override readonly name = 'ExportUnreadableError';
  readonly code = 'EXPORT_UNREADABLE';
}

/**
 * Checks an export by the public keys alone: that each checkpoint was signed by one of them, each tree only grew, each entry stands
 * in it as it is shown, and the agency's numbers go on from count to signed count.
 * @throws ExportUnreadableError where it is no export
 */
export async function verifyExport(
  lines: AsyncIterable<string>,
  keys: readonly KeyObject[],
): Promise<ExportReport> {
  const reading = new Reading(keys);
  let header: ReturnType<typeof headerFrom> | null = null;
  for await (const line of lines) {
    if (header === null) header = headerFrom(line);
    else if (!reading.next(line, header.agency)) break;
  }
  if (header === null) throw new ExportUnreadableError('It is empty');
  const { agency, from, to } = header;
  return { agency, from, to, ...reading.end() };
}

/** What has been read of an export behind its header. */
class Reading {
  readonly #keys: readonly KeyObject[];
  readonly #findings: ExportFinding[] = [];
  readonly #chains: ExportedChain[] = [];
  #proof: ChainProof | null = null;
  #end: EndLine | null = null;
  #line = 1;
  #entries = 0;
  #noLongerKept = 0;

  constructor(keys: readonly KeyObject[]) {
    this.#keys = keys;
  }

  /** Whether to read on. */
  next(line: string, agency: string): boolean {
    this.#line += 1;
    const value = this.#end === null ? parsedLine(line) : null;
    if (value !== null && isChainLine(value)) {
      this.#endChain();
      this.#proof = proofOf(value, agency, this.#keys);
    } else if (value !== null && isEntryLine(value) && this.#proof !== null) {
      this.#entries += 1;
      if (value.shown === null) this.#noLongerKept += 1;
      this.#proof.next(value);
    } else if (value !== null && isEndLine(value)) this.#end = value as unknown as EndLine;
    else {
      this.#find('UNREADABLE', `line ${this.#line} is none of an export`);
      return false;
    }
    return true;
  }

  end(): Omit<ExportReport, 'agency' | 'from' | 'to'> {
    this.#endChain();
    const [chains, entries] = [this.#chains.length, this.#entries];
    if (this.#end === null) this.#find('CUT', 'it ends before its last line');
    else if (this.#end.chains !== chains || this.#end.entries !== entries)
      this.#find(
        'CUT',
        `it says that it has ${this.#end.entries} entries of ${this.#end.chains} chains, and has ${entries} of ${chains}`,
      );
    return {
      ...{ whole: this.#findings.length === 0, entries, noLongerKept: this.#noLongerKept },
      ...{ chains: this.#chains, findings: this.#findings },
    };
  }

  #endChain(): void {
    if (this.#proof === null) return;
    this.#findings.push(...this.#proof.end());
    this.#chains.push(this.#proof.summary());
  }

  #find(kind: 'CUT' | 'UNREADABLE', detail: string): void {
    this.#findings.push({ kind, chain: null, number: null, detail });
  }
}

function proofOf(
  { checkpoints, ...line }: ChainLine,
  agency: string,
  keys: readonly KeyObject[],
): ChainProof {
  const heads = checkpoints.map(({ note, salt, count }) => ({
    ...{ salt, count, signed: openCheckpoint(note, line.chain, keys) },
  }));
  return new ChainProof({ ...line, agency, heads });
}

function headerFrom(line: string) {
  const value = parsedLine(line);
  if (value === null || !isHeader(value))
    throw new ExportUnreadableError(`It does not begin as a ${EXPORT_FORMAT} does`);
  return value;
}

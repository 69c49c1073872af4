import { hashOf, type LinkedEntry } from './chain.ts';

/** One entry as a line: the entry's JSON has no line feeds or tabs of its own. */
export function spoolLine({ chain, seq, previous, hash, entry }: LinkedEntry): string {
  return `${chain}\t${seq}\t${previous}\t${hash}\t${entry}\n`;
}

/** The entry of a line; null if the line is not as it was written. */
export function parseSpoolLine(line: string): LinkedEntry | null {
  const [chain, seq, previous, hash, entry, ...more] = line.split('\t');
  if (!chain || !seq || !previous || !hash || !entry || more.length > 0) return null;
  if (hashOf(chain, Number(seq), previous, entry) !== hash) return null;
  const { at, requestId, person } = JSON.parse(entry);
  return { chain, seq: Number(seq), previous, hash, entry, at, requestId, person };
}

export interface SpoolText {
  readonly entries: readonly LinkedEntry[];
  /** Bytes of whole lines. */
  readonly length: number;
  /** Bytes after the last whole line: a write that a crash cut short, acknowledged to nobody. */
  readonly torn: number;
  /** Line number of the first whole line that is not as it was written. */
  readonly damagedLine: number | null;
}

export function parseSpool(bytes: Buffer): SpoolText {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, length).toString('utf8').split('\n').slice(0, -1);
  const entries: LinkedEntry[] = [];
  let damagedLine: number | null = null;
  for (const [index, line] of lines.entries()) {
    const entry = parseSpoolLine(line);
    if (entry !== null) entries.push(entry);
    else damagedLine ??= index + 1;
  }
  return { entries, length, torn: bytes.length - length, damagedLine };
}

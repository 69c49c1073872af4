import type { Fork } from '../forks.ts';

export type ProblemKind = 'CHANGED' | 'REMOVED' | 'ADDED' | 'REORDERED' | 'CUT_OFF';

/** The first thing wrong with a chain. */
export interface RegisterProblem {
  readonly kind: ProblemKind;
  readonly chain: string;
  /** The place in the chain, from 1. */
  readonly seq: number;
  /** Of the entry found at that place; null where there is none. */
  readonly requestId: string | null;
  readonly at: string | null;
  readonly detail: string;
}

/** A line of a heads file that proves nothing: no head, or not signed by the key. */
export interface BadHead {
  readonly file: string;
  readonly line: number;
  readonly why: string;
}

/** A whole line of a spool that is not as it was written. */
export interface DamagedSpool {
  readonly file: string;
  readonly line: number;
}

export interface ChainReport {
  readonly chain: string;
  /** Entries of it in the table that were looked at: all, or those up to the problem. */
  readonly entries: number;
  /** Its last place under a signed head, 0 for none. */
  readonly signed: number;
  /** Entries, in the table and waiting, after that. */
  readonly notYetSigned: number;
  /** Entries that wait in the spool and are not in the table. */
  readonly waiting: number;
  /** Of `entries`, those whose period is over: their hashes stand, and what they said is gone. */
  readonly noLongerKept: number;
  readonly problem: RegisterProblem | null;
  /** Two gateways wrote this chain from a place on, and the others' entries were put into another: `register repair`. */
  readonly forks: readonly Pick<Fork, 'from' | 'into' | 'entries'>[];
}

export interface VerifyReport {
  /** No problem, no bad head, no damaged spool. */
  readonly whole: boolean;
  readonly entries: number;
  readonly notYetSigned: number;
  readonly waiting: number;
  readonly noLongerKept: number;
  readonly chains: readonly ChainReport[];
  readonly badHeads: readonly BadHead[];
  readonly damagedSpools: readonly DamagedSpool[];
}

/** The report for people. */
export function reportText(report: VerifyReport): string {
  const lines = report.chains.flatMap(chainLines);
  for (const { file, line, why } of report.badHeads) lines.push(`BAD HEAD  ${file} line ${line}: ${why}`);
  for (const { file, line } of report.damagedSpools) {
    lines.push(`DAMAGED SPOOL  ${file} line ${line} is not as it was written`);
  }
  const verdict = report.whole ? 'The register is whole.' : 'The register is NOT whole.';
  const counts = `${report.entries} entries looked at; ${report.notYetSigned} not yet under a signed head, ${report.waiting} waiting in a spool${gone(report)}.`;
  return `${[...lines, `${verdict} ${counts}`].join('\n')}\n`;
}

const gone = ({ noLongerKept }: Pick<ChainReport, 'noLongerKept'>): string =>
  noLongerKept === 0 ? '' : `, ${noLongerKept} no longer kept`;

function chainLines({
  chain,
  entries,
  signed,
  notYetSigned,
  waiting,
  noLongerKept,
  problem,
  forks,
}: ChainReport): string[] {
  const counts = `${entries} entries, signed up to ${signed}, ${notYetSigned} not yet signed, ${waiting} waiting${gone({ noLongerKept })}`;
  const lines = [`chain ${chain}: ${counts}`];
  for (const { from, into, entries: others } of forks)
    lines.push(
      `  mended: two gateways wrote it from ${from} on; ${others} entries of the other are chain ${into}`,
    );
  if (problem !== null) {
    const { kind, seq, requestId, at, detail } = problem;
    const entry = requestId === null ? '' : ` (request ${requestId}, ${at})`;
    lines.push(`  ${kind}  entry ${seq}${entry}: ${detail}`);
  }
  return lines;
}

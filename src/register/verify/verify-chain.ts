import type { LinkedEntry } from '../chain.ts';
import type { SignedHead } from '../heads.ts';
import { ChainCheck, isNoLongerKept } from './chain-check.ts';
import { explainProblem, missingEntry } from './explain.ts';
import type { ChainReport, RegisterProblem } from './report.ts';

export interface ChainEvidence {
  readonly chain: string;
  readonly heads: readonly SignedHead[];
  readonly spooled: readonly LinkedEntry[];
  /** Whether this chain is known to be a gateway's own. */
  readonly known: boolean;
  readonly forks: ChainReport['forks'];
}

type Rows = () => AsyncIterable<LinkedEntry>;

/**
 * @param rows the chain’s rows in the table, from the first, each time it is called
 * @param emptied told the place of each entry that is no longer kept
 */
export async function verifyChain(
  evidence: ChainEvidence,
  rows: Rows,
  emptied: (seq: number) => void,
): Promise<ChainReport> {
  const check = new ChainCheck(evidence.heads);
  let noLongerKept = 0;
  const { entries, found } = await followTable(check, evidence, rows, (seq) => {
    noLongerKept += 1;
    emptied(seq);
  });
  const waiting = evidence.spooled.filter(({ seq }) => seq >= check.expected);
  const problem = found ?? strangeChain(evidence) ?? endOf(check, waiting, evidence);
  const signed = signedUpTo(evidence);
  return {
    chain: evidence.chain,
    entries,
    signed,
    notYetSigned: Math.max(0, check.expected - 1 - signed),
    waiting: waiting.length,
    noLongerKept,
    problem,
    forks: evidence.forks,
  };
}

async function followTable(
  check: ChainCheck,
  evidence: ChainEvidence,
  rows: Rows,
  emptied: (seq: number) => void,
) {
  const spooled = new Map(evidence.spooled.map((entry) => [entry.seq, entry.hash]));
  const newest = evidence.heads.at(-1);
  const signed = signedUpTo(evidence);
  let entries = 0;
  for await (const entry of rows()) {
    entries += 1;
    if ((spooled.get(entry.seq) ?? entry.hash) !== entry.hash)
      return { entries, found: addedEntry(entry, TWO_WRITERS) };
    const { previous } = check;
    const mismatch = check.next(entry);
    if (mismatch !== null) {
      return { entries, found: await explainProblem({ entry, mismatch, previous, signed }, rows) };
    }
    if (isNoLongerKept(entry)) emptied(entry.seq);
    if (newest?.closed && entry.seq > newest.seq) {
      return { entries, found: addedEntry(entry, 'the gateway had stopped and signed that nothing follows') };
    }
  }
  return { entries, found: null };
}

const TWO_WRITERS =
  'another entry for this place waits in the gateway’s spool: somebody added this one, or two gateways wrote to one data directory, which `sightline register repair` mends';

function signedUpTo({ heads }: ChainEvidence): number {
  return heads.at(-1)?.seq ?? 0;
}

/** Whatever the table has lost at its end must be waiting in the spool, or be under no signed head. */
function endOf(
  check: ChainCheck,
  waiting: readonly LinkedEntry[],
  { chain, heads }: ChainEvidence,
): RegisterProblem | null {
  const end = check.expected;
  for (const entry of waiting) {
    const mismatch = check.next(entry);
    if (mismatch?.way === 'GAP' || mismatch?.way === 'LINK') {
      return missingEntry(
        'CUT_OFF',
        chain,
        end,
        `the table ends before it, and the spool goes on at ${entry.seq}`,
      );
    }
    if (mismatch !== null)
      return addedEntry(entry, 'it waits in the spool, and the gateway never signed it so');
  }
  const head = heads.find(({ seq }) => seq >= check.expected);
  if (head === undefined) return null;
  return missingEntry(
    'CUT_OFF',
    chain,
    check.expected,
    `the table ends before it, and a head was signed at ${head.seq} on ${head.at}`,
  );
}

function strangeChain({ chain, known, heads }: ChainEvidence): RegisterProblem | null {
  if (known || heads.length > 0) return null;
  return missingEntry(
    'ADDED',
    chain,
    1,
    'no signed head of this chain: a stranger wrote it, or the data directory of its gateway was not given',
  );
}

function addedEntry({ chain, seq, requestId, at }: LinkedEntry, detail: string): RegisterProblem {
  return { kind: 'ADDED', chain, seq, requestId, at, detail };
}

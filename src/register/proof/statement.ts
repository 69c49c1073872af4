import { basename } from 'node:path';
import type { StoreDatabase } from '../../store/tables.ts';
import { withOperatorsChain } from '../data-folder.ts';
import { fingerprintOf } from '../signing-key.ts';
import { type Checkpoint, openCheckpoint } from '../tree/checkpoint.ts';
import { Frontier } from '../tree/merkle.ts';
import {
  type EvidenceSource,
  evidenceIn,
  gatherEvidence,
  type RegisterEvidence,
} from '../verify/evidence.ts';
import { chainsIn } from '../verify/verify-register.ts';
import { FIRST_LEAF, signsCounts, type TreeStart, verifyTree } from '../verify/verify-tree.ts';

/** `RegisterStatement` of the public schema. */
export interface RegisterStatement {
  /** ISO 8601 UTC; null for the beginning, and for what is newest. */
  readonly from: string | null;
  readonly to: string | null;
  readonly entries: number;
  readonly whole: boolean;
  readonly findings: readonly string[];
  /** The last head of each chain that covers the period. */
  readonly heads: readonly string[];
  readonly keyFingerprint: string;
  readonly checked: readonly string[];
  readonly notChecked: readonly string[];
}

export interface StatementPeriod {
  readonly from: Date | null;
  readonly to: Date | null;
}

/** The period has more entries than are checked while somebody waits. */
export class LongPeriodError extends Error {
  override readonly name = 'LongPeriodError';
  readonly code = 'PERIOD_TOO_LONG';
  readonly entries: number;
  readonly most: number;

  constructor(entries: number, most: number) {
    super(`The period has ${entries} entries, of at most ${most}`);
    this.entries = entries;
    this.most = most;
  }
}

const PAGE = 500;

/**
 * What a board is told of the register in a period, from the heads that gateways keep outside the store: each tree is followed
 * from the last head before the period to the first one after it.
 * @param sources the data directories of gateways that write to this store
 * @param most entries that are looked at
 * @throws LongPeriodError, RegisterFileError, the driver's error
 */
export async function statementOf(
  { db, sources }: { db: StoreDatabase; sources: readonly EvidenceSource[] },
  period: StatementPeriod,
  most = Number.POSITIVE_INFINITY,
): Promise<RegisterStatement> {
  const evidence = await gatherEvidence(sources);
  const spans = [...evidence.checkpoints].map(([chain, heads]) => spanOf(chain, heads, period));
  const entries = spans.reduce((sum, { first, last }) => sum + last.size - (first?.size ?? 0), 0);
  if (entries > most) throw new LongPeriodError(entries, most);
  const findings = evidence.badHeads.map(({ file, line, why }) => `${basename(file)} line ${line}: ${why}`);
  for (const span of spans) {
    const why = await problemOf(db, span, sources);
    if (why !== null) findings.push(`chain ${span.chain}: ${why}`);
  }
  return {
    ...{ from: period.from?.toISOString() ?? null, to: period.to?.toISOString() ?? null },
    ...{ entries, whole: findings.length === 0, findings },
    heads: spans.map(({ chain, last }) => headText(chain, last)),
    keyFingerprint: fingerprints(sources),
    checked: CHECKED,
    notChecked: await notChecked(db, evidence, spans),
  };
}

/** The same from one gateway's own data directory. */
export async function statementOfOwn(
  { db, dataDir }: { db: StoreDatabase; dataDir: string },
  period: StatementPeriod,
  most: number,
): Promise<RegisterStatement> {
  const sources = await Promise.all(withOperatorsChain(dataDir).map((folder) => evidenceIn(folder)));
  return statementOf({ db, sources }, period, most);
}

/** A chain's heads that cover a period: what is between them is looked at. */
interface Span {
  readonly chain: string;
  readonly first: Checkpoint | null;
  readonly heads: readonly Checkpoint[];
  readonly last: Checkpoint;
}

function spanOf(chain: string, heads: readonly Checkpoint[], { from, to }: StatementPeriod): Span {
  const timeOf = ({ at }: Checkpoint) => Date.parse(at);
  const first = from === null ? undefined : heads.findLast((head) => timeOf(head) <= from.getTime());
  const last = (to && heads.find((head) => timeOf(head) >= to.getTime())) ?? (heads.at(-1) as Checkpoint);
  const begin = first !== undefined && first.size <= last.size ? first : null;
  const within = heads.filter(({ size }) => size > (begin?.size ?? 0) && size <= last.size);
  return { chain, first: begin, heads: within, last };
}

async function problemOf(
  db: StoreDatabase,
  { chain, first, heads, last }: Span,
  sources: readonly EvidenceSource[],
): Promise<string | null> {
  const start = first === null ? FIRST_LEAF : await startAt(db, first, sources);
  if (typeof start === 'string') return start;
  if (heads.length === 0) return null;
  const problem = await verifyTree(db, chain, heads, { page: PAGE, start, upTo: last.size });
  return problem && `${problem.kind} entry ${problem.seq}: ${problem.detail}`;
}

/** Where the tree stood at a head, from the store, if the store's is the one that was signed; else what is wrong with it. */
async function startAt(
  db: StoreDatabase,
  { chain, size, root }: Checkpoint,
  sources: readonly EvidenceSource[],
): Promise<TreeStart | string> {
  const row = await db
    .selectFrom('register_checkpoint')
    .select(['note', 'salt', 'counts', 'frontier', 'head'])
    .where('chain', '=', chain)
    .where('size', '=', String(size))
    .executeTakeFirst();
  if (row === undefined) return `the store has no head of ${size}, which was signed`;
  const signed = openCheckpoint(
    row.note,
    chain,
    sources.flatMap(({ publicKeys }) => publicKeys),
  );
  const frontier = Frontier.from(size, row.frontier);
  const counts = new Map(Object.entries(row.counts));
  const same =
    signed?.root.equals(root) && frontier?.root().equals(root) && signsCounts(signed, row.salt, counts);
  return frontier && same
    ? { frontier, counts, head: row.head }
    : `the head of ${size} in the store is not as it was signed`;
}

const headText = (chain: string, { size, root, at }: Checkpoint): string =>
  `chain ${chain}: ${size} entries, root ${root.toString('base64')}, signed ${at}`;

const fingerprints = (sources: readonly EvidenceSource[]): string =>
  [...new Set(sources.flatMap(({ publicKeys }) => publicKeys.map(fingerprintOf)))].join(', ');

const CHECKED = [
  'Each head was signed by a key with a fingerprint given here, and is kept outside the store.',
  'From head to head entries were only added: none was changed, taken out or put between.',
  'Each entry in the store is the one that its head was signed over, in its order.',
  'The entries of each agency are numbered without a gap, up to the count that was signed.',
];

async function notChecked(
  db: StoreDatabase,
  { checkpoints, badHeads }: RegisterEvidence,
  spans: readonly Span[],
): Promise<readonly string[]> {
  const others: string[] = [];
  for await (const chain of chainsIn(db)) if (!checkpoints.has(chain)) others.push(chain);
  const ends = spans.map(({ last }) => last.at).sort();
  return [
    'That the gateway wrote down every disclosure: what was never written is in no head.',
    'That what an entry says happened as it says.',
    ...(ends.length > 0
      ? [`What was written after the last head, of ${ends.at(-1)}.`]
      : ['Anything: no head has been signed yet.']),
    ...(others.length > 0
      ? [
          `Chains of other gateways, or not yet under a head: ${others.length}. register verify with their data directories checks them.`,
        ]
      : []),
    ...(badHeads.length > 0 ? ['Heads that no key signed prove nothing.'] : []),
  ];
}

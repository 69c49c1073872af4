import { agreementOf, countPairs, type SeenPairs } from '../comparisons/agreement.ts';
import type { ComparisonName } from '../comparisons/levels.ts';
import type { Features, LinkRecord } from '../features.ts';
import { genericKey, type Model } from '../model.ts';
import { hash32, seededRandom } from '../random.ts';

/**
 * One way to find pairs that are likely one person's: by fields that must agree. Address and phone are none, since
 * families agree on them, and what brothers differ in would be taken for what one person's records differ in.
 */
export interface TrainingRule {
  readonly agreeing: ReadonlySet<ComparisonName>;
  keys(features: Features): readonly string[];
}

export const TRAINING_RULES: readonly TrainingRule[] = [
  {
    agreeing: new Set(['born']),
    keys: ({ born }) => (born?.full ? [born.digits] : []),
  },
  {
    agreeing: new Set(['forename', 'surname', 'order']),
    keys: ({ names }) =>
      names.flatMap(({ given, family }) => (given && family ? [`${given.text}|${family.text}`] : [])),
  },
  {
    agreeing: new Set(['identifier']),
    keys: ({ identifiers }) =>
      identifiers.flatMap((one) =>
        one.trust === 'CHECKED' || one.trust === 'FORMED' || one.trust === 'PLAIN' ? [genericKey(one)] : [],
      ),
  },
];

const PAIRS = 50_000;
const BLOCK = 30;

/**
 * Visits pairs that share a key, up to a number, the same ones whatever the order of records. Gives the share of all
 * such pairs that were visited.
 */
export function visitSharing(
  records: readonly LinkRecord[],
  keysOf: (features: Features) => readonly string[],
  visit: (a: LinkRecord, b: LinkRecord) => void,
): number {
  const { blocks, share } = sampledBlocks(records, keysOf);
  for (const members of blocks) {
    for (let at = 0; at < members.length; at += 1)
      for (let beside = at + 1; beside < members.length; beside += 1)
        visit(members[at] as LinkRecord, members[beside] as LinkRecord);
  }
  return share;
}

/** Whole blocks, up to a number of pairs, chosen by their key; of one that is too large its first members. */
export function sampledBlocks(
  records: readonly LinkRecord[],
  keysOf: (features: Features) => readonly string[],
): { readonly blocks: readonly (readonly LinkRecord[])[]; readonly share: number } {
  const one = Math.max(1, Math.floor(records.length / 60_000));
  const found = new Map<string, LinkRecord[]>();
  for (const record of records) {
    for (const key of keysOf(record.features)) {
      if (one > 1 && hash32(key) % one !== 0) continue;
      const block = found.get(key);
      if (!block) found.set(key, [record]);
      else if (block.length < BLOCK && !block.includes(record)) block.push(record);
    }
  }
  const all = [...found]
    .flatMap(([key, members]) => (members.length > 1 ? [{ hash: hash32(key), members }] : []))
    .toSorted((a, b) => a.hash - b.hash);
  let pairs = 0;
  let taken = 0;
  while (taken < all.length && pairs < PAIRS) {
    const length = all[taken]?.members.length ?? 0;
    pairs += (length * (length - 1)) / 2;
    taken += 1;
  }
  return {
    blocks: all.slice(0, taken).map(({ members }) => members),
    share: all.length === 0 ? 1 : taken / all.length / one,
  };
}

/** Pairs found by one rule, and what share of all such pairs was looked at. */
export function trainingCounts(
  records: readonly LinkRecord[],
  keysOf: TrainingRule['keys'],
  generic: Model['generic'],
): SeenPairs & { readonly share: number } {
  const { seen, add } = countPairs();
  const share = visitSharing(records, keysOf, (a, b) => add(agreementOf(a.features, b.features, generic)));
  return { ...seen, share };
}

const RANDOM_PAIRS = 100_000;
/** A small place has no more to say than so many pairs to a record. */
const RANDOM_PAIRS_OF_ONE = 25;

/** Pairs drawn at random, nearly all of different people. */
export function randomCounts(records: readonly LinkRecord[], generic: Model['generic']): SeenPairs {
  const { seen, add } = countPairs();
  visitRandom(records, (a, b) => add(agreementOf(a.features, b.features, generic)));
  return seen;
}

/** All pairs there are in a small place. */
function visitRandom(records: readonly LinkRecord[], visit: (a: LinkRecord, b: LinkRecord) => void): void {
  const { length } = records;
  const pairs = Math.min(RANDOM_PAIRS, length * RANDOM_PAIRS_OF_ONE);
  if ((length * (length - 1)) / 2 <= pairs) {
    for (let i = 0; i < length; i += 1)
      for (let j = i + 1; j < length; j += 1) visit(records[i] as LinkRecord, records[j] as LinkRecord);
    return;
  }
  const random = seededRandom(length);
  for (let drawn = 0; drawn < pairs; drawn += 1) {
    const a = records[Math.floor(random() * length)] as LinkRecord;
    const b = records[Math.floor(random() * length)] as LinkRecord;
    if (a !== b) visit(a, b);
  }
}

import { agreementOf, countPattern, type PatternCounts, patternOf } from '../comparisons/agreement.ts';
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
  for (const [, members] of blocks) {
    for (const [at, one] of members.entries()) for (const other of members.slice(at + 1)) visit(one, other);
  }
  return share;
}

/** Whole blocks, up to a number of pairs, chosen by their key; of one that is too large its first members. */
export function sampledBlocks(
  records: readonly LinkRecord[],
  keysOf: (features: Features) => readonly string[],
): { readonly blocks: readonly (readonly [string, readonly LinkRecord[]])[]; readonly share: number } {
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
  const all = [...found].filter(([, { length }]) => length > 1).toSorted(([a], [b]) => hash32(a) - hash32(b));
  let pairs = 0;
  let taken = 0;
  while (taken < all.length && pairs < PAIRS) {
    const length = all[taken]?.[1].length ?? 0;
    pairs += (length * (length - 1)) / 2;
    taken += 1;
  }
  return { blocks: all.slice(0, taken), share: all.length === 0 ? 1 : taken / all.length / one };
}

/** The patterns of pairs found by one rule, and what share of all such pairs was looked at. */
export function trainingCounts(
  records: readonly LinkRecord[],
  rule: TrainingRule,
  generic: Model['generic'],
): { readonly counts: PatternCounts; readonly share: number } {
  const counts: PatternCounts = new Map();
  const share = visitSharing(records, rule.keys, (a, b) =>
    countPattern(counts, patternOf(agreementOf(a.features, b.features, generic))),
  );
  return { counts, share };
}

const RANDOM_PAIRS = 100_000;

/** Visits pairs drawn at random, nearly all of different people; all pairs there are in a small place. */
export function visitRandom(
  records: readonly LinkRecord[],
  visit: (a: LinkRecord, b: LinkRecord) => void,
): void {
  const { length } = records;
  if ((length * (length - 1)) / 2 <= RANDOM_PAIRS) {
    for (let i = 0; i < length; i += 1)
      for (let j = i + 1; j < length; j += 1) visit(records[i] as LinkRecord, records[j] as LinkRecord);
    return;
  }
  const random = seededRandom(length);
  for (let drawn = 0; drawn < RANDOM_PAIRS; drawn += 1) {
    const a = records[Math.floor(random() * length)] as LinkRecord;
    const b = records[Math.floor(random() * length)] as LinkRecord;
    if (a !== b) visit(a, b);
  }
}

import type { Link } from '../../linkage/link-records.ts';
import { EvaluateError } from '../known-error.ts';
import { readCsvRows } from './read-rows.ts';

/**
 * Who is who: for each record, by index, a number that stands for the person; 0 if the file does not list the record.
 * Ids that no record has are reported and ignored, since the file may cover a larger set; if it knows none of the
 * records, that is an error.
 */
export async function readTruth(
  file: string,
  indexOf: ReadonlyMap<string, number>,
  err: (text: string) => void,
): Promise<Uint32Array> {
  const entities = new Map<string, number>();
  const truth = new Uint32Array(indexOf.size);
  const unknown = { count: 0, first: '' };
  for await (const { row, line } of readCsvRows(file, ['record_id', 'entity_id'])) {
    const [record, entity] = [(row.record_id ?? '').trim(), (row.entity_id ?? '').trim()];
    if (record === '') throw new EvaluateError(`${file}, line ${line}: record_id is blank`);
    if (entity === '') throw new EvaluateError(`${file}, line ${line}: entity_id is blank`);
    const index = indexOf.get(record);
    if (index === undefined) {
      if (unknown.count === 0) unknown.first = `${record} in line ${line}`;
      unknown.count += 1;
      continue;
    }
    const known = entities.get(entity) ?? entities.size + 1;
    if (truth[index] !== 0 && truth[index] !== known)
      throw new EvaluateError(`${file}, line ${line}: record_id ${record} has another entity_id before`);
    entities.set(entity, known);
    truth[index] = known;
  }
  if (entities.size === 0) throw new EvaluateError(`${file}: no record_id is one of the records'`);
  const without = truth.reduce((count, one) => count + Number(one === 0), 0);
  if (unknown.count > 0)
    err(`${file}: ${unknown.count} ids are no record's and left out, the first ${unknown.first}\n`);
  if (without > 0) err(`${file}: ${without} records are not in it; their links count as false\n`);
  return truth;
}

/** How well links agree with the truth. Shares are from 0 to 1. */
export interface Quality {
  readonly truePairs: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly falseMatches: number;
  readonly missed: number;
  /** Of true pairs, those linked or kept for review. */
  readonly recallWithReview: number;
  readonly reviews: number;
  /** Of these, those that are one person's. */
  readonly trueReviews: number;
  /** Highest F1 at any one weight, over all scored pairs whatever was decided of them. */
  readonly best: { readonly f1: number; readonly bits: number };
}

export function qualityOf(links: Iterable<Link>, truth: Uint32Array, file: Uint8Array | null): Quality {
  const truePairs = countTruePairs(truth, file);
  const count = { match: 0, trueMatch: 0, review: 0, trueReview: 0 };
  const scored: { bits: number; isTrue: boolean }[] = [];
  for (const { a, b, bits, decision } of links) {
    const isTrue = truth[a] !== 0 && truth[a] === truth[b];
    scored.push({ bits, isTrue });
    if (decision === 'MATCH') {
      count.match += 1;
      count.trueMatch += Number(isTrue);
    } else if (decision === 'REVIEW') {
      count.review += 1;
      count.trueReview += Number(isTrue);
    }
  }
  const precision = count.match === 0 ? 1 : count.trueMatch / count.match;
  const recall = truePairs === 0 ? 1 : count.trueMatch / truePairs;
  return {
    truePairs,
    precision,
    recall,
    f1: f1Of(precision, recall),
    falseMatches: count.match - count.trueMatch,
    missed: truePairs - count.trueMatch - count.trueReview,
    recallWithReview: truePairs === 0 ? 1 : (count.trueMatch + count.trueReview) / truePairs,
    reviews: count.review,
    trueReviews: count.trueReview,
    best: bestF1(scored, truePairs),
  };
}

const f1Of = (precision: number, recall: number): number =>
  precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);

/** Pairs of records of one person; across the two files, where there are two. */
function countTruePairs(truth: Uint32Array, file: Uint8Array | null): number {
  const first = new Map<number, number>();
  const second = new Map<number, number>();
  for (const [index, entity] of truth.entries()) {
    const counts = file?.[index] === 1 ? second : first;
    if (entity !== 0) counts.set(entity, (counts.get(entity) ?? 0) + 1);
  }
  let pairs = 0;
  for (const [entity, count] of first)
    pairs += file ? count * (second.get(entity) ?? 0) : (count * (count - 1)) / 2;
  return pairs;
}

function bestF1(
  scored: { bits: number; isTrue: boolean }[],
  truePairs: number,
): { f1: number; bits: number } {
  scored.sort((one, other) => other.bits - one.bits);
  let best = { f1: 0, bits: Number.POSITIVE_INFINITY };
  let right = 0;
  for (const [at, { bits, isTrue }] of scored.entries()) {
    right += Number(isTrue);
    if (scored[at + 1]?.bits === bits) continue;
    const f1 = (2 * right) / (at + 1 + truePairs);
    if (f1 > best.f1) best = { f1, bits };
  }
  return best;
}

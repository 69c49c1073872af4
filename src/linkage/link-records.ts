import { type Blocking, type BlockReport, type Blocks, findBlocks } from './block/blocks.ts';
import { visitPairs } from './block/pairs.ts';
import { type Clustering, clusterPairs, type Relation } from './cluster/cluster-pairs.ts';
import { PairList } from './cluster/pair-list.ts';
import { linkDecision, type Scorer, scorer } from './compare.ts';
import type { LinkRecord } from './features.ts';
import { learn } from './learn/learn.ts';
import type { Model } from './model.ts';
import { LINKAGE_POLICY, type LinkagePolicy } from './policy.ts';
import { isConflict, toldApart } from './vetoes.ts';

export interface LinkOptions {
  /** Given, only pairs whose files differ are compared: the file of each record, by index. */
  readonly file?: Uint8Array;
  /** Pairs below this weight are forgotten. */
  readonly floor?: number;
  readonly policy?: LinkagePolicy;
  /** Under which keys pairs are met, where not under those for files. */
  readonly blocking?: Blocking;
  /** Used in place of one learnt from these records. */
  readonly model?: Model;
  /** What people have decided of pairs; it stands above every score. */
  readonly decided?: DecidedPairs;
  readonly onProgress?: (step: LinkStep, done: number, of: number) => void;
}

/** What people decided. `of` gives the same for (a, b) and (b, a). */
export interface DecidedPairs {
  readonly same: readonly (readonly [number, number])[];
  of(a: number, b: number): 'SAME' | 'DIFFERENT' | null;
}
export type LinkStep = 'learn' | 'block' | 'compare' | 'cluster';

/** A pair that was decided on. Records by index; a is below b. */
export interface Link {
  readonly a: number;
  readonly b: number;
  readonly bits: number;
  readonly decision: 'MATCH' | 'REVIEW' | 'NONE';
}

export interface Linkage {
  readonly model: Model;
  /** All pairs at or above the floor, and those that are one person's through others. */
  links(): Iterable<Link>;
  /** For each record the index of the first record of its person. */
  readonly person: Uint32Array;
  readonly compared: number;
  readonly blocks: BlockReport;
}

/** What a human's SAME weighs: more than any evidence. */
const DECIDED_SAME = 200;
const NOBODY: DecidedPairs = { same: [], of: () => null };

/**
 * Links records, by a model learnt from them if none is given. They must be sorted by key; the outcome then depends on
 * no order.
 */
export function linkRecords(records: readonly LinkRecord[], options: LinkOptions = {}): Linkage {
  const { file, policy = LINKAGE_POLICY, onProgress = () => {} } = options;
  onProgress('learn', 0, records.length);
  const model = options.model ?? learn(records, policy, file && acrossFiles(file));
  const score = scorer(model, policy);
  const blocks = findBlocks(records, options.blocking, (done) => onProgress('block', done, records.length));
  const { list, compared } = scoredPairs(records, blocks, score, options);
  return linkageOf({ records, model, score, list, compared, blocks: blocks.report }, options);
}

/** Who is who, once pairs are scored. */
export function linkageOf(
  { records, model, score, list, compared, blocks }: ScoredRecords,
  { file, policy = LINKAGE_POLICY, decided = NOBODY, onProgress = () => {} }: LinkOptions,
): Linkage {
  onProgress('cluster', 0, list.length);
  const features = (at: number) => (records[at] as LinkRecord).features;
  const clustering = clusterPairs(records.length, list, relationsOf(score, features, decided), policy);
  return {
    model,
    links: () => decidedLinks(list, clustering, records.length, policy, file),
    person: clustering.person,
    compared,
    blocks,
  };
}

interface ScoredRecords extends Pick<Linkage, 'model' | 'compared' | 'blocks'> {
  readonly records: readonly LinkRecord[];
  readonly score: Scorer;
  readonly list: PairList;
}

function scoredPairs(
  records: readonly LinkRecord[],
  blocks: Blocks,
  score: Scorer,
  {
    file,
    decided = NOBODY,
    policy = LINKAGE_POLICY,
    floor = policy.keep,
    onProgress = () => {},
  }: LinkOptions,
): { list: PairList; compared: number } {
  const list = new PairList();
  let compared = 0;
  for (const [a, b] of decided.same) list.add(Math.min(a, b), Math.max(a, b), DECIDED_SAME, false);
  const compareOne = (a: number, b: number) => {
    if ((file && file[a] === file[b]) || decided.of(a, b) !== null) return;
    compared += 1;
    const { total, veto } = score((records[a] as LinkRecord).features, (records[b] as LinkRecord).features);
    if (total >= floor) list.add(a, b, total, veto !== null);
  };
  visitPairs(blocks, records.length, compareOne, (done) => onProgress('compare', done, blocks.count));
  return { list, compared };
}

export function acrossFiles(file: Uint8Array): number {
  const second = file.reduce((count, one) => count + one, 0);
  return second * (file.length - second);
}

function relationsOf(score: Scorer, features: (at: number) => LinkRecord['features'], decided: DecidedPairs) {
  return (a: number, b: number): Relation => {
    const human = decided.of(a, b);
    if (human !== null) return { bits: DECIDED_SAME, conflict: human === 'DIFFERENT' };
    const { total, veto, agreement } = score(features(a), features(b));
    return { bits: total, conflict: isConflict(veto, agreement), ...toldApart(agreement) };
  };
}

function* decidedLinks(
  list: PairList,
  { person, implied }: Clustering,
  records: number,
  policy: LinkagePolicy,
  file: Uint8Array | undefined,
): Iterable<Link> {
  const told = new Set<number>();
  for (let pair = 0; pair < list.length; pair += 1) {
    const [a, b, own] = [list.a[pair], list.b[pair], list.bits[pair]] as [number, number, number];
    const through = implied.get(a * records + b);
    if (through !== undefined) told.add(a * records + b);
    const bits = Math.max(own, through ?? own);
    const together = person[a] === person[b] && bits >= policy.match;
    const alone = linkDecision(bits, null, policy);
    yield { a, b, bits, decision: together ? 'MATCH' : alone === 'MATCH' ? 'REVIEW' : alone };
  }
  for (const [pair, bits] of implied) {
    if (told.has(pair)) continue;
    const [a, b] = [Math.floor(pair / records), pair % records];
    if (!file || file[a] !== file[b]) yield { a, b, bits, decision: 'MATCH' };
  }
}

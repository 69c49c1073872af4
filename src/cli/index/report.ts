import type { Linkage } from '../../linkage/link-records.ts';
import { LINKAGE_POLICY } from '../../linkage/policy.ts';
import type { Quality } from './quality.ts';
import type { Cost, StageCost } from './stages.ts';

/** What was done, how much of it, how fast and at what cost. */
export function summaryText(records: number, linkage: Linkage, { stages, heap, resident }: Cost): string {
  const { compared, blocks, person } = linkage;
  const people = person.reduce((count, first, at) => count + Number(first === at), 0);
  const counts = { MATCH: 0, REVIEW: 0, NONE: 0 };
  for (const { decision } of linkage.links()) counts[decision] += 1;
  const sum = (of: (one: StageCost) => number) => [...stages.values()].reduce((all, one) => all + of(one), 0);
  const told = [...stages].map(([stage, { seconds }]) => `${stage} ${seconds.toFixed(1)}`).join(', ');
  const each = [...stages]
    .map(([stage, { processor }]) => `${stage} ${micro(processor / records)}`)
    .join(', ');
  const comparing = stages.get('compare')?.seconds || 0.001;
  const lines = [
    `records ${records}, people ${people}`,
    `pairs: ${counts.MATCH} MATCH, ${counts.REVIEW} REVIEW, ${compared} compared`,
    `blocks: ${blocks.blocks}; ${blocks.split} too large and split (the largest had ${blocks.largest}), ${blocks.windowed} of them down to neighbours`,
    `time: ${sum(({ seconds }) => seconds).toFixed(1)} s (${told}); ${Math.round(compared / comparing)} pairs a second compared`,
    `cost of a record: ${(compared / records).toFixed(1)} pairs; ${micro(sum(({ processor }) => processor) / records)} µs of processor (${each})`,
    `memory: heap ${megabytes(heap)} MB at most, process ${megabytes(resident)} MB at most`,
    `policy ${LINKAGE_POLICY.version}: MATCH from ${LINKAGE_POLICY.match} bits, REVIEW from ${LINKAGE_POLICY.keep}`,
  ];
  return `${lines.join('\n')}\n`;
}

const micro = (seconds: number): string => (seconds * 1e6).toFixed(0);
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

/** The figures against the truth. */
export function qualityText(quality: Quality): string {
  const share = (value: number) => value.toFixed(5);
  const lines = [
    `true pairs ${quality.truePairs}`,
    `MATCH: precision ${share(quality.precision)} (${quality.falseMatches} false), recall ${share(quality.recall)}, F1 ${share(quality.f1)}`,
    `MATCH + REVIEW: recall ${share(quality.recallWithReview)} (${quality.missed} missed), ${quality.reviews} to review`,
    `best F1 ${share(quality.best.f1)} from ${quality.best.bits.toFixed(1)} bits`,
  ];
  return `${lines.join('\n')}\n`;
}

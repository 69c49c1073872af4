import type { LinkRecord } from '../../linkage/features.ts';
import { linkRecords } from '../../linkage/link-records.ts';
import { LINKAGE_POLICY } from '../../linkage/policy.ts';
import { EvaluateError } from './evaluate-error.ts';
import { type FeatureColumn, ignoredColumns } from './ignorable.ts';
import { type Output, outputTo } from './output.ts';
import { type Progress, progressTo } from './progress.ts';
import { qualityOf } from './quality.ts';
import { readRecords } from './read-records.ts';
import { readTruth } from './read-truth.ts';
import { qualityText, summaryText } from './report.ts';
import { stageMeter } from './stages.ts';
import { writeClusters, writeLinks } from './write-csv.ts';

export interface EvaluateFlags {
  readonly records: readonly string[];
  readonly out: string;
  readonly clusters?: string;
  readonly truth?: string;
  readonly ignore?: readonly string[];
}
export interface EvaluateDeps {
  out(text: string): void;
  err(text: string): void;
}

/** Far below any weight at which a pair could be linked; what lies lower is never the best threshold. */
const FLOOR_WITH_TRUTH = 4;

/** Links the records of one file, or of two, and says how well where the truth is known. */
export async function evaluate({ out, err }: EvaluateDeps, flags: EvaluateFlags): Promise<void> {
  if (flags.records.length > 2) throw new EvaluateError('--records: one file or two');
  if (flags.clusters === flags.out) throw new EvaluateError('--clusters: not the same file as --out');
  const ignored = ignoredColumns(flags.ignore ?? []);
  const links = await outputTo(flags.out);
  try {
    const clusters = flags.clusters === undefined ? null : await outputTo(flags.clusters);
    try {
      out(await linkFiles({ links, clusters }, flags, ignored, err));
    } finally {
      await clusters?.drop();
    }
  } finally {
    await links.drop();
  }
}

/** Gives the summary. */
async function linkFiles(
  { links, clusters }: { readonly links: Output; readonly clusters: Output | null },
  flags: EvaluateFlags,
  ignored: ReadonlySet<FeatureColumn>,
  err: (text: string) => void,
): Promise<string> {
  const meter = stageMeter(() => performance.now());
  const told = progressTo(err, () => performance.now());
  const progress: Progress = (stage, done, of) => {
    meter.at(stage);
    told(stage, done, of);
  };
  progress('read', 0, null);
  const { records, file } = await readRecords(flags.records, ignored, (done, of) =>
    progress('read', done, of),
  );
  const across = flags.records.length === 2 ? file : null;
  const truth = flags.truth === undefined ? null : await readTruth(flags.truth, indexOf(records), err);
  const linkage = linkRecords(records, {
    ...(across && { file: across }),
    floor: truth ? FLOOR_WITH_TRUTH : LINKAGE_POLICY.keep,
    onProgress: progress,
  });
  progress('write', 0, null);
  await writeLinks(links, linkage.links(), records);
  if (clusters) await writeClusters(clusters, linkage.person, records);
  await links.keep();
  await clusters?.keep();
  const summary = summaryText(records.length, linkage, meter.cost());
  return truth ? summary + qualityText(qualityOf(linkage.links(), truth, across)) : summary;
}

function indexOf(records: readonly LinkRecord[]): ReadonlyMap<string, number> {
  return new Map(records.map(({ key }, at) => [key, at]));
}

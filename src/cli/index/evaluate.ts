import { realpath } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import type { LinkRecord } from '../../linkage/features.ts';
import { type LinkOptions, linkRecords } from '../../linkage/link-records.ts';
import { LINKAGE_POLICY } from '../../linkage/policy.ts';
import { linkInThreads } from '../../linkage/threads/link-in-threads.ts';
import { projectRoot } from '../../project-root.ts';
import { EvaluateError } from '../known-error.ts';
import { qualityOf, readTruth } from './quality.ts';
import {
  type FeatureColumn,
  IGNORABLE,
  ignoredColumns,
  type ReadRecords,
  readRecords,
} from './read-records.ts';
import { type Progress, progressTo, qualityText, stageMeter, summaryText } from './report.ts';
import { type Output, outputTo, writeClusters, writeLinks } from './write-csv.ts';

const HELP = `
The records' header:
  record_id,source,given_name,surname,date_of_birth,sex,street_number,address_1,address_2,
  suburb,postcode,state,phone,identifier_type,identifier_value
Blank is missing. Other columns are left out. Everything is learnt from the records themselves. Files are in UTF-8.
Dates: YYYYMMDD, YYYY-MM-DD, DD/MM/YYYY, DD-MON-YYYY, or with a year of two digits (of this century up to 29); YYYY-MM, YYYY.
Those that cannot be read count as missing, and it is said how many they are.

With one file every record is held against every other. With two, records are linked across the files only; that a
file has nobody twice is not assumed. record_id must be unique in both together.

links.csv has record_id_a, record_id_b, weight_bits and decision (MATCH or REVIEW): all pairs from 8 bits, and those
that are one person's through a third record, with the weight of the weakest link between. clusters.csv has record_id
and person_id. truth.csv has record_id and entity_id; the best F1 is looked for over all pairs that were scored, also
below 8 bits.

--ignore: ${IGNORABLE.join(', ')}

Exit codes: 0 done; 2 a file cannot be read or written or has a mistake, or a word on the command line is wrong: nothing
is written then.`;

/** `sightline index evaluate`. Needs no store. */
export function evaluateCommand(deps: EvaluateDeps & { exit(code: number): void }): Command {
  return new Command('evaluate')
    .description('Link the records of any place’s own files, and say how well where the truth is known')
    .requiredOption(
      '--records <file>',
      'records to link; given twice, two files to link with each other',
      addWord,
    )
    .requiredOption('--out <file>', 'where to write the links')
    .option('--clusters <file>', 'where to write who is who')
    .option('--truth <file>', 'who is who in truth, to measure against')
    .option('--ignore <field>', 'leave out a field; several with commas or given again', addWord)
    .option('--threads <number>', 'how many threads link; the outcome is the same')
    .addHelpText('after', HELP)
    .action(async (flags: EvaluateFlags) => {
      try {
        await evaluate(deps, flags);
        deps.exit(0);
      } catch (error) {
        if (!(error instanceof EvaluateError)) throw error;
        deps.err(`${error.message}\n`);
        deps.exit(2);
      }
    });
}

const addWord = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

interface EvaluateFlags {
  readonly records: readonly string[];
  readonly out: string;
  readonly clusters?: string;
  readonly truth?: string;
  readonly ignore?: readonly string[];
  readonly threads?: string;
}
interface EvaluateDeps {
  out(text: string): void;
  err(text: string): void;
}

/** In bits, far below any weight at which a pair could be linked: the best threshold is never lower. */
const FLOOR_WITH_TRUTH = 4;

/** Links the records of one file, or of two, and says how well where the truth is known. */
async function evaluate({ out, err }: EvaluateDeps, flags: EvaluateFlags): Promise<void> {
  if (flags.records.length > 2) throw new EvaluateError('--records: one file or two');
  const outputs = [flags.out, ...(flags.clusters === undefined ? [] : [flags.clusters])];
  const inputs = [...flags.records, ...(flags.truth === undefined ? [] : [flags.truth])];
  await refuseOverwriting(outputs, inputs);
  const ignored = ignoredColumns(flags.ignore ?? []);
  readThreads(flags.threads);
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

/** Refuses to write to a file that is read, or twice to the same file. */
async function refuseOverwriting(outputs: readonly string[], inputs: readonly string[]): Promise<void> {
  const same = async (file: string) => realpath(file).catch(() => resolve(file));
  const read = new Set(await Promise.all(inputs.map(same)));
  const written = await Promise.all(outputs.map(same));
  for (const [at, path] of written.entries()) {
    const option = at === 0 ? '--out' : '--clusters';
    if (read.has(path))
      throw new EvaluateError(`${option} ${outputs[at]}: the file is one of those to be read`);
    if (written.indexOf(path) !== at) throw new EvaluateError('--clusters: not the same file as --out');
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
  const read = await readRecords(flags.records, ignored, (done, of) => progress('read', done, of));
  const { records, file, unread } = read;
  if (unread) err(unread);
  const across = flags.records.length === 2 ? file : null;
  const truth = flags.truth === undefined ? null : await readTruth(flags.truth, indexOf(records), err);
  const options: LinkOptions = {
    ...(across && { file: across }),
    floor: truth ? FLOOR_WITH_TRUTH : LINKAGE_POLICY.keep,
    onProgress: progress,
  };
  const linkage = await linked(read, options, readThreads(flags.threads));
  progress('write', 0, null);
  await writeLinks(links, linkage.links(), records);
  if (clusters) await writeClusters(clusters, linkage.person, records);
  await links.keep();
  await clusters?.keep();
  const summary = summaryText(records.length, linkage, meter.cost());
  return truth ? summary + qualityText(qualityOf(linkage.links(), truth, across)) : summary;
}

/** With fewer records than this a thread takes longer to begin than it saves. */
const THREADS_FROM = 50_000;
const MOST_THREADS = 16;
/** More gain little: reading and writing are one thread's. */
const USUAL_THREADS = 4;
/** A thread cannot read the sources. */
const isBuilt = import.meta.url.endsWith('.js');

function readThreads(written: string | undefined): number | null {
  if (written === undefined) return null;
  const count = Number(written);
  if (!Number.isInteger(count) || count < 1 || count > MOST_THREADS)
    throw new EvaluateError(`--threads ${written}: a whole number from 1 to ${MOST_THREADS}`);
  return count;
}

async function linked({ records, packed }: ReadRecords, options: LinkOptions, threads: number | null) {
  const usual = records.length < THREADS_FROM ? 1 : Math.min(USUAL_THREADS, availableParallelism());
  const count = isBuilt ? (threads ?? usual) : 1;
  if (count === 1) return linkRecords(records, options);
  const program = join(projectRoot(), 'dist/src/linkage/threads/scoring-thread.js');
  return linkInThreads(packed, records, options, { count, program });
}

function indexOf(records: readonly LinkRecord[]): ReadonlyMap<string, number> {
  return new Map(records.map(({ key }, at) => [key, at]));
}

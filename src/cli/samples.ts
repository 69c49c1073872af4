import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { agencyIds } from '../adapters-found.ts';
import type { Logger } from '../logger.ts';
import { errorMessageFor } from './known-error.ts';
import { openSampleWorld, type SampleWorld } from './samples/gateway.ts';
import { makeSamples } from './samples/make.ts';
import { writeWhole } from './write-whole.ts';

export interface SamplesCommandDeps {
  /** The project's folder. */
  readonly root: string;
  readonly log: Logger;
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

interface Flags {
  readonly out?: string;
  readonly check?: boolean;
}

const HELP = `
Starts the demo's agencies on a database of their own, and a gateway on them; both go when it is done or interrupted. Nothing needs to
be running. Each file has a question as a client sends it, and the whole answer. All is asked at one moment of a clock that stands,
and ids are replaced by id-1, id-2 …, so that the files are the same whenever they are made.

Exit codes: 0 done, 1 a file is out of date or it could not be started, 130 interrupted.`;

/** `sightline samples` */
export function samplesCommand(deps: SamplesCommandDeps): Command {
  return new Command('samples')
    .description(
      'Write sample answers for front ends: of every example and persona, and of each of the seven states',
    )
    .option('--out <folder>', 'where to; samples if not said')
    .option('--check', 'write nothing; exit 1 if a file is out of date')
    .addHelpText('after', HELP)
    .action(async (flags: Flags) => deps.exit(await samples(deps, flags)));
}

async function samples(deps: SamplesCommandDeps, { out, check = false }: Flags): Promise<number> {
  const { root, log, err } = deps;
  const progress = (line: string) => err(`${line}\n`);
  const opening = openSampleWorld({ root, agencies: agencyIds(root), log, progress });
  const stopListening = closeOnSignals(opening);
  try {
    const world = await opening;
    const made = await makeSamples(world, progress).finally(() => world.close());
    const files = new Map([...made].map(([path, sample]) => [path, `${JSON.stringify(sample, null, 2)}\n`]));
    return written(deps, out ?? join(root, 'samples'), files, check);
  } catch (error) {
    const known = errorMessageFor(error);
    if (known === null) throw error;
    err(`${known}\n`);
    return 1;
  } finally {
    stopListening();
  }
}

/** Writes what differs and removes what is no longer made; with `check` only names it. */
function written(
  { out }: SamplesCommandDeps,
  folder: string,
  files: ReadonlyMap<string, string>,
  check: boolean,
): number {
  const before = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.json'))
    : [];
  const differ = [...files].filter(([path, text]) => !before.includes(path) || textOf(folder, path) !== text);
  const gone = before.filter((path) => !files.has(path));
  if (check) {
    for (const path of [...differ.map(([differing]) => differing), ...gone]) out(`${path}: is out of date\n`);
    const outOfDate = differ.length + gone.length > 0;
    out(
      outOfDate ? 'Write them with: npx sightline samples\n' : `${files.size} samples: as they should be\n`,
    );
    return outOfDate ? 1 : 0;
  }
  for (const [path, text] of differ) writeWhole(join(folder, path), text);
  for (const path of gone) rmSync(join(folder, path));
  out(`${files.size} samples in ${folder}: ${differ.length} written, ${gone.length} removed\n`);
  return 0;
}

const textOf = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

/** As shells have it for a program that was interrupted. */
const EXIT_INTERRUPTED = 130;

/** On a first signal all is stopped and removed; on a second the program ends at once. Gives what takes that away again. */
function closeOnSignals(opening: Promise<SampleWorld>): () => void {
  let closing = false;
  const handle = async () => {
    if (closing) process.exit(EXIT_INTERRUPTED);
    closing = true;
    await opening.then((world) => world.close()).catch(() => {});
    process.exit(EXIT_INTERRUPTED);
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return () => {
    process.off('SIGINT', handle);
    process.off('SIGTERM', handle);
  };
}

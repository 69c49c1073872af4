import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Pattern } from '../../patterns/pattern.ts';
import { type NotExtended, type Proposed, propose } from '../../patterns/propose.ts';
import { PatternError, readPattern } from '../../patterns/read-pattern.ts';
import { loadPolicies, PolicyError, sharingFile } from '../../sharing/files/load.ts';
import { BODY_WORDS, type Body } from '../../sharing/policy/law.ts';
import { londonDay } from '../../sharing/rules/agreement.ts';
import { NoListError, withMoreItems } from '../../yaml/write-yaml.ts';
import type { PatternCommandDeps } from '../pattern.ts';
import { type LoadedPolicy, loadedPolicy, requireKnown, UsageError } from '../policy/deps.ts';
import { writeWhole } from '../write-whole.ts';
import { counted } from './export-pattern.ts';

export interface ImportFlags {
  as?: readonly (readonly [kind: string, agency: string])[];
  out?: string;
  dryRun?: boolean;
}

/** Bytes of the largest pattern that is read. */
const LARGEST = 1_000_000;

/** `pattern import`: a pattern as proposed sharing files in a new folder, which no gateway reads; and what it is not here. */
export async function importPattern(
  deps: PatternCommandDeps,
  file: string,
  flags: ImportFlags,
): Promise<number> {
  const loaded = await loadedPolicy(deps);
  const pattern = readPattern(file, textOf(file));
  const as = agenciesAs(loaded, flags.as ?? []);
  const today = londonDay(deps.now()) ?? '';
  const proposed = propose(pattern, { ...loaded, as, today });
  deps.out(reportText(pattern, proposed));
  if (proposed.proposals.length === 0) {
    deps.out('Nothing of it is to be proposed here, and nothing is written.\n');
    return 0;
  }
  const files = filesOf(deps.root, pattern, proposed);
  checkFiles(deps.root, loaded, files);
  if (flags.dryRun) {
    deps.out('With --dry-run nothing is written.\n');
    return 0;
  }
  const folder = flags.out ?? join('proposed', pattern.name);
  writeFolder(deps.root, resolve(flags.out === undefined ? join(deps.root, folder) : folder), files);
  deps.out(
    `Proposed in ${folder}. No gateway reads it: nothing of it is in force until each controller has signed its file and put it in place.\n` +
      `Look at it: npx sightline policy check ${folder}, and npx sightline policy diff ${folder}\n`,
  );
  return 0;
}

/** @throws PatternError where the file cannot be read */
function textOf(file: string): string {
  const refuse = (message: string) => new PatternError([{ file, line: 1, message }]);
  try {
    const bytes = readFileSync(file);
    if (bytes.length > LARGEST)
      throw refuse(`a pattern has at most ${LARGEST} bytes, and this has ${bytes.length}`);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof PatternError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw refuse(code === 'ENOENT' ? 'there is no such file' : `the file cannot be read as text (${code})`);
  }
}

/** @throws UsageError where an agency is not here, or is of another kind */
function agenciesAs(
  { policy, catalogue }: LoadedPolicy,
  said: NonNullable<ImportFlags['as']>,
): ReadonlyMap<Body, string> {
  const as = new Map<Body, string>();
  for (const [kind, agency] of said) {
    const body = BODY_WORDS.find((one) => one === kind);
    requireKnown('agency', agency, catalogue.agencies.keys());
    const here = policy.bodies.get(agency);
    if (body === undefined || here !== body)
      throw new UsageError(
        `${agency} is ${here === undefined ? 'of no kind' : `of the kind ${here}`} here, not ${kind}: schema/purposes.yaml says so under "bodies"`,
      );
    if ((as.get(body) ?? agency) !== agency)
      throw new UsageError(`${kind} cannot be both ${as.get(body)} and ${agency}: import it once for each`);
    as.set(body, agency);
  }
  return as;
}

/** Path from the project's root → text of the proposed file. */
type Files = ReadonlyMap<string, string>;

function filesOf(root: string, pattern: Pattern, { proposals }: Proposed): Files {
  return new Map(
    proposals.map(({ agency, grants }) => {
      const file = sharingFile(agency);
      const text = readFileSync(join(root, file), 'utf8');
      const items = grants.map(({ yaml }) => yaml);
      try {
        return [
          file,
          withMoreItems(text, 'grants', items, `---- proposed by the pattern ${pattern.name} ----`),
        ];
      } catch (error) {
        if (!(error instanceof NoListError)) throw error;
        throw new PolicyError([{ file, line: 1, message: `nothing can be added to it: ${error.message}` }]);
      }
    }),
  );
}

/** @throws PolicyError where the files would not load: then none is written */
function checkFiles(root: string, { catalogue }: LoadedPolicy, files: Files): void {
  const proposed = new Map([...files].map(([file, text]) => [join(root, file), text]));
  const readFile = (path: string) => proposed.get(path) ?? readFileSync(path, 'utf8');
  const loaded = loadPolicies({ root, agencies: catalogue, readFile });
  if (!loaded.ok) throw new PolicyError(loaded.findings);
}

/** @throws UsageError where the folder is in force, or has something in it */
function writeFolder(root: string, folder: string, files: Files): void {
  if (realPath(folder) === realPath(root))
    throw new UsageError(`${folder} is where files are in force: name a folder of its own with --out`);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new UsageError(`${folder} has something in it already: name another with --out`);
  const beside = `${folder}.${process.pid}`;
  try {
    for (const [file, text] of files) writeWhole(join(beside, file), text);
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(beside, folder);
  } catch (error) {
    if (existsSync(beside)) rmSync(beside, { recursive: true });
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new UsageError(`${folder} cannot be written (${code})`);
  }
}

/** With links followed, as far as the path is there. */
const realPath = (path: string): string =>
  existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), path.slice(dirname(path).length));

function reportText(pattern: Pattern, { proposals, notExtended, standing, notes }: Proposed): string {
  const lines = [
    `${pattern.name}: ${counted(pattern.grants.length, 'grant')} of ${counted(pattern.givers.length, 'kind')} of body`,
    ...proposals.flatMap(({ agency, body, grants }) => [
      `${agency} as ${body} would give`,
      ...grants.map(({ role, purpose, sections }) => `  ${role} at ${purpose}: ${sections.join(', ')}`),
    ]),
    ...(notExtended.length > 0 ? ['Does not extend to this place or body, and stays withheld'] : []),
    ...notExtended.map(notExtendedText),
    ...(standing.length > 0 ? ['Stands already, and is left as it is'] : []),
    ...standing.map(
      ({ agency, role, purpose, file, line }) => `  ${agency} to ${role} at ${purpose}: ${file}:${line}`,
    ),
    ...(notes.length > 0 ? ['To be seen to before it is signed'] : []),
    ...notes.map((note) => `  ${note}`),
  ];
  return `${lines.join('\n')}\n`;
}

const notExtendedText = ({ body, role, purpose, what, why }: NotExtended): string =>
  `  ${body} to ${role} at ${purpose}${what === null ? '' : `, ${what}`}: ${why}`;

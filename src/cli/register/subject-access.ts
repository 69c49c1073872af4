import { readFile, writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { IDENTIFIER_SYSTEMS } from '../../../adapters/contract.ts';
import { subjectAnswer } from '../../acts/subject-answers.ts';
import { htmlOf, plainTextOf } from '../../agreement/document.ts';
import {
  everyIdOfRecord,
  hiddenInRegister,
  recordsWithNumber,
} from '../../person-index/lookup/register-people.ts';
import type { Keys } from '../../person-index/records/keys.ts';
import { errorCodeOf } from '../../register/errors.ts';
import { catchUp } from '../../register/reading/catch-up.ts';
import { londonDate } from '../../register/reading/london-date.ts';
import { agenciesOfRecord, findEntriesAbout } from '../../register/reading/looks.ts';
import type { Store } from '../../store/store.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { type Finding, findingText } from '../../yaml/finding.ts';
import { errorMessageFor } from '../known-error.ts';
import { type Operator, recordAct } from '../operator-entry.ts';
import { type SubjectEntry, subjectEntry } from './subject-entries.ts';
import {
  readSubjectFile,
  type SubjectDecisions,
  type SubjectRequest,
  subjectFileText,
} from './subject-file.ts';
import { type LetterWords, subjectLetter } from './subject-letter.ts';

export interface SubjectAccessDeps {
  openStore(): Promise<Store>;
  readonly agencies: readonly string[];
  readonly operator: Operator;
  /** Those of the person index, by which numbers are found. @throws IndexKeyError */
  indexKeys(): Keys;
  /** What agencies, roles and purposes are called. */
  letterWords(): Promise<LetterWords>;
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

interface SubjectFlags {
  readonly agency?: string;
  readonly record?: string;
  readonly identifier?: string;
  readonly out?: string;
  readonly give?: string;
  readonly html?: string;
}

const HELP = `
For an officer who answers in writing who asked about somebody. First list the entries, and decide each in the file:
  npx sightline register subject-access --agency housing --record H0007 --out request.yaml
Then write the letter of what was given. What is undecided is not told:
  npx sightline register subject-access --give request.yaml --html letter.html
The decisions and their reasons are kept in the store. Both steps are entries of the register.

Exit codes: 0 done, 1 a word on the command line or in the file is wrong, 2 the register cannot be read or the answer cannot be
registered.`;

/** `sightline register subject-access` */
export function addSubjectAccess(register: Command, deps: SubjectAccessDeps): void {
  register
    .command('subject-access')
    .description(
      'Answer in writing who asked about somebody: list the entries to decide, or write the letter',
    )
    .addOption(new Option('--agency <agency>', 'the agency that answers').choices([...deps.agencies]))
    .option('--record <number>', 'the agency’s own number of the person’s record')
    .option(
      '--identifier <system:number>',
      'a number that one record of the agency has, in place of --record',
    )
    .option('--out <file>', 'where to write the entries to decide; the standard output if not said')
    .option('--give <file>', 'that file, decided: prints the letter')
    .option('--html <file>', 'write the letter as a page to print instead')
    .addHelpText('after', HELP)
    .action(async (flags: SubjectFlags) => deps.exit(await answer(deps, flags)));
}

/** Something that whoever typed it can put right. */
class SubjectAccessError extends Error {
  override readonly name = 'SubjectAccessError';
  readonly code = 'SUBJECT_ACCESS';
}

async function answer(deps: SubjectAccessDeps, flags: SubjectFlags): Promise<number> {
  try {
    if (flags.give !== undefined) await give(deps, flags.give, flags);
    else await list(deps, flags);
    return 0;
  } catch (error) {
    if (error instanceof SubjectAccessError) {
      deps.err(`${error.message}\n`);
      return 1;
    }
    const why = errorMessageFor(error) ?? `the store cannot be read (${errorCodeOf(error)})`;
    deps.err(`Nothing has been answered: ${why}\n`);
    return 2;
  }
}

async function list(deps: SubjectAccessDeps, flags: SubjectFlags): Promise<void> {
  const { agency, out } = flags;
  if (agency === undefined || (flags.record === undefined) === (flags.identifier === undefined) || flags.html)
    throw new SubjectAccessError(
      'Say whose record it is, with --agency and either --record or --identifier, or with --give the file that was decided; --html is of a letter',
    );
  await withStore(deps, async (store) => {
    const record = flags.record ?? (await recordOf(store.db, deps, agency, flags.identifier ?? ''));
    const entries = await entriesOf(store.db, { agency, record });
    await recordAct(deps.operator, store, { ...actOn({ agency, record }), state: 'READ' });
    const text = subjectFileText({ agency, record }, entries);
    if (out === undefined) deps.out(text);
    else {
      await writePrivately(out, text, 'Nothing was listed');
      const quiet = entries.filter((entry) => entry.quiet).length;
      deps.out(`${out}: ${entries.length} entries to decide, ${quiet} of them quiet\n`);
    }
  });
}

/** The agency's one record with a number. @throws SubjectAccessError */
async function recordOf(
  db: StoreDatabase,
  { indexKeys }: SubjectAccessDeps,
  agency: string,
  identifier: string,
): Promise<string> {
  const [word, ...rest] = identifier.split(':');
  const system = IDENTIFIER_SYSTEMS.find((one) => one === word);
  const records =
    system && (await recordsWithNumber(db, indexKeys(), agency, { system, value: rest.join(':') }));
  if (!records)
    throw new SubjectAccessError(
      `--identifier takes a system and a number of it, such as NHS_NUMBER:9990000018; systems are ${IDENTIFIER_SYSTEMS.join(', ')}`,
    );
  const [record, ...others] = records;
  if (record === undefined) throw unknownRecord({ agency });
  if (others.length > 0)
    throw new SubjectAccessError(
      `Several records of ${agency} have that number: say which with --record, of ${records.join(', ')}`,
    );
  return record;
}

async function give(deps: SubjectAccessDeps, file: string, flags: SubjectFlags): Promise<void> {
  const { agency, record, identifier, out, html } = flags;
  if ([agency, record, identifier, out].some((flag) => flag !== undefined))
    throw new SubjectAccessError(
      '--give takes agency and record from its file: leave out --agency, --record, --identifier and --out',
    );
  const { operator } = deps;
  const decided = await decisionsIn(file);
  if (!deps.agencies.includes(decided.agency)) throw unknownRecord(decided);
  const words = await deps.letterWords();
  await withStore(deps, async (store) => {
    const entries = await entriesOf(store.db, decided);
    refuseMistakes(decided, entries, file);
    const given = new Set(decided.decisions.filter((one) => one.give).map(({ entry }) => entry));
    const now = operator.now();
    const letter = subjectLetter(
      decided.agency,
      entries.filter(({ hash }) => given.has(hash)),
      words,
      londonDate(now),
    );
    const { act, keep } = subjectAnswer({ ...decided, by: operator.user }, now);
    await recordAct(operator, store, { ...actOn(decided), state: 'ANSWERED', act }, keep);
    if (html === undefined) deps.out(plainTextOf(letter));
    else {
      await writePrivately(html, htmlOf(letter), 'The answer is registered; write the letter again');
      deps.out(`${html}: ${given.size} of ${entries.length} entries given\n`);
    }
    const undecided = entries.length - decided.decisions.length;
    if (undecided > 0)
      deps.err(`${undecided} of ${entries.length} entries are undecided, and not in the letter\n`);
  });
}

async function withStore(deps: SubjectAccessDeps, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await deps.openStore();
  try {
    await catchUp(store.db);
    await work(store);
  } finally {
    await store.close();
  }
}

/** For whoever is at the terminal alone. @throws SubjectAccessError */
async function writePrivately(file: string, text: string, otherwise: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 }).catch((error: unknown) => {
    throw new SubjectAccessError(`${file} cannot be written (${errorCodeOf(error)}). ${otherwise}`);
  });
}

/** @throws SubjectAccessError where the agency has no such record, whoever else does */
async function entriesOf(db: StoreDatabase, request: SubjectRequest): Promise<readonly SubjectEntry[]> {
  const { agency, record } = request;
  const ids = await everyIdOfRecord(db, agency, record);
  if (ids.length === 0 && !(await agenciesOfRecord(db, record)).includes(agency))
    throw unknownRecord(request);
  const hidden = await hiddenInRegister(db, agency, []);
  const found = await findEntriesAbout(db, { agency, record, ids, hidden });
  return found.flatMap((entry) => subjectEntry(entry, agency) ?? []);
}

/** One refusal, whatever was asked by and whoever else has it. */
const unknownRecord = ({ agency }: { agency: string }) =>
  new SubjectAccessError(`${agency} has no such record: nothing was listed`);

async function decisionsIn(file: string): Promise<SubjectDecisions> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new SubjectAccessError(`${file} cannot be read (${errorCodeOf(error)})`);
  });
  const decided = readSubjectFile(text, file);
  if (!decided.ok) throw withFindings(decided.findings);
  return decided.value;
}

/** What is given is told as the register has it; of the file only the decisions count. */
function refuseMistakes(
  { decisions }: SubjectDecisions,
  entries: readonly SubjectEntry[],
  file: string,
): void {
  const known = new Map(entries.map((entry) => [entry.hash, entry]));
  const seen = new Set<string>();
  const findings = decisions.flatMap(({ entry: hash, give: isGiven, reason, line }) => {
    const entry = known.get(hash);
    const message = seen.has(hash)
      ? 'this entry was decided above'
      : entry === undefined
        ? 'the register has no such entry about this record'
        : isGiven && entry.sections.length === 0
          ? 'this entry is about what is never named: it cannot be given'
          : reason === '' && (!isGiven || entry.quiet)
            ? 'write a reason for a no, and for a yes to what is quiet'
            : null;
    seen.add(hash);
    return message === null ? [] : [{ file, line, message }];
  });
  if (findings.length > 0) throw withFindings(findings);
}

const withFindings = (findings: readonly Finding[]) =>
  new SubjectAccessError(findings.map(findingText).join('\n'));

const actOn = ({ agency, record }: SubjectRequest) => ({
  ...{ kind: 'REPORT' as const, section: 'subjectAccess', agencies: [agency], reason: 'subject access' },
  records: [record],
});

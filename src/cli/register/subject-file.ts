import type { EntryDecision } from '../../acts/subject-answers.ts';
import type { Finding } from '../../yaml/finding.ts';
import { readYaml } from '../../yaml/read-yaml.ts';
import { yamlText } from '../../yaml/write-yaml.ts';
import type { SubjectEntry } from './subject-entries.ts';

/** Whose answer it is, of which record. */
export interface SubjectRequest {
  agency: string;
  record: string;
}

const HEAD = `# Who asked about this record, as this agency may tell the person. Decide each entry, then write the letter:
#   npx sightline register subject-access --give THIS-FILE
# give: yes or no. What stays empty is not told. Write a reason for each no, and for each yes to what is quiet.
# quiet: the person is not shown it online, since telling it can tip somebody off: ask who else reads their post.
# An entry without sections is about what is never named, and cannot be given. Do not change the other lines.
`;

/** The file in which an officer decides: every entry undecided. */
export const subjectFileText = (
  { agency, record }: SubjectRequest,
  entries: readonly SubjectEntry[],
): string =>
  `${HEAD}${yamlText({
    agency,
    record,
    entries: entries.map(({ hash, quiet, breakGlass, passedTo, ...entry }) => ({
      entry: hash,
      ...entry,
      breakGlass: yesNo(breakGlass),
      ...(passedTo !== null && { passedTo }),
      quiet: yesNo(quiet),
      give: '',
      reason: '',
    })),
  }).replaceAll(/^( +(?:give|reason):) ""$/gm, '$1')}`;

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

export type SubjectDecisions = SubjectRequest & { decisions: readonly (EntryDecision & { line: number })[] };
export type SubjectFileResult =
  | { ok: true; value: SubjectDecisions }
  | { ok: false; findings: readonly Finding[] };

/** What an officer decided; entries that they left open are not among it. Every mistake is told at once. */
export function readSubjectFile(text: string, file: string): SubjectFileResult {
  const yaml = readYaml(text, file, { values: 'text' });
  if (yaml.problems.length > 0) return { ok: false, findings: yaml.problems };
  const findings: Finding[] = [];
  const mistake = (path: readonly PropertyKey[], message: string) =>
    void findings.push({ file, line: yaml.lineOf(path), message });
  const { agency, record, entries } = mapIn(yaml.written);
  for (const [key, value] of Object.entries({ agency, record }))
    if (typeof value !== 'string' || value === '') mistake([key], `the file lacks "${key}"`);
  if (!Array.isArray(entries)) mistake(['entries'], 'the file lacks a list of "entries"');
  const decisions: (EntryDecision & { line: number })[] = [];
  for (const [at, one] of (Array.isArray(entries) ? entries : []).entries()) {
    const { entry, give, reason = '' } = mapIn(one);
    const line = yaml.lineOf(['entries', at]);
    if (typeof entry !== 'string' || typeof reason !== 'string')
      mistake(['entries', at], 'an entry lacks its hash, or its reason is no text');
    else if (give === 'yes' || give === 'no') decisions.push({ entry, give: give === 'yes', reason, line });
    else if (give !== '' && give !== undefined)
      mistake(['entries', at, 'give'], 'give takes yes or no; leave it empty while it is undecided');
  }
  return findings.length > 0
    ? { ok: false, findings }
    : { ok: true, value: { agency: String(agency), record: String(record), decisions } };
}

const mapIn = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

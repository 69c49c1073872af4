import { nameInWords, reasonInWords } from '../../gaps/hole-words.ts';

/** What `disclosurePlan` says of one field at one agency. */
export interface PlannedField {
  path: string;
  agency: { id: string };
  /** `PlannedState`, or one that a later gateway knows. */
  state: string;
  level: string | null;
  needs: string;
  reason: string | null;
  opens: boolean | null;
}

/** Whether the caller may have a field. */
export interface LevelWords {
  /** In a few words, such as "Withheld from you". */
  badge: string;
  /** At which level it is, and what each agency does. */
  details: string;
}

/** Where nothing could be planned, with the gateway's own words on why. */
export const notKnown = (why: string): LevelWords => ({
  badge: 'Not known whether you may have it',
  details: why,
});

/**
 * Says of one field what every agency that supplies it, or something within it, does with it for the caller who planned it.
 * Null where the plan says nothing of it.
 */
export function levelInWords(
  planned: readonly PlannedField[],
  agencies: Readonly<Record<string, string>>,
): LevelWords | null {
  if (planned.length === 0) return null;
  const covered = planned.filter(({ state }) => state !== 'NOT_COVERED');
  if (covered.length === 0) return { badge: 'Supplied by nobody', details: 'No agency here supplies it.' };
  const byAgency = grouped(covered, ({ agency }) => agency.id);
  const doings = [...byAgency].map(([agency, fields]) => ({
    agency: agencies[agency] ?? nameInWords(agency),
    ...doingOf(fields),
  }));
  const needs = LEVELS.find(({ level }) => covered.some((one) => one.needs === level));
  return {
    badge: badgeOf(doings, covered),
    details: [
      ...(needs ? [`Level: ${needs.words}.`] : []),
      ...sentences(doings),
      ...(doings.some(({ gives }) => gives !== 'nothing') ? [NEVER_PROMISED] : []),
    ].join(' '),
  };
}

/** The least first. */
const LEVELS = [
  { level: 'EXISTS', words: 'that it exists' },
  { level: 'SUMMARY', words: 'summary' },
  { level: 'FULL', words: 'full' },
] as const;

const NEVER_PROMISED =
  'Of one person it may still be withheld: by what ties you to them, by an objection, or by what protects them.';

interface Doing {
  gives: 'everything' | 'some' | 'nothing';
  words: string;
}

/** What one agency does with a field, or with those within it. */
function doingOf(fields: readonly PlannedField[]): Doing {
  const given = fields.filter(({ state }) => state === 'WOULD_ASK');
  const [first] = given;
  if (first === undefined) return { gives: 'nothing', words: withheldInWords(fields) };
  const granted =
    LEVELS.find(({ level }) => level === first.level)?.words ?? 'a level that this page does not know';
  const rest = fields.filter(({ state }) => state !== 'WOULD_ASK');
  if (rest.length === 0) return { gives: 'everything', words: `given, level ${granted}` };
  return { gives: 'some', words: `given in part, level ${granted}; the rest ${withheldInWords(rest)}` };
}

function withheldInWords(fields: readonly PlannedField[]): string {
  const reasons = new Set(fields.flatMap(({ reason }) => (reason === null ? [] : [reasonInWords(reason)])));
  const opens = fields.some((one) => one.opens === true) ? '; break-glass opens it' : '';
  return ['withheld', ...reasons].join(', ') + opens;
}

/** What the caller can do about it comes before that there is nothing to be done. */
function badgeOf(doings: readonly Doing[], covered: readonly PlannedField[]): string {
  const giving = doings.filter(({ gives }) => gives !== 'nothing');
  if (giving.some(({ gives }) => gives === 'some')) return 'Given to you in part';
  if (giving.length === doings.length) return 'Given to you';
  if (giving.length > 0) return `Given to you by ${giving.length} of ${doings.length} agencies`;
  const reasons = new Set(covered.map(({ reason }) => reason));
  if (covered.some(({ opens }) => opens === true)) return 'Only by break-glass';
  if (reasons.has('NEEDS_REVIEW')) return 'Only if the agency decides so';
  if (reasons.has('CONSENT_REQUIRED')) return 'Only if the person agrees';
  return 'Withheld from you';
}

const LIST = new Intl.ListFormat('en-GB');

/** One for all agencies that do the same. */
const sentences = (doings: readonly (Doing & { agency: string })[]): string[] =>
  [...grouped(doings, ({ words }) => words)].map(
    ([words, same]) => `${LIST.format(same.map(({ agency }) => agency))}: ${words}.`,
  );

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

import { nameInWords, reasonInWords } from '../gaps/hole-words.ts';
import { type Count, type CountTable, isTold } from './count-table.ts';

/** `Cohort` of the public schema, as far as a query asks for it. */
export interface Cohort {
  people?: Count;
  groups?: readonly { keys?: readonly CohortKey[]; people?: Count }[];
  sources?: readonly CohortSource[];
  method?: string;
}
interface CohortKey {
  dimension: string;
  value: string | null;
}
interface CohortSource {
  agency?: { id?: string; name?: string };
  /** `AnswerState`, or one that a later gateway knows. */
  state?: string;
  reason?: string | null;
}

/** People who meet a condition, by group, as a table. */
export function cohortTable(
  { people, groups = [], sources, method }: Cohort,
  agencies: Readonly<Record<string, string>>,
): CountTable {
  const dimensions = [...new Set(groups.flatMap(({ keys = [] }) => keys.map(({ dimension }) => dimension)))];
  const whole = sources?.every(({ state }) => state === 'DISCLOSED') ?? false;
  return {
    title: 'People',
    dimensions: dimensions.map(nameInWords),
    measures: ['People'],
    rows: groups.map(({ keys = [], people: inGroup }) => ({
      keys: dimensions.map((wanted) => ({
        words: valueInWords(wanted, keys.find(({ dimension }) => dimension === wanted)?.value ?? null),
      })),
      counts: [inGroup ?? null],
    })),
    total: people === undefined ? null : [people],
    whenEmpty: emptyInWords(people ?? null, sources !== undefined && !whole),
    method: method ?? 'The query does not ask how it was counted: add `method`.',
    suppression: [
      'A count that says suppressed is of 0 to 9 people, or one that a condition or a value changes by fewer than ten: it may be none.',
      ...(whole ? [] : ['Where an agency could not say, every count is suppressed, whatever its size.']),
    ].join(' '),
    coverage: sources === undefined ? [UNASKED] : coverageInWords(sources, agencies),
    whole,
  };
}

const UNASKED =
  'Not known: the query does not ask which agencies the count covers. Add `sources { agency { id } state reason }`.';

/** Which agencies the count covers; which could not be asked, and which do not let it be counted. */
function coverageInWords(
  sources: readonly CohortSource[],
  agencies: Readonly<Record<string, string>>,
): readonly string[] {
  const names = (ofState: (state: string) => boolean) => [
    ...new Set(
      sources
        .filter(({ state = '' }) => ofState(state))
        .map(({ agency, state, reason }) => {
          const name = agency?.name ?? agencies[agency?.id ?? ''] ?? nameInWords(agency?.id ?? 'an agency');
          return reason && state !== 'DISCLOSED' ? `${name} (${reasonInWords(reason)})` : name;
        }),
    ),
  ];
  const covered = names((state) => state === 'DISCLOSED');
  const refused = names((state) => state === 'WITHHELD');
  const away = names((state) => state !== 'DISCLOSED' && state !== 'WITHHELD');
  return [
    covered.length > 0 ? `Counted over ${LIST.format(covered)}.` : 'Counted over no agency.',
    ...(away.length > 0 ? [`Could not be asked: ${LIST.format(away)}. What rests on it is not told.`] : []),
    ...(refused.length > 0
      ? [`Does not let this be counted: ${LIST.format(refused)}. What rests on it is not told.`]
      : []),
  ];
}

const LIST = new Intl.ListFormat('en-GB');

/** Where there are no groups: nothing where none was asked and all are told. */
function emptyInWords(people: Count | null, gapped: boolean): string | null {
  if (gapped) return 'Not every agency could say, so that nothing is told.';
  return people === null || isTold(people) ? null : 'The count is too small to be told.';
}

/** `PERSISTENTLY_ABSENT` → "Persistently absent"; months and the words of agencies stay as they are. */
function valueInWords(dimension: string, value: string | null): string {
  if (value === null) return 'None on record';
  if (dimension === 'DISTRICT') return placeInWords(value);
  if (value === 'true' || value === 'false') return value === 'true' ? 'Yes' : 'No';
  return /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$|^[A-Z]{4,}$/.test(value) ? nameInWords(value) : value;
}

/** `GARSBY_AND_THORNWICK` → "Garsby and Thornwick". */
const placeInWords = (value: string): string =>
  value
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\b(?!and\b)[a-z]/g, (letter) => letter.toUpperCase());

import type { Countables, CountableWord } from './countables.ts';

/** `CohortFilter` as it comes from the public schema. */
export type FilterInput = Readonly<Record<string, unknown>>;

/** What a row has to say in one field. */
export interface FieldTest {
  word: CountableWord;
  /** One of these values, each once. */
  values: readonly string[];
}

/** Conditions on people. `rows`: one row of the section meets every test. */
export type Filter =
  | { all: readonly Filter[] }
  | { any: readonly Filter[] }
  | { not: Filter }
  | { rows: { section: string; tests: readonly FieldTest[] } };

export interface CohortQuestion {
  where: Filter;
  by: readonly CountableWord[];
}

/** What is asked cannot be counted, whoever is in it. `refused` for a limit, else the question is wrong. */
export class CohortQuestionError extends Error {
  override readonly name = 'CohortQuestionError';
  readonly code: 'QUERY_REFUSED' | 'BAD_USER_INPUT';

  constructor(code: CohortQuestionError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Conditions within conditions. */
export const MOST_DEPTH = 8;
export const MOST_DIMENSIONS = 3;

/**
 * The question as it is meant. `today` is the day in London.
 * @throws CohortQuestionError naming what is wrong, or which limit is passed
 */
export function readQuestion(
  { where, by }: { where: FilterInput; by: readonly string[] },
  countables: Countables,
  today: string,
): CohortQuestion {
  const dimensions = [...new Set(by)];
  if (dimensions.length > MOST_DIMENSIONS)
    throw new CohortQuestionError(
      'QUERY_REFUSED',
      `by takes at most ${MOST_DIMENSIONS} dimensions; ${dimensions.length} were given`,
    );
  const words = [...countables.values()];
  const filter = readFilter(where, 'where', 1);
  return {
    where: filter,
    by: dimensions.map((dimension) => {
      const word = words.find((one) => one.dimension === dimension);
      if (!word)
        throw new CohortQuestionError('BAD_USER_INPUT', `by: nothing may be counted by ${dimension}`);
      return word;
    }),
  };

  function readFilter(input: FilterInput, at: string, depth: number): Filter {
    if (depth > MOST_DEPTH)
      throw new CohortQuestionError(
        'QUERY_REFUSED',
        `where takes conditions within conditions at most ${MOST_DEPTH} deep`,
      );
    const parts = Object.entries(input)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([key, value]): Filter => {
        const here = `${at}.${key}`;
        if (key === 'not') return { not: readFilter(value as FilterInput, here, depth + 1) };
        if (key === 'all' || key === 'any') {
          const list = value as readonly FilterInput[];
          if (list.length === 0)
            throw new CohortQuestionError('BAD_USER_INPUT', `${here} names no condition`);
          const each = list.map((one, index) => readFilter(one, `${here}[${index}]`, depth + 1));
          return key === 'all' ? { all: each } : { any: each };
        }
        return { rows: { section: key, tests: readTests(key, value as FilterInput, here) } };
      });
    const [only] = parts;
    if (!only)
      throw new CohortQuestionError(
        'BAD_USER_INPUT',
        `${at} names no condition: an empty filter would count everybody`,
      );
    return parts.length === 1 ? only : { all: parts };
  }

  function readTests(section: string, input: FilterInput, at: string): FieldTest[] {
    const tests = Object.entries(input)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([field, value]): FieldTest => {
        const word = countables.get(`${section}.${field}`);
        if (!word) throw new CohortQuestionError('BAD_USER_INPUT', `${at}.${field} may not be counted`);
        return { word, values: readTest(word, value as FilterInput, `${at}.${field}`) };
      });
    if (tests.length === 0) throw new CohortQuestionError('BAD_USER_INPUT', `${at} names no condition`);
    return tests;
  }

  function readTest(word: CountableWord, input: FilterInput, at: string): readonly string[] {
    if (word.kind === 'MONTH') return readMonths(input, at);
    if (word.kind === 'BOOLEAN') return [String(input.is)];
    const { is, in: list } = input as { is?: string | null; in?: readonly string[] | null };
    if (is != null && list != null)
      throw new CohortQuestionError('BAD_USER_INPUT', `${at} takes is or in, not both`);
    const values = is != null ? [is] : [...new Set(list ?? [])];
    if (values.length === 0) throw new CohortQuestionError('BAD_USER_INPUT', `${at} names no value`);
    const other = values.find((value) => !word.values.includes(value));
    if (other !== undefined)
      throw new CohortQuestionError(
        'BAD_USER_INPUT',
        `${at} is never ${other} here. It can be: ${word.values.join(', ')}`,
      );
    return values;
  }

  function readMonths(input: FilterInput, at: string): readonly string[] {
    const [from, to] = (['from', 'to'] as const).map((edge) => {
      const written = input[edge] ?? (edge === 'to' ? today.slice(0, 7) : null);
      if (written === null)
        throw new CohortQuestionError('BAD_USER_INPUT', `${at}.from has to be given, as YYYY-MM`);
      if (typeof written === 'string' && MONTH.test(written)) return written;
      throw new CohortQuestionError(
        'BAD_USER_INPUT',
        `${at}.${edge} is not a calendar month; write it as YYYY-MM`,
      );
    }) as [string, string];
    if (to < from)
      throw new CohortQuestionError('BAD_USER_INPUT', `${at}: from (${from}) is after to (${to})`);
    const months = monthsBetween(from, to, MOST_MONTHS + 1);
    if (months.length > MOST_MONTHS)
      throw new CohortQuestionError('QUERY_REFUSED', `${at} takes at most ${MOST_MONTHS} calendar months`);
    return months;
  }
}

/** Calendar months of one condition. */
export const MOST_MONTHS = 6;
const MONTH = /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/;

/** Calendar months from one to another, both included, and at most so many of them. */
export function monthsBetween(from: string, to: string, most: number): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length < most; month = monthAfter(month, 1))
    months.push(month);
  return months;
}

/** The calendar month so many months after another. */
export function monthAfter(month: string, months: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** Every word that a question uses, once. */
export const wordsOf = ({ where, by }: CohortQuestion): readonly CountableWord[] => [
  ...new Set([...testsOf(where).flatMap(({ rows }) => rows.tests.map(({ word }) => word)), ...by]),
];

/** Filter and dimensions in words, the same for the same question: `policeEvents.category in DOMESTIC_ABUSE by SEX`. */
export const questionText = ({ where, by }: CohortQuestion): string =>
  [
    filterText(where),
    ...(by.length > 0 ? [`by ${by.map(({ dimension }) => dimension).join(', ')}`] : []),
  ].join(' ');

function filterText(filter: Filter): string {
  if ('not' in filter) return `not (${filterText(filter.not)})`;
  if ('all' in filter) return `(${filter.all.map(filterText).join(' and ')})`;
  if ('any' in filter) return `(${filter.any.map(filterText).join(' or ')})`;
  return filter.rows.tests.map(({ word, values }) => `${word.name} in ${values.join(', ')}`).join(' with ');
}

/** Every condition on rows in it, and whether it is asked for that they are met, or that they are not. */
export function testsOf(
  filter: Filter,
  wanted = true,
): { rows: Extract<Filter, { rows: unknown }>['rows']; wanted: boolean }[] {
  if ('all' in filter) return filter.all.flatMap((one) => testsOf(one, wanted));
  if ('any' in filter) return filter.any.flatMap((one) => testsOf(one, wanted));
  if ('not' in filter) return testsOf(filter.not, !wanted);
  return [{ rows: filter.rows, wanted }];
}

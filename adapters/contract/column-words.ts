/**
 * One word for each column of an agency: what it holds, and how that is written there. The same word shows the column,
 * chooses and orders rows by it, feeds the person index and proves references, so that a blank, padding, small letters
 * and dates that say "no end" mean the same in all of these.
 */
import {
  bareCode,
  type CodeList,
  codesMeaning,
  hasCode,
  hasOtherCode,
  isBlank,
  isFilled,
  meaning,
} from './codes.ts';
import { beforeMoment, sinceDay, within } from './conditions.ts';
import { type DateAccuracy, date, dateAccuracy, dateOfBirth, dateTime } from './dates.ts';
import { decodingOf } from './decoder-words.ts';
import { type DecodeContext, naming, telling } from './decoding.ts';
import {
  hasNoEnd,
  isCurrent,
  isCurrentRow,
  isNot,
  isOpenRow,
  isOpenUntil,
  isPast,
  notOver,
  statusUntil,
  withoutEnd,
} from './endings.ts';
import type { Field } from './fields.ts';
import { isNo, isNotNo, isNotYes, isYes, yesNo } from './flags.ts';
import { type IdentifierSystem, identifierNumber } from './identifiers.ts';
import type { PlainDate } from './ids.ts';
import type { Protection } from './index-feed.ts';
import { means } from './read-as.ts';
import type { Predicate, RowCondition } from './rows.ts';

/** `TABLE.COLUMN`. */
type Named = `${string}.${string}`;

export type FieldFlags = { place?: boolean; freeText?: boolean };

/** What a word reads: a field over columns that the compiler has checked against the agency's tables. */
// biome-ignore lint/suspicious/noExplicitAny: the words are bound to one agency's tables by `wordsOf`
type Read<T> = Field<T, any>;

/** A word of one column. */
export type ColumnWord<T, C extends Named = Named> = Read<T> & { readonly column: C };

/** Something that is so, is not so, or cannot be told of a row; `rows` are those of which it is so, as it reads them. */
export type YesNoWord<C extends Named = Named> = Read<boolean | null> & { readonly rows: Predicate<C> };

export interface TextRows<C extends Named> {
  /** Rows whose column says something. */
  readonly filled: Predicate<C>;
  readonly blank: Predicate<C>;
}
export type TextWord<C extends Named = Named> = ColumnWord<string | null, C> & TextRows<C>;

/** A column that says yes or no: `rows` are those that say yes. */
export type FlagWord<C extends Named = Named> = ColumnWord<boolean | null, C> & {
  readonly rows: Predicate<C>;
  /** Rows that plainly say no. */
  readonly no: Predicate<C>;
  /** Rows that do not plainly say no; that do not plainly say yes. */
  readonly notNo: Predicate<C>;
  readonly notYes: Predicate<C>;
  /** So by the flag, and by the day that ends it not past: a flag that nobody took back does not outlive its end. */
  until<E extends Named>(end: DayWord<E>): YesNoWord<C | E>;
};

/** How text of a column writes its days, as a rule: what is written otherwise is read too. */
export type DayForm = 'YYYYMMDD' | 'YYYYMMDDHHMM' | 'YYYY-MM-DD' | 'DD/MM/YYYY' | 'DD/MM/YY';

/** A column by whose time rows can be put in order and chosen. */
export interface TimeRows<C extends Named> {
  readonly column: C;
  /** Null where the column is of a date or timestamp type. */
  readonly form: DayForm | null;
  /** Of a row condition: `within: P12M`. */
  readonly within: RowCondition<C>;
  /** Rows of a day or later, as `since:` of a list asks for them. */
  since(day: PlainDate): Predicate<C>;
}
/** … and, of a date or timestamp type, before a moment, which the database tells of no text. */
export interface BeforeRows<C extends Named> {
  before(moment: Date): Predicate<C>;
}

/** A day. Where it is the end of something, blanks, 31/12/2999, infinity and 01/01/1900 say that none is set. */
export type DayWord<C extends Named = Named> = ColumnWord<PlainDate | null, C> &
  TimeRows<C> & {
    /** Whether that day lies before today. */
    readonly isPast: Read<boolean | null>;
    /** Not over: the day is today, lies ahead, or none is set. */
    readonly isRunning: YesNoWord<C>;
    /** No day is set, for columns in which any day says that it is over: found, stopped, closed. */
    readonly isOpenEnded: YesNoWord<C>;
    /** CLOSED once the day is past. */
    readonly status: Read<'OPEN' | 'CLOSED' | null>;
  };
export type MomentWord<C extends Named = Named> = ColumnWord<string | null, C> & TimeRows<C>;

export type CodeWord<T, C extends Named = Named> = ColumnWord<T | null, C> & {
  /** Rows whose code means one of these. A code of no list leaves it unknown of a person; in a list the row is left out. */
  in(...wanted: readonly T[]): Predicate<C>;
  /** Rows whose code means one of these, and nobody else's: for what is kept from everybody (`only`), and kinds of a list. */
  exactly(...wanted: readonly T[]): Predicate<C>;
  /** Rows whose code means none of these: those without a code, and with one of no list, are among them. */
  notIn(...others: readonly T[]): Predicate<C>;
  /** Whether it means one of these, where rows are looked at one by one. */
  is(...wanted: readonly T[]): YesNoWord<C>;
  /** Of a list in which something is OPEN: CLOSED once the day is past. */
  until<E extends Named>(end: DayWord<E>): StatusWord<T, C | E>;
};
/** A status with its end. */
export type StatusWord<T, C extends Named = Named> = Read<T | 'CLOSED' | null> & {
  readonly isOpen: YesNoWord<C>;
};

export type BirthWord<C extends Named = Named> = ColumnWord<PlainDate | null, C> & {
  readonly accuracy: Read<DateAccuracy>;
};

/** A number of a system, as it is shown; the index takes it without blanks, or by `fed`. */
export type IdentifierWord<C extends Named = Named> = ColumnWord<string | null, C> & {
  readonly system: IdentifierSystem;
  readonly verified: Read<boolean | null>;
  readonly fed: Read<string | null> | null;
  readonly rows: Predicate<C> | null;
};

type Decode<T> = (cell: unknown, context: DecodeContext) => T;

/** One column by one decoder, of the contract's or the agency's own. */
export const oneColumn = <T, C extends Named>(
  column: C,
  decode: Decode<T>,
  flags: FieldFlags = {},
): ColumnWord<T, C> => ({
  kind: 'field',
  column,
  columns: [column],
  decode: (cells, context) => decode(cells[0], naming(column, context)),
  decoding: decodingOf(decode),
  ...flags,
});

/** Several columns by one decoder, which is given their cells in order. */
export const manyColumns = <T>(
  columns: readonly Named[],
  decode: (cells: readonly unknown[], context: DecodeContext) => T,
  flags: FieldFlags = {},
): Read<T> => ({
  kind: 'field',
  columns,
  decode: (cells, context) => decode(cells, naming(columns.join(', '), context)),
  decoding: decodingOf(decode),
  ...flags,
});

const withRows = <C extends Named>(read: Read<boolean | null>, rows: Predicate<C>): YesNoWord<C> => ({
  ...read,
  rows,
});

export const textWord = <C extends Named>(
  column: C,
  decode: Decode<string | null>,
  flags?: FieldFlags,
): TextWord<C> => ({
  ...oneColumn(column, decode, flags),
  filled: isFilled(column),
  blank: isBlank(column),
});

export const flagWord = <C extends Named>(column: C, flags?: FieldFlags): FlagWord<C> => ({
  ...oneColumn(column, yesNo, flags),
  rows: isYes(column),
  no: isNo(column),
  notNo: isNotNo(column),
  notYes: isNotYes(column),
  until: (end) =>
    withRows(
      manyColumns([column, end.column], isCurrent, flags),
      isCurrentRow<typeof column | typeof end.column>(column, end.column),
    ),
});

const times = <C extends Named>(column: C, form: DayForm | null): TimeRows<C> & Partial<BeforeRows<C>> => ({
  column,
  form,
  within: within(column),
  since: sinceDay(column),
  ...(form === null && { before: beforeMoment(column) }),
});

const running = telling({ as: 'whether the day is not past' }, (cell, context) =>
  isNot(isPast(cell, context)),
);
const statusByEnd = telling({ as: 'closed once the day is past' }, (cell, context) => {
  const over = isPast(cell, context);
  return over === null ? null : over ? ('CLOSED' as const) : ('OPEN' as const);
});

export const dayWord = <C extends Named>(
  column: C,
  form: DayForm | null,
  flags?: FieldFlags,
): DayWord<C> => ({
  ...oneColumn(column, date, flags),
  ...times(column, form),
  isPast: oneColumn(column, isPast, flags),
  isRunning: withRows(oneColumn(column, running, flags), notOver(column)),
  isOpenEnded: withRows(oneColumn(column, hasNoEnd, flags), withoutEnd(column)),
  status: oneColumn(column, statusByEnd, flags),
});

export const momentWord = <C extends Named>(
  column: C,
  form: DayForm | null,
  flags?: FieldFlags,
): MomentWord<C> => ({
  ...oneColumn(column, dateTime, flags),
  ...times(column, form),
});

export const codeWord = <T, C extends Named>(
  column: C,
  list: CodeList<T>,
  flags?: FieldFlags,
  decode: Decode<unknown> = meaning(list),
): CodeWord<T, C> => ({
  ...oneColumn(column, decode as Decode<T | null>, flags),
  in: (...wanted) => means(column, list as CodeList<string>, ...(wanted as readonly string[])),
  exactly: (...wanted) => hasCode(column, codesMeaning(list, wanted)),
  notIn: (...others) => hasOtherCode(column, codesMeaning(list, others)),
  is: (...wanted) =>
    withRows(
      oneColumn(column, (cell, context) => {
        const found = meaning(list)(cell, context);
        return found === null ? null : wanted.includes(found);
      }),
      hasCode(column, codesMeaning(list, wanted)),
    ),
  until: (end) => {
    const columns = [column, end.column] as const;
    const statuses = list as CodeList<string>;
    return {
      ...(manyColumns(columns, statusUntil(statuses), flags) as Read<T | 'CLOSED' | null>),
      isOpen: withRows(
        manyColumns(columns, isOpenUntil(statuses), flags),
        isOpenRow<(typeof columns)[number]>(...columns, statuses),
      ),
    };
  },
});

export const birthWord = <C extends Named>(column: C, estimated?: Named): BirthWord<C> => ({
  ...oneColumn(column, dateOfBirth),
  accuracy: manyColumns(estimated === undefined ? [column] : [column, estimated], dateAccuracy),
});

export interface IdentifierTraits {
  /** Whether the agency has checked it against its issuer; always so of its own number, not known of others unless said. */
  verified?: Read<boolean | null> | boolean | null;
  /** By a decoder of the agency's own. */
  decode?: Decode<string | null>;
  /** What the index is given in place of the number without blanks; null links nobody. */
  fed?: Read<string | null>;
  /** Rows in which the column holds a number, where being filled does not say so. */
  rows?: Predicate;
}

export const identifierWord = <C extends Named>(
  system: IdentifierSystem,
  column: C,
  { verified = system === 'LOCAL' ? true : null, decode, fed, rows }: IdentifierTraits,
  flags: FieldFlags,
): IdentifierWord<C> => ({
  ...oneColumn(column, decode ?? identifierNumber(system), flags),
  system,
  verified:
    typeof verified === 'object' && verified !== null
      ? verified
      : { kind: 'field', columns: [], decode: () => verified },
  fed: fed ?? null,
  rows: (rows as Predicate<C> | undefined) ?? null,
});

/** What a word says, and nothing where the other is so. */
export function unless<T, DB>(word: Field<T | null, DB>, so: Field<boolean | null, DB>): Field<T | null, DB> {
  const own = word.columns.length;
  return {
    ...word,
    columns: [...word.columns, ...so.columns],
    decode: (cells, context) =>
      so.decode(cells.slice(own), context) === true ? null : word.decode(cells.slice(0, own), context),
  };
}

/**
 * Who is hidden, by the usual code: P the whole person, A the places, blank, N or 0 nothing. A code that nobody can read
 * protects as much as any: a slip of the pen must not uncover a person.
 */
export const restrictionBy: Decode<readonly Protection[]> = (cell, context) => {
  const code = bareCode(cell, context);
  if (code === null || code === 'N' || code === '0') return [];
  if (code === 'A') return ['PLACE_SHIELD'];
  if (code !== 'P') context.note('unknown code, taken for a protected person');
  return ['PROTECTED'];
};

import { type DecodeContext, type Decoder, telling } from './decoding.ts';
import type { Predicate } from './rows.ts';
import { written } from './text.ts';

/** A code with its meaning and the list it is of: GraphQL's `CodedValue`. */
export interface CodedValue {
  code: string;
  text: string;
  system: string;
}

/** Codes, in capitals and without padding, and what each means. */
export type CodeList<T> = Readonly<Record<string, T>>;

/**
 * A list that somebody else publishes, and how many codes their publication has: a code that is left out here would be
 * unreadable there. `codes` are those that we know, in whichever lists they stand.
 */
export interface PublishedList {
  /** Who publishes it, and which edition was counted. */
  source: string;
  count: number;
  codes: readonly string[];
}

/** The codes of several lists together. */
export const codesOf = (...lists: readonly CodeList<unknown>[]): string[] => lists.flatMap(Object.keys);

/** What pads codes: blanks, also those that do not break, tabs and ends of lines. Decoders and SQL take the same away. */
export const PADDING = ' \t\n\v\f\r\u00a0';
const PADDED = new RegExp(`^[${PADDING}]+|[${PADDING}]+$`, 'g');

/** A code as it was meant: in capitals, without padding. Null if blank. Of letters, those of ASCII are changed alone, as SQL does. */
export const bareCode: Decoder<string | null> = (cell, context) =>
  written(cell, context)
    ?.replace(PADDED, '')
    .replace(/[a-z]+/g, (letters) => letters.toUpperCase()) || null;

/** The rows whose code is one of these, as decoders read it. */
export const hasCode = <C extends string>(column: C, codes: readonly string[]): Predicate<C> => ({
  code: column,
  oneOf: codes,
});
/** The other rows: those with another code, with none, and with one that is in no list. */
export const hasOtherCode = <C extends string>(column: C, codes: readonly string[]): Predicate<C> => ({
  code: column,
  noneOf: codes,
});
/** Rows whose column says something. */
export const isFilled = <C extends string>(column: C): Predicate<C> => hasOtherCode(column, ['']);
/** Rows whose column is null or blank. */
export const isBlank = <C extends string>(column: C): Predicate<C> => hasCode(column, ['']);

/** What a code means by its list; null for a blank, and for a code that is not in the list, which is noted. */
export const meaning = <const T>(list: CodeList<T>): Decoder<T | null> =>
  telling({ as: 'a code', codes: list }, (cell, context) =>
    meaningIn(list, bareCode(cell, context), context),
  );

/** A code with its meaning, under the name of its list. */
export const codedValue = (list: CodeList<string>, system: string): Decoder<CodedValue | null> =>
  telling({ as: 'a code with its words', codes: list, system }, (cell, context) => {
    const code = bareCode(cell, context);
    const words = meaningIn(list, code, context);
    return code === null || words === null ? null : { code, text: words, system };
  });

/** The codes that mean this, for row conditions that must agree with a decoder. */
export const codesMeaning = <T>(list: CodeList<T>, wanted: readonly unknown[]): string[] =>
  Object.keys(list).filter((code) => wanted.includes(list[code]));

function meaningIn<T>(list: CodeList<T>, code: string | null, context: DecodeContext): T | null {
  if (code === null) return null;
  if (Object.hasOwn(list, code)) return list[code] as T;
  context.note('unknown code');
  return null;
}

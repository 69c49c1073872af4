import { type DecodeContext, type Decoder, telling } from './decoding.ts';
import { text } from './text.ts';

/** A code with its meaning and the list it is of: GraphQL's `CodedValue`. */
export interface CodedValue {
  code: string;
  text: string;
  system: string;
}

/** Codes, in capitals and without padding, and what each means. */
export type CodeList<T> = Readonly<Record<string, T>>;

/** A code as it was meant: in capitals, without padding. Null if blank. */
export const bareCode: Decoder<string | null> = (cell, context) => text(cell, context)?.toUpperCase() ?? null;

/** What a code means by its list; null for a blank, and for a code that is not in the list, which is noted. */
export const meaning = <const T>(list: CodeList<T>): Decoder<T | null> =>
  telling({ as: 'a code', codes: list }, (cell, context) => look(list, bareCode(cell, context), context));

/** A code with its meaning, under the name of its list. */
export const codedValue = (list: CodeList<string>, system: string): Decoder<CodedValue | null> =>
  telling({ as: 'a code with its words', codes: list, system }, (cell, context) => {
    const code = bareCode(cell, context);
    const words = look(list, code, context);
    return code === null || words === null ? null : { code, text: words, system };
  });

/** The codes that mean this, for row conditions that must agree with a decoder. */
export const codesMeaning = <T>(list: CodeList<T>, wanted: readonly unknown[]): string[] =>
  Object.keys(list).filter((code) => wanted.includes(list[code]));

function look<T>(list: CodeList<T>, code: string | null, context: DecodeContext): T | null {
  if (code === null) return null;
  if (Object.hasOwn(list, code)) return list[code] as T;
  context.note('unknown code');
  return null;
}

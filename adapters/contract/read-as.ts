import { type CodeList, codesMeaning, hasCode, meaning } from './codes.ts';
import { type DecodeContext, naming } from './decoding.ts';
import type { DecodedCondition, Predicate } from './rows.ts';

/** The rows of which a decoder says true. Its notes name the columns. */
export const readAs = <C extends string>(
  columns: readonly C[],
  meets: (cells: readonly unknown[], context: DecodeContext) => boolean | null,
  as: string,
  inSql: Pick<DecodedCondition<C>, 'exact' | 'narrow'> = {},
): Predicate<C> => ({
  decoded: {
    columns,
    as,
    meets: (cells, context) => meets(cells, naming(columns.join(', '), context)),
    ...inSql,
  },
});

/**
 * The rows whose code means one of these by its list. Where a row decides what is so of somebody, a code of no list
 * leaves that unknown; in a list such a row is left out.
 */
export function means<C extends string, T extends string>(
  column: C,
  list: CodeList<T>,
  ...wanted: readonly T[]
): Predicate<C> {
  const codes = codesMeaning(list, wanted);
  const decode = meaning(list);
  return readAs(
    [column],
    ([cell], context) => {
      let unknown = false;
      const found = decode(cell, {
        now: context.now,
        note: (problem) => {
          unknown = true;
          context.note(problem);
        },
      });
      return unknown ? null : found !== null && wanted.includes(found);
    },
    `means ${wanted.join(' or ')} (${codes.join(', ')})`,
    { exact: hasCode(column, codes) },
  );
}

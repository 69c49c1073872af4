/**
 * What is kept from everybody, whoever asks: records as they were before an adoption order, with every row about them,
 * and rows that are sealed one by one (adoption, legal privilege, third parties). A seal that cannot be read is a seal.
 */
import type { ColumnOf, Predicate } from '../contract.ts';
import type { ChildrensServicesTables } from './tables.ts';

export type Column = ColumnOf<ChildrensServicesTables>;
type Sealed = {
  [T in keyof ChildrensServicesTables]: 'SEAL_CODE' extends keyof ChildrensServicesTables[T] ? T : never;
}[keyof ChildrensServicesTables];

/** Codes as columns of text hold them: padded to the column's width or not, in capitals or not. */
export const written = (codes: readonly string[]): string[] =>
  codes
    .flatMap((code) => [code, code.toLowerCase(), capitalised(code)])
    .flatMap((one) => [one, `${one} `, `${one}  `]);
const capitalised = (code: string): string => `${code.charAt(0)}${code.slice(1).toLowerCase()}`;
export const noneOf = (name: Column, codes: readonly string[]): Predicate<Column> => ({
  any: [
    { column: name, isNull: true },
    { column: name, notIn: written(codes) },
  ],
});

export const beforeAdoption = (person: Column) =>
  ({ table: 'FACT_ADOPTION_SEALS', on: ['FACT_ADOPTION_SEALS.DIM_PERSON_ID', person] }) as const;
export const notBeforeAdoption: Predicate<Column> = {
  column: 'FACT_ADOPTION_SEALS.FACT_ADOPTION_SEAL_ID',
  isNull: true,
};
/** Blank to any width, or said not to be sealed. */
const NO_SEAL = ['', ' ', '  ', '   ', '    ', ...written(['N', '0'])];
const unsealed = (table: Sealed): Predicate<Column> => ({
  any: [
    { column: `${table}.SEAL_CODE`, isNull: true },
    { column: `${table}.SEAL_CODE`, in: NO_SEAL },
  ],
});
/** In words, for the scope. */
export const NEVER = 'anything from before an adoption, under legal privilege or about third parties';
export const open = (table: Sealed, ...more: readonly Predicate<Column>[]) => ({
  only: { all: [notBeforeAdoption, unsealed(table), ...more] },
  never: NEVER,
});

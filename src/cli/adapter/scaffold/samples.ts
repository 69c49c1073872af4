import { bareCode, type DayForm } from '../../../../adapters/contract.ts';
import { codeOf } from '../../../compile/dialects/failure.ts';
import { FREQUENT, formOf } from '../frequent.ts';
import type { FoundTable } from './catalogue.ts';
import { guessOf, isText, type Meaning } from './meanings.ts';

/** What a column's rows tell, without telling any of them. */
export interface Sampled {
  /** How its days are written, as a rule. */
  form: DayForm | null;
  /** Its codes, where it seems to hold codes: those that are short and in enough rows. */
  codes: readonly string[];
  /** How its most frequent values are written: each digit a 9, each letter an A. */
  written: string | null;
}

/** `TABLE.COLUMN` → what its rows tell. */
export type Samples = ReadonlyMap<string, Sampled>;

/** More values than this are no list of codes. */
const MOST_CODES = 30;
const MOST_VALUES = 2_000;
/** What names people or places, or is free text, is not read. */
const NEVER: ReadonlySet<Meaning> = new Set([
  ...(['GIVEN_NAME', 'FAMILY_NAME', 'PREFERRED_NAME', 'STAFF_NAME', 'PLACE', 'FREE_TEXT'] as const),
  ...(['PHONE', 'EMAIL', 'NHS_NUMBER', 'NINO', 'UPN', 'CRN', 'STAFF_NUMBER', 'MERGED'] as const),
]);

const FORMS: readonly (readonly [RegExp, DayForm])[] = [
  [/^99999999$/, 'YYYYMMDD'],
  [/^999999999999(99)?$/, 'YYYYMMDDHHMM'],
  [/^9999-99-99/, 'YYYY-MM-DD'],
  [/^99\/99\/9999$/, 'DD/MM/YYYY'],
  [/^99\/99\/99$/, 'DD/MM/YY'],
];

/** The most frequent values of a column, each with how many rows have it. */
export type AskRows = (
  table: string,
  column: string,
  most: number,
) => Promise<readonly { cell: unknown; met: unknown }[]>;

/** What databases say to a login that may know of a column and not read it. */
const REFUSED = /^(42501|ER_(TABLE|COLUMN)ACCESS_DENIED_ERROR)$/;

/**
 * Reads text columns by value and count, and keeps forms and codes alone. What names people or places is not read at
 * all; nor what this login may not read.
 * @param wanted the columns for which a word is proposed, `TABLE.COLUMN`
 */
export async function sampleColumns(
  ask: AskRows,
  tables: readonly FoundTable[],
  wanted: ReadonlySet<string>,
): Promise<Samples> {
  const found = new Map<string, Sampled>();
  for (const table of tables)
    for (const column of table.columns) {
      const name = `${table.name}.${column.name}`;
      const meaning = guessOf(column)?.meaning;
      if (!wanted.has(name) || !isText(column.dataType) || (meaning && NEVER.has(meaning))) continue;
      const rows = await ask(table.name, column.name, MOST_VALUES).catch((error: unknown) => {
        if (REFUSED.test(codeOf(error) ?? '')) return [];
        throw error;
      });
      const met = rows.map((row) => ({ cell: String(row.cell), rows: Number(row.met) }));
      const isKey = table.key.includes(column.name) || table.references.has(column.name);
      found.set(name, sampledOf(met, !isKey));
    }
  return found;
}

function sampledOf(met: readonly { cell: string; rows: number }[], mayList: boolean): Sampled {
  const forms = new Map<string, number>();
  const codes = new Map<string, number>();
  for (const { cell, rows } of met) {
    if (cell.trim() === '') continue;
    forms.set(formOf(cell), (forms.get(formOf(cell)) ?? 0) + rows);
    const code = bareCode(cell, { now: new Date(0), note: () => {} }) ?? '';
    codes.set(code, (codes.get(code) ?? 0) + rows);
  }
  const [usual = null] = [...forms].toSorted((one, other) => other[1] - one[1]).map(([form]) => form);
  const form = FORMS.find(([one]) => usual !== null && one.test(usual))?.[1] ?? null;
  const listed = [...codes]
    .filter(([code, rows]) => rows >= FREQUENT.rows && code.length <= FREQUENT.characters)
    .map(([code]) => code)
    .toSorted();
  const isList = mayList && form === null && codes.size <= MOST_CODES && listed.length > 0;
  return { form, codes: isList ? listed : [], written: usual !== null && usual.length <= 20 ? usual : null };
}

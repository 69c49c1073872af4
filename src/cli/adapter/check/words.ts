import { sql } from 'kysely';
import type * as contract from '../../../../adapters/contract.ts';
import { type AnyTables, bareCode, type DecodeContext, readTime } from '../../../../adapters/contract.ts';
import { namedParts } from '../../../conformance/parts.ts';
import { FREQUENT, formOf } from '../frequent.ts';
import type { Check, Source } from './source.ts';

type Field = contract.Field<unknown, AnyTables>;

/** One word's way with what stands in a column. */
interface Word {
  date: boolean;
  read(cell: unknown, context: DecodeContext): unknown;
}

/** Of a column with more different values than this, the most frequent are read. */
const MOST_VALUES = 20_000;
/** What decoders of days and moments say that they read; of flags; and of a code or flag with its end beside it. */
const DATES = new Set([
  ...['a day', 'a day of birth', 'a moment', 'whether the day is past', 'whether the day is not past'],
  ...['closed once the day is past', 'whether no end is set'],
]);
const FLAGS = 'yes or no';
const WITH_END = new Set([
  ...['a code, closed once the end is past', 'whether it is open and not over'],
  'whether it is current by the flag and not over',
]);

/** Every code and date that stands in the real rows is one that a word of its column can read. */
export const words: Check = {
  id: 'codes',
  name: 'codes and dates in the real rows',
  async run(source) {
    const failed: string[] = [];
    const warned: string[] = [];
    let read = 0;
    const columns = wordsByColumn(source);
    for (const [column, theirs] of columns) {
      const met = await valuesOf(source, column);
      read += met.length;
      const unread = met.filter(({ cell }) => theirs.every((word) => cannotRead(word, cell, source.now)));
      const [listed, others] = sorted(unread, isDate(theirs));
      const what = isDate(theirs) ? 'no date that can be read' : 'in no list of the adapter';
      if (listed.length > 0) failed.push(`${column}: ${listed.join(', ')}: ${what}`);
      if (others.rows > 0)
        warned.push(
          `${column}: ${counted(others.values, 'other value')} in ${counted(others.rows, 'row')}: ${what}`,
        );
      if (met.length === MOST_VALUES)
        warned.push(`${column} has more than ${MOST_VALUES} different values; the rest was not read`);
    }
    return { failed, warned, says: `${read} different values of ${columns.size} columns can be read` };
  },
};

/** Words of one column that read codes, flags or dates. Several lists of one table may each have words of their own for it. */
function wordsByColumn({ adapter }: Source): ReadonlyMap<string, readonly Word[]> {
  const found = new Map<string, Word[]>();
  const add = (column: string, word: Word) => found.set(column, [...(found.get(column) ?? []), word]);
  const take = (entry: Field | contract.ObjectField<AnyTables>): void => {
    if (entry.kind === 'object') {
      for (const one of Object.values(entry.fields)) take(one);
      return;
    }
    const { decode } = entry;
    const [column, end, ...more] = entry.columns as readonly string[];
    const { as = '', codes } = entry.decoding ?? {};
    if (column === undefined || more.length > 0) return;
    if (end !== undefined && !WITH_END.has(as)) return;
    if (end === undefined && codes === undefined && as !== FLAGS && !DATES.has(as)) return;
    add(column, { date: DATES.has(as), read: (cell, context) => decode([cell, null], context) });
    if (end !== undefined) add(end, { date: true, read: readTime });
  };
  for (const [, part] of namedParts(adapter)) {
    if (part.source.asOf) take(part.source.asOf);
    if (part.kind === 'list') for (const one of Object.values(part.fields)) take(one);
    if (part.kind === 'value') take(part.field);
  }
  return found;
}

const isDate = (theirs: readonly Word[]): boolean => theirs.every(({ date }) => date);

interface Met {
  cell: unknown;
  rows: number;
}

async function valuesOf({ db }: Source, column: string): Promise<readonly Met[]> {
  const table = column.slice(0, column.lastIndexOf('.'));
  const { rows } = await sql<{ cell: unknown; met: unknown }>`
    select ${sql.ref(column)} as cell, count(*) as met from ${sql.table(table)}
    group by ${sql.ref(column)} order by count(*) desc limit ${sql.lit(MOST_VALUES)}`.execute(db);
  return rows.map(({ cell, met }) => ({ cell, rows: Number(met) }));
}

/** Whether it notes what stands there; but for fillers, which say that nothing is known. */
function cannotRead(word: Word, cell: unknown, now: Date): boolean {
  let noted = false;
  word.read(cell, {
    now,
    note: (_problem, filler) => {
      noted ||= filler === undefined;
    },
  });
  return noted;
}

/** Those that may be listed, by how a date is written or as a code is meant, and how many others there are. */
function sorted(
  unread: readonly Met[],
  date: boolean,
): readonly [listed: readonly string[], others: { values: number; rows: number }] {
  const meant = new Map<string, number>();
  for (const { cell, rows } of unread) {
    const value = date ? formOf(cell) : (bareCode(cell, { now: new Date(0), note: () => {} }) ?? '');
    meant.set(value, (meant.get(value) ?? 0) + rows);
  }
  const listed = [...meant].filter(
    ([value, rows]) =>
      rows >= FREQUENT.rows && value.length <= FREQUENT.characters && (!date || value.includes('9')),
  );
  const rest = [...meant].filter(([value]) => !listed.some(([one]) => one === value));
  return [
    listed.map(([value, rows]) => `${JSON.stringify(value)} in ${rows} rows`),
    { values: rest.length, rows: rest.reduce((sum, [, rows]) => sum + rows, 0) },
  ];
}

const counted = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;

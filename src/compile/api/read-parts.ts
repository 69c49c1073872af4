import {
  type Cells,
  type DecodeContext,
  instant,
  orderOf,
  predicateColumns,
  type Question,
  type RowsQuestion,
} from '../../../adapters/contract.ts';
import type { AgencyUnavailableError } from '../run/errors.ts';
import { tableKey } from '../sql/any-table.ts';
import type { Row } from '../sql/row-result.ts';
import type { RowSet } from '../sql/row-set.ts';
import { meetsRow } from './meets-row.ts';

/** Asks an agency's executor; each table's rows are checked, or told as not to be had. */
export type AskRows = (
  question: Question,
) => Promise<ReadonlyMap<RowsQuestion, readonly Cells[] | AgencyUnavailableError>>;

/**
 * Reads all row sets by one question, as `readRows` does by statements: each is given the rows that its conditions keep,
 * newest first, cut to its limit. Of each record only the columns are asked that somebody may be shown of it, or that
 * decide about its rows. A row set of a table that could not be had says so.
 */
export async function readParts(
  rowSets: readonly RowSet[],
  unshielded: readonly string[],
  ask: AskRows,
  context: DecodeContext,
): Promise<void> {
  const open = new Set(unshielded);
  const sharing = new Map<string, RowSet[]>();
  for (const rows of rowSets) {
    const same = JSON.stringify([tableKey(rows.source), rows.source.person]);
    sharing.set(same, [...(sharing.get(same) ?? []), rows]);
  }
  const tables = [...sharing.values()].map((sets) => ({ sets, questions: questionsOf(sets, open) }));
  if (tables.length === 0) return;
  // Also where it is of nobody in the end: what is asked of somebody who is not there takes as long, and fails alike.
  const answers = await ask({ tables: tables.flatMap(({ questions }) => questions) });
  for (const { sets, questions } of tables)
    for (const rows of sets) {
      const keys = new Set(keysOf(rows, open));
      for (const one of questions.filter((each) => each.keys.some((key) => keys.has(key)))) {
        const answer = answers.get(one) ?? [];
        if (answer instanceof Error) rows.result.failure = answer;
        else hand(rows, keys, answer, context);
      }
    }
}

/** Whose rows are read for it: none of people whose places are hidden, where it is of nothing else. */
const keysOf = (rows: RowSet, open: ReadonlySet<string>): readonly string[] =>
  rows.placesOnly ? [...rows.keys].filter((key) => open.has(key)) : [...rows.keys];

/** One question for all records of which the same columns are asked. */
function questionsOf(sets: readonly RowSet[], open: ReadonlySet<string>): readonly RowsQuestion[] {
  const wanted = new Map<string, Set<string>>();
  for (const rows of sets)
    for (const key of keysOf(rows, open)) {
      const columns = wanted.get(key) ?? new Set<string>();
      wanted.set(key, columns);
      for (const name of decidingColumns(rows)) columns.add(name);
      for (const { name, placed } of rows.columns.values()) if (!placed || open.has(key)) columns.add(name);
    }
  const questions = new Map<string, { columns: readonly string[]; keys: string[] }>();
  for (const [key, names] of wanted) {
    const columns = [...names].sort();
    const same = columns.join(' ');
    const question = questions.get(same) ?? { columns, keys: [] };
    questions.set(same, question);
    question.keys.push(key);
  }
  const { table, person } = (sets[0] as RowSet).source;
  return [...questions.values()].map((one) => ({ table, by: person, ...one }));
}

/** Columns by which rows are told apart, chosen and put in order. */
function decidingColumns({ source, where, mask }: RowSet): readonly string[] {
  const order = orderOf(source)?.column;
  return [
    source.person,
    ...source.record,
    ...(order === undefined ? [] : [order]),
    ...[...where, ...mask].flatMap(predicateColumns),
  ];
}

function hand(
  rows: RowSet,
  keys: ReadonlySet<string>,
  answer: readonly Cells[],
  context: DecodeContext,
): void {
  const { source, result } = rows;
  result.aliases = new Map([...rows.columns].map(([key, { name }]) => [key, name]));
  const found = new Map<string, Row[]>();
  const seen = new Set<string>();
  for (const cells of answer) {
    const key = String(cells[source.person]);
    if (!keys.has(key)) continue;
    const record = JSON.stringify([key, ...source.record.map((column) => cells[column] ?? null)]);
    if (seen.has(record)) continue;
    seen.add(record);
    const all = (conditions: RowSet['where']) =>
      meetsRow({ all: conditions }, (column) => cells[column], context);
    const belongs = all(rows.where);
    if (belongs === null) result.addUnsure(key);
    if (belongs !== true) continue;
    const row = { key, cells, masked: all(rows.mask) !== true };
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  const order = newestFirst(rows, context);
  for (const [key, own] of found) {
    own.sort(order);
    if (rows.limitInSql === null && own.length > rows.most) {
      result.addCut(key);
      own.length = rows.most;
    }
    for (const row of own) result.add(row);
  }
  result.arrange(null, rows.limit);
}

/** By the day or moment of the source's word, those without one that can be read last; then by the record's numbers. */
function newestFirst({ source }: RowSet, { now }: DecodeContext): (one: Row, other: Row) => number {
  const column = orderOf(source)?.column;
  const quiet = { now, note: () => {} };
  const timeOf = ({ cells }: Row): number =>
    (column === undefined ? undefined : instant(cells[column], quiet)?.getTime()) ?? Number.NEGATIVE_INFINITY;
  const numbersOf = ({ cells }: Row) => source.record.map((name) => String(cells[name] ?? '')).join('\n');
  return (one, other) => {
    // Two rows without a date differ by NaN, which counts as nothing.
    const newer = timeOf(other) - timeOf(one);
    if (newer) return newer;
    const [mine, theirs] = [numbersOf(one), numbersOf(other)];
    return mine === theirs ? 0 : mine < theirs ? -1 : 1;
  };
}

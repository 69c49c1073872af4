import { sql } from 'kysely';
import {
  type AnyAdapter,
  conditionsOf,
  type Field,
  type ObjectField,
  partsOf,
} from '../../../adapters/contract.ts';
import { toSql } from '../../../src/compile/sql/predicate.ts';
import type { Part } from '../../../src/conformance/parts.ts';
import type { TestAgency } from './agency.ts';

// biome-ignore lint/suspicious/noExplicitAny: any agency's tables
type Any = any;
type Shown = Readonly<Record<string, unknown>>;

export interface Question {
  /** The agency's own record id. */
  person: string;
  section: string;
  /** Row conditions as a policy sets them. */
  rows: Readonly<Record<string, true>>;
  now: Date;
}

/**
 * What the field table finds of one person in a section, read by the gateway's own login: an item for each row, by the
 * names of its fields; of a single value `{ value }`.
 */
export async function shownRows(
  agency: TestAgency,
  adapter: AnyAdapter,
  question: Question,
): Promise<Shown[]> {
  await agency.settle();
  const parts = Object.values(adapter.sections[question.section] ?? {}).flatMap(partsOf);
  const shown = await Promise.all(parts.map((part) => rowsOf(agency, part, question)));
  return shown.flat();
}

async function rowsOf(agency: TestAgency, part: Part, { person, rows, now }: Question): Promise<Shown[]> {
  const { source } = part;
  const joins = (source.join ?? []).map(
    ({ table, on }) => sql` left join ${sql.table(table)} on ${sql.ref(on[0])} = ${sql.ref(on[1])}`,
  );
  const conditions = Object.entries(rows).map(([name, value]) =>
    conditionsOf(part)[name]?.predicate(value, now),
  );
  const kept = [source.only, part.where, ...conditions].flatMap((one) =>
    one ? [toSql(one, agency.database.dialect)] : [],
  );
  const where = [sql`${sql.ref(source.person)} = ${person}`, ...kept];
  const fields: Readonly<Record<string, Read>> =
    part.kind === 'list' ? part.fields : part.kind === 'value' ? { value: part.field } : {};
  const columns = [...new Set(Object.values(fields).flatMap(columnsOf)), source.person];
  const names = columns.map((name, index) => sql`${sql.ref(name)} as ${sql.ref(`c${index}`)}`);
  const found = await sql<
    Record<string, unknown>
  >`select ${sql.join(names)} from ${sql.table(source.table)}${sql.join(
    joins,
    sql``,
  )} where ${sql.join(where, sql` and `)}`.execute(agency.reader);
  return found.rows.map((row) => {
    const cell = (name: string) => row[`c${columns.indexOf(name)}`];
    return Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, decoded(field, cell, now)]),
    );
  });
}

type Read = Field<unknown, Any> | ObjectField<Any>;
const columnsOf = (field: Read): readonly string[] =>
  field.kind === 'field' ? field.columns : Object.values(field.fields).flatMap(columnsOf);

function decoded(field: Read, cell: (name: string) => unknown, now: Date): unknown {
  if (field.kind === 'field') return field.decode(field.columns.map(cell), { now, note: () => {} });
  return Object.fromEntries(
    Object.entries(field.fields).map(([name, one]) => [name, decoded(one, cell, now)]),
  );
}

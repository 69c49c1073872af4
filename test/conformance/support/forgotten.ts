import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { AnyAdapter } from '../../../adapters/contract.ts';
import { declaredColumns, missingFrom, namedColumns } from '../../../src/conformance/declared-columns.ts';
import { schemaSql } from './agency.ts';
import { agencyFile } from './agency-files.ts';
import { offeredFields, suppliedFields } from './sdl.ts';

/** Tables of an agency by name with their columns, as one of its files has them. */
export type Tables = Readonly<Record<string, readonly string[]>>;

/** What an agency's two descriptions of its tables say: `fixtures/<agency>/schema.sql` and `adapters/<agency>/tables.ts`. */
export const describedTables = (agency: string): { sql: Tables; types: Tables } => ({
  sql: sqlTables(schemaSql(agency)),
  types: typedTables(agencyFile(agency, `adapters/${agency}/tables.ts`)),
});

/** Columns that one of the places lacks, each with what to add where. */
export function forgottenColumns(
  adapter: AnyAdapter,
  { sql, types }: { sql: Tables; types: Tables },
): readonly string[] {
  const read = namedColumns(adapter);
  const inSql = namesOf(sql);
  const inTypes = namesOf(types);
  return [
    ...missingFrom(inSql, [...read, ...inTypes]).map(
      (name) => `${name} is no column yet: add it to fixtures/${adapter.id}/schema.sql`,
    ),
    ...missingFrom(inTypes, [...read, ...inSql]).map(
      (name) =>
        `${name} has no type: npx sightline adapter tables ${adapter.id} writes it into adapters/${adapter.id}/tables.ts`,
    ),
  ];
}

const namesOf = (tables: Tables): readonly string[] =>
  Object.entries(tables).flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`));

/** Fields that the field table or the SDL lacks, each with what to add where. */
export function forgottenFields(adapter: AnyAdapter, sdl: GraphQLSchema): readonly string[] {
  const roots = Object.keys(adapter.sections).filter((name) => !sdl.getQueryType()?.getFields()[name]);
  const unsaid = Object.entries(adapter.sections).flatMap(([name, fields]) => {
    const root = sdl.getQueryType()?.getFields()[name];
    const type = root && getNamedType(root.type);
    if (!isObjectType(type)) return [];
    return Object.keys(fields)
      .filter((field) => !type.getFields()[field])
      .map((field) => `${type.name}.${field}`);
  });
  const lines = [...roots.map((name) => `Query.${name}`), ...unsaid].map(
    (name) =>
      `${name} is supplied and not offered: npm run schema writes it into schema/${adapter.id}.graphql`,
  );
  if (lines.length > 0) return lines;
  const supplied = suppliedOr(adapter, sdl);
  if (typeof supplied === 'string')
    return [`${supplied}, which is supplied: npm run schema writes it into schema/${adapter.id}.graphql`];
  return [...offeredFields(sdl)]
    .filter((name) => !supplied.has(name))
    .map(
      (name) => `${name} is offered and not supplied: add a row to the field table of adapters/${adapter.id}`,
    );
}

/** What is supplied, or the first field below a section that the SDL does not have. */
function suppliedOr(adapter: AnyAdapter, sdl: GraphQLSchema): ReadonlySet<string> | string {
  try {
    return suppliedFields(adapter, sdl);
  } catch (error) {
    return (error as Error).message;
  }
}

export function sqlTables(text: string): Tables {
  const tables = text.matchAll(/create table "?(\w+)"? \(\n([\s\S]*?)\n\);/g);
  return Object.fromEntries(
    [...tables].map(([, table = '', body = '']) => [
      table,
      [
        ...body.matchAll(
          /^ {2}"?(\w+)"?\s+(?:varchar|char|timestamp|date|numeric|smallint|integer|bigint)\b/gm,
        ),
      ].map(([, column = '']) => column),
    ]),
  );
}

export function typedTables(written: string): Tables {
  const tables: Record<string, string[]> = {};
  for (const name of declaredColumns(written).keys()) {
    const [table = '', column = ''] = name.split('.');
    tables[table] = [...(tables[table] ?? []), column];
  }
  return tables;
}

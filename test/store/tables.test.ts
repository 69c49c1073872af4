/** The types of the own store's tables against a store that was migrated: neither can change without the other. */
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { migrate } from '../../src/store/migrate.ts';
import { cloneDatabase } from '../support/postgres.ts';
import { rows } from '../support/rows.ts';

interface Column {
  /** What a statement gets: `string`, `readonly string[] or null`, … */
  type: string;
  /** Whether a new row may leave it out; an identity has no other choice. */
  insert: 'needed' | 'optional' | 'never';
}
type Tables = Record<string, Record<string, Column>>;

/** How the driver gives values of PostgreSQL's types. */
const GIVEN_AS: Readonly<Record<string, string>> = {
  ...{ text: 'string', uuid: 'string', bigint: 'string', integer: 'number', 'double precision': 'number' },
  ...{ boolean: 'boolean', 'timestamp with time zone': 'Date', bytea: 'Buffer', jsonb: 'json' },
  ...{ 'text[]': 'string[]', 'bigint[]': 'string[]' },
};

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let migrated: Tables;
let views: readonly string[];
let declared: Tables;

beforeAll(async () => {
  database = await cloneDatabase('template1');
  await migrate(database.url);
  ({ migrated, views } = await tablesInStore(database.url));
  declared = tablesInCode();
}, 60_000);
afterAll(() => database.drop());

async function tablesInStore(url: string): Promise<{ migrated: Tables; views: string[] }> {
  const columns = await rows(
    url,
    `select c.relname as table, c.relkind = 'v' as view, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
      a.attnotnull as needed, a.atthasdef as has_default, a.attidentity <> '' as identity
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
      and c.relname not like 'store_migration%'
    order by c.relname, a.attname`,
    [],
  );
  const found: Tables = {};
  for (const { table, column, type, needed, has_default, identity } of columns) {
    const given = GIVEN_AS[String(type)] ?? `${type}, of which no type is known here`;
    const insert = identity ? 'never' : has_default || !needed ? 'optional' : 'needed';
    found[String(table)] = {
      ...found[String(table)],
      [String(column)]: { type: needed ? given : `${given} or null`, insert },
    };
  }
  return {
    migrated: found,
    views: columns.filter(({ view }) => view).map(({ table }) => String(table)),
  };
}

/** What the compiler makes of `StoreTables`, by Kysely's own `Selectable` and `Insertable`. */
function tablesInCode(): Tables {
  const root = projectRoot();
  const file = join(root, 'src/store/asked-of-the-compiler.ts');
  const text = `
    import type { Insertable, Selectable } from 'kysely';
    import type { StoreTables } from './tables.ts';
    export type Selected = { [T in keyof StoreTables]: Selectable<StoreTables[T]> };
    export type Inserted = { [T in keyof StoreTables]: Insertable<StoreTables[T]> };`;
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, ...more) =>
    name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.Latest) : getSourceFile(name, ...more);
  const program = ts.createProgram([file], options, host);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file) as ts.SourceFile;
  const [selected, inserted] = source.statements
    .filter(ts.isTypeAliasDeclaration)
    .map(checker.getTypeAtLocation);
  const fieldsOf = (type: ts.Type) =>
    type.getProperties().map((field) => ({
      name: field.name,
      type: checker.getTypeOfSymbol(field),
      optional: (field.flags & ts.SymbolFlags.Optional) !== 0,
    }));
  return Object.fromEntries(
    fieldsOf(selected as ts.Type).map((table) => {
      const insert = new Map(
        fieldsOf(checker.getTypeOfSymbol(inserted?.getProperty(table.name) as ts.Symbol)).map((field) => [
          field.name,
          field.optional ? ('optional' as const) : ('needed' as const),
        ]),
      );
      const columns = fieldsOf(table.type).map(({ name, type }) => [
        name,
        { type: typeName(checker, type), insert: insert.get(name) ?? 'never' },
      ]);
      return [table.name, Object.fromEntries(columns)];
    }),
  );
}

function typeName(checker: ts.TypeChecker, type: ts.Type): string {
  const whole = checker.getNonNullableType(type);
  const name = bareName(checker, whole);
  // Of what is not known even null may be.
  return whole === type || name === 'json' ? name : `${name} or null`;
}

function bareName(checker: ts.TypeChecker, type: ts.Type): string {
  const is = (wanted: ts.Type) => checker.isTypeAssignableTo(type, wanted);
  if (is(checker.getStringType())) return 'string';
  if (is(checker.getNumberType())) return 'number';
  if (is(checker.getBooleanType())) return 'boolean';
  const [item] = checker.isArrayLikeType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [];
  if (item && checker.isTypeAssignableTo(item, checker.getStringType())) return 'string[]';
  const name = type.symbol?.name;
  return name === 'Date' || name === 'Buffer' ? name : 'json';
}

it('every table and view has its type, and no type is of a table that is not there', () => {
  expect(Object.keys(declared).toSorted()).toEqual(Object.keys(migrated));
});

it('every column of a table has the type, the nulls and the default that it has in the store', () => {
  const tables = Object.keys(migrated).filter((table) => !views.includes(table));
  expect(tables.length).toBeGreaterThan(15);
  for (const table of tables) expect.soft(declared[table], table).toEqual(migrated[table]);
});

it('every column of a view has its type', () => {
  // Of a view's columns PostgreSQL does not know which are never null.
  const types = (columns: Record<string, Column> = {}) =>
    Object.fromEntries(
      Object.entries(columns).map(([column, { type }]) => [column, type.replace(' or null', '')]),
    );
  expect(views.length).toBeGreaterThan(0);
  for (const view of views) expect.soft(types(declared[view]), view).toEqual(types(migrated[view]));
});

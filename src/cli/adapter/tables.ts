import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TableMetadata } from 'kysely';
import { hasSchemaFile, NoTablesError, tablesOfDatabase, withSchemaFiles } from './described-tables.ts';
import { tableTypes } from './table-types.ts';

export interface AdapterCommandDeps {
  root: string;
  env: NodeJS.ProcessEnv;
  now(): Date;
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

export interface TablesFlags {
  check?: boolean;
  database?: boolean;
  only?: string | undefined;
}

/**
 * `adapter tables`: writes `adapters/<agency>/tables.ts` of each agency. With `--check` it writes nothing, and gives 1 if
 * any differs.
 * @throws NoTablesError, SettingError
 */
export async function writeTables(
  { root, env, out }: Pick<AdapterCommandDeps, 'root' | 'env' | 'out'>,
  agencies: readonly string[],
  { check = false, database = false, only }: TablesFlags,
): Promise<number> {
  const fromSchema = (agency: string) => !database && hasSchemaFile(root, agency);
  const made = async (agency: string, of: (agency: string) => Promise<TableMetadata[]>) => {
    const file = join(root, 'adapters', agency, 'tables.ts');
    const text = tableTypes(agency, chosen(await of(agency), only), commandFor(agency, { database, only }));
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return 0;
    if (!check) writeFileSync(file, text);
    out(`${file}: ${check ? 'is out of date' : 'written'}\n`);
    return 1;
  };
  let changed = 0;
  for (const agency of agencies.filter((one) => !fromSchema(one)))
    changed += await made(agency, (one) => tablesOfDatabase(one, env));
  const schemas = agencies.filter(fromSchema);
  if (schemas.length > 0)
    await withSchemaFiles(async (of) => {
      for (const agency of schemas) changed += await made(agency, of);
    }, root);
  if (changed === 0)
    out(
      `${agencies.length === 1 ? 'The tables are' : `Tables of ${agencies.length} agencies are`} as described\n`,
    );
  return check && changed > 0 ? 1 : 0;
}

/** Of a system with hundreds of tables an adapter reads a few. */
function chosen(tables: readonly TableMetadata[], only: string | undefined): readonly TableMetadata[] {
  if (only === undefined) return tables;
  const wanted = only.split(/[\s,]+/).filter((name) => name !== '');
  const missing = wanted.filter((name) => !tables.some((table) => table.name === name));
  if (missing.length > 0)
    throw new NoTablesError(`--only names tables that are not there: ${missing.join(', ')}`);
  return tables.filter(({ name }) => wanted.includes(name));
}

function commandFor(agency: string, { database, only }: TablesFlags): string {
  const flags = [...(database ? ['--database'] : []), ...(only === undefined ? [] : [`--only ${only}`])];
  return ['npx sightline adapter tables', agency, ...flags].join(' ');
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { codeOf, failureWords } from '../../compile/dialects/failure.ts';
import { openAgencyDatabase } from '../../compile/run/agency-database.ts';
import { agencySetting } from '../../config/agency-settings.ts';
import { declaredColumns } from '../../conformance/declared-columns.ts';
import { NoAddressError, ownDatabase, placeOf } from './own-database.ts';
import { type FoundCatalogue, readPostgresCatalogue } from './scaffold/catalogue.ts';
import { checklist } from './scaffold/checklist.ts';
import { type Fate, isProposed, marked, putFiles } from './scaffold/folder.ts';
import { readMariadbCatalogue, withMariadb } from './scaffold/mariadb.ts';
import { propose } from './scaffold/propose.ts';
import { renderFiles } from './scaffold/render.ts';
import { type AskRows, type Samples, sampleColumns } from './scaffold/samples.ts';
import { tableTypes } from './table-types.ts';
import type { AdapterCommandDeps } from './tables.ts';

export interface NewFlags {
  sample?: boolean;
  dryRun?: boolean;
}

/** No adapter can be begun. Its message says why. */
export class NoScaffoldError extends Error {
  override readonly name = 'NoScaffoldError';
  readonly code = 'NO_SCAFFOLD';
}

/** Milliseconds for one look. */
const LOOK_MS = 60_000;
const IS_MARIADB = /^(mysql|mariadb):/;

/**
 * `adapter new`: proposes an adapter for what stands in an agency's own database, by its catalogue and, with `sample`, by
 * counts of its values. What a human has changed stays.
 * @throws NoScaffoldError, NoAddressError, NothingToProposeError, SettingError
 */
export async function newAdapter(
  { root, env, out, err }: Pick<AdapterCommandDeps, 'root' | 'env' | 'out' | 'err'>,
  id: string,
  { sample = false, dryRun = false }: NewFlags,
): Promise<number> {
  const folder = join(root, 'adapters', id);
  if (existsSync(folder) && !isProposed(folder))
    throw new NoScaffoldError(
      `adapters/${id} is there, and was not begun by this command: it is left as it is`,
    );
  const setting = agencySetting(id);
  const address = env[setting]?.trim();
  if (!address)
    throw new NoAddressError(
      `Give ${setting}, such as postgres://reader:password@host/database or mysql://reader:password@host/database; never on the command line`,
    );
  if (!URL.canParse(address)) throw new NoScaffoldError(`${setting} is no address of a database`);
  err(`${placeOf(address)}: the catalogue${sample ? ', and counts of values' : ', and no row'} …\n`);
  const { catalogue, samples } = await readSource(id, address, env, sample);
  if (catalogue.tables.length === 0)
    throw new NoScaffoldError(`${setting}: there is no table in its schema that this login may know of`);
  const proposal = propose(catalogue, samples);
  const before = existsSync(join(folder, 'tables.ts'))
    ? declaredColumns(readFileSync(join(folder, 'tables.ts'), 'utf8'))
    : null;
  const tables = tableTypes(id, catalogue.described, `npx sightline adapter tables ${id}`);
  const proposed = new Map([
    ...renderFiles({ id, dialect: IS_MARIADB.test(address) ? 'mysql' : 'postgres', proposal, samples }),
    ['checklist.md', checklist(id, proposal, sample)],
  ]);
  const files = new Map([
    ...[...proposed].map(([file, body]) => [file, marked(file, body)] as const),
    ['tables.ts', tables] as const,
  ]);
  const fates = putFiles(folder, files, { write: !dryRun });
  const now = declaredColumns(tables);
  const added = before === null ? [] : [...now.keys()].filter((name) => !before.has(name));
  const gone = before === null ? [] : [...before.keys()].filter((name) => !now.has(name));
  const sure = (confidence: string) => proposal.words.filter((word) => word.confidence === confidence).length;
  out(
    [
      `${id}: ${catalogue.tables.length} tables; ${proposal.people.name} is of people, by ${proposal.key.name}`,
      `${proposal.words.length} columns are proposed (${sure('HIGH')} surely, ${sure('MEDIUM')} probably, ${sure('LOW')} perhaps), ${proposal.left.length} tables and columns are left`,
      ...[...fates].map(([file, fate]) => `  adapters/${id}/${file}: ${(dryRun ? WOULD : DONE)[fate]}`),
      ...added.map((name) => `new since the last time: ${name}`),
      ...gone.map((name) => `no longer there: ${name}`),
      `What a human must decide stands in adapters/${id}/checklist.md; sharing.yaml shares nothing.`,
      '',
    ].join('\n'),
  );
  return 0;
}

const DONE: Readonly<Record<Fate, string>> = {
  NEW: 'written',
  CHANGED: 'written anew, nobody had changed it',
  SAME: 'as it was',
  LEFT: 'left as somebody changed it',
};
const WOULD: Readonly<Record<Fate, string>> = {
  NEW: 'would be written',
  CHANGED: 'would be written anew, nobody has changed it',
  SAME: 'would stay as it is',
  LEFT: 'would be left as somebody changed it',
};

async function readSource(
  id: string,
  address: string,
  env: NodeJS.ProcessEnv,
  sample: boolean,
): Promise<{ catalogue: FoundCatalogue; samples: Samples | null }> {
  try {
    if (IS_MARIADB.test(address))
      return await withMariadb(address, async (ask) => {
        const catalogue = await readMariadbCatalogue(ask);
        const rows: AskRows = (table, column, most) =>
          ask(
            `select ${quoted(column)} as cell, count(*) as met from ${quoted(table)} where ${quoted(column)} is not null
              group by ${quoted(column)} order by count(*) desc limit ${most}`,
          );
        return { catalogue, samples: sample ? await samplesOf(catalogue, rows) : null };
      });
    const database = openAgencyDatabase(ownDatabase(id, env));
    try {
      const db = database.feed({ statementMs: LOOK_MS, signal: new AbortController().signal });
      const catalogue = await readPostgresCatalogue(db);
      const rows: AskRows = async (table, column, most) => {
        const found = await sql<{ cell: unknown; met: unknown }>`
          select ${sql.id(column)} as cell, count(*) as met from ${sql.id(table)} where ${sql.id(column)} is not null
          group by ${sql.id(column)} order by count(*) desc limit ${sql.lit(most)}`.execute(db);
        return found.rows;
      };
      return { catalogue, samples: sample ? await samplesOf(catalogue, rows) : null };
    } finally {
      await database.close();
    }
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    const code = codeOf(cause);
    if (code === null) throw error;
    throw new NoScaffoldError(`${agencySetting(id)}: ${failureWords(cause)} (${code})`, { cause });
  }
}

/** Of the columns alone for which a word is proposed. */
async function samplesOf(catalogue: FoundCatalogue, rows: AskRows): Promise<Samples> {
  if (catalogue.tables.length === 0) return new Map();
  const { words } = propose(catalogue, null);
  return sampleColumns(rows, catalogue.tables, new Set(words.map(({ column }) => column)));
}

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAdapters } from '../../adapters-found.ts';
import { DIALECT_WORDS, dialectOf } from '../../compile/dialects/of-url.ts';
import { openAgencyDatabase } from '../../compile/run/agency-database.ts';
import { agencySetting } from '../../config/agency-settings.ts';
import { SettingError } from '../../config/setting-error.ts';
import { agencySchema } from '../../conformance/ask-agency.ts';
import { agencySdl } from '../../gateway/schema/agency-sdl.ts';
import { readVocabulary } from '../../gateway/schema/vocabulary.ts';
import { hasFailed, reportJunit, reportText } from './check/report.ts';
import { checksNamed, runChecks } from './check/run-checks.ts';
import { postgresSql } from './check/source-sql.ts';
import { ownDatabase, placeOf } from './own-database.ts';
import type { AdapterCommandDeps } from './tables.ts';

export interface CheckFlags {
  json?: boolean;
  junit?: string;
  records?: number;
  only?: string;
}

/** Milliseconds for one statement of the feed's kind: a table is counted whole. */
const STATEMENT_MS = 300_000;
/** Half a minute for a server to notice. */
const LOOKS = 60;
/** Records of the feed that are read, if not said. */
const RECORDS = 5_000;

/**
 * `adapter check`: tries an adapter on its agency's own database, and writes nothing there. Prints no row's value, but
 * codes of no list that are short and frequent.
 * @returns 1 where anything fails
 * @throws NoAddressError, SettingError, UnknownCheckError
 */
export async function checkSource(
  { root, env, out, err, now }: AdapterCommandDeps,
  agency: string,
  { json = false, junit, records = RECORDS, only }: CheckFlags,
): Promise<number> {
  const options = ownDatabase(agency, env);
  const [adapter] = await findAdapters(root, [agency]);
  if (!adapter) return 1;
  const { name } = dialectOf(options.url);
  if (name !== 'postgres')
    throw new SettingError(
      agencySetting(agency),
      `is of ${DIALECT_WORDS[name]}: an adapter is checked on ${DIALECT_WORDS.postgres} alone so far`,
    );
  const tables = join(root, 'adapters', agency, 'tables.ts');
  const database = openAgencyDatabase(options);
  try {
    const report = await runChecks(
      {
        ...{ adapter, options, database, sql: postgresSql, now: now(), most: records, looks: LOOKS },
        sdl: agencySchema(agencySdl(adapter, readVocabulary(root))),
        db: database.feed({ statementMs: STATEMENT_MS, signal: new AbortController().signal }),
        tablesFile: existsSync(tables) ? readFileSync(tables, 'utf8') : null,
      },
      {
        at: placeOf(options.url),
        only: only === undefined ? null : checksNamed(only),
        progress: err,
      },
    );
    out(json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
    if (junit !== undefined) writeFileSync(junit, reportJunit(report));
    return hasFailed(report) ? 1 : 0;
  } finally {
    await database.close();
  }
}

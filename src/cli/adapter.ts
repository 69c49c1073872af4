import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { agencyIds } from '../adapters-found.ts';
import { unknownWord } from '../yaml/finding.ts';
import { type CheckFlags, checkSource } from './adapter/check-source.ts';
import { hasSchemaFile } from './adapter/described-tables.ts';
import { type NewFlags, newAdapter } from './adapter/new-adapter.ts';
import { printPlannedSql, type SqlDeps, type SqlFlags } from './adapter/planned-sql.ts';
import { type GrantsFlags, printGrants } from './adapter/print-grants.ts';
import { type HostCommandDeps, keysCommand, serveCommand } from './adapter/serve.ts';
import { type AdapterCommandDeps, type TablesFlags, writeTables } from './adapter/tables.ts';
import { runPolicyCommand } from './policy/deps.ts';

/** `sightline adapter …` */
export function adapterCommand(deps: AdapterCommandDeps & SqlDeps & HostCommandDeps): Command {
  const adapter = new Command('adapter').description(
    'What an adapter’s author needs, and an agency’s own host',
  );
  addNew(adapter, deps);
  addTables(adapter, deps);
  addGrants(adapter, deps);
  addCheck(adapter, deps);
  addSql(adapter, deps);
  return adapter.addCommand(serveCommand(deps)).addCommand(keysCommand(deps));
}

const NEW_HELP = `
Reads the catalogue of the database at <AGENCY>_DATABASE_URL, PostgreSQL, MariaDB or MySQL, and none of its rows. With
--sample it also counts the values of text columns: what it keeps of them is how they are written, and codes of at most 12
characters that stand in at least 10 rows; names, places and free text are not read. May be run again: what somebody has
changed stays.

Exit codes: 0 done, 1 nothing can be proposed, 2 a word on the command line is wrong.`;
const AN_ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

function addNew(adapter: Command, deps: AdapterCommandDeps): void {
  adapter
    .command('new')
    .argument('<agency>', 'its id: small letters and hyphens, such as substance-use')
    .description('Propose an adapter from what an agency’s own database says of itself; it shares nothing')
    .option('--sample', 'count the values of text columns too, for codes and forms of days')
    .option('--dry-run', 'write nothing, and say what would be written')
    .action(async (agency: string, flags: NewFlags, command: Command) => {
      if (!AN_ID.test(agency))
        command.error(`${agency} is no id of an agency: small letters, digits and hyphens`, { exitCode: 2 });
      deps.exit(await newAdapter(deps, agency, flags));
    })
    .addHelpText('after', NEW_HELP);
}

const TABLES_HELP = `
Without an agency: of all that have a fixtures/<agency>/schema.sql. That file is read by a PostgreSQL that is started for it.
An agency without one is looked up in its own database, at <AGENCY>_DATABASE_URL: its catalogue, and none of its rows.

Exit codes: 0 done, 1 a file is out of date, or the tables cannot be known, 2 a word on the command line is wrong.`;

function addTables(adapter: Command, deps: AdapterCommandDeps): void {
  adapter
    .command('tables')
    .argument('[agency...]', 'ids of agencies: names of folders in adapters/')
    .description(
      'Write adapters/<agency>/tables.ts, the types of its tables, from what a database says of them',
    )
    .option('--check', 'write nothing; exit 1 if a file is out of date')
    .option('--database', 'go by <AGENCY>_DATABASE_URL, also where there is a schema.sql')
    .option('--only <tables>', 'these tables alone, divided by commas')
    .action(async (agencies: string[], flags: TablesFlags, command: Command) => {
      const folder = join(deps.root, 'adapters');
      const unknown = agencies.filter((id) => !existsSync(join(folder, id)));
      if (unknown.length > 0)
        command.error(`There is no folder adapters/${unknown[0]}: make it first`, { exitCode: 2 });
      const all = readdirSync(folder)
        .filter((id) => hasSchemaFile(deps.root, id))
        .sort();
      deps.exit(await writeTables(deps, agencies.length > 0 ? agencies : all, flags));
    })
    .addHelpText('after', TABLES_HELP);
}

const GRANTS_HELP = `
The login is that of <AGENCY>_DATABASE_URL where it is given, else “sightline”. No database is asked.`;

function addGrants(adapter: Command, deps: AdapterCommandDeps): void {
  adapter
    .command('grants')
    .argument('<agency>', 'id of an agency')
    .description('Print the SQL by which a DBA lets a login read what the adapter names, and nothing else')
    .option('--schema <schema>', 'where its tables are; as its address says, else public')
    .option('--login <login>', 'whom to let read')
    .action(async (agency: string, flags: GrantsFlags, command: Command) => {
      requireAgency(deps, agency, command);
      deps.exit(await printGrants(deps, agency, flags));
    })
    .addHelpText('after', GRANTS_HELP);
}

const CHECK_HELP = `
Asks the agency’s own database, at <AGENCY>_DATABASE_URL, as the gateway would, and writes nothing there. What is printed
holds no value of a row, but codes that are in no list, are at most 12 characters long and stand in at least 10 rows.

Exit codes: 0 all holds, 1 something fails, 2 a word on the command line is wrong.`;

function addCheck(adapter: Command, deps: AdapterCommandDeps): void {
  adapter
    .command('check')
    .argument('<agency>', 'id of an agency')
    .description(
      'Try an adapter on its agency’s own database: reach, rights, columns, codes, answers, outages',
    )
    .option('--json', 'print what was found as JSON')
    .option('--junit <file>', 'write what was found as JUnit has it')
    .option('--only <checks>', 'these checks alone, divided by commas, such as rights,codes')
    .option('--records <count>', 'read so many records of the feed, if not 5,000', wholeNumber)
    .action(async (agency: string, flags: CheckFlags, command: Command) => {
      requireAgency(deps, agency, command);
      deps.exit(await checkSource(deps, agency, flags));
    })
    .addHelpText('after', CHECK_HELP);
}

const SQL_HELP = `
The query is one of the public schema, or names sections of a person alone: '{ housing { arrearsBand } }'. No database is
asked. Withdrawals of agreements stand in the store, and are not looked at.

Exit codes: 0 done, 1 the policy files or the query have a mistake, 2 a word on the command line is wrong.`;

function addSql(adapter: Command, deps: AdapterCommandDeps & SqlDeps): void {
  adapter
    .command('sql')
    .argument('<agency>', 'id of an agency')
    .argument('<query>', 'a GraphQL query')
    .description(
      'Show which statements a query would run at an agency, what is cut from it, and by which line of policy',
    )
    .requiredOption('--role <role>', 'who asks, such as housing-officer')
    .requiredOption('--purpose <purpose>', 'why, such as early-help')
    .option('--organisation <agency>', "the caller's; the first that may hold the role if not said")
    .option('--site <site>', "the caller's school, practice or office")
    .option('--relationship <relationship>', 'VERIFIED, CLAIMED, UNVERIFIED or NONE', 'VERIFIED')
    .option('--place <place>', 'PUBLIC or DWELLING', 'PUBLIC')
    .option('--consent', "the person's consent is recorded")
    .option('--shielded', 'the person is under a place shield')
    .option('--variables <json>', "the query's variables")
    .action(async (agency: string, query: string, flags: SqlFlags, command: Command) => {
      requireAgency(deps, agency, command);
      await runPolicyCommand(deps, () => printPlannedSql(deps, agency, query, flags));
    })
    .addHelpText('after', SQL_HELP);
}

function requireAgency({ root }: AdapterCommandDeps, agency: string, command: Command): void {
  const known = agencyIds(root);
  if (!known.includes(agency)) command.error(unknownWord('agency', agency, known), { exitCode: 2 });
}

function wholeNumber(given: string): number {
  const count = Number(given);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('It must be a whole number of 1 or more.');
  return count;
}

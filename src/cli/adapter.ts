import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { hasSchemaFile } from './adapter/described-tables.ts';
import { type HostCommandDeps, keysCommand, serveCommand } from './adapter/serve.ts';
import { type AdapterCommandDeps, type TablesFlags, writeTables } from './adapter/tables.ts';

const HELP = `
Without an agency: of all that have a fixtures/<agency>/schema.sql. That file is read by a PostgreSQL that is started for it.
An agency without one is looked up in its own database, at <AGENCY>_DATABASE_URL: its catalogue, and none of its rows.

Exit codes: 0 done, 1 a file is out of date, or the tables cannot be known, 2 a word on the command line is wrong.`;

/** `sightline adapter …` */
export function adapterCommand(deps: AdapterCommandDeps & HostCommandDeps): Command {
  const adapter = new Command('adapter').description(
    'What an adapter’s author needs, and an agency’s own host',
  );
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
    .addHelpText('after', HELP);
  return adapter.addCommand(serveCommand(deps)).addCommand(keysCommand(deps));
}

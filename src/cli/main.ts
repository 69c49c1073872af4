import { userInfo } from 'node:os';
import { Command, CommanderError } from 'commander';
import { findAdapters } from '../adapters-found.ts';
import { databaseUrl, settingOf } from '../config/settings.ts';
import { dataDirOf, readConfig } from '../config.ts';
import { buildCatalogue } from '../gateway/catalogue.ts';
import { readSchemaFiles } from '../gateway/schema-files.ts';
import { projectRoot } from '../project-root.ts';
import { agencyIds } from './agency-ids.ts';
import { docsCommand } from './docs.ts';
import { indexCommand } from './index-command.ts';
import { knownError } from './known-error.ts';
import { openIndex } from './open-index.ts';
import { openCommandStore } from './open-store.ts';
import { policyCommand } from './policy.ts';
import { registerCommand } from './register.ts';
import { startCommand } from './start.ts';

const { env } = process;

// A reader that has seen enough (`… | head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function program(): Command {
  const root = projectRoot();
  const dataDir = dataDirOf(env, root);
  const io = {
    out: (text: string) => void process.stdout.write(text),
    err: (text: string) => void process.stderr.write(text),
    exit: (code: number) => {
      process.exitCode = code;
    },
  };
  // Settings are read when a command needs them: whoever verifies a register names the store and nothing else.
  const storeUrl = () => settingOf(env, 'DATABASE_URL', databaseUrl.nullable().default(null));
  const openStore = async () => openCommandStore(storeUrl(), dataDir);
  const openIndexed = async () => openIndex(readConfig(env, agencyIds(root), root), root);
  const catalogue = async () => buildCatalogue(readSchemaFiles(root), await findAdapters(root));
  const sightline = new Command('sightline')
    .description('Public services see one person together, without a shared database')
    .addCommand(startCommand({ root, env, out: io.out, err: io.err }))
    .addCommand(
      policyCommand({ ...io, root, catalogue, openStore, now: () => new Date(), user: userInfo().username }),
    )
    .addCommand(
      docsCommand({ ...io, root, catalogue, adapters: () => findAdapters(root), now: () => new Date() }),
    )
    .addCommand(registerCommand({ ...io, openStore, dataDir }))
    .addCommand(
      indexCommand({
        ...io,
        open: openIndexed,
        now: () => new Date(),
        user: userInfo().username,
        columns: process.stderr.isTTY ? process.stderr.columns : null,
      }),
    );
  throwInsteadOfExit(sightline);
  return sightline;
}

/** Commander ends the process with 1 on a wrong word; ours is 2. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const one of command.commands) throwInsteadOfExit(one);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const known = knownError(error);
  process.stderr.write(`${known ?? (error instanceof Error ? error.stack : String(error))}\n`);
  return 1;
}

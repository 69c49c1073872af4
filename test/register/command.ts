import { recordFromTerminal } from '../../src/cli/operator-register.ts';
import { registerCommand } from '../../src/cli/register.ts';
import { RegisterUnavailableError } from '../../src/register/errors.ts';
import { openStore } from '../../src/store/store.ts';
import { SILENT } from '../support/silent-log.ts';
import type { World } from './world.ts';

/** Runs `sightline register …` on a world's store and data directory; `records` what it does only where a test is about that. */
export async function sightline(
  world: World & { records?: boolean; fails?: boolean; givenKey?: string },
  ...args: string[]
) {
  const said = { out: '', err: '', code: -1 };
  const now = () => new Date();
  const command = registerCommand({
    openStore: async () => openStore(world.wiredUrl),
    dataDir: world.dataDir,
    signingKey: () => world.givenKey ?? null,
    confirm: null,
    agencies: ['police', 'housing', 'mental-health'],
    operator: {
      ...{ user: 'pat', now, policyVersion: async () => 'f00d' },
      recordWith: async () => {},
      record: async ({ db }, entries) => {
        if (world.fails) throw new RegisterUnavailableError('it is away');
        if (world.records)
          await recordFromTerminal(
            { db, dataDir: world.dataDir, registerSigningKey: null, log: SILENT, now },
            entries,
          );
      },
    },
    now,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    exit: (code) => {
      said.code = code;
    },
  });
  await command.parseAsync(args, { from: 'user' });
  return said;
}

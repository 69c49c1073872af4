import { Command } from 'commander';
import { changeIndexKey, loadKeys } from '../../person-index/records/keys.ts';
import { registerFolder } from '../../register/data-folder.ts';
import { makeFolder } from '../../register/durable-file.ts';
import { acquireLock } from '../../store/lock.ts';
import type { Store } from '../../store/store.ts';
import { errorMessageFor } from '../known-error.ts';
import { type Operator, recordAct } from '../operator-entry.ts';

export interface IndexKeyDeps {
  /** The data directory of this machine's gateway. */
  readonly dataDir: string;
  /** Whether the key is given in INDEX_KEY. */
  given(): boolean;
  openStore(): Promise<Store>;
  readonly operator: Operator;
  /** Ids of agencies: each must know. */
  readonly agencies: readonly string[];
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

const HELP = `
The key hashes identifiers and places, and seals public ids and record numbers. Stop every gateway that shares the store before
--rotate. The key before stays beside the new one, and links, shields and ids that were given out go on as before. Start again; when
"index status" says that all records are under the current key, remove index.key.previous. The change is an entry of the register.

Exit codes: 0 done, 1 the key is given in INDEX_KEY, 2 it could not be read or changed.`;

/** `sightline index key` */
export function indexKeyCommand(deps: IndexKeyDeps): Command {
  return new Command('key')
    .description('Print the fingerprint of the index’s key, and of the one before while it is being changed')
    .option('--rotate', 'make a new key, and keep the one before until records have been made anew')
    .addHelpText('after', HELP)
    .action(async ({ rotate = false }: { rotate?: boolean }) => deps.exit(await key(deps, rotate)));
}

async function key(deps: IndexKeyDeps, rotate: boolean): Promise<number> {
  const { dataDir, out, err } = deps;
  if (deps.given()) {
    err('The key is given in INDEX_KEY: give another there, and the one before as INDEX_KEY_PREVIOUS\n');
    return 1;
  }
  try {
    if (rotate) await changed(deps);
    const { current, previous } = loadKeys({ dataDir });
    out(`index key ${current.id}${previous ? `, before ${previous.id}` : ''}\n`);
    return 0;
  } catch (error) {
    const known = errorMessageFor(error);
    if (known === null) throw error;
    err(`${known}\n`);
    return 2;
  }
}

/** Throws DataDirectoryError while a gateway runs on the directory. */
async function changed({ dataDir, openStore, operator, agencies }: IndexKeyDeps): Promise<void> {
  const { folder } = registerFolder(dataDir);
  await makeFolder(folder);
  const lock = await acquireLock(folder, { named: dataDir });
  try {
    const store = await openStore();
    try {
      await changeIndexKey(dataDir, ({ before, now }) =>
        recordAct(operator, store, {
          ...{ kind: 'POLICY', section: 'personIndex', agencies, state: 'KEY_CHANGED' },
          reason: `${before} to ${now}`,
        }),
      );
    } finally {
      await store.close();
    }
  } finally {
    await lock.release();
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { documentsCommand } from '../../../src/cli/documents.ts';
import type { Operator } from '../../../src/cli/operator-entry.ts';
import { actFromTerminal, recordFromTerminal } from '../../../src/cli/operator-register.ts';
import { projectRoot } from '../../../src/project-root.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { SILENT } from '../../support/silent-log.ts';

export interface Printed {
  out: string;
  err: string;
  code: number;
}

interface On {
  storeUrl: string;
  dataDir: string;
  /** In place of the register at the terminal. */
  operator?: Operator;
}

/**
 * `sightline documents …` on a store: takes the words after it, and what stands in the manifest, whose file goes behind the
 * first word; null where there is none.
 */
export function documentsCommandOn({ storeUrl, dataDir, operator = operatorOf(dataDir) }: On) {
  return async (manifest: object | string | null, ...words: string[]): Promise<Printed> => {
    const printed: Printed = { out: '', err: '', code: -1 };
    const err = (text: string) => {
      printed.err += text;
    };
    const command = documentsCommand({
      root: projectRoot(),
      openStore: async () => openStore(storeUrl, { connections: 2 }),
      ...{ operator, agencies: ['police', 'housing'], pageDocuments: () => [], now: () => new Date() },
      out(text) {
        printed.out += text;
      },
      err,
      exit(code) {
        printed.code = code;
      },
    });
    for (const one of [command, ...command.commands]) one.exitOverride().configureOutput({ writeErr: err });
    const folder = await mkdtemp(join(tmpdir(), 'sightline-documents-'));
    try {
      const file = join(folder, 'persisted-documents.json');
      if (manifest !== null)
        await writeFile(file, typeof manifest === 'string' ? manifest : JSON.stringify(manifest, null, 2));
      const [first = '', ...rest] = words;
      await command.parseAsync(manifest === null ? words : [first, file, ...rest], { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      printed.code = 2;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return { ...printed, err: printed.err.replaceAll(`${folder}/`, '') };
  };
}

function operatorOf(dataDir: string): Operator {
  const now = () => new Date();
  const terminal = ({ db }: Store) => ({ db, dataDir, registerSigningKey: null, log: SILENT, now });
  return {
    ...{ user: 'pat', now, policyVersion: async () => 'f00d' },
    record: (store, entries) => recordFromTerminal(terminal(store), entries),
    recordWith: (store, entries, act) => actFromTerminal(terminal(store), entries, act),
  };
}

import { sha256Id } from '../../documents/manifest.ts';
import { operationsOf } from '../../documents/read-text.ts';
import { type ListedDocument, listDocuments, loadUses } from '../../documents/stored.ts';
import { OWN_PAGES } from '../../documents/trusted-documents.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { type DocumentsCommandDeps, READING, withStore } from './deps.ts';

export interface ListFlags {
  readonly client?: string;
  readonly retired?: boolean;
  readonly json?: boolean;
}

/** `documents list`: of each client and document how often and on which day it was last asked, by nobody in particular. */
export const listed = (deps: DocumentsCommandDeps, { client, retired = false, json }: ListFlags) =>
  withStore(deps, async (db) => {
    const all = [...(await ofOwnPages(db, deps.pageDocuments())), ...(await listDocuments(db))];
    const shown = all.filter(
      (one) => (client === undefined || one.client === client) && (retired || one.retiredAt === null),
    );
    if (json) deps.out(`${JSON.stringify(shown, null, 2)}\n`);
    else for (const one of shown) deps.out(`${lineOf(one)}\n`);
    return 0;
  });

function lineOf({ client, id, text, retiredAt, uses, lastUsed }: ListedDocument): string {
  const asked = lastUsed === null ? 'never asked' : `${uses} times, last on ${lastUsed}`;
  const gone = retiredAt === null ? '' : `  retired ${retiredAt.toISOString().slice(0, 10)}`;
  return `${client.padEnd(24)}  ${id}  ${operationsOf(text, READING.parse).padEnd(24)}  ${asked}${gone}`;
}

/** Those of our own pages, which no store has. */
async function ofOwnPages(db: StoreDatabase, texts: readonly string[]): Promise<readonly ListedDocument[]> {
  const uses = await loadUses(db, OWN_PAGES);
  return texts.map((text) => {
    const id = sha256Id(text);
    const { uses: count = 0, lastUsed = null } = uses.get(id) ?? {};
    return { ...{ client: OWN_PAGES, id, text, registeredAt: null, retiredAt: null, uses: count, lastUsed } };
  });
}

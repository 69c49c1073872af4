import { retireDocuments, trustedIds } from '../../documents/stored.ts';
import { recordAct } from '../operator-entry.ts';
import { checkClient, type DocumentsCommandDeps, DocumentsUsageError, withStore } from './deps.ts';

export interface RetireFlags {
  readonly client: string;
  readonly all?: boolean;
  readonly dryRun?: boolean;
}

const RETIRED = { kind: 'POLICY', section: 'documents', state: 'RETIRED' } as const;

/** `documents retire`: trusts documents of a client no longer. 0 done, 1 there is no such document. */
export async function retireOf(
  deps: DocumentsCommandDeps,
  ids: readonly string[],
  { client, all = false, dryRun = false }: RetireFlags,
): Promise<number> {
  checkClient(client);
  if (all === ids.length > 0) throw new DocumentsUsageError('Name the ids of documents, or say --all');
  return withStore(deps, async (db, store) => {
    const found = await trustedIds(db, client, all ? null : ids);
    const missing = ids.filter((id) => !found.includes(id));
    for (const id of missing) deps.err(`${client} has no trusted document ${id}\n`);
    if (found.length === 0 && missing.length === 0) deps.err(`${client} has no trusted documents\n`);
    if (found.length === 0 || missing.length > 0) return 1;
    if (dryRun) for (const id of found) deps.out(`- ${id}\n`);
    else {
      const reason = `${client}: ${found.length} documents`;
      await recordAct(deps.operator, store, { ...RETIRED, agencies: deps.agencies, reason }, (transaction) =>
        retireDocuments(transaction, client, found, deps.now()),
      );
    }
    deps.out(`${client}: ${found.length} ${dryRun ? 'would be retired' : 'retired'}\n`);
    return 0;
  });
}

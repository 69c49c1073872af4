import { documentMistakes } from '../../documents/check-documents.ts';
import { compareDocuments, type Registered, writeDocuments } from '../../documents/stored.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { recordAct } from '../operator-entry.ts';
import { checkClient, type DocumentsCommandDeps, manifestAt, READING, schemaAt, withStore } from './deps.ts';

export interface RegisterFlags {
  readonly client: string;
  readonly dryRun?: boolean;
}

const REGISTERED = { kind: 'POLICY', section: 'documents', state: 'REGISTERED' } as const;

/** `documents register`: all documents of a manifest, or none. 0 done, 1 one of them is not valid. */
export async function registerDocuments(
  deps: DocumentsCommandDeps,
  file: string,
  { client, dryRun = false }: RegisterFlags,
): Promise<number> {
  checkClient(client);
  const documents = await manifestAt(file);
  const mistakes = documentMistakes(await schemaAt(deps.root), documents, READING);
  for (const { document, line, message } of mistakes)
    deps.err(`${file}:${document.line}: document ${document.id}, line ${line}: ${message}\n`);
  if (mistakes.length > 0) return 1;
  return withStore(deps, async (db, store) => {
    const would = await compareDocuments(db, client, documents);
    if (dryRun) for (const id of would.added) deps.out(`+ ${id}\n`);
    if (dryRun || would.added.length === 0) return reportRegistered(deps, client, would, dryRun);
    let done = would;
    const by = { at: deps.now(), user: deps.operator.user };
    const write = async (transaction: StoreDatabase) => {
      done = await writeDocuments(transaction, client, documents, by);
    };
    const reason = `${client}: ${would.added.length} documents`;
    await recordAct(deps.operator, store, { ...REGISTERED, agencies: deps.agencies, reason }, write);
    return reportRegistered(deps, client, done, false);
  });
}

function reportRegistered(
  { out }: DocumentsCommandDeps,
  client: string,
  { added, unchanged }: Registered,
  dryRun: boolean,
): number {
  const what = dryRun ? 'would be registered' : 'registered';
  out(`${client}: ${added.length} ${what}, ${unchanged.length} were there already\n`);
  return 0;
}

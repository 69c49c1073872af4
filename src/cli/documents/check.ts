import { basename } from 'node:path';
import { brokenBy } from '../../documents/broken-by.ts';
import { sha256Id } from '../../documents/manifest.ts';
import { operationsOf } from '../../documents/read-text.ts';
import { loadTrusted, type TrustedRow } from '../../documents/stored.ts';
import { OWN_PAGES } from '../../documents/trusted-documents.ts';
import { type DocumentsCommandDeps, manifestAt, READING, schemaAt, withStore } from './deps.ts';

export interface DocumentCheckFlags {
  readonly schema?: string;
  readonly before?: string;
  readonly manifest?: string;
  readonly client?: string;
}

/** `documents check`: what a change of the schema breaks, by client and document. 0 nothing, 1 something. */
export async function checkDocuments(deps: DocumentsCommandDeps, flags: DocumentCheckFlags): Promise<number> {
  const documents = await documentsOf(deps, flags);
  const before = await schemaAt(deps.root, flags.before);
  const after = await schemaAt(deps.root, flags.schema);
  const { changes, refused } = await brokenBy(before, after, documents, READING);
  for (const { message, breaks } of changes) {
    deps.out(`${message}\n`);
    for (const document of breaks) deps.out(`  breaks ${nameOf(document)}\n`);
    if (breaks.length === 0) deps.out('  breaks no document here\n');
  }
  for (const { document, line, message } of refused)
    deps.out(`${nameOf(document)}: line ${line} is not valid: ${message}\n`);
  const broken = new Set([...changes.flatMap(({ breaks }) => breaks), ...refused.map((one) => one.document)]);
  const clients = [...new Set([...broken].map(({ client }) => client))];
  const whose = clients.length > 0 ? `, of ${clients.join(', ')}` : '';
  deps.out(`${broken.size} of ${documents.length} documents break${whose}\n`);
  return broken.size > 0 ? 1 : 0;
}

async function documentsOf(
  deps: DocumentsCommandDeps,
  flags: DocumentCheckFlags,
): Promise<readonly TrustedRow[]> {
  const { manifest, client = manifest && basename(manifest) } = flags;
  if (manifest !== undefined)
    return (await manifestAt(manifest)).map(({ id, text }) => ({ client: client ?? '', id, text }));
  const own = deps.pageDocuments().map((text) => ({ client: OWN_PAGES, id: sha256Id(text), text }));
  let registered: readonly TrustedRow[] = [];
  await withStore(deps, async (db) => {
    registered = await loadTrusted(db);
    return 0;
  });
  return [...own, ...registered].filter((one) => client === undefined || one.client === client);
}

const nameOf = ({ client, id, text }: TrustedRow): string =>
  `${client} ${id} (${operationsOf(text, READING.parse)})`;

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadingRules } from '../../documents/check-documents.ts';
import { MANIFEST_LIMITS, type ManifestDocument, readManifest } from '../../documents/manifest.ts';
import { readSchema } from '../../documents/read-text.ts';
import { OWN_PAGES } from '../../documents/trusted-documents.ts';
import { LIMIT_RULES, PARSE_OPTIONS } from '../../gateway/limits/validate-operation.ts';
import type { Store } from '../../store/store.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { Operator } from '../operator-entry.ts';

export interface DocumentsCommandDeps {
  /** The project's folder, with `schema/sightline.graphql`. */
  readonly root: string;
  openStore(): Promise<Store>;
  readonly operator: Operator;
  /** Ids of agencies: what front ends may ask is for each of them to know. */
  readonly agencies: readonly string[];
  /** Texts that our own pages ask. */
  pageDocuments(): readonly string[];
  now(): Date;
  out(text: string): void;
  err(text: string): void;
  exit(code: number): void;
}

/** A word on the command line, or a file that it names, is wrong. */
export class DocumentsUsageError extends Error {
  override readonly name = 'DocumentsUsageError';
  readonly code = 'USAGE';
}

/** As a gateway reads a document. */
export const READING: ReadingRules = { parse: PARSE_OPTIONS, rules: LIMIT_RULES };

const CLIENT = /^[a-z][a-z0-9-]{0,62}$/;

/** @throws DocumentsUsageError for a name that no front end can have */
export function checkClient(client: string): void {
  if (client === OWN_PAGES)
    throw new DocumentsUsageError(`${OWN_PAGES} is the name of our own pages: give the client another`);
  if (!CLIENT.test(client))
    throw new DocumentsUsageError('--client must be a name of at most 63 small letters, digits and -');
}

/** @throws DocumentsUsageError for a file that cannot be read, ManifestError */
export async function manifestAt(file: string): Promise<readonly ManifestDocument[]> {
  return readManifest(await textAt(file), file);
}

/** The schema of a file, that of the project where none is named. @throws DocumentsUsageError, SchemaFileError */
export async function schemaAt(root: string, file = join(root, 'schema/sightline.graphql')) {
  return readSchema(await textAt(file), file);
}

async function textAt(file: string): Promise<string> {
  try {
    // A file that is far too large is not read to be told so.
    if ((await stat(file)).size > MANIFEST_LIMITS.bytes)
      throw new DocumentsUsageError(
        `${file} is larger than ${MANIFEST_LIMITS.bytes.toLocaleString('en-GB')} bytes, which is the limit`,
      );
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof DocumentsUsageError) throw error;
    throw new DocumentsUsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

export async function withStore(
  deps: Pick<DocumentsCommandDeps, 'openStore'>,
  work: (db: StoreDatabase, store: Store) => Promise<number>,
): Promise<number> {
  const store = await deps.openStore();
  try {
    return await work(store.db, store);
  } finally {
    await store.close();
  }
}

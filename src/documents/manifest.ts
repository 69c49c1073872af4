import { createHash } from 'node:crypto';

/** One document of a manifest. */
export interface ManifestDocument {
  /** By which clients ask it. */
  readonly id: string;
  readonly text: string;
  /** Of its id in the file, from 1. */
  readonly line: number;
}

/** A file that is no manifest of documents, or one with mistakes in it: a line for each. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly code = 'MANIFEST';
}

/** Bytes that a manifest may have at most, and documents in it: a front end has hundreds. */
export const MANIFEST_LIMITS = { bytes: 5_000_000, documents: 5_000, idCharacters: 256 } as const;

/** As the appendix “Persisted Documents” of GraphQL over HTTP writes identifiers: with a prefix of ours to say how, or custom. */
const ID = /^(?:sha256:[0-9a-f]{64}|x-[\w.~-]+:[\w.~-]+|[\w.~-]+)$/;

/** Ids that are a hash of the text, by how long they are: Relay's MD5, graphql-codegen's SHA-1, and SHA-256. */
const HASHES: Readonly<Record<number, string>> = { 32: 'md5', 40: 'sha1', 64: 'sha256' };

/**
 * The documents of a manifest: `{"id": "text"}`, as graphql-codegen's client preset (`persisted-documents.json`) and Relay's
 * compiler write it. `name` is how the file is called in messages.
 * @throws ManifestError with a line for each mistake
 */
export function readManifest(json: string, name: string): readonly ManifestDocument[] {
  if (Buffer.byteLength(json) > MANIFEST_LIMITS.bytes)
    throw new ManifestError(
      `${name}: it is larger than ${MANIFEST_LIMITS.bytes.toLocaleString('en-GB')} bytes, which is the limit`,
    );
  const documents = entriesOf(json, name);
  if (documents.length === 0) throw new ManifestError(`${name}: it has no documents`);
  if (documents.length > MANIFEST_LIMITS.documents)
    throw new ManifestError(
      `${name}: it has ${documents.length} documents, and ${MANIFEST_LIMITS.documents} is the limit`,
    );
  const before = new Map<string, ManifestDocument>();
  const mistakes: string[] = [];
  for (const document of documents) {
    const mistake = mistakeIn(document, before.get(document.id));
    if (mistake) mistakes.push(`${name}:${document.line}: ${mistake}`);
    before.set(document.id, document);
  }
  if (mistakes.length > 0) throw new ManifestError(mistakes.join('\n'));
  return documents;
}

function mistakeIn({ id, text }: ManifestDocument, before: ManifestDocument | undefined): string | null {
  if (before) return `the id ${shortened(id)} is there already, in line ${before.line}`;
  if (id.length > MANIFEST_LIMITS.idCharacters || !ID.test(id))
    return `“${shortened(id)}” is no id of a document: sha256:<64 hexadecimal digits>, x-<prefix>:<id>, or letters, digits and . _ ~ -`;
  const hash = id.startsWith('sha256:') ? id.slice('sha256:'.length) : id;
  const algorithm = /^[0-9a-f]+$/.test(hash) ? HASHES[hash.length] : undefined;
  if (algorithm && hashOf(text, algorithm) !== hash)
    return `the id ${shortened(id)} is not the ${algorithm} of its text`;
  return text.trim() === '' ? `the document ${shortened(id)} is empty` : null;
}

const hashOf = (text: string, algorithm: string): string => createHash(algorithm).update(text).digest('hex');

/** The id under which any document can be asked: the SHA-256 of its text. */
export const sha256Id = (text: string): string => `sha256:${hashOf(text, 'sha256')}`;

/** As much of an id as a message needs. */
export const shortened = (id: string): string => (id.length > 80 ? `${id.slice(0, 77)}…` : id);

const STRING = '"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"';
const ENTRY = new RegExp(`\\s*(${STRING})\\s*:\\s*(${STRING})\\s*([,}])`, 'y');

/** Read by hand once it is known to be JSON: `JSON.parse` keeps no lines, and of two entries with one id only the last. */
function entriesOf(json: string, name: string): ManifestDocument[] {
  const text = json.replace(/^\uFEFF/, '');
  if (isEmptyObject(text, name)) return [];
  const documents: ManifestDocument[] = [];
  ENTRY.lastIndex = text.indexOf('{') + 1;
  let [line, counted] = [1, 0];
  for (let entry = ENTRY.exec(text); entry; entry = ENTRY.exec(text)) {
    const [whole, id = '', written = '', end] = entry;
    const start = entry.index + whole.indexOf('"');
    for (; counted < start; counted += 1) if (text[counted] === '\n') line += 1;
    documents.push({ id: JSON.parse(id), text: JSON.parse(written), line });
    if (end === '}') return documents;
  }
  throw notManifest(name);
}

/** @throws ManifestError for what is not one object of strings */
function isEmptyObject(text: string, name: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ManifestError(`${name}: it is not JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notManifest(name);
  const texts = Object.values(value);
  if (texts.some((document) => typeof document !== 'string')) throw notManifest(name);
  return texts.length === 0;
}

const notManifest = (name: string): ManifestError =>
  new ManifestError(
    `${name}: it is no manifest of documents, which is one object of ids and texts: {"id": "query …"}`,
  );

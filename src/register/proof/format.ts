/**
 * An export: JSON values, one a line, so that a long one is neither written nor read whole. First a header; then for each chain
 * its checkpoints, and the agency's entries between them in order; last how much there is, so that a cut file shows.
 */
export const EXPORT_FORMAT = 'sightline register export v1';

export interface ExportHeader {
  readonly format: typeof EXPORT_FORMAT;
  readonly agency: string;
  /** What was asked for, ISO 8601 UTC; null for the beginning. Not signed: what is, are the checkpoints' times. */
  readonly from: string | null;
  readonly to: string;
  readonly madeAt: string;
}

/** A checkpoint, and what opens this agency's count in it. */
export interface ExportedCheckpoint {
  readonly note: string;
  readonly salt: string;
  readonly count: number;
}

export interface ChainLine {
  readonly chain: string;
  /** Whether entries begin with the chain; else behind the first checkpoint. */
  readonly begins: boolean;
  readonly checkpoints: readonly ExportedCheckpoint[];
  /** For each checkpoint but the first, that its tree begins with that of the one before: hashes, base64. */
  readonly consistency: readonly (readonly string[])[];
}

export interface EntryLine {
  readonly seq: number;
  /** Stands for the entry's hash in its chain. */
  readonly entry: string;
  /** The slots of others that it concerns, in no order that tells anything. */
  readonly others: readonly string[];
  /** The agency's own running number in this chain, and what opens its slot. */
  readonly number: number;
  readonly salt: string;
  /** What the agency can be shown, as JSON text, and what opens its digest; null once the entry is no longer kept. */
  readonly shown: { readonly text: string; readonly salt: string } | null;
  readonly digest: string;
  /** That it stands in the tree of the chain's last checkpoint here: hashes, base64. */
  readonly path: readonly string[];
}

export interface EndLine {
  readonly end: true;
  readonly chains: number;
  readonly entries: number;
}

type Json = Readonly<Record<string, unknown>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** A line's value, whoever wrote it; null where it is no JSON object. */
export function parsedLine(line: string): Json | null {
  try {
    const value: unknown = JSON.parse(line);
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
}

export function isHeader(value: Json): value is Json & ExportHeader {
  const { format, agency, from, to, madeAt } = value;
  return format === EXPORT_FORMAT && [agency, to, madeAt].every(isText) && (from === null || isText(from));
}

export function isChainLine(value: Json): value is Json & ChainLine {
  const { chain, begins, checkpoints, consistency } = value;
  const heads = Array.isArray(checkpoints) && checkpoints.every(isCheckpoint);
  const paths = Array.isArray(consistency) && consistency.every(areTexts);
  return isText(chain) && typeof begins === 'boolean' && heads && paths;
}

const isCheckpoint = (value: unknown): boolean =>
  isJson(value) && isText(value.note) && isText(value.salt) && isCount(value.count);

export function isEntryLine(value: Json): value is Json & EntryLine {
  const { seq, entry, others, number, salt, shown, digest, path } = value;
  const texts = [entry, salt, digest].every(isText) && areTexts(others) && areTexts(path);
  const opened = shown === null || (isJson(shown) && isText(shown.text) && isText(shown.salt));
  return texts && opened && isCount(seq) && isCount(number);
}

export const isEndLine = ({ end, chains, entries }: Json): boolean =>
  end === true && isCount(chains) && isCount(entries);

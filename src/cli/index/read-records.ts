import { stat } from 'node:fs/promises';
import type { LinkRecord } from '../../linkage/features.ts';
import { isPlaceholderDate } from '../../linkage/normalise/birth-date.ts';
import { type PackedRecords, RecordPacker, unpackedRecords } from '../../linkage/packed-records.ts';
import { EvaluateError } from '../known-error.ts';
import { type CsvRow, readCsvRows } from './read-rows.ts';

/** Column → the name under which `--ignore` knows it besides its own. */
const COLUMNS = {
  given_name: ['name', 'forename'],
  surname: ['name'],
  date_of_birth: ['born'],
  sex: [],
  street_number: ['address'],
  address_1: ['address'],
  address_2: ['address'],
  suburb: ['address'],
  postcode: ['address'],
  state: ['address'],
  phone: [],
  identifier_type: ['identifier'],
  identifier_value: ['identifier'],
} as const satisfies Record<string, readonly string[]>;

export type FeatureColumn = keyof typeof COLUMNS;
const FEATURE_COLUMNS = Object.keys(COLUMNS) as FeatureColumn[];
export const IGNORABLE = [...new Set([...Object.values(COLUMNS).flat(), ...FEATURE_COLUMNS])].toSorted();

/** The columns that words such as `identifier,phone` mean. */
export function ignoredColumns(words: readonly string[]): ReadonlySet<FeatureColumn> {
  const asked = words.flatMap((word) => word.split(',')).map((word) => word.trim());
  const unknown = asked.filter((word) => word !== '' && !(IGNORABLE as readonly string[]).includes(word));
  if (unknown.length > 0)
    throw new EvaluateError(`--ignore ${unknown.join(',')}: not one of ${IGNORABLE.join(', ')}`);
  return new Set(
    FEATURE_COLUMNS.filter((column) => [column, ...COLUMNS[column]].some((name) => asked.includes(name))),
  );
}

export interface ReadRecords {
  /** Sorted by key, so that nothing depends on the order in the files. */
  readonly records: readonly LinkRecord[];
  /** The same as threads take them. */
  readonly packed: PackedRecords;
  /** The file that each record came from: 0 or 1. */
  readonly file: Uint8Array;
  /** Says how many dates of birth could not be read, and the first; empty if all could or are blank. */
  readonly unread: string;
}

/** Reads all records of one or two files. An id that occurs twice is an error. */
export async function readRecords(
  files: readonly string[],
  ignored: ReadonlySet<FeatureColumn>,
  onProgress: (read: number, expected: number) => void,
): Promise<ReadRecords> {
  const packer = new RecordPacker();
  const fileOf = new Map<string, number>();
  let count = 0;
  const unread = { count: 0, first: '' };
  const size = await totalSize(files);
  let before = 0;
  for (const [at, file] of files.entries()) {
    for await (const { row, line, bytes } of readCsvRows(file, ['record_id', ...FEATURE_COLUMNS])) {
      const key = (row.record_id ?? '').trim();
      if (key === '') throw new EvaluateError(`${file}, line ${line}: record_id is blank`);
      if (fileOf.has(key)) throw new EvaluateError(`${file}, line ${line}: record_id ${key} occurs twice`);
      fileOf.set(key, at);
      const read = packer.add(key, featuresOf(row, ignored));
      count += 1;
      const born = ignored.has('date_of_birth') ? '' : (row.date_of_birth ?? '').trim();
      if (born !== '' && read === null && !isPlaceholderDate(born)) {
        if (unread.count === 0) unread.first = `${born} in ${file}, line ${line}`;
        unread.count += 1;
      }
      if (count % 10_000 === 0) onProgress(count, Math.round((count * size) / (before + bytes)));
    }
    before += await totalSize([file]);
  }
  if (count === 0) throw new EvaluateError(`${files.join(', ')}: no records`);
  const { keys, packed } = packer.done();
  return {
    records: unpackedRecords(packed, keys),
    packed,
    file: Uint8Array.from(keys, (key) => fileOf.get(key) as number),
    unread:
      unread.count === 0
        ? ''
        : `date_of_birth: ${unread.count} cannot be read and count as missing, the first ${unread.first}\n`,
  };
}

/** Bytes; a file that cannot be looked at is named when it is read. */
async function totalSize(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function featuresOf(row: CsvRow, ignored: ReadonlySet<FeatureColumn>) {
  const of = (column: FeatureColumn) => (ignored.has(column) ? '' : (row[column] ?? ''));
  const address = {
    postcode: of('postcode'),
    number: of('street_number'),
    street: of('address_1'),
    locality: of('address_2'),
    suburb: of('suburb'),
    state: of('state'),
  };
  return {
    names: [{ given: of('given_name'), family: of('surname') }],
    born: of('date_of_birth'),
    sex: of('sex'),
    addresses: [address],
    phones: [of('phone')],
    identifiers: [{ type: of('identifier_type'), value: of('identifier_value') }],
  };
}

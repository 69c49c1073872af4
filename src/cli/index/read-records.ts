import { stat } from 'node:fs/promises';
import type { LinkRecord } from '../../linkage/features.ts';
import { featureReader } from '../../linkage/normalise/read-features.ts';
import { EvaluateError } from './evaluate-error.ts';
import { FEATURE_COLUMNS, type FeatureColumn } from './ignorable.ts';
import { type Row, readRows } from './read-rows.ts';

export interface ReadRecords {
  /** Sorted by key, so that nothing depends on the order in the files. */
  readonly records: readonly LinkRecord[];
  /** The file that each record came from: 0 or 1. */
  readonly file: Uint8Array;
}

/** Reads all records of one or two files. An id that occurs twice is an error. */
export async function readRecords(
  files: readonly string[],
  ignored: ReadonlySet<FeatureColumn>,
  onProgress: (read: number, expected: number) => void,
): Promise<ReadRecords> {
  const read = featureReader();
  const fileOf = new Map<string, number>();
  const records: LinkRecord[] = [];
  const size = await totalSize(files);
  let before = 0;
  for (const [at, file] of files.entries()) {
    for await (const { row, line, bytes } of readRows(file, ['record_id', ...FEATURE_COLUMNS])) {
      const key = (row.record_id ?? '').trim();
      if (key === '') throw new EvaluateError(`${file}, line ${line}: record_id is blank`);
      if (fileOf.has(key)) throw new EvaluateError(`${file}, line ${line}: record_id ${key} occurs twice`);
      fileOf.set(key, at);
      records.push({ key, features: read(written(row, ignored)) });
      if (records.length % 10_000 === 0)
        onProgress(records.length, Math.round((records.length * size) / (before + bytes)));
    }
    before += await totalSize([file]);
  }
  if (records.length === 0) throw new EvaluateError(`${files.join(', ')}: no records`);
  records.sort((a, b) => (a.key < b.key ? -1 : 1));
  return { records, file: Uint8Array.from(records, ({ key }) => fileOf.get(key) as number) };
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

function written(row: Row, ignored: ReadonlySet<FeatureColumn>) {
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

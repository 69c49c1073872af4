import { fileURLToPath } from 'node:url';
import { type Quality, qualityOf, readTruth } from '../../src/cli/index/quality.ts';
import { type FeatureColumn, ignoredColumns, readRecords } from '../../src/cli/index/read-records.ts';
import type { Features, LinkRecord } from '../../src/linkage/features.ts';
import { linkRecords } from '../../src/linkage/link-records.ts';
import { featureReader } from '../../src/linkage/normalise/read-features.ts';
import { BLANK, type Generated, type Row } from './generate/row.ts';

const read = featureReader();

/** Features of a record of which only some columns are filled in. */
export function features(columns: Partial<Row>): Features {
  const row = { ...BLANK, ...columns };
  return read({
    names: [{ given: row.given_name, family: row.surname }],
    born: row.date_of_birth,
    sex: row.sex,
    addresses: [
      {
        postcode: row.postcode,
        number: row.street_number,
        street: row.address_1,
        locality: row.address_2,
        suburb: row.suburb,
        state: row.state,
      },
    ],
    phones: [row.phone],
    identifiers: [{ type: row.identifier_type, value: row.identifier_value }],
  });
}

export const linkRecord = (key: string, columns: Partial<Row>): LinkRecord => ({
  key,
  features: features(columns),
});

/** Generated records as the model sees them, in the order of their keys. */
export function linkable(
  generated: readonly Generated[],
  without: readonly (keyof Row)[] = [],
): readonly LinkRecord[] {
  const blank = Object.fromEntries(without.map((column) => [column, '']));
  return generated
    .map(({ row }) => linkRecord(row.record_id, { ...row, ...blank }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** How well generated records are linked; given two lists, across them only. */
export function qualityOfGenerated(
  lists: readonly (readonly Generated[])[],
  without: readonly (keyof Row)[] = [],
): Quality {
  const all = lists.flat();
  const records = linkable(all, without);
  const list = new Map(lists.flatMap((one, at) => one.map(({ row }) => [row.record_id, at] as const)));
  const entities = new Map(all.map(({ row, entity }) => [row.record_id, entity]));
  const numbers = new Map([...new Set(entities.values())].map((entity, at) => [entity, at + 1]));
  const truth = Uint32Array.from(records, ({ key }) => numbers.get(entities.get(key) ?? '') ?? 0);
  const file = lists.length === 2 ? Uint8Array.from(records, ({ key }) => list.get(key) ?? 0) : null;
  return qualityOf(linkRecords(records, { ...(file && { file }), floor: 4 }).links(), truth, file);
}

/** How well a public set is linked, less what is ignored. */
export async function qualityOfSet(set: string, ...ignore: string[]): Promise<Quality> {
  const folder = fileURLToPath(new URL(`data/${set}/`, import.meta.url));
  const ignored: ReadonlySet<FeatureColumn> = ignoredColumns(ignore);
  const { records } = await readRecords([`${folder}records.csv`], ignored, () => {});
  const truth = await readTruth(
    `${folder}truth.csv`,
    new Map(records.map(({ key }, at) => [key, at])),
    () => {},
  );
  return qualityOf(linkRecords(records, { floor: 4 }).links(), truth, null);
}

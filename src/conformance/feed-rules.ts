import type { AnyAdapter, AnyAgencyDatabase, IndexRecord } from '../../adapters/contract.ts';

/** An adapter's feed to the person index, read in pages from the beginning: the first `most` records, or all of them. */
export async function recordsInPages(
  { index }: Pick<AnyAdapter, 'index'>,
  db: AnyAgencyDatabase,
  { limit, most = Number.POSITIVE_INFINITY }: { limit: number; most?: number },
  note: (problem: string) => void = () => {},
): Promise<IndexRecord[]> {
  const records: IndexRecord[] = [];
  while (records.length < most) {
    const size = Math.min(limit, most - records.length);
    const page = await index.page(db, records.at(-1)?.record ?? null, size, note);
    if (page.length === 0) break;
    if (page.length > size) throw new Error(`a page of ${size} has ${page.length} records`);
    records.push(...page);
  }
  return records;
}

const FILLERS: readonly (string | null)[] = ['1900-01-01', '1901-01-01'];

/** What no record of a feed may be, each with how many are: told twice, born on a filler or no day, padded or blank. */
export function feedFaults(records: readonly IndexRecord[]): string[] {
  const twice = records.length - new Set(records.map(({ record }) => record)).size;
  const born = records.map(({ dateOfBirth }) => dateOfBirth).filter((day) => day !== null);
  const texts = records.flatMap((one) => [
    ...[one.record, one.mergedInto, one.postcode, one.place, ...one.excludedStaff],
    ...one.names.flatMap((name) => [name.givenName, name.familyName]),
    ...one.identifiers.map((identifier) => identifier.value),
  ]);
  const counted: readonly (readonly [number, string])[] = [
    [twice, 'told more than once'],
    [born.filter((day) => !isDay(day)).length, 'born on a day that there is not'],
    [born.filter((day) => FILLERS.includes(day)).length, 'born on a day that stands for “not known”'],
    [texts.filter((text) => text !== null && text.trim() === '').length, 'with a blank in place of nothing'],
    [texts.filter((text) => text !== null && text.trim() !== '' && text !== text.trim()).length, 'padded'],
  ];
  return counted.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

function isDay(day: string): boolean {
  const time = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}

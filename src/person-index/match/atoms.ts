import type { MatchRecord } from '../records/matcher.ts';
import { groupsSharing, type HumanLinks } from './human-links.ts';

/** Records that their own agency holds to be one person's, compared as one. */
export interface MergedRecords {
  /** Keys of the records, ascending. */
  records: readonly string[];
  /** Names and numbers of all; birth, sex and place of the record that survives. */
  features: Omit<MatchRecord, 'key' | 'mergedInto'>;
}

/** Puts merged records together, unless a human said of two of them that they are two people. In order of keys. */
export function atomsOf(records: readonly MatchRecord[], human: HumanLinks): MergedRecords[] {
  const sorted = records.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  return groupsSharing(sorted, ({ key, mergedInto }) => (mergedInto === null ? [key] : [key, mergedInto]))
    .flatMap((group) =>
      human.torn({ records: group.map(({ key }) => key) }) ? group.map((one) => [one]) : [group],
    )
    .map(asAtom);
}

function asAtom(records: readonly MatchRecord[]): MergedRecords {
  const survivorFirst = records.toSorted(
    (one, other) => Number(one.mergedInto !== null) - Number(other.mergedInto !== null),
  );
  const first = <T>(value: (record: MatchRecord) => T | null): T | null =>
    survivorFirst.map(value).find((one) => one !== null) ?? null;
  const home = survivorFirst.find(({ postcode, place }) => postcode !== null || place !== null);
  return {
    records: records.map(({ key }) => key),
    features: {
      names: survivorFirst.flatMap(({ names }) => names),
      dateOfBirth: first(({ dateOfBirth }) => dateOfBirth),
      sex: first(({ sex }) => sex),
      postcode: home?.postcode ?? null,
      place: home?.place ?? null,
      identifiers: survivorFirst.flatMap(({ identifiers }) => identifiers),
    },
  };
}

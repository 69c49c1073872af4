import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { Wishes } from '../../sharing/policy/types.ts';
import type { PersonRecords, WishesByAgency, WishOnRecord } from '../records/types.ts';

/**
 * What one person wants of each agency's data, of all that is on record. What opens holds for this person and while the
 * records that were meant are still theirs; what stops holds as well where only one of those records is.
 */
export function wishesOf(
  { person, links }: PersonRecords,
  onRecord: readonly WishOnRecord[],
): WishesByAgency {
  const wishes = new Map<AgencyId, Wishes>();
  for (const { agency, objectsTo, ...wish } of onRecord) {
    const linked = links.get(agency) ?? [];
    const before = wishes.get(agency) ?? { consented: false, objected: [] };
    if (objectsTo === null) {
      if (wish.person === person && wish.records.every((record) => linked.includes(record)))
        wishes.set(agency, { ...before, consented: true });
    } else if (wish.person === person || sharesRecord(wish.records, linked))
      wishes.set(agency, { ...before, objected: [...new Set([...before.objected, objectsTo])].sort() });
  }
  return wishes;
}

const sharesRecord = (one: readonly RecordId[], other: readonly RecordId[]): boolean =>
  one.some((record) => other.includes(record));

import type { IndexRecord } from '../../../../adapters/contract.ts';
import { feedFaults, recordsInPages } from '../../../conformance/feed-rules.ts';
import { caseloadFaults, referencesTaken, STRANGE_REFERENCES } from '../../../conformance/strange-keys.ts';
import type { Check } from './source.ts';

const WHOLE_PAGE = 1000;
/** So many records are read again in pages of this length. */
const AGAIN = { records: 300, page: 37 };

/** The feed to the person index is the same in pages of any length, and tells nothing that is no name, day or number. */
export const feed: Check = {
  id: 'feed',
  name: 'feed to the person index',
  async run({ adapter, db, most }) {
    const notes = new Map<string, number>();
    const note = (problem: string) => void notes.set(problem, (notes.get(problem) ?? 0) + 1);
    const records = await recordsInPages(adapter, db, { limit: WHOLE_PAGE, most }, note);
    const again = await recordsInPages(adapter, db, { limit: AGAIN.page, most: AGAIN.records });
    const first = records.slice(0, again.length);
    const moved = again.map(idOf).join('\n') === first.map(idOf).join('\n') ? [] : [MOVED];
    const hidden = records.filter(({ protections }) => protections.length > 0).length;
    return {
      failed: [...feedFaults(records).map((fault) => `records: ${fault}`), ...moved],
      warned: [
        ...(records.length === 0 ? ['there is no record: nobody of this agency would be found'] : []),
        ...(records.length === most ? [`the first ${most} records were read (--records reads more)`] : []),
        ...[...notes].map(([problem, times]) => `${problem} (${times} times)`),
      ],
      says: `${records.length} records, ${hidden} of them protected or with hidden places`,
    };
  },
};
const idOf = ({ record }: IndexRecord): string => record;
const MOVED = `in pages of ${AGAIN.page} other records come, or in another order, than in pages of ${WHOLE_PAGE}`;

/** What has changed is told to an end, and records are read by id as the feed has them. */
export const changes: Check = {
  id: 'changes',
  name: 'what has changed',
  skipped: ({ adapter }) =>
    adapter.index.changes ? null : 'this adapter says of no change: every pass reads everything',
  async run({ adapter, db }) {
    const told = adapter.index.changes;
    if (!told) return {};
    const mark = await told.mark(db);
    const { records, mark: next } = await told.since(db, mark, WHOLE_PAGE);
    const fed = await recordsInPages(adapter, db, { limit: AGAIN.records, most: AGAIN.records });
    const byId = await told.records(db, [...fed.map(idOf), 'none-such'], () => {});
    const known = new Map(byId.map((one) => [one.record, one]));
    const missing = fed.filter(({ record }) => !known.has(record)).length;
    const strange = byId.filter(({ record }) => !fed.some((one) => one.record === record)).length;
    return {
      failed: [
        ...(records.length === 0 && next !== mark ? ['the mark goes on although nothing is told'] : []),
        ...(missing > 0 ? [`${missing} of ${fed.length} records cannot be read by their ids`] : []),
        ...(strange > 0 ? [`${strange} records come that were not asked for`] : []),
      ],
      says: `told by ${told.by === 'ID' ? 'a log' : 'stamps'}; ${fed.length} records are read by their ids`,
    };
  },
};

/** What is no reference is nobody's, and whoever is no member of staff has no caseload. */
export const references: Check = {
  id: 'references',
  name: 'references and caseloads',
  async run({ adapter, db, now }) {
    const fed = await recordsInPages(adapter, db, { limit: 100, most: 100 });
    const taken = await referencesTaken(adapter, db, now);
    const theirs = await caseloadFaults(adapter, db, fed.map(idOf), now);
    const example = /such as ([^\s,.]+)/.exec(adapter.reference.description)?.[1];
    return {
      failed: [
        ...taken.map((reference) => `${reference} is taken for a reference`),
        ...theirs.map((fault) => `a caseload has ${fault}`),
        ...(example !== undefined && !adapter.reference.form.test(example)
          ? [`${example}, its own example, is not of the form of its references`]
          : []),
      ],
      says: `${STRANGE_REFERENCES.length} strange references are none, and strangers have no caseload`,
    };
  },
};

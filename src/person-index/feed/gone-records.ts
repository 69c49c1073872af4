import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { FeedCollapsedError } from './feed-types.ts';

/** Rows looked through at once. */
const LOOK = 10_000;

/** The id of the newest row: what is written after it was asked for, by whichever replica, is never held for gone. */
export async function newestRow(store: StoreDatabase): Promise<number> {
  const row = await store
    .selectFrom('index_record')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst();
  return Number(row?.id ?? 0);
}

/** How many records of the agency are in the index, up to a row. */
export async function knownRecords(store: StoreDatabase, agency: AgencyId, upTo: number): Promise<number> {
  const row = await store
    .selectFrom('index_record')
    .select(({ fn }) => fn.countAll().as('known'))
    .where('agency', '=', agency)
    .where('id', '<=', String(upTo))
    .executeTakeFirst();
  return Number(row?.known ?? 0);
}

/** Records of the agency, up to a row, that a pass over all has not seen; a list of some at a time. */
export async function* goneRecords(
  store: StoreDatabase,
  agency: AgencyId,
  seen: SeenRecords,
  upTo: number,
): AsyncGenerator<readonly RecordId[]> {
  for (let after = ''; ; ) {
    const rows = await store
      .selectFrom('index_record')
      .select(['id', 'record'])
      .where('agency', '=', agency)
      .where('record', '>', after)
      .orderBy('record')
      .limit(LOOK)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    const gone = rows.filter(({ id }) => Number(id) <= upTo && !seen.has(Number(id)));
    if (gone.length > 0) yield gone.map(({ record }) => record);
    after = last.record;
  }
}

/** Below this many records a feed may lose any number of them. */
const FEW = 20;

/**
 * Half the people gone between two passes is a broken feed, not a change: their links and shields stay, and the feed
 * falls overdue. Throws FeedCollapsedError.
 */
export function refuseCollapse(agency: AgencyId, known: number, removed: number): void {
  if (known > FEW && removed * 2 > known) throw new FeedCollapsedError(agency, known, removed);
}

/** Ids of one block; a block is 8 KiB. */
const BLOCK = 65_536;

/** Which rows of the index a pass has seen, a bit each: some kilobytes where their ids would be many megabytes. */
export class SeenRecords {
  readonly #blocks = new Map<number, Uint8Array>();
  #size = 0;

  /** How many different ids were added. */
  get size(): number {
    return this.#size;
  }

  /** @param id of a row of `index_record`, a whole number above nought */
  add(id: number): void {
    if (this.has(id)) return;
    const block = this.#blocks.get(Math.floor(id / BLOCK)) ?? new Uint8Array(BLOCK / 8);
    this.#blocks.set(Math.floor(id / BLOCK), block);
    block[(id % BLOCK) >> 3] = (block[(id % BLOCK) >> 3] ?? 0) | (1 << (id & 7));
    this.#size += 1;
  }

  has(id: number): boolean {
    const byte = this.#blocks.get(Math.floor(id / BLOCK))?.[(id % BLOCK) >> 3] ?? 0;
    return (byte & (1 << (id & 7))) !== 0;
  }
}

import { sql } from 'kysely';
import type { StoreDatabase } from './tables.ts';

/** One policy file as one gateway goes by it. */
export interface FileInForce {
  /** The gateway's own id, and the machine or container it runs on. */
  gateway: string;
  host: string;
  /** Path from the project's root. */
  file: string;
  /** Null for the file of purposes. */
  agency: string | null;
  /** Of the text in force. */
  hash: string;
  /** Of all files together, as register entries carry it. */
  version: string;
  /** When this text came into force there. */
  since: Date;
  /** When the gateway last said so. */
  seen: Date;
  /** When it stopped in order; null while it runs, or where it was killed. */
  stopped: Date | null;
  /** What is wrong with a newer text, which for that is not in force: `line: message`; null if nothing is. */
  problem: string | null;
  problemSince: Date | null;
}

/** Milliseconds after which gateways that have said nothing are forgotten: thirty days. */
const FORGET_AFTER_MS = 30 * 24 * 3_600_000;

/** Writes what this gateway goes by over what it said before; `since` stays where the text is the same. */
export async function sayInForce(
  store: StoreDatabase,
  files: readonly Omit<FileInForce, 'since' | 'seen' | 'stopped'>[],
  at: Date,
): Promise<void> {
  const rows = files.map(({ problemSince, ...file }) => ({
    ...file,
    since: at,
    seen: at,
    problem_since: problemSince,
  }));
  await store
    .insertInto('policy_in_force')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['gateway', 'file']).doUpdateSet(({ ref }) => ({
        host: ref('excluded.host'),
        agency: ref('excluded.agency'),
        hash: ref('excluded.hash'),
        version: ref('excluded.version'),
        seen: ref('excluded.seen'),
        problem: ref('excluded.problem'),
        problem_since: ref('excluded.problem_since'),
        stopped: null,
        since: sql<Date>`case when policy_in_force.hash = excluded.hash then policy_in_force.since
          else excluded.since end`,
      })),
    )
    .execute();
  await store
    .deleteFrom('policy_in_force')
    .where('seen', '<', new Date(at.getTime() - FORGET_AFTER_MS))
    .execute();
}

/** What every gateway of this store last said, by file, then host. */
export async function filesInForce(store: StoreDatabase): Promise<readonly FileInForce[]> {
  return store
    .selectFrom('policy_in_force')
    .select(['gateway', 'host', 'file', 'agency', 'hash', 'version', 'since', 'seen', 'stopped', 'problem'])
    .select('problem_since as problemSince')
    .orderBy('file')
    .orderBy('host')
    .orderBy('gateway')
    .execute();
}

/** Says that this gateway goes by nothing any more, since it stops. */
export async function sayStopped(store: StoreDatabase, gateway: string, at: Date): Promise<void> {
  await store.updateTable('policy_in_force').set({ stopped: at }).where('gateway', '=', gateway).execute();
}

/** File → since when its text of this hash is in force, on whichever gateway it came first; without those that no gateway has said. */
export async function inForceSince(
  store: StoreDatabase,
  hashes: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Date>> {
  const rows = await store
    .selectFrom('policy_in_force')
    .select(['file', 'hash'])
    .select(({ fn }) => fn.min('since').as('since'))
    .groupBy(['file', 'hash'])
    .execute();
  return new Map(
    rows.filter(({ file, hash }) => hashes.get(file) === hash).map((row) => [row.file, row.since]),
  );
}

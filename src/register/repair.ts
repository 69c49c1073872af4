import { createHash, randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { sql } from 'kysely';
import { acquireLock } from '../store/lock.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { GENESIS, type LinkedEntry, link, START } from './chain.ts';
import { type RegisterFolder, registerFolder } from './data-folder.ts';
import { makeFolder, openToAppend, replaceWhole } from './durable-file.ts';
import { RegisterFileError } from './errors.ts';
import { type Fork, signFork } from './forks.ts';
import { signHead } from './heads.ts';
import { loadSigningKey, publishKey } from './signing-key.ts';
import { readSpool } from './spool.ts';
import { insertEntries } from './table.ts';

export interface RepairOptions {
  readonly db: StoreDatabase;
  readonly dataDir: string;
  readonly signingKey?: string;
  readonly now: () => Date;
  /** Says whether to go on, told what would be done. */
  readonly agreed: (branches: readonly Branch[]) => Promise<boolean>;
}

/** Entries of one gateway that wait for places which the table has given to others. */
export interface Branch {
  readonly chain: string;
  readonly from: number;
  readonly entries: number;
  /** The chain of their own that takes them. */
  readonly into: string;
}

const MOST_IN_ONE_WRITE = 1_000;

/**
 * Mends a register that two gateways wrote through one data directory: what waits in its spool for places that others
 * have taken goes into a chain of its own, entry by entry as it was recorded; the old chain ends; the next start begins
 * a new one. Nothing in the table is changed, and nothing is lost: the old spool stays beside the new as
 * `spool-<time>.set-aside`. Can be made again after it was cut short.
 * @returns what was put where; none where nothing waits, or it was not agreed to
 * @throws DataDirectoryError while a gateway runs on the directory, RegisterFileError, the driver's errors
 */
export async function repairRegister(options: RepairOptions): Promise<readonly Branch[]> {
  const { db, dataDir, now } = options;
  const files = registerFolder(dataDir);
  await makeFolder(files.folder);
  const lock = await acquireLock(files.folder, { named: dataDir });
  try {
    const { entries, damagedLine } = await readSpool(files.spool);
    if (damagedLine !== null)
      throw new RegisterFileError(
        files.spool,
        `line ${damagedLine} is not as it was written; it needs a person to look`,
      );
    const waiting = await strangersIn(db, entries);
    if (waiting.length === 0) return [];
    const branches = waiting.map(branchOf);
    if (!(await options.agreed(branches))) return [];
    const key = await loadSigningKey(files, options.signingKey);
    await publishKey(files, key);
    for (const [index, branch] of waiting.entries()) {
      const { into } = branches[index] as Branch;
      await moveInto(db, files, key, into, branch, now().toISOString());
    }
    const stamp = now().toISOString().replaceAll(':', '-');
    await replaceWhole(files.chain, randomUUID());
    await rename(files.spool, files.spool.replace(/\.log$/, `-${stamp}.set-aside`));
    return branches;
  } finally {
    await lock.release();
  }
}

type Entries = readonly [LinkedEntry, ...LinkedEntry[]];

/** What waits in the spool and cannot go where it was meant to, each run of entries that follow each other by itself. */
async function strangersIn(db: StoreDatabase, spooled: readonly LinkedEntry[]): Promise<readonly Entries[]> {
  const there = await hashesThere(db, spooled);
  const strangers: Entries[] = [];
  for (const run of runsOf(spooled)) {
    // One behind a missing one may be in the table all the same, from before it took all or none.
    const begins = run.findIndex(({ chain, seq, hash }) => there.get(`${chain}/${seq}`) !== hash);
    const [first, ...rest] = begins < 0 ? [] : run.slice(begins);
    if (first === undefined) continue;
    const place = `${first.chain}/${first.seq}`;
    const before = there.get(`${first.chain}/${first.seq - 1}`) ?? (first.seq === 1 ? GENESIS : undefined);
    // What merely waits for the store is the next start's to drain.
    if (there.has(place) || before !== first.previous) strangers.push([first, ...rest]);
  }
  return strangers;
}

/** Two gateways that both wrote to one spool left their entries between each other's. */
function runsOf(spooled: readonly LinkedEntry[]): readonly LinkedEntry[][] {
  const runs: LinkedEntry[][] = [];
  for (const entry of spooled) {
    const run = runs.find((one) => one.at(-1)?.hash === entry.previous);
    if (run) run.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

/** `chain/seq` → hash, of the places of these entries and of those before them, as far as they are in the table. */
async function hashesThere(db: StoreDatabase, entries: readonly LinkedEntry[]) {
  const places = entries.flatMap(({ chain, seq }) => [`${chain}/${seq}`, `${chain}/${seq - 1}`]);
  const { rows } = await sql<{ place: string; hash: string }>`
    select chain::text || '/' || seq::text as place, hash from register_entry
    where (chain, seq) in (select split_part(p, '/', 1)::uuid, split_part(p, '/', 2)::bigint
      from unnest(${[...new Set(places)]}::text[]) p)`.execute(db);
  return new Map(rows.map(({ place, hash }) => [place, hash]));
}

function branchOf(entries: Entries): Branch {
  const [{ chain, seq: from, hash }] = entries;
  return { chain, from, entries: entries.length, into: chainMadeFrom(`${chain}\n${hash}`) };
}

/** The same for the same entries, so that a repair that was cut short goes on where it was. */
function chainMadeFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

async function moveInto(
  db: StoreDatabase,
  files: RegisterFolder,
  key: Parameters<typeof signHead>[0],
  into: string,
  entries: Entries,
  at: string,
): Promise<void> {
  // Of the places that they had, nothing goes along.
  const plain = entries.map(({ entry, at: when, requestId, person }) => ({
    entry,
    at: when,
    requestId,
    person,
  }));
  const linked = link(into, START, plain);
  for (let done = 0; done < linked.length; done += MOST_IN_ONE_WRITE)
    await insertEntries(db, linked.slice(done, done + MOST_IN_ONE_WRITE));
  const [first] = entries;
  const last = linked.at(-1) ?? START;
  const fork: Omit<Fork, 'signature'> = {
    ...{ chain: first.chain, from: first.seq, previous: first.previous, into, at },
    entries: linked.length,
  };
  await appendLine(files.forks, signFork(key, fork));
  await appendLine(
    files.heads,
    signHead(key, { chain: into, seq: last.seq, hash: last.hash, at, closed: true }),
  );
}

async function appendLine(path: string, value: object): Promise<void> {
  const file = await openToAppend(path);
  try {
    await file.appendFile(`${JSON.stringify(value)}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

import type { Logger } from '../logger.ts';
import { acquireLock, type Lock } from '../store/lock.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { type PlainEntry, plainEntry } from './chain.ts';
import { type Act, ChainWriter } from './chain-writer.ts';
import { registerFolder } from './data-folder.ts';
import { Drainer } from './drainer.ts';
import { makeFolder } from './durable-file.ts';
import type { RegisterEntry } from './entry.ts';
import type { RegisterMetrics } from './errors.ts';
import { RegisterUnavailableError } from './errors.ts';
import { GroupCommit } from './group-commit.ts';
import { HeadKeeper } from './head-keeper.ts';
import { openFiles } from './open-files.ts';

export interface RegisterOptions {
  /** The own store; best a small pool of the register's own, so that a busy time elsewhere does not delay it. */
  readonly db: StoreDatabase;
  /** The register keeps its chain's id, key, spool and signed heads in the folder `register` of it. */
  readonly dataDir: string;
  /** PEM (PKCS #8) of an Ed25519 key; without it one is made once in the data directory. */
  readonly signingKey?: string;
  readonly now: () => Date;
  readonly log: Logger;
  readonly metrics?: RegisterMetrics;
  /** Milliseconds the store has for one write before the spool takes it (1,000). */
  readonly storeTimeoutMs?: number;
  /** Milliseconds until the first attempt to drain the spool (200); later ones come ever less often. */
  readonly drainAfterMs?: number;
  /** A head is signed after so many entries (1,000) … */
  readonly headEntries?: number;
  /** … or milliseconds (10,000), if anything was written. */
  readonly headMs?: number;
}

export interface RegisterStatus {
  readonly chain: string;
  /** Where entries go now. */
  readonly mode: 'STORE' | 'SPOOL';
  /** Entries waiting in the spool. */
  readonly waiting: number;
  /** Last place durably written, and last under a signed head; 0 for none. */
  readonly written: number;
  readonly signed: number;
}

export interface Register {
  /**
   * Resolves when the entries are durably written, all of them.
   * @throws RegisterUnavailableError when neither store nor spool can be written: release nothing.
   *   RegisterEntryError when an entry cannot be registered as it stands: likewise.
   */
  record(entries: readonly RegisterEntry[]): Promise<void>;
  /**
   * Writes entries and does what they speak of in one transaction of the store: both or neither. Only an answer to the
   * commit that is lost can leave an entry without its act; never is there an act without its entry.
   * @param act writes to the store it is given; what it throws is thrown here, and nothing has changed
   * @throws RegisterUnavailableError as well while the store is away: there is no spool for acts
   */
  recordWith(entries: readonly RegisterEntry[], act: Act): Promise<void>;
  status(): RegisterStatus;
  /** Writes what is under way, tries once to drain the spool, signs the head. Later records are refused. */
  close(): Promise<void>;
}

/**
 * Opens the disclosure register of this gateway, whose chain nobody else may write meanwhile. Does not need the store
 * to be there.
 * @throws RegisterFileError when its files in the data directory cannot be made, read or written
 * @throws DataDirectoryError DATA_DIRECTORY_IN_USE while another gateway runs on the data directory
 */
export async function createRegister(options: RegisterOptions): Promise<Register> {
  const { folder } = registerFolder(options.dataDir);
  await makeFolder(folder);
  let lost = false;
  const lock = await acquireLock(folder, {
    named: options.dataDir,
    onLost() {
      lost = true;
      options.log.error(
        {},
        'another gateway has taken the data directory: nothing more is recorded or released',
      );
    },
  });
  try {
    return await openRegister(options, lock, () => lost);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openRegister(options: RegisterOptions, lock: Lock, lost: () => boolean): Promise<Register> {
  const { db, log, metrics, storeTimeoutMs = 1_000 } = options;
  const files = await openFiles({ ...options, storeTimeoutMs });
  const writer = new ChainWriter({
    ...files,
    db,
    log,
    metrics,
    storeTimeoutMs,
    onSpooling: () => drainer.start(),
  });
  const drainer = new Drainer(() => writer.drain(), { log, firstWaitMs: options.drainAfterMs ?? 200 });
  const heads = new HeadKeeper(files, writer, {
    log,
    entries: options.headEntries ?? 1_000,
    everyMs: options.headMs ?? 10_000,
  });
  const commit = new GroupCommit<PlainEntry>(async (entries) => {
    await writer.write(entries);
    heads.written();
  }, MOST_IN_ONE_WRITE);
  if (writer.mode === 'SPOOL') drainer.start();
  void files.trees.carryOver();
  return registerOf({ files, writer, drainer, heads, commit, lock, lost });
}

interface Parts {
  readonly files: Awaited<ReturnType<typeof openFiles>>;
  readonly writer: ChainWriter;
  readonly drainer: Drainer;
  readonly heads: HeadKeeper;
  readonly commit: GroupCommit<PlainEntry>;
  readonly lock: Lock;
  /** Whether another process has taken the data directory. */
  readonly lost: () => boolean;
}

function registerOf({ files, writer, drainer, heads, commit, lock, lost }: Parts): Register {
  let closed = false;
  const mustBeOpen = () => {
    if (closed) throw new RegisterUnavailableError('it is closed');
    if (lost()) throw new RegisterUnavailableError('another gateway has taken the data directory');
  };
  return {
    async record(entries) {
      mustBeOpen();
      if (entries.length > 0) await commit.add(entries.map(plainEntry));
    },
    async recordWith(entries, act) {
      mustBeOpen();
      await writer.writeWith(entries.map(plainEntry), act);
      heads.written();
    },
    status: () => ({
      chain: files.chain,
      mode: writer.mode,
      waiting: files.spool.waiting,
      written: writer.durable?.seq ?? 0,
      signed: files.headLog.signed,
    }),
    async close() {
      if (closed) return;
      closed = true;
      await commit.idle();
      await writer.idle();
      await drainer.stop();
      if (writer.mode === 'SPOOL') await writer.drain().catch(() => {});
      await heads.close();
      await files.spool.close();
      await lock.release();
    },
  };
}

/** Keeps one statement well under a second and a few megabytes. */
const MOST_IN_ONE_WRITE = 1_000;

import { type KeyObject, randomUUID } from 'node:crypto';
import type { Logger } from '../logger.ts';
import type { StoreDatabase } from '../store/tables.ts';
import type { ChainHead } from './chain.ts';
import { headWithoutStore, headWithStore, type KnownPlaces, wasContinued } from './chain.ts';
import { registerFolder } from './data-folder.ts';
import { readOrMake, replaceWhole } from './durable-file.ts';
import { errorCodeOf, RegisterFileError } from './errors.ts';
import { HeadLog, isGenuine, readHeads, type SignedHead } from './heads.ts';
import { loadSigningKey, publishKey, readPublicKeys, signingKeys } from './signing-key.ts';
import { Spool } from './spool.ts';
import { headInTable, withTimeLimit } from './table.ts';
import { Trees } from './tree/trees.ts';

export interface OpenFilesOptions {
  readonly db: StoreDatabase;
  readonly dataDir: string;
  readonly signingKey?: string;
  readonly now: () => Date;
  readonly log: Logger;
  readonly storeTimeoutMs: number;
}

export interface RegisterFiles {
  readonly chain: string;
  readonly places: KnownPlaces;
  /** Where the chain goes on; null if only the store can say, which it has not yet. */
  readonly head: ChainHead | null;
  readonly spool: Spool;
  readonly headLog: HeadLog;
  readonly trees: Trees;
}

interface Standing {
  readonly chain: string;
  readonly places: KnownPlaces;
  readonly head: ChainHead | null;
}

/** @throws RegisterFileError */
export async function openFiles(options: OpenFilesOptions): Promise<RegisterFiles> {
  const files = registerFolder(options.dataDir);
  const { text, made } = await readOrMake(files.chain, randomUUID);
  const chain = chainId(files.chain, text);
  const key = await loadSigningKey(files, options.signingKey);
  await publishKey(files, key);
  const { spool, newest, torn } = await Spool.open(files.spool);
  if (torn > 0) {
    options.log.warn(
      { chain, bytes: torn },
      'A torn last line of the register’s spool, never acknowledged, was dropped',
    );
  }
  const publicKeys = await readPublicKeys(files.publicKey);
  const signed = await newestHead(files.heads, chain, publicKeys);
  const spooled = newest?.chain === chain ? newest : null;
  const opened = await standingOf({ chain, places: { fresh: made, spooled, signed } }, files.chain, options);
  const keys = signingKeys(files, options.signingKey);
  const signing = { keys, chain: opened.chain, now: options.now };
  const headLog = await HeadLog.open(files.heads, signing, opened.places.signed);
  const { db, now, log } = options;
  const trees = await Trees.open({ db, files, chain: opened.chain, keys, now, log });
  return { ...opened, spool, headLog, trees };
}

async function standingOf(
  { chain, places }: Omit<Standing, 'head'>,
  chainFile: string,
  { db, log, storeTimeoutMs }: OpenFilesOptions,
): Promise<Standing> {
  const inTable = await withTimeLimit(storeTimeoutMs, headInTable(db, chain)).catch((error) => {
    log.warn({ chain, code: errorCodeOf(error) }, 'The register’s store cannot be read yet');
  });
  if (inTable === undefined) return { chain, places, head: headWithoutStore(places) };
  if (wasContinued(inTable, places)) {
    log.error(
      { chain, seq: inTable?.seq },
      'Entries were added to the register while its gateway was away: a new chain begins',
    );
    const next = await replaceWhole(chainFile, randomUUID());
    const fresh = { fresh: true, spooled: null, signed: null };
    return { chain: next, places: fresh, head: headWithoutStore(fresh) };
  }
  const head = headWithStore(inTable, places);
  if (head.seq > Math.max(inTable?.seq ?? 0, places.spooled?.seq ?? 0)) {
    log.error(
      { chain, seq: head.seq },
      'The register’s table is behind its signed head: entries are missing',
    );
  }
  return { chain, places, head };
}

function chainId(file: string, text: string): string {
  const chain = text.trim();
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(chain)) {
    throw new RegisterFileError(file, 'it does not hold a chain’s id');
  }
  return chain;
}

async function newestHead(
  file: string,
  chain: string,
  keys: readonly KeyObject[],
): Promise<SignedHead | null> {
  const own = (await readHeads(file)).flatMap(({ head }) =>
    head !== null && head.chain === chain && keys.some((key) => isGenuine(key, head)) ? [head] : [],
  );
  return own.reduce<SignedHead | null>(
    (newest, head) => (head.seq >= (newest?.seq ?? 0) ? head : newest),
    null,
  );
}

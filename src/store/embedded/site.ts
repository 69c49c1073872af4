import { stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { findBinaries, linkLibraries, programPath } from './binaries.ts';
import { copyBinaries, removeCopies } from './copy-binaries.ts';
import { EmbeddedUnsupportedError } from './errors.ts';
import { clusterIn, existingPlace, newPlace, removePlace } from './place.ts';
import { type Outcome, run, type ServerAccount } from './programs.ts';

/** Where a server runs, from which binaries, and as whom. */
export interface Site {
  /** Folder that holds, or will hold, the cluster. */
  readonly place: string;
  /** Folder of the binaries that this account can run. */
  readonly binaries: string;
  readonly account: ServerAccount;
  /** Whether there is no cluster yet. */
  readonly fresh: boolean;
}

/**
 * Finds a way to run PostgreSQL on this data directory by trying: what a container or a hardened machine
 * forbids cannot be foretold.
 * @throws EmbeddedUnsupportedError with the reason of the last attempt.
 */
export async function settle(dataDir: string): Promise<Site> {
  const found = await findBinaries();
  // Where node_modules cannot be written, the copy below has the links.
  await linkLibraries(found.directory).catch(() => {});
  const existing = await existingPlace(dataDir);
  const owner = existing === null ? undefined : await stat(clusterIn(existing));
  let refusal = 'no account to run it under';
  for (const account of accountsFor(owner)) {
    const inPlace = await attempt(found.directory, account, dataDir);
    if (isForbidden(inPlace)) {
      const cause = inPlace.notStarted?.message ?? inPlace.output.trim();
      refusal = `PostgreSQL may not run under this account, and no other can be taken on (${cause})`;
      continue;
    }
    const place = existing ?? (await newPlace(dataDir, account));
    if (place === null) {
      refusal = `the account it would run under may not enter ${dataDir}`;
      continue;
    }
    const site = { place, account, fresh: existing === null };
    if (inPlace.code === 0) return { ...site, binaries: found.directory };
    const copy = await copyBinaries(found, place);
    const copied = await attempt(copy, account, place);
    if (copied.code === 0) return { ...site, binaries: copy };
    refusal = reason(copied);
    if (existing === null && place !== dataDir) await removePlace(place);
    else await removeCopies(place);
    // A place from which nothing may be run: another account may have another place.
    if (copied.notStarted?.code !== 'EACCES') break;
  }
  throw new EmbeddedUnsupportedError(refusal);
}

/** Whether it is the account that was refused, not the program. */
function isForbidden({ notStarted, output }: Outcome): boolean {
  // EINVAL: a user namespace, as of a rootless container, that has no such account.
  const refused = ['EPERM', 'EINVAL'];
  if (notStarted !== undefined) {
    return refused.includes(notStarted.code ?? '') || notStarted.syscall === 'spawn unshare';
  }
  return /^unshare: (?!failed to execute)/.test(output);
}

function attempt(binaries: string, account: ServerAccount, cwd: string): Promise<Outcome> {
  return run(account, programPath(binaries, 'postgres'), ['--version'], cwd);
}

function reason({ code, output, notStarted }: Outcome): string {
  // "No such file" about a program that is there means its loader: the binaries are made for glibc.
  if (notStarted?.code === 'ENOENT' || /failed to execute .*: No such file/.test(output)) {
    return 'the binaries need the GNU C library (not musl, as in Alpine Linux)';
  }
  return notStarted?.message ?? output.trim().split('\n')[0] ?? `postgres ended with code ${code}`;
}

const NOBODY = 65534;

const OURSELVES: ServerAccount = { prefix: [] };

/** We look like nobody to PostgreSQL, and the files on disk stay ours. */
const IN_NAMESPACE: ServerAccount = {
  prefix: ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'],
};

/**
 * Accounts the server may run under, best first. PostgreSQL refuses to run as root, and initdb refuses an
 * account without a name (containers started under a bare number).
 * @param owner who owns the cluster that is there already: only that account may open it.
 */
function accountsFor(owner?: { uid: number; gid: number }): ServerAccount[] {
  if (process.getuid?.() !== 0) return hasName() ? [OURSELVES] : [IN_NAMESPACE, OURSELVES];
  if (owner === undefined) return [{ uid: NOBODY, gid: NOBODY, prefix: [] }, IN_NAMESPACE];
  return owner.uid === 0 ? [IN_NAMESPACE] : [{ uid: owner.uid, gid: owner.gid, prefix: [] }];
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

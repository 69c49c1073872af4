import { stat } from 'node:fs/promises';
import { accountsFor } from './account.ts';
import { type Binaries, findBinaries, linkLibraries, programPath } from './binaries.ts';
import { copyBinaries } from './copy-binaries.ts';
import { EmbeddedUnsupportedError } from './errors.ts';
import { clusterIn, existingPlace, newPlace } from './place.ts';
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
    if (inPlace.notStarted?.code === 'EPERM' || inPlace.notStarted?.syscall === 'spawn unshare') {
      refusal = 'PostgreSQL refuses to run as root, and no other account may be taken on here';
      continue;
    }
    const place = existing ?? (await newPlace(dataDir, account));
    const site = { place, account, fresh: existing === null };
    if (inPlace.code === 0) return { ...site, binaries: found.directory };
    refuseForeignLibrary(inPlace, found);
    const copy = await copyBinaries(found, place);
    const copied = await attempt(copy, account, place);
    if (copied.code === 0) return { ...site, binaries: copy };
    refusal = reason(copied);
  }
  throw new EmbeddedUnsupportedError(refusal);
}

function attempt(binaries: string, account: ServerAccount, cwd: string): Promise<Outcome> {
  return run(account, programPath(binaries, 'postgres'), ['--version'], cwd);
}

/** "No such file" about a program that is there means its loader: the binaries are made for glibc. */
function refuseForeignLibrary(outcome: Outcome, { directory }: Binaries): void {
  if (outcome.notStarted?.code !== 'ENOENT') return;
  const why = `${programPath(directory, 'postgres')} needs the GNU C library (not musl, as in Alpine Linux)`;
  throw new EmbeddedUnsupportedError(why, outcome.notStarted);
}

function reason({ code, output, notStarted }: Outcome): string {
  return notStarted?.message ?? output.trim().split('\n')[0] ?? `it ended with code ${code}`;
}

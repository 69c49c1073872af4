import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { programPath } from './binaries.ts';
import { EmbeddedStartError } from './errors.ts';
import { clusterIn } from './place.ts';
import { run } from './programs.ts';
import type { Site } from './site.ts';

const DRAFT_PREFIX = 'cluster.part-';
const PASSWORD_FOR_INITDB = 'initdb-password';

/**
 * Makes a new cluster with one superuser. It gets its name only once it is whole, so that a start that was
 * killed half way leaves nothing that looks like data.
 * @throws EmbeddedStartError with initdb's own words.
 */
export async function createCluster(site: Site, superuser: string, password: string): Promise<void> {
  const draft = join(site.place, `${DRAFT_PREFIX}${randomBytes(4).toString('hex')}`);
  const passwordFile = join(site.place, PASSWORD_FOR_INITDB);
  await removeUnfinished(site.place);
  await rm(clusterIn(site.place), { recursive: true, force: true });
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' });
    const { uid, gid } = site.account;
    if (uid !== undefined && gid !== undefined) {
      await chown(draft, uid, gid);
      await chown(passwordFile, uid, gid);
    }
    const { code, output, notStarted } = await run(
      site.account,
      programPath(site.binaries, 'initdb'),
      [`--pgdata=${draft}`, `--username=${superuser}`, `--pwfile=${passwordFile}`, ...SHAPE],
      site.place,
    );
    if (code !== 0)
      throw new EmbeddedStartError(lastWords(output) || `initdb ended with ${code}`, notStarted);
    await rename(draft, clusterIn(site.place));
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

/** Removes what starts that were killed while they made a cluster have left in a place. */
export async function removeUnfinished(place: string): Promise<void> {
  await rm(join(place, PASSWORD_FOR_INITDB), { force: true });
  const drafts = (await readdir(place)).filter((name) => name.startsWith(DRAFT_PREFIX));
  // An initdb that outlived its start may still be writing for a moment; what is left then is removed next time.
  const patiently = { recursive: true, force: true, maxRetries: 3 };
  await Promise.all(drafts.map((name) => rm(join(place, name), patiently).catch(() => {})));
}

/** The same letters and order on every machine: PostgreSQL's own Unicode tables, not the machine's. */
const SHAPE = [
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

function lastWords(output: string): string {
  const errors = output.split('\n').filter((line) => /error|fatal/i.test(line));
  return errors.join('; ');
}

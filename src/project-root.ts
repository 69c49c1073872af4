import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `schema/`, `adapters/` and `package.json`, whether run from source or from `dist/`. */
export function projectRoot(from: string = import.meta.url): string {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'schema'))) return folder;
    if (folder === dirname(folder))
      throw new Error('No folder above this program holds schema/ and package.json');
  }
}

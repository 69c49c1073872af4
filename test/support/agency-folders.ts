import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/project-root.ts';

/** Ids of all agencies that have a folder in `adapters/`, sorted: what a list written by hand would forget. */
export function agencyFolders(): string[] {
  return readdirSync(join(projectRoot(), 'adapters'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'contract')
    .map((entry) => entry.name)
    .toSorted();
}

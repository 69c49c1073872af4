import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Ids of the agencies that have an adapter in `root`: the names of their folders, in order. */
export function agencyIds(root: string): readonly string[] {
  const folder = join(root, 'adapters');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'index.ts')))
    .sort();
}

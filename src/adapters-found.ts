import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyAdapter } from '../adapters/contract.ts';

/** Ids of the agencies that have an adapter: the names of their folders, in the fixed order of agencies in every answer. */
export function agencyIds(root: string): readonly string[] {
  const folder = join(root, 'adapters');
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'index.ts')))
    .sort();
}

/**
 * The adapters of these agencies, all if not said, in that order. What is not asked for is not loaded: an adapter that is
 * not enabled stops nobody.
 * Throws an Error that names the folder where one does not export an adapter of its name.
 */
export async function findAdapters(
  root: string,
  ids: Iterable<string> = agencyIds(root),
): Promise<AnyAdapter[]> {
  const bundled = import.meta.url.endsWith('.js');
  const wanted = new Set(ids);
  const folders = agencyIds(root).filter((id) => wanted.has(id));
  return Promise.all(
    folders.map(async (id) => {
      const file = bundled
        ? join(root, 'dist/adapters', id, 'index.js')
        : join(root, 'adapters', id, 'index.ts');
      const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { adapter?: AnyAdapter };
      if (module.adapter?.id !== id)
        throw new Error(`adapters/${id}/index.ts must export an adapter whose id is ${id}`);
      return module.adapter;
    }),
  );
}

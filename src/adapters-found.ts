import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnyAdapter } from '../adapters/contract.ts';

/**
 * Every agency that has a folder of its own in `adapters/`, in order of id: the fixed order of agencies in every answer.
 * Throws an Error that names the folder where one does not export an adapter of its name.
 */
export async function findAdapters(root: string): Promise<AnyAdapter[]> {
  const bundled = import.meta.url.endsWith('.js');
  const folders = readdirSync(join(root, 'adapters'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'adapters', entry.name, 'index.ts')))
    .map((entry) => entry.name)
    .sort();
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

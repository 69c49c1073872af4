import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The documents that our own pages ask, as `[file, text]`: whatever is written there as a template marked GraphQL. The bundle
 * sends them as they are written.
 */
export function pageDocuments(root) {
  const pages = join(root, 'src/pages/app');
  return readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .toSorted()
    .flatMap((file) =>
      [...readFileSync(join(pages, file), 'utf8').matchAll(/\/\* GraphQL \*\/ `([^`]*)`/g)].map(
        ([, text]) => [file, text],
      ),
    );
}

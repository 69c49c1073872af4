import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Texts of the documents that our own pages ask, as `scripts/build.mjs` found them in the pages of the project in `root`; none
 * where nothing was built, as then there are no pages.
 */
export function pageDocuments(root: string): readonly string[] {
  try {
    return JSON.parse(readFileSync(join(root, 'dist/page-documents.json'), 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

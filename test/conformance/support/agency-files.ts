import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../src/project-root.ts';

const roots = new Map<string, string>();

/** An agency whose files are in another folder than the project's own. */
export const filesFrom = (agency: string, root: string): void => {
  roots.set(agency, root);
};

/** A file of an agency, wherever its files are. */
export const agencyFile = (agency: string, file: string): string =>
  readFileSync(join(roots.get(agency) ?? projectRoot(), file), 'utf8');

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type PerturbationTable,
  PerturbationTableError,
  readPerturbationTable,
} from '../counting/perturbation-table.ts';
import { SettingError } from './setting-error.ts';

/** A place's own perturbation table, and what it is called to those who read a count. */
export interface CountingTable {
  table: PerturbationTable;
  tableName: string;
}

/** Reads the file of COUNTING_TABLE; null where none is given. One that cannot be used goes to `wrong`, with file and line. */
export function readCountingTable(
  path: string | null,
  wrong: (error: SettingError) => void,
): CountingTable | null {
  if (path === null) return null;
  try {
    const table = readPerturbationTable(readFileSync(path, 'utf8'), path);
    return { table, tableName: `the table that this place brings (${basename(path)})` };
  } catch (error) {
    if (error instanceof PerturbationTableError)
      wrong(new SettingError('COUNTING_TABLE', `cannot be used: ${error.message}`));
    else {
      const code = (error as NodeJS.ErrnoException).code ?? 'UNREADABLE';
      wrong(new SettingError('COUNTING_TABLE', `names ${path}, which cannot be read (${code})`));
    }
    return null;
  }
}

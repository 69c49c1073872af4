import { type AnyAdapter, grantedColumns } from '../../adapters/contract.ts';

/** Every column that an adapter names, as `TABLE.COLUMN`. */
export const namedColumns = (adapter: AnyAdapter): readonly string[] =>
  [...grantedColumns(adapter)].flatMap(([table, names]) => [...names].map((name) => `${table}.${name}`));

/** Of these columns, those that are not among the ones there are. */
export const missingFrom = (there: Iterable<string>, wanted: readonly string[]): readonly string[] => {
  const known = new Set(there);
  return [...new Set(wanted)].filter((name) => !known.has(name));
};

/** `TABLE.COLUMN` → its type, as an adapter's `tables.ts` has them. */
export function declaredColumns(written: string): ReadonlyMap<string, string> {
  const tables = written.matchAll(/^ {2}(\S+): \{\n([\s\S]*?)\n {2}\};/gm);
  const columns = [...tables].flatMap(([, table = '', body = '']) =>
    [...body.matchAll(/^ {4}('(?:[^'\\]|\\.)+'|\w+): (.+);$/gm)].map(
      ([, column = '', type = '']) => [`${bare(table)}.${bare(column)}`, type] as const,
    ),
  );
  return new Map(columns);
}

const bare = (key: string): string => (key.startsWith("'") ? key.slice(1, -1).replace(/\\(.)/g, '$1') : key);

import { namedColumns } from '../../../conformance/declared-columns.ts';
import type { Check } from './source.ts';

/** Columns of one table are named so far, and then counted. */
const MOST_NAMED = 6;

/** The login may read the columns that the adapter names, and nothing else. */
export const rights: Check = {
  id: 'rights',
  name: 'rights: exactly the columns named',
  async run({ adapter, db, sql }) {
    const { columns, beyond } = await sql.rights(db);
    const named = new Set(namedColumns(adapter));
    const readable = new Set(columns.filter(({ reads }) => reads).map(({ name }) => name));
    const there = new Set(columns.map(({ name }) => name));
    const few = [...named].filter((name) => there.has(name) && !readable.has(name));
    const many = [...readable].filter((name) => !named.has(name));
    return {
      failed: [
        ...byTable(few).map((what) => `too few: it may not read ${what}, which the adapter reads`),
        ...byTable(many).map((what) => `too many: it may read ${what}, which the adapter does not`),
        ...beyond.map((what) => `too many: it ${what}`),
        ...(few.length + many.length + beyond.length > 0
          ? [`npx sightline adapter grants ${adapter.id} prints the SQL that makes it so`]
          : []),
      ],
      says: `reads ${named.size} columns of ${new Set([...named].map(tableOf)).size} tables, and nothing else`,
    };
  },
};

const tableOf = (name: string): string => name.slice(0, name.lastIndexOf('.'));

function byTable(names: readonly string[]): readonly string[] {
  const tables = new Map<string, string[]>();
  for (const name of names) {
    const table = tableOf(name);
    tables.set(table, [...(tables.get(table) ?? []), name.slice(table.length + 1)]);
  }
  return [...tables].map(([table, columns]) => {
    const more = columns.length - MOST_NAMED;
    return `${table}: ${columns.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  });
}

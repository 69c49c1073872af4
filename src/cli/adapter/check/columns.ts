import { declaredColumns, missingFrom, namedColumns } from '../../../conformance/declared-columns.ts';
import { catalogueOf } from '../described-tables.ts';
import { tableTypes } from '../table-types.ts';
import type { Check } from './source.ts';

/** What the adapter names is there, and of the type that `tables.ts` says. */
export const columns: Check = {
  id: 'columns',
  name: 'columns and types as declared',
  async run({ adapter, db, tablesFile }) {
    const tables = await catalogueOf(db);
    const there = declaredColumns(tableTypes(adapter.id, tables, ''));
    const named = namedColumns(adapter);
    const gone = missingFrom(there.keys(), named);
    const declared = tablesFile === null ? null : declaredColumns(tablesFile);
    const retyped = [...new Set(named)].flatMap((name) => {
      const [is, was] = [there.get(name), declared?.get(name)];
      return is === undefined || was === undefined || is === was
        ? []
        : [`${name} is declared as ${was}, and is ${is}`];
    });
    const untyped = declared === null ? [] : missingFrom(declared.keys(), named);
    const remade = `npx sightline adapter tables ${adapter.id} --database writes what is there`;
    return {
      failed: [
        ...gone.map((name) => `${name} is not there, or this login may not know of it`),
        ...untyped.map((name) => `${name} is not in adapters/${adapter.id}/tables.ts`),
        ...retyped,
        ...(declared === null ? [`there is no adapters/${adapter.id}/tables.ts`] : []),
        ...(gone.length + untyped.length + retyped.length > 0 || declared === null ? [remade] : []),
      ],
      says: `${new Set(named).size} columns are there, of the types declared`,
    };
  },
};

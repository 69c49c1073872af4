import type { FetcherParams } from '@graphiql/toolkit';
import { stripIgnoredCharacters } from 'graphql';
import { type BarrierReport, barriersTable } from '../counts/barriers-table.ts';
import { type Cohort, cohortTable } from '../counts/cohort-table.ts';
import type { AskedFor } from '../counts/count-csv.ts';
import { CountPlot } from '../counts/count-plot.tsx';
import type { CountTable } from '../counts/count-table.ts';
import type { PageCaller } from '../page/caller.ts';
import type { RootField } from './fields-by-name.ts';

/** Counts in the last answer, each by its place there, and what was asked. */
export interface CountedAnswer {
  tables: readonly { key: string; table: CountTable }[];
  asked: AskedFor;
}

/** What of an answer are counts; null where it has none. */
export function countsIn(
  fields: readonly RootField[],
  question: FetcherParams,
  caller: PageCaller,
  agencies: Readonly<Record<string, string>>,
): CountedAnswer | null {
  const tables = fields.flatMap(({ name, key, value }) => {
    if (value === null || typeof value !== 'object') return [];
    const table = TABLES[name]?.(value, agencies) ?? null;
    return table === null ? [] : [{ key, table }];
  });
  if (tables.length === 0) return null;
  return {
    tables,
    asked: {
      query: stripIgnoredCharacters(question.query),
      variables: JSON.stringify(question.variables ?? {}),
      purpose: caller.purpose,
      answeredAt: new Date().toISOString(),
    },
  };
}

/** By the field at the root: a table of what it answers; null where the query asks for nothing that is counted. */
const TABLES: Readonly<
  Record<string, (value: object, agencies: Readonly<Record<string, string>>) => CountTable | null>
> = {
  barriers: (value, agencies) => {
    const { rows, ...report } = value as Partial<BarrierReport>;
    return rows === undefined ? null : barriersTable({ ...report, rows }, agencies);
  },
  cohort: (value, agencies) => {
    const { people, groups } = value as Cohort;
    return people === undefined && groups === undefined ? null : cohortTable(value, agencies);
  },
};

/** Under the result: what was counted, as table and bars, and how to read it. */
export function ResultPanel({ counted }: { counted: CountedAnswer }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="result-panel" aria-label="Result as table and bars" tabIndex={0}>
      {counted.tables.map(({ key, table }) => (
        <article key={key} aria-label={`${table.title}: ${key}`}>
          <h2>{counted.tables.length > 1 ? `${table.title}: ${key}` : table.title}</h2>
          <CountPlot table={table} asked={counted.asked} />
        </article>
      ))}
    </section>
  );
}

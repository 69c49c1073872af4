import type { Statement } from '../../support/statement-log.ts';

/** `agency table.column` of everything that statements name of an agency's tables. */
export function columnsIn(statements: readonly Statement[]): Set<string> {
  return new Set(
    statements.flatMap(({ agency, sql }) =>
      [...sql.matchAll(/"(\w+)"\."(\w+)"/g)]
        .filter(([, table]) => table !== 'r')
        .map(([, table, column]) => `${agency} ${table}.${column}`),
    ),
  );
}

/** `agency table`, the one that a statement reads, without those it joins. */
export function tableOf({ agency, sql }: Statement): string {
  return `${agency} ${/.* from "(\w+)"/s.exec(sql)?.[1]}`;
}

/** Statements that read what is disclosed: not those that look at the caller's own reference or caseload. */
export function disclosing(statements: readonly Statement[]): Statement[] {
  return statements.filter(({ sql }) => / as r where /.test(sql));
}

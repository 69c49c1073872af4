import { writeFile } from 'node:fs/promises';
import { type RegisterStatement, statementOf } from '../../register/proof/statement.ts';
import { statementPage, statementText } from '../../register/proof/statement-page.ts';
import type { EvidenceSource } from '../../register/verify/evidence.ts';
import { reportText, type VerifyReport } from '../../register/verify/report.ts';
import type { Store } from '../../store/store.ts';

export interface StatementFlags {
  readonly from?: Date;
  readonly to?: Date;
  readonly html?: string;
  readonly json?: boolean;
}

/**
 * `register verify --statement`: what a board is told, with the whole register verified for it. Gives 0 whole, 1 a finding.
 * @param report of the whole register
 * @throws RegisterFileError, the driver's and the system's errors
 */
export async function writeStatement(
  {
    store,
    sources,
    now,
    out,
  }: { store: Store; sources: readonly EvidenceSource[]; now: Date; out(text: string): void },
  report: VerifyReport,
  { from, to, html, json }: StatementFlags,
): Promise<number> {
  const ofPeriod = await statementOf({ db: store.db, sources }, { from: from ?? null, to: to ?? null });
  const statement = withWhole(ofPeriod, report);
  if (html !== undefined) await writeFile(html, statementPage(statement, now), { mode: 0o600 });
  out(json ? `${JSON.stringify(statement, null, 2)}\n` : statementText(statement));
  return statement.whole ? 0 : 1;
}

/** What is wrong anywhere in the register is wrong for a period of it. */
function withWhole(statement: RegisterStatement, report: VerifyReport): RegisterStatement {
  const found = report.whole ? [] : reportText(report).trimEnd().split('\n');
  const findings = [...new Set([...statement.findings, ...found.map((line) => line.trim())])];
  return { ...statement, findings, whole: statement.whole && report.whole };
}

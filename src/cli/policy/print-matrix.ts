import { matrix } from '../../sharing/matrix.ts';
import { cellWords, matrixMarkdown } from '../../sharing/matrix-markdown.ts';
import { loadedPolicy, type PolicyCommandDeps } from './deps.ts';

/** `policy matrix`: who sees what from whom, one line a cell, or the page docs/sharing-matrix.md. */
export async function printMatrix(deps: PolicyCommandDeps, flags: { markdown?: boolean }): Promise<number> {
  const { policy, catalogue } = await loadedPolicy(deps);
  const tables = matrix({ policy, catalogue, withdrawn: new Set(), now: deps.now() });
  if (flags.markdown) {
    deps.out(matrixMarkdown(tables, policy, catalogue));
    return 0;
  }
  for (const { role, purpose, cells } of tables) {
    deps.out(`${role} at ${purpose}\n`);
    for (const cell of cells)
      deps.out(`  ${cell.section.padEnd(18)} ${cell.agency.padEnd(20)} ${cellWords(cell)}\n`);
  }
  return 0;
}

import { matrix } from '../../sharing/matrix.ts';
import { cellWords, matrixMarkdown } from '../../sharing/matrix-markdown.ts';
import { ANALYST } from '../../sharing/policy/policies.ts';
import {
  type LoadedPolicy,
  loadedPolicy,
  type PolicyCommandDeps,
  requireKnown,
  UsageError,
  withdrawalsInForce,
} from './deps.ts';

export interface MatrixFlags {
  markdown?: boolean;
  role?: string;
  purpose?: string;
  agency?: string;
  section?: string;
}

/**
 * `policy matrix`: who sees what from whom now, one line a cell; or, of the files alone, the page
 * docs/sharing-matrix.md.
 */
export async function printMatrix(deps: PolicyCommandDeps, flags: MatrixFlags): Promise<number> {
  const loaded = await loadedPolicy(deps);
  const { policy, catalogue } = loaded;
  checkFlags(loaded, flags);
  const now = deps.now();
  if (flags.markdown) {
    deps.out(matrixMarkdown(matrix({ policy, catalogue, withdrawn: new Set(), now }), policy, catalogue));
    return 0;
  }
  const withdrawn = (await withdrawalsInForce(deps, policy))?.withdrawn ?? new Set<string>();
  const tables = matrix({ policy, catalogue, withdrawn, now }, flags);
  if (tables.length === 0) deps.out(`${emptyMatrixText(flags)}\n`);
  for (const { role, purpose, cells } of tables) {
    deps.out(`${role} at ${purpose}\n`);
    for (const cell of cells)
      deps.out(`  ${cell.section.padEnd(18)} ${cell.agency.padEnd(20)} ${cellWords(cell)}\n`);
  }
  deps.out(countedText(loaded, flags));
  return 0;
}

/** What may be counted, where the analyst's part of the matrix is printed whole. */
function countedText(
  { policy, catalogue }: LoadedPolicy,
  { role, purpose, agency, section }: MatrixFlags,
): string {
  if ((role ?? ANALYST.role) !== ANALYST.role || (purpose ?? ANALYST.purpose) !== ANALYST.purpose) return '';
  if (section !== undefined) return '';
  const lines = [...catalogue.agencies.keys()]
    .filter((one) => agency === undefined || one === agency)
    .map((one) => {
      const counted = policy.agencies.get(one)?.aggregates;
      return `  ${one.padEnd(22)} ${counted ? counted.share.join(', ') : 'nothing'}\n`;
    });
  return `What ${ANALYST.role} at ${ANALYST.purpose} may count, and never who anybody is\n${lines.join('')}`;
}

function checkFlags({ policy, catalogue }: LoadedPolicy, flags: MatrixFlags): void {
  const { markdown, role, purpose, agency, section } = flags;
  if (role !== undefined) requireKnown('role', role, policy.roles.keys());
  if (purpose !== undefined) requireKnown('purpose', purpose, policy.purposes.keys());
  if (agency !== undefined) requireKnown('agency', agency, catalogue.agencies.keys());
  if (section !== undefined) requireKnown('section', section, catalogue.sections.keys());
  const filters = [role, purpose, agency, section].some((filter) => filter !== undefined);
  if (markdown && filters)
    throw new UsageError('--markdown prints the whole page, and takes no filter beside it');
}

function emptyMatrixText({ role, purpose, agency, section }: MatrixFlags): string {
  const from = agency === undefined ? 'No agency' : `${agency}`;
  const of = section === undefined ? '' : ` of ${section}`;
  const at = `${role ?? 'anybody'}${purpose === undefined ? '' : ` at ${purpose}`}`;
  return `${from} grants ${agency === undefined ? 'anything' : 'nothing'}${of} to ${at}.`;
}

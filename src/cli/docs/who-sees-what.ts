import type { MatrixCell, MatrixTable } from '../../sharing/matrix.ts';
import { cellWords } from '../../sharing/matrix-markdown.ts';
import type { Policies } from '../../sharing/policy/policies.ts';
import { grantOf } from '../../sharing/rules/grant.ts';
import { REASON_WORDS } from '../../states.ts';
import { code, table } from './markdown.ts';

/** What the agency gives to each role at each purpose, from the same decisions as docs/sharing-matrix.md. */
export function whoSeesWhat(
  agency: string,
  tables: readonly MatrixTable[],
  policy: Policies,
): readonly string[] {
  const granted = tables.filter(({ role, purpose }) => grantOf(policy, agency, role, purpose));
  const refused = tables.filter((one) => !granted.includes(one));
  return [
    '## Who sees what',
    '',
    'Once the reference proves the relationship, and consent is recorded where it is needed. *own*: for the agency’s own',
    'staff alone, and of their own site if they have one. The law and the agreement it rests on, for all agencies side by',
    'side: [sharing-matrix.md](../sharing-matrix.md).',
    '',
    ...granted.flatMap((one) => grantPage(agency, one, policy)),
    ...nothingTo(agency, refused, policy),
  ];
}

function grantPage(
  agency: string,
  { role, purpose, cells }: MatrixTable,
  policy: Policies,
): readonly string[] {
  const gateways = grantOf(policy, agency, role, purpose)?.gateways ?? [];
  const place = gateways.some((one) => one.place !== null) ? ', by the kind of place' : '';
  const own = cells.filter((cell) => cell.agency === agency);
  const said = own.filter((cell) => !isNotShared(cell));
  const rest = own.filter(isNotShared).map(({ section }) => section);
  return [
    `### ${policy.roles.get(role)?.title}: ${policy.purposes.get(purpose)?.title}`,
    '',
    `${code(role)} at ${code(purpose)}: ${gateways.map(({ cite }) => cite).join('; ')}${place}.`,
    '',
    ...table(['Section', 'Given', 'Why not, or on what condition'], said.map(cellRow)),
    ...(rest.length > 0 ? [`Withheld: ${rest.join(', ')}.`, ''] : []),
  ];
}

const isNotShared = ({ own, others }: MatrixCell): boolean =>
  own.level === null && others.reason === 'NOT_LISTED';

function cellRow(cell: MatrixCell): readonly string[] {
  const { others } = cell;
  const reason = others.reason === null ? '' : REASON_WORDS[others.reason];
  const said = others.message === null ? '' : `“${others.message}”`;
  const desk = others.desk === null ? '' : `Call ${code(others.desk)}.`;
  return [cell.section, cellWords(cell), [reason, said, desk].filter(Boolean).join(' ')];
}

/** Roles and purposes that other agencies grant and this one does not. */
function nothingTo(agency: string, refused: readonly MatrixTable[], policy: Policies): readonly string[] {
  if (refused.length === 0) return [];
  const rows = refused.map(({ role, purpose, cells }) => {
    const reason = cells.find((cell) => cell.agency === agency)?.others.reason;
    return [`${policy.roles.get(role)?.title}`, code(purpose), reason ? REASON_WORDS[reason] : ''];
  });
  return ['### Nothing at all', '', ...table(['Role', 'Purpose', 'Why'], rows)];
}

import type { WithheldReason } from '../states.ts';
import type { MatrixCell, MatrixTable } from './matrix.ts';
import type { LegalGateway, Policies } from './policy/policies.ts';
import type { BreakGlassOffer, Catalogue, SectionDecision } from './policy/types.ts';
import { grantOf } from './rules/grant.ts';

const HEAD = `# Who may see what

Made from schema/purposes.yaml and the agencies' sharing.yaml by \`npx sightline policy matrix --markdown\`. Do not edit.

Each table is one role at one purpose: what each supplier gives of a section once the reference proves the relationship
(and consent is recorded, where it is needed). *full*, *summary* and *exists* say how much. *own*: full, for the
agency's own staff alone, and of their own site if they have one. *review*: a person of the agency decides each time.
*break-glass*: in an emergency, these fields on these grounds for 30 minutes, to be accounted for. *sealed*: not offered, the same for everyone. – : not shared, and
the answer says so. A field is released from the level that the schema gives it. What depends on the person asked for
(a place shield, an exclusion) can only take away from this.
`;

/** The whole matrix as a page of Markdown. */
export function matrixMarkdown(
  tables: readonly MatrixTable[],
  policy: Policies,
  catalogue: Catalogue,
): string {
  const each = tables.map((table) => tableMarkdown(table, policy, catalogue));
  return [HEAD, ...each, countedMarkdown(policy, catalogue)].join('\n');
}

/** What analysts may count of each agency, and on what that rests. */
function countedMarkdown(policy: Policies, { agencies }: Catalogue): string {
  const rows = [...agencies.values()].map(({ id, name }) => {
    const { share, gateways, basis } = policy.agencies.get(id)?.aggregates ?? {};
    return [name, share?.join(', ') ?? 'nothing', gateways?.join('; ') ?? '', basis?.words ?? ''];
  });
  return [
    '## What may be counted',
    '',
    'How many people, by `analyst` at `service-planning`, and never who anybody is.',
    '',
    row(['Agency', 'Fields', 'Rests on', 'Basis']),
    row(['---', '---', '---', '---']),
    ...rows.map(row),
    '',
  ].join('\n');
}

function tableMarkdown(
  { role, purpose, cells }: MatrixTable,
  policy: Policies,
  catalogue: Catalogue,
): string {
  const agencies = [...catalogue.agencies.values()].filter(
    ({ id }) => policy.agencies.get(id)?.grants.length,
  );
  const sections = [...new Set(cells.map(({ section }) => section))];
  const rows = sections.map((section) => [
    section,
    ...agencies.map(({ id }) => {
      const cell = cells.find((one) => one.section === section && one.agency === id);
      return cell ? cellWords(cell) : '';
    }),
  ]);
  const basis = agencies.flatMap(({ id, name }) => basisOf(policy, id, name, role, purpose));
  return [
    `## ${policy.roles.get(role)?.title}: ${policy.purposes.get(purpose)?.title}`,
    '',
    `\`${role}\` at \`${purpose}\``,
    '',
    row(['Section', ...agencies.map(({ name }) => name)]),
    row(['---', ...agencies.map(() => '---')]),
    ...rows.map(row),
    '',
    ...basis,
    '',
  ].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** One line an agency: on which agreement and gateways of law its grant rests. */
function basisOf(
  policy: Policies,
  agency: string,
  name: string,
  role: string,
  purpose: string,
): readonly string[] {
  const grant = grantOf(policy, agency, role, purpose);
  const agreement = policy.agencies.get(agency)?.agreement;
  if (!grant || !agreement) return [];
  const claim = grant.claim ? '; a claimed relationship is enough' : '';
  const unverified = [...grant.unverified].map(([section, level]) => `${section} ${level.toLowerCase()}`);
  const meanwhile =
    unverified.length > 0 ? `; while the reference cannot be checked: ${unverified.join(', ')}` : '';
  return [
    `- ${name}: ${grant.gateways.map(gatewayWords).join('; ')} (${agreement.id} version ${agreement.version})${claim}${meanwhile}`,
  ];
}

const gatewayWords = ({ cite, place }: LegalGateway): string =>
  place === null ? cite : `${cite} in a ${place === 'PUBLIC' ? 'public place' : 'dwelling'}`;

const WITHHELD_WORDS: Readonly<Partial<Record<WithheldReason, string>>> = {
  NOT_OFFERED: 'sealed',
  NEEDS_REVIEW: 'review',
  NEEDS_BREAK_GLASS: 'break-glass',
  AGREEMENT_WITHDRAWN: 'withdrawn',
};

/** "medication, allergies (risk to self, lacks capacity)". */
const breakGlassWords = ({ opens, grounds }: BreakGlassOffer): string =>
  `${opens.join(', ')} (${grounds.map((one) => one.toLowerCase().replaceAll('_', ' ')).join(', ')})`;

/** `own` where the agency's staff see it and nobody else does. */
export function cellWords({ own, others }: MatrixCell): string {
  if (own.level !== null && others.level === null)
    return own.level === 'FULL' ? 'own' : `own: ${decisionWords(own)}`;
  return decisionWords(others);
}

function decisionWords({ level, reason, scope, breakGlass }: SectionDecision): string {
  if (level === null && breakGlass) return `break-glass: ${breakGlassWords(breakGlass)}`;
  if (level === null) return (reason && WITHHELD_WORDS[reason]) ?? '–';
  return scope === null ? level.toLowerCase() : `${level.toLowerCase()}: ${scope}`;
}

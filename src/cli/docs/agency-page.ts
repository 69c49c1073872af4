import { type AnyAdapter, type Desk, grantedColumns } from '../../../adapters/contract.ts';
import type { MatrixTable } from '../../sharing/matrix.ts';
import type { AgencyPolicy, Policies } from '../../sharing/policy/policies.ts';
import type { Catalogue } from '../../sharing/policy/types.ts';
import { codeLists } from './code-lists.ts';
import { code, codes, table } from './markdown.ts';
import { sectionPages } from './section-pages.ts';
import { whoSeesWhat } from './who-sees-what.ts';

/** What the pages are made from: the same adapters and policies that the gateway runs on. */
export interface AgencyPagesInput {
  adapters: readonly AnyAdapter[];
  catalogue: Catalogue;
  policy: Policies;
  tables: readonly MatrixTable[];
}

/** One agency as a page of Markdown: `docs/agencies/<id>.md`. */
export function agencyPage(adapter: AnyAdapter, { catalogue, policy, tables }: AgencyPagesInput): string {
  const own = policy.agencies.get(adapter.id);
  return [
    `# ${adapter.name}`,
    '',
    `Made from \`adapters/${adapter.id}\` and its [sharing.yaml](../../adapters/${adapter.id}/sharing.yaml) by`,
    '`npx sightline docs agencies`. Do not edit.',
    '',
    ...whoItIs(adapter, own),
    ...desks(adapter),
    ...columnsRead(adapter),
    '## What it supplies',
    '',
    'Each section, where its rows stand, and each field with the level that releases it. What may give away a *place* is hidden of',
    'people under a place shield; so is *free text*, but for extracts that were agreed.',
    '',
    ...sectionPages(adapter, catalogue),
    ...codeLists(adapter),
    ...indexGiven(adapter, own),
    ...references(adapter),
    ...whoSeesWhat(adapter.id, tables, policy),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function whoItIs(adapter: AnyAdapter, own: AgencyPolicy | undefined): readonly string[] {
  const agreement = own?.agreement;
  const facts: readonly (readonly [string, string])[] = [
    ['Id', code(adapter.id)],
    ['Controller', own?.controller ?? ''],
    ['NHS body', adapter.nhsBody ? 'yes: some gateways of law leave it out' : 'no'],
    ['Covers', adapter.coverage],
    ['Known by', own ? `${code(own.characteristic)}: who may not know of it does not see the agency` : ''],
    ['Agreement', agreement ? `${agreement.id} version ${agreement.version}` : ''],
    [
      'In force',
      agreement
        ? `from ${agreement.from}${agreement.end === null ? '' : ` to ${agreement.end}`}, review ${agreement.review}`
        : '',
    ],
    ['Parties', agreement ? codes(agreement.parties) : ''],
    ['Kinds of service', codes(adapter.serviceKinds)],
  ];
  return table(
    ['', ''],
    facts.filter(([, fact]) => fact !== ''),
  );
}

function desks(adapter: AnyAdapter): readonly string[] {
  const row = ([name, desk]: [string, Desk]) => [
    code(name),
    desk === adapter.contact ? `${desk.desk} (where nothing else is said)` : desk.desk,
    [desk.phone, desk.email].filter(Boolean).join(', '),
    desk.hours ?? '',
    desk.advice ?? '',
  ];
  return [
    '## Whom to call',
    '',
    ...table(['Desk', 'Name', 'Reached by', 'Hours', 'Advice'], Object.entries(adapter.desks).map(row)),
  ];
}

/** All that the gateway's login may read. */
function columnsRead(adapter: AnyAdapter): readonly string[] {
  const rows = [...grantedColumns(adapter)].map(([name, columns]) => [
    code(name),
    codes([...columns].sort()),
  ]);
  return [
    '## What is read',
    '',
    'The gateway’s login may read these columns of the agency’s database, and no other.',
    '',
    ...table(['Table', 'Columns'], rows.sort()),
  ];
}

function indexGiven(adapter: AnyAdapter, own: AgencyPolicy | undefined): readonly string[] {
  const shared = own?.index;
  return [
    '## What the person index is given',
    '',
    shared
      ? `${shared.share.join(', ') || 'No feature'}, and protections and exclusions, by ${shared.gateways.join('; ')}. A record that is no longer fed finds nobody; what it hid stays hidden ${code(shared.retain)} more, and then it leaves the index.`
      : 'Nothing.',
    '',
    `What has changed since the index was last fed ${CHANGES_FOUND[adapter.index.changes?.by ?? 'COMPARED']}.`,
    '',
    `Read for it: ${codes(adapter.index.reads)}.`,
    '',
  ];
}

const CHANGES_FOUND = {
  TIMESTAMP: 'is found by the time at which its system last wrote anything of a record',
  ID: 'is found in the log of changes that its system keeps',
  COMPARED: 'is found by reading everything and comparing',
};

const references = ({ id, reference }: AnyAdapter): readonly string[] => [
  '## Which references it proves',
  '',
  `${code(`${id}:…`)} – ${reference.description}`,
  '',
  `Read for it: ${codes(reference.reads)}.`,
  '',
];

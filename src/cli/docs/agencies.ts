import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AnyAdapter } from '../../../adapters/contract.ts';
import { matrix } from '../../sharing/matrix.ts';
import { loadedPolicy, type PolicyCommandDeps } from '../policy/deps.ts';
import { type AgencyPagesInput, agencyPage } from './agency-page.ts';
import { code, table } from './markdown.ts';

export interface DocsCommandDeps
  extends Pick<PolicyCommandDeps, 'root' | 'catalogue' | 'now' | 'out' | 'err' | 'exit'> {
  adapters(): Promise<readonly AnyAdapter[]>;
}

export interface AgenciesFlags {
  out?: string;
  check?: boolean;
}

/** `docs agencies`: writes a page for each agency and their index. With `--check` it writes nothing, and is 1 if any differs. */
export async function documentAgencies(deps: DocsCommandDeps, flags: AgenciesFlags): Promise<number> {
  const folder = flags.out === undefined ? join(deps.root, 'docs/agencies') : resolve(flags.out);
  const pages = await agencyPages(deps);
  const stale = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.md') && !pages.has(name))
    : [];
  const changed = [...pages].filter(([name, page]) => read(join(folder, name)) !== page);
  if (!flags.check) {
    mkdirSync(folder, { recursive: true });
    for (const [name, page] of changed) writeFileSync(join(folder, name), page);
    for (const name of stale) rmSync(join(folder, name));
  }
  const verb = flags.check ? ['is out of date', 'is of no agency'] : ['written', 'removed'];
  for (const [name] of changed) deps.out(`${join(folder, name)}: ${verb[0]}\n`);
  for (const name of stale) deps.out(`${join(folder, name)}: ${verb[1]}\n`);
  const count = changed.length + stale.length;
  if (count === 0) deps.out(`${pages.size} pages are as they should be\n`);
  else if (flags.check) deps.out('Write them with: npx sightline docs agencies\n');
  return flags.check && count > 0 ? 1 : 0;
}

/** File name → page, of every agency that has a folder of its own. */
export async function agencyPages(deps: DocsCommandDeps): Promise<ReadonlyMap<string, string>> {
  const loaded = await loadedPolicy(deps);
  const tables = matrix({ ...loaded, withdrawn: new Set(), now: deps.now() });
  const input: AgencyPagesInput = { ...loaded, adapters: await deps.adapters(), tables };
  return new Map([
    ['README.md', agenciesIndex(input)],
    ...input.adapters.map((one) => [`${one.id}.md`, agencyPage(one, input)] as const),
  ]);
}

const read = (file: string): string | null => (existsSync(file) ? readFileSync(file, 'utf8') : null);

function agenciesIndex({ adapters, catalogue }: AgencyPagesInput): string {
  const sections = (agency: string) =>
    [...catalogue.sections.values()].filter(({ suppliers }) => suppliers.includes(agency));
  const rows = adapters.map((one) => [
    `[${one.name}](${one.id}.md)`,
    code(one.id),
    one.coverage,
    sections(one.id)
      .map(({ name }) => name)
      .join(', '),
  ]);
  return [
    '# Agencies',
    '',
    'A page for each agency: who it is, what is read, how it decodes, and who sees what. Made by',
    '`npx sightline docs agencies`. Do not edit. How to add one: [adding-an-agency.md](../adding-an-agency.md).',
    '',
    ...table(['Agency', 'Id', 'Covers', 'Supplies'], rows),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

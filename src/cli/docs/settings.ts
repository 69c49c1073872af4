import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agencySetting } from '../../config/agency-settings.ts';
import { SETTINGS, type Setting } from '../../config/settings.ts';
import type { DocsCommandDeps } from './agencies.ts';
import { code, table } from './markdown.ts';

const PAGE = 'docs/operating.md';
const BEGIN = '<!-- made by `npx sightline docs settings`: do not edit -->';
const END = '<!-- end of what is made -->';

type Group = Readonly<Record<string, Setting>>;
const rows = (group: Group, nameOf = (setting: string) => setting) =>
  Object.entries(group).map(([setting, { usual, about }]) => [code(nameOf(setting)), usual ?? '', about]);
const ofAnAgency = (setting: string) => agencySetting('<AGENCY>', setting);

/** The tables of settings, in Markdown. */
export function settingsTables(): string {
  const { common, production, agency } = SETTINGS;
  return [
    ...table(['Setting', 'Default', ''], rows(common)),
    ...table(['Production', 'Default', ''], rows(production)),
    ...table(['Of each agency', 'Default', ''], rows(agency, ofAnAgency)),
  ].join('\n');
}

/** `docs settings`: writes the tables into docs/operating.md. With `--check` it writes nothing, and is 1 if they differ. */
export function documentSettings(
  { root, out }: Pick<DocsCommandDeps, 'root' | 'out'>,
  { check = false }: { check?: boolean },
): number {
  const file = join(root, PAGE);
  const page = readFileSync(file, 'utf8');
  const [before, rest = ''] = page.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`${PAGE} has lost the marks between which the settings stand`);
  const current = `${before}${BEGIN}\n\n${settingsTables()}\n${END}${after}`;
  if (current === page) out(`${PAGE}: as it should be\n`);
  else if (check) out(`${PAGE}: is out of date. Write it with: npx sightline docs settings\n`);
  else {
    writeFileSync(file, current);
    out(`${PAGE}: written\n`);
  }
  return check && current !== page ? 1 : 0;
}

/** The settings for whoever reads them at a terminal: a line each, as far as its first words say it. */
export function settingsHelp(): string {
  const { common, production, agency } = SETTINGS;
  const lines = [...settingLines(common), ...settingLines(production), ...settingLines(agency, ofAnAgency)];
  return `Settings come from the environment (docs/operating.md):\n${lines.join('\n')}`;
}

/** A line for each setting of a group. */
export const settingLines = (group: Group, nameOf = (setting: string) => setting): readonly string[] =>
  Object.entries(group).map(([name, { usual, about }]) => {
    const [first = ''] = plain(about).split(/[.;:] |\.$/);
    return `  ${nameOf(name).padEnd(24)} ${first}${usual === null ? '' : ` (${plain(usual)})`}`;
  });

const plain = (markdown: string) => markdown.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');

/** The tables of settings in docs/operating.md, and what `start --help` says of them, are made from the settings themselves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { documentSettings, settingsHelp } from '../../src/cli/docs/settings.ts';
import { agencySetting } from '../../src/config/agency-settings.ts';
import { AGENCY_SETTING_NAMES, SETTING_NAMES } from '../../src/config/settings.ts';
import { projectRoot } from '../../src/project-root.ts';

const root = projectRoot();
const NAMES = [...SETTING_NAMES, ...AGENCY_SETTING_NAMES.map((name) => agencySetting('<AGENCY>', name))];

test('docs/operating.md has every setting as it is: after a change, run npx sightline docs settings', () => {
  const said: string[] = [];
  expect(documentSettings({ root, out: (text) => void said.push(text) }, { check: true })).toBe(0);
  expect(said).toEqual(['docs/operating.md: as it should be\n']);
  const page = readFileSync(join(root, 'docs/operating.md'), 'utf8');
  for (const name of NAMES) expect(page).toContain(`| \`${name}\` |`);
});

test('start --help has a line for each', () => {
  const lines = settingsHelp().split('\n');
  for (const name of NAMES)
    expect(lines.filter((line) => line.startsWith(`  ${name} `))).toEqual([
      expect.stringMatching(/\S {1,}\S/),
    ]);
});

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { grantedColumns } from '../../adapters/contract.ts';
import { findAdapters } from '../../src/adapters-found.ts';
import { agencyPages } from '../../src/cli/docs/agencies.ts';
import { docsCommand } from '../../src/cli/docs.ts';
import { projectRoot } from '../../src/project-root.ts';
import { catalogue, shippedPolicy } from '../sharing/support/shipped-policy.ts';

const root = projectRoot();
const adapters = await findAdapters(root);
const deps = {
  root,
  catalogue: () => Promise.resolve(catalogue),
  adapters: () => Promise.resolve(adapters),
  now: () => new Date('2026-07-01T12:00:00Z'),
  out: () => {},
  err: () => {},
  exit: () => {},
};
const pages = await agencyPages(deps);
const pageOf = (agency: string) => pages.get(`${agency}.md`) ?? '';

describe('the pages of the agencies', () => {
  it.each([...pages])(
    'docs/agencies/%s is what adapter and policy say: after a change, run this test with --update',
    async (name, page) => {
      await expect(page).toMatchFileSnapshot(join(root, 'docs/agencies', name));
    },
  );

  it('are one for each agency, and the list of them', () => {
    expect(readdirSync(join(root, 'docs/agencies')).sort()).toEqual([...pages.keys()].sort());
    expect([...pages.keys()].sort()).toEqual(['README.md', ...adapters.map(({ id }) => `${id}.md`)].sort());
  });
});

describe.each(adapters.map((adapter) => [adapter.id, adapter] as const))('the page of %s', (id, adapter) => {
  it('names every column that the login may read, and no other', () => {
    const listed = [...pageOf(id).matchAll(/^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|$/gm)].flatMap(
      ([, table, columns = '']) =>
        [...columns.matchAll(/`(\w+)`/g)].map(([, column]) => `${table}.${column}`),
    );
    const granted = [...grantedColumns(adapter)].flatMap(([table, columns]) =>
      [...columns].map((column) => `${table}.${column}`),
    );
    expect(granted.filter((column) => !listed.includes(column))).toEqual([]);
    const tables = new Set(grantedColumns(adapter).keys());
    expect(
      listed.filter((column) => tables.has(column.split('.')[0] ?? '') && !granted.includes(column)),
    ).toEqual([]);
  });

  it('has a line for every field it supplies, with the level that releases it', () => {
    for (const [section, { fields }] of catalogue.sections) {
      if (!adapter.sections[section]) continue;
      const part = pageOf(id).split(`\n### ${section}\n`)[1]?.split('\n### ')[0] ?? '';
      for (const name of Object.keys(adapter.sections[section])) {
        const levels = [...fields].filter(([path]) => path === name || path.startsWith(`${name}.`));
        expect(part, `${section}.${name}`).toContain(`| \`${name}`);
        for (const [, path = '', level] of part.matchAll(/^\| `([\w.]+)` \| (\w+) \|/gm))
          if (path.startsWith(name))
            expect(new Map(levels).get(path)?.level.toLowerCase() ?? level, `${section}.${path}`).toBe(level);
      }
    }
  });

  it('says whom to call, and what each role is given at each purpose', () => {
    for (const { desk } of Object.values(adapter.desks)) expect(pageOf(id)).toContain(desk);
    for (const { role, purpose } of shippedPolicy().agencies.get(id)?.grants ?? [])
      expect(pageOf(id)).toContain(`\`${role}\` at \`${purpose}\``);
  });
});

describe('the code lists', () => {
  it('stand with the columns that hold the codes', () => {
    const [, list = ''] = pageOf('police').split('### `T_OCCURRENCE.OUTC_CD`');
    expect(list.split('###')[0]).toContain('| `S136` | Taken to a place of safety |');
  });

  it('are named as GraphQL names them', () => {
    const [, list = ''] = pageOf('mental-health').split('### `MHA_Section.LegalStatus`');
    expect(list.split('###')[0]).toMatch(/legal status classification[\s\S]*\| `20` \| Section 136 \|/);
  });
});

describe('docs agencies', () => {
  let out: string;
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'sightline-pages-'));
  });
  afterEach(() => rmSync(out, { recursive: true }));

  async function sightline(...words: string[]) {
    const said = { out: '', code: -1 };
    const command = docsCommand({
      ...deps,
      out: (text) => {
        said.out += text;
      },
      exit: (code) => {
        said.code = code;
      },
    });
    await command.parseAsync(words, { from: 'user' });
    return said;
  }

  it('writes a page for each agency, and takes away that of an agency that is gone', async () => {
    writeFileSync(join(out, 'lighthouse-board.md'), '# Lighthouse board\n');
    const { code } = await sightline('agencies', '--out', out);
    expect(code).toBe(0);
    expect(readdirSync(out).sort()).toEqual([...pages.keys()].sort());
    expect(readFileSync(join(out, 'police.md'), 'utf8')).toBe(pageOf('police'));
  });

  it('with --check says that all is well where it is', async () => {
    await sightline('agencies', '--out', out);
    const { out: said, code } = await sightline('agencies', '--out', out, '--check');
    expect(said).toBe(`${pages.size} pages are as they should be\n`);
    expect(code).toBe(0);
  });

  it('with --check names the page that is out of date, writes nothing, and exits 1', async () => {
    await sightline('agencies', '--out', out);
    writeFileSync(join(out, 'police.md'), 'an older page');
    const { out: said, code } = await sightline('agencies', '--out', out, '--check');
    expect(said).toContain(`${join(out, 'police.md')}: is out of date\n`);
    expect(said).not.toContain('housing.md');
    expect(code).toBe(1);
    expect(readFileSync(join(out, 'police.md'), 'utf8')).toBe('an older page');
  });
});

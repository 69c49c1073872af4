/**
 * Every step of docs/front-ends.md, as it stands there: its files are written and its commands run, in an empty folder,
 * against the demo and in a real browser. Packages of the registry are those of this repository, linked in the place of
 * `npm install`, at the versions that the page names; the client itself is packed and installed by npm.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { noChromium } from '../browser/chromium.ts';
import { type DemoInBrowser, startDemoInBrowser } from '../browser/demo.ts';
import { OFFLINE, type Packed, packClient } from '../client/installed.ts';

const run = promisify(execFile);
const root = projectRoot();
const text = readFileSync(join(root, 'docs/front-ends.md'), 'utf8');

interface Step {
  /** `file`, `in` (whose folder a command runs in) or `does not compile`. */
  kind: string;
  name: string;
  content: string;
}
const steps: readonly Step[] = [
  ...text.matchAll(/^<!-- (file|in|does not compile): (\S+) -->\n```\w+\n([\s\S]*?)^```/gm),
].map(([, kind = '', name = '', content = '']) => ({ kind, name, content }));
const commands = steps.filter(({ kind, name }) => kind === 'in' && name === 'page').flatMap(linesOf);

function linesOf({ content }: Step): string[] {
  return content.split('\n').filter((line) => line.trim() !== '');
}

test('the page has its steps: the client packed, files, and commands that end with the page served', () => {
  expect(steps.filter(({ kind, name }) => kind === 'in' && name === 'sightline').flatMap(linesOf)).toEqual([
    'npm pack ./dist/client',
  ]);
  expect(steps.filter(({ kind }) => kind === 'file').map(({ name }) => name)).toEqual([
    'vite.config.ts',
    'tsconfig.json',
    'src/crisis-plan.graphql',
    'codegen.ts',
    'index.html',
    'src/main.ts',
    'src/cymraeg.ts',
  ]);
  expect(commands.at(-1)).toBe('npx vite');
});

test('the page names every kind of refusal', () => {
  const source = readFileSync(join(root, 'src/client/not-answered.ts'), 'utf8');
  const [, union = ''] = /export type NotAnsweredKind =([^;]*);/.exec(source) ?? [];
  const kinds = [...union.matchAll(/'(\w+)'/g)].map(([, kind]) => kind);
  expect(kinds.length).toBeGreaterThan(10);
  expect(kinds.filter((kind) => !text.includes(`\`${kind}\``))).toEqual([]);
});

describe.skipIf(noChromium)('from an empty folder', { timeout: 300_000 }, () => {
  let demo: DemoInBrowser;
  let packed: Packed;
  let page: string;
  let vite: ChildProcess;
  let url: string;

  beforeAll(async () => {
    [demo, packed] = await Promise.all([startDemoInBrowser(), packClient()]);
    page = join(packed.folder, 'page');
    await mkdir(page);
    for (const step of steps) {
      if (step.kind === 'file') await write(step);
      if (step.kind === 'in' && step.name === 'page') for (const line of linesOf(step)) await follow(line);
    }
    // Vite goes on; what stands below it on the page compiles as well.
    await follow('npx tsc');
  }, 400_000);
  afterAll(async () => {
    vite?.kill('SIGKILL');
    await demo?.close();
    await packed?.remove();
  });

  const write = async ({ name, content }: Step) => {
    await mkdir(dirname(join(page, name)), { recursive: true });
    await writeFile(join(page, name), content);
  };

  /** One line of the page's commands. */
  async function follow(line: string): Promise<void> {
    const packages = /^npm install --save-dev (.+)$/.exec(line)?.[1];
    if (packages) return linkAll(packages.split(' '));
    if (line === 'npx vite') return serve();
    await run('sh', ['-c', line], { cwd: page, env: { ...process.env, ...OFFLINE } });
  }

  /** Vite, at a port that is free. */
  async function serve(): Promise<void> {
    const program = join(page, 'node_modules/.bin/vite');
    const env = { ...process.env, SIGHTLINE: demo.url, NO_COLOR: '1' };
    vite = spawn(program, ['--port', '0', '--host', '127.0.0.1'], { cwd: page, env });
    url = await new Promise<string>((resolve, reject) => {
      let said = '';
      const read = (part: Buffer) => {
        said += part;
        const [found] = /http:\/\/127\.0\.0\.1:\d+\//.exec(said) ?? [];
        if (found) resolve(found);
      };
      vite.stdout?.on('data', read);
      vite.stderr?.on('data', read);
      vite.once('exit', () => reject(new Error(`Vite ended: ${said}`)));
    });
  }

  /** In the place of an install: this repository's packages, at just the versions that the page names. */
  async function linkAll(packages: readonly string[]): Promise<void> {
    const bin = join(page, 'node_modules/.bin');
    await mkdir(bin, { recursive: true });
    for (const wanted of packages) {
      const name = wanted.slice(0, wanted.lastIndexOf('@'));
      const folder = join(root, 'node_modules', name);
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      expect(`${name}@${manifest.version}`).toBe(wanted);
      await mkdir(dirname(join(page, 'node_modules', name)), { recursive: true });
      await symlink(folder, join(page, 'node_modules', name));
      for (const [command, file] of Object.entries<string>(manifest.bin ?? {}))
        if (!existsSync(join(bin, command))) await symlink(join(folder, file), join(bin, command));
    }
  }

  async function open(query: string, read: (opened: Page) => Promise<void>): Promise<void> {
    const opened = await demo.browser.newPage();
    try {
      await opened.goto(`${url}${query}`);
      await read(opened);
    } finally {
      await opened.close();
    }
  }
  const shown = (opened: Page, id: string) => expect.poll(() => opened.locator(`#${id}`).textContent());

  test('a typed page shows an officer Maya’s plan, with its gaps and whom to call', async () => {
    await open('', async (opened) => {
      await shown(opened, 'what-helps').toMatch(/What helps: Sitting down together/);
      for (const name of ['triggers', 'avoid'])
        await shown(opened, name).toMatch(
          /: Mental health\. Withheld: more detail than is shared with you\. Call .*, 01632 960200\./,
        );
      await shown(opened, 'asked-at').toMatch(/\d/);
    });
  });

  test('and the nurse all of it', async () => {
    await open('?persona=triage-nurse', async (opened) => {
      await shown(opened, 'triggers').toMatch(/Anniversary of her brother/);
      await shown(opened, 'avoid').not.toMatch(/Withheld|None/);
    });
  });

  test('whoever may not know of the plan is told so, and not that there is none', async () => {
    await open('?persona=analyst', async (opened) => {
      await expect.poll(() => opened.locator('main').textContent()).not.toMatch(/^Asking/);
      expect(await opened.locator('main').textContent()).not.toMatch(/None\.|undefined|null/);
    });
  });

  test('nothing of an answer is left in the browser', async () => {
    await open('', async (opened) => {
      await shown(opened, 'what-helps').toMatch(/Sitting down/);
      const kept = await opened.evaluate(`(async () => ({
        stored: localStorage.length + sessionStorage.length + document.cookie.length,
        databases: (await indexedDB.databases()).length,
        caches: (await caches.keys()).length,
      }))()`);
      expect(kept).toEqual({ stored: 0, databases: 0, caches: 0 });
    });
  });

  test('the mistake that the page names does not compile', async () => {
    const mistake = steps.find(({ kind }) => kind === 'does not compile') as Step;
    await write(mistake);
    const { stdout } = (await run('npx', ['tsc'], { cwd: page }).catch((error) => error)) as {
      stdout: string;
    };
    expect(stdout).toMatch(
      /^src\/mistake\.ts\(\d+,\d+\): error TS\d+: Property 'triggers' does not exist on type/,
    );
    expect(await readdir(join(page, 'src/documents'))).toContain('graphql.ts');
  });
});

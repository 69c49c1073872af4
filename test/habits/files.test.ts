import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { program } from '../../src/cli/program.ts';
import { projectRoot } from '../../src/project-root.ts';

const root = projectRoot();
const text = (file: string) => readFileSync(join(root, file), 'utf8');
/** As committed or about to be; a file that was removed and not yet committed is not one. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const written = files.filter((file) => file !== 'package-lock.json' && !/\.(png|ico|woff2?)$/.test(file));
const source = files.filter((file) => /^(src|adapters|fixtures|scripts)\/.*\.(ts|tsx|mjs)$/.test(file));

/** `file:line: text` of every line in `among` that matches. */
function lines(among: readonly string[], pattern: RegExp): string[] {
  return among.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
      ),
  );
}

test('no file names a folder of one machine', () => {
  expect(lines(written, /(^|[^a-zA-Z0-9_.])\/(root|farm|work|home\/[a-z]+|Users\/[a-z]+)\//)).toEqual([]);
});

test('the lock file names no registry, so that an install takes whichever is configured', () => {
  expect(lines(['package-lock.json'], /"resolved": "http/)).toEqual([]);
});

test('no test is switched off, focused or only promised, but a scenario may say what it still misses', () => {
  const tests = files.filter((file) => file.startsWith('test/'));
  expect(lines(tests, /\b(it|test|describe)\.(skip|only|fails)\b/)).toEqual([]);
  const promised = lines(tests, /\b(it|test|describe)\.todo\b/);
  expect(promised.filter((line) => !/^test\/scenarios\/.* test\.todo\('.*; missing: ./.test(line))).toEqual(
    [],
  );
});

test('nothing that tests import registers a hook while it loads: files share their processes, and it loads once', () => {
  const helpers = files.filter((file) => /^test\/.*\.ts$/.test(file) && !file.endsWith('.test.ts'));
  expect(helpers.length).toBeGreaterThan(50);
  expect(lines(helpers, /^(beforeAll|beforeEach|afterAll|afterEach)\(/)).toEqual([]);
});

test('nothing is left for later in the code', () => {
  const marks = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X'].join(''));
  expect(lines([...source, ...files.filter((file) => file.startsWith('schema/'))], marks)).toEqual([]);
});

test('the program has no type `any` of its own: an agency’s tables, which are its adapter’s, are AnyTables', () => {
  expect(
    lines(
      source.filter((file) => file.startsWith('src/') && !file.startsWith('src/generated/')),
      /noExplicitAny|<any\b|: any\b|= any;/,
    ).filter((line) => !/: (\/\*\*|\*|\/\/)/.test(line)),
  ).toEqual([]);
});

test('every command that README and docs name exists', () => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
  const own = new Set(['ci', 'init', 'install', 'pack', 'pkg', 'start', 'test', ...Object.keys(scripts)]);
  const named = documents().flatMap((file) =>
    [...code(text(file)).matchAll(/\bnpm (?:run )?([a-z][\w:-]*)/g)].map(([, name]) => `${file}: ${name}`),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((line) => !own.has(line.split(': ')[1] ?? ''))).toEqual([]);
});

test('every command of the program that README and docs name exists, with its options', () => {
  const named = documents().flatMap((file) =>
    [...code(text(file)).matchAll(/\bnpx sightline ([a-z]+(?: [a-z][a-z-]*)?)(.*)/g)].map(
      ([, command = '', rest]) => ({
        ...{ file, command },
        options: rest?.match(/--[a-z-]+/g) ?? [],
      }),
    ),
  );
  expect(named.length).toBeGreaterThan(30);
  const unknown = named.flatMap(({ file, command, options }) => {
    const found = commandOf(command.split(' '));
    if (!found) return [`${file}: ${command}`];
    const flags = new Set([...found.options.map(({ long }) => long), '--help']);
    return options.filter((option) => !flags.has(option)).map((option) => `${file}: ${command} ${option}`);
  });
  expect(unknown).toEqual([]);
});

/** The command of these words; a word after one that has no commands below it is its argument. */
function commandOf(words: readonly string[]): Command | undefined {
  return words.reduce<Command | undefined>(
    (above, word) =>
      above?.commands.length === 0 ? above : above?.commands.find((command) => command.name() === word),
    program(),
  );
}

test('every link between documents leads somewhere', () => {
  const broken = documents().flatMap((file) =>
    [...text(file).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target]) => target ?? '')
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !leadsSomewhere(file, target))
      .map((target) => `${file}: ${target}`),
  );
  expect(broken).toEqual([]);
});

function documents(): string[] {
  return files.filter((file) => file.endsWith('.md'));
}

/** What a document sets as code: blocks and words. */
function code(markdown: string): string {
  return [...markdown.matchAll(/^```[^\n]*\n([\s\S]*?)^```|`([^`\n]+)`/gm)]
    .map(([, block, word]) => block ?? word)
    .join('\n');
}

/** A file or folder of the project, and a heading of it where the link names one. */
function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(root, target))) return false;
  if (heading === undefined || statSync(join(root, target)).isDirectory()) return true;
  return headings(text(target)).includes(heading);
}

/** As they are made into anchors where Markdown is read. */
function headings(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, words]) =>
    (words ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The projects of the suite. `gateway` is whatever asks a whole gateway: its files share their processes, so that the
 * product is loaded once in each, and each file has a gateway of its own, or shares one that nobody can change.
 * `database` is what asks a database server and needs nothing else: its files share their processes too, each on databases
 * of its own. `alone` is what needs a program, a browser or long calculation, or changes its process or a module of the
 * product; each of its files runs by itself. `pure` is the rest, where a file takes seconds at most, in shared processes.
 */
export type Project = 'alone' | 'database' | 'gateway' | 'pure';
/** In the order in which they run: a worker goes on with files of the same project only. */
const PROJECTS: readonly string[] = ['alone', 'database', 'gateway', 'pure'] satisfies Project[];

/** Files that take longest, the longest first: a worker that begins them last would be waited for alone. */
const LONG = [
  'browser/graphiql',
  'docs/front-ends',
  'store/hostile-sessions',
  'attacks/hidden-everywhere',
  'person-index/resume',
  'conformance/agencies',
  'conformance/adapter-check',
  'scenarios/05-at-the-terminal',
  'linkage/generated-sets',
  'linkage/public-sets',
  'linkage/evaluate',
  'linkage/properties',
  'patterns/nothing-more',
  'patterns/import',
  'fixtures/population',
  'habits/layers',
];

/** Named by a test file, or by what it imports of `test/`, these say that it needs more than its own process. */
const A_SERVER = /from '(?:pg|mysql2(?:\/promise)?)'|inject\('postgres'\)/;
const A_PROGRAM = /from '(?:playwright-core|node:child_process)'/;
const A_GATEWAY = /function startSightline\(/;
const A_BROWSER = /from 'playwright-core'/;
/** The next file of the process would find what this one did with it, or with a module of the product. */
const CHANGES_ITS_PROCESS =
  /\bvi\.(?:mock|doMock|stubEnv|stubGlobal|useFakeTimers)\(|process\.env\.\w+ = |delete process\.env/;

const longAt = (path: string): number => LONG.findIndex((name) => path === `test/${name}.test.ts`);

/** Test files of each project, as paths from the root. */
export function testFiles(root: string): Record<Project, string[]> {
  const files: Record<Project, string[]> = { alone: [], database: [], gateway: [], pure: [] };
  const tests = join(root, 'test');
  const server = reaching(A_SERVER, tests);
  const program = reaching(A_PROGRAM, tests);
  const gateway = reaching(A_GATEWAY, tests);
  const browser = reaching(A_BROWSER, tests);
  for (const name of readdirSync(tests, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (!name.endsWith('.test.ts')) continue;
    const [path, file] = [`test/${name}`, join(tests, name)];
    const byItself = CHANGES_ITS_PROCESS.test(readFileSync(file, 'utf8')) || browser(file);
    if (byItself || longAt(path) >= 0) files.alone.push(path);
    else if (gateway(file)) files.gateway.push(path);
    else if (program(file)) files.alone.push(path);
    else files[server(file) ? 'database' : 'pure'].push(path);
  }
  return files;
}

/** Whether a file, or anything that it imports of `test/`, has such words. */
function reaching(words: RegExp, tests: string): (file: string) => boolean {
  const found = new Map<string, boolean>();
  const reaches = (file: string): boolean => {
    const before = found.get(file);
    if (before !== undefined) return before;
    found.set(file, false);
    const text = readFileSync(file, 'utf8').replaceAll(/^import type .*$/gm, '');
    const imported = [...text.matchAll(/(?:from|import\() ?'(\.[^']+\.ts)'/g)].map(([, path = '']) =>
      join(dirname(file), path),
    );
    const is =
      words.test(text) ||
      imported.some((path) => path.startsWith(`${tests}/`) && existsSync(path) && reaches(path));
    found.set(file, is);
    return is;
  };
  return reaches;
}

/** One project after the other, the long files of each first. */
export class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const root = this.ctx.config.root;
    const order = (file: TestSpecification): [project: number, long: number, path: string] => {
      const path = relative(root, file.moduleId);
      const long = longAt(path);
      return [PROJECTS.indexOf(file.project.name), long < 0 ? LONG.length : long, path];
    };
    return files.toSorted((a, b) => {
      const [projectA, longA, pathA] = order(a);
      const [projectB, longB, pathB] = order(b);
      return projectA - projectB || longA - longB || (pathA < pathB ? -1 : 1);
    });
  }
}

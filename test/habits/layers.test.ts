import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { expect, onTestFinished, test } from 'vitest';
import config from '../../.dependency-cruiser.mjs';
import { projectRoot } from '../../src/project-root.ts';

const HOUSE = ['src', 'adapters', 'fixtures', 'scripts'];
const broken = async (root: string, folders = HOUSE) => {
  const options = {
    ...config.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: config.forbidden },
  };
  const { output } = await cruise(folders, options as ICruiseOptions);
  return (output as ICruiseResult).summary.violations.map(
    ({ from, to, rule }) => `${rule.name}: ${from} → ${to}`,
  );
};

test('every room imports only what it may know', async () => {
  expect(await broken(projectRoot())).toEqual([]);
});

/** One line in each room that does not belong there. */
const PLANTED: Record<string, [file: string, imports: string][]> = {
  'room adapters/contract': [['adapters/contract/desk.ts', 'src/errors.ts']],
  'room adapters/([^/]+)/': [
    ['adapters/police/fields.ts', 'src/compile/lock.ts'],
    ['adapters/police/desks.ts', 'adapters/housing/desks.ts'],
    ['adapters/police/tables.ts', 'kysely'],
  ],
  'room fixtures': [['fixtures/seed.ts', 'src/errors.ts']],
  'room src/http': [
    ['src/http/server.ts', 'src/sharing/decide.ts'],
    ['src/http/reply.ts', 'pg'],
  ],
  'room src/caller': [['src/caller/claims.ts', 'fastify']],
  'room src/sharing': [
    ['src/sharing/decide.ts', 'graphql'],
    ['src/sharing/watch.ts', 'kysely'],
    ['src/sharing/policies.ts', 'pg'],
  ],
  'room src/linkage': [
    ['src/linkage/learn.ts', 'src/person-index/matcher.ts'],
    ['src/linkage/read.ts', 'csv-parse'],
  ],
  'room src/person-index': [['src/person-index/gate.ts', 'graphql']],
  'room src/gateway': [
    ['src/gateway/section.ts', 'pg'],
    ['src/gateway/stitch.ts', 'kysely'],
    ['src/gateway/viewer.ts', 'fastify'],
    ['src/gateway/request.ts', '@apollo/server'],
  ],
  'room src/compile': [
    ['src/compile/lock.ts', 'src/caller/types.ts'],
    ['src/compile/statement.ts', 'src/sharing/decide.ts'],
  ],
  'room src/register': [['src/register/register.ts', 'src/sharing/types.ts']],
  'room src/store': [['src/store/store.ts', 'src/register/register.ts']],
  'room src/graphiql/app': [['src/graphiql/app/main.tsx', 'src/errors.ts']],
  'room src/graphiql/(?!app/)': [['src/graphiql/routes.ts', 'fastify']],
  'room src/generated': [['src/generated/resolvers.ts', 'kysely']],
  'room src/config': [['src/config.ts', 'src/store/store.ts']],
  'room src/errors.ts': [['src/errors.ts', 'src/caller/types.ts']],
  'room src/project-root.ts': [['src/project-root.ts', 'src/errors.ts']],
  'room src/adapters-found.ts': [['src/adapters-found.ts', 'src/errors.ts']],
  'room src/demo': [['src/demo/personas.ts', 'adapters/police/desks.ts']],
  'room src/app': [['src/app/options.ts', 'fixtures/people.ts']],
  'room src/main': [['src/main/close.ts', 'fixtures/people.ts']],
  'room src/cli': [['src/cli/start.ts', 'fixtures/people.ts']],
  'room scripts': [['scripts/build.mjs', 'fixtures/people.ts']],
  'every file has a room': [['src/elsewhere/thing.ts', 'src/errors.ts']],
};

test.each(config.forbidden.map(({ name }) => name).filter((name) => name !== 'no cycle of values'))(
  'a line that does not belong is found: %s',
  async (rule) => {
    const planted = PLANTED[rule] ?? [];
    const house = await plant(planted);
    const expected = planted.map(([file, imports]) =>
      isPackage(imports) ? expect.stringContaining(`${rule}: ${file} → `) : `${rule}: ${file} → ${imports}`,
    );
    expect(expected).not.toEqual([]);
    expect(await broken(house, topFolders(planted))).toEqual(expect.arrayContaining(expected));
  },
);

test('a cycle of values is found', async () => {
  const house = await plant([
    ['src/gateway/a.ts', 'src/gateway/b.ts'],
    ['src/gateway/b.ts', 'src/gateway/a.ts'],
  ]);
  expect((await broken(house, ['src'])).map((line) => line.split(':')[0])).toContain('no cycle of values');
});

test('what a room may know is let through', async () => {
  const house = await plant([
    ['src/compile/lock.ts', 'src/sharing/types.ts'],
    ['src/gateway/stitch.ts', 'graphql'],
    ['adapters/police/fields.ts', 'adapters/contract.ts'],
    ['adapters/police/index.ts', 'adapters/police/fields.ts'],
  ]);
  expect(await broken(house, ['src', 'adapters'])).toEqual([]);
});

const isPackage = (imports: string) => !/\.ts$/.test(imports);
const topFolders = (files: readonly [string, string][]) => [
  ...new Set(files.map(([file]) => file.split('/')[0] ?? '')),
];

/** A small house in which each file imports one thing, packages and all. */
async function plant(files: readonly [file: string, imports: string][]): Promise<string> {
  const house = await mkdtemp(join(tmpdir(), 'sightline-house-'));
  onTestFinished(() => rm(house, { recursive: true, force: true }));
  const write = async (file: string, text: string) => {
    await mkdir(dirname(join(house, file)), { recursive: true });
    await writeFile(join(house, file), text);
  };
  for (const [, imports] of files) {
    if (isPackage(imports)) {
      await write(
        `node_modules/${imports}/package.json`,
        JSON.stringify({ name: imports, main: 'index.js' }),
      );
      await write(`node_modules/${imports}/index.js`, 'module.exports = {};\n');
    } else await write(imports, 'export const thing = 1;\n');
  }
  for (const [file, imports] of files) {
    const up = '../'.repeat(file.split('/').length - 1);
    const from = isPackage(imports) ? imports : `${up}${imports}`;
    await write(file, `import * as other from '${from}';\nexport const thing = other;\n`);
  }
  return house;
}

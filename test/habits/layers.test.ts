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

test('every layer imports only what it may know', async () => {
  expect(await broken(projectRoot())).toEqual([]);
});

/** One line in each layer and folder that does not belong there. */
const PLANTED: Record<string, [file: string, imports: string][]> = {
  'layer adapters/contract': [['adapters/contract/desk.ts', 'src/errors.ts']],
  'layer adapters/([^/]+)/(?!fhir/)': [
    ['adapters/police/fields.ts', 'src/compile/plan/lock.ts'],
    ['adapters/police/sections.ts', 'adapters/housing/sections.ts'],
    ['adapters/police/tables.ts', 'kysely'],
  ],
  'layer adapters/([^/]+)/fhir/': [
    ['adapters/primary-care/fhir/search.ts', 'pg'],
    ['adapters/primary-care/fhir/search.ts', 'adapters/housing/sections.ts'],
  ],
  'layer fixtures': [['fixtures/seed.ts', 'src/errors.ts']],
  'layer src/alerts': [['src/alerts/event.ts', 'src/person-index/records/types.ts']],
  'layer src/host': [
    ['src/host/agency/server.ts', 'src/gateway/gateway.ts'],
    ['src/host/gateway/executor.ts', 'src/person-index/records/types.ts'],
  ],
  'layer src/http': [
    ['src/http/server.ts', 'src/sharing/decide.ts'],
    ['src/http/reply.ts', 'pg'],
  ],
  'layer src/caller': [['src/caller/claims.ts', 'fastify']],
  'layer src/sharing': [
    ['src/sharing/decide.ts', 'graphql'],
    ['src/sharing/files/watch.ts', 'kysely'],
    ['src/sharing/policy/policies.ts', 'pg'],
  ],
  'layer src/patterns': [['src/patterns/propose.ts', 'src/store/store.ts']],
  'layer src/agreement': [['src/agreement/document.ts', 'src/patterns/pattern.ts']],
  'layer src/documents': [['src/documents/stored.ts', 'src/caller/types.ts']],
  'layer src/linkage': [
    ['src/linkage/learn.ts', 'src/person-index/records/matcher.ts'],
    ['src/linkage/read.ts', 'csv-parse'],
  ],
  'layer src/counting': [['src/counting/count-cohort.ts', 'src/sharing/decide.ts']],
  'layer src/person-index': [['src/person-index/admit/gate.ts', 'graphql']],
  'layer src/acts': [
    ['src/acts/break-glass.ts', 'graphql'],
    ['src/acts/break-glass.ts', 'src/gateway/gateway.ts'],
  ],
  'layer src/conformance': [['src/conformance/parts.ts', 'src/gateway/gateway.ts']],
  'layer src/cohort': [['src/cohort/cohort.ts', 'src/gateway/gateway.ts']],
  'layer src/gateway': [
    ['src/gateway/sections/section.ts', 'pg'],
    ['src/gateway/schema/stitch.ts', 'kysely'],
    ['src/gateway/operation/viewer.ts', 'fastify'],
    ['src/gateway/request/request.ts', '@apollo/server'],
  ],
  'layer src/compile': [
    ['src/compile/plan/lock.ts', 'src/caller/types.ts'],
    ['src/compile/sql/statement.ts', 'src/sharing/decide.ts'],
  ],
  'layer src/register': [['src/register/register.ts', 'src/sharing/policy/types.ts']],
  'layer src/store': [['src/store/store.ts', 'src/register/register.ts']],
  'layer src/client/codegen': [['src/client/codegen.ts', 'src/client/ask.ts']],
  'layer src/client/(?!codegen)': [
    ['src/client/ask.ts', 'graphql'],
    ['src/client/words.ts', 'src/states.ts'],
  ],
  'layer src/pages/app': [['src/pages/app/graphiql/main.tsx', 'src/errors.ts']],
  'layer src/pages/(?!app/)': [['src/pages/page-files.ts', 'fastify']],
  'layer src/generated': [['src/generated/resolvers.ts', 'kysely']],
  'layer src/yaml': [['src/yaml/finding.ts', 'src/errors.ts']],
  'layer src/config': [['src/config.ts', 'src/store/store.ts']],
  'layer src/states.ts': [['src/states.ts', 'src/errors.ts']],
  'layer src/logger.ts': [['src/logger.ts', 'src/app.ts']],
  'layer src/errors.ts': [['src/errors.ts', 'src/caller/types.ts']],
  'layer src/session.ts': [['src/session.ts', 'src/errors.ts']],
  'layer src/project-root.ts': [['src/project-root.ts', 'src/errors.ts']],
  'layer src/adapters-found.ts': [['src/adapters-found.ts', 'src/errors.ts']],
  'layer src/demo': [['src/demo/personas.ts', 'adapters/police/sections.ts']],
  'layer src/app': [['src/app/options.ts', 'fixtures/people.ts']],
  'layer src/main': [['src/main/close.ts', 'fixtures/people.ts']],
  'layer src/cli/': [['src/cli/start.ts', 'fixtures/people.ts']],
  'layer scripts': [['scripts/build.mjs', 'fixtures/people.ts']],
  'folder src/host/wire': [['src/host/wire/signing.ts', 'src/host/agency/nonces.ts']],
  'folder src/host/agency': [['src/host/agency/server.ts', 'src/host/gateway/transport.ts']],
  'folder src/host/gateway': [['src/host/gateway/executor.ts', 'src/host/host.ts']],
  'every file of src/host has a folder': [['src/host/new/a.ts', 'src/host/wire/limits.ts']],
  'folder src/sharing/policy': [['src/sharing/policy/policies.ts', 'src/sharing/files/load.ts']],
  'folder src/sharing/files': [['src/sharing/files/load.ts', 'src/sharing/rules/grant.ts']],
  'folder src/sharing/rules': [['src/sharing/rules/grant.ts', 'src/sharing/decide.ts']],
  'folder src/person-index/records': [
    ['src/person-index/records/keys.ts', 'src/person-index/match/atoms.ts'],
  ],
  'folder src/person-index/match': [['src/person-index/match/atoms.ts', 'src/person-index/admit/gate.ts']],
  'folder src/person-index/admit': [['src/person-index/admit/gate.ts', 'src/person-index/search/query.ts']],
  'folder src/person-index/search': [
    ['src/person-index/search/query.ts', 'src/person-index/lookup/by-ids.ts'],
  ],
  'folder src/person-index/lookup': [['src/person-index/lookup/by-ids.ts', 'src/person-index/feed/pass.ts']],
  'folder src/person-index/feed': [['src/person-index/feed/pass.ts', 'src/person-index/review/tasks.ts']],
  'folder src/person-index/review': [['src/person-index/review/tasks.ts', 'src/person-index/index.ts']],
  'folder src/gateway/limits': [['src/gateway/limits/cost.ts', 'src/gateway/request/context.ts']],
  'folder src/gateway/request': [['src/gateway/request/context.ts', 'src/gateway/sections/section.ts']],
  'folder src/gateway/sections': [['src/gateway/sections/section.ts', 'src/gateway/operation/finding.ts']],
  'folder src/gateway/timeline': [['src/gateway/timeline/timeline.ts', 'src/gateway/operation/finding.ts']],
  'folder src/gateway/operation': [['src/gateway/operation/finding.ts', 'src/gateway/schema/stitch.ts']],
  'folder src/gateway/schema': [['src/gateway/schema/stitch.ts', 'src/gateway/gateway.ts']],
  'folder src/compile/dialects': [['src/compile/dialects/dialect.ts', 'src/compile/run/errors.ts']],
  'folder src/compile/run': [['src/compile/run/errors.ts', 'src/compile/sql/statement.ts']],
  'folder src/compile/sql': [['src/compile/sql/statement.ts', 'src/compile/plan/lock.ts']],
  'folder src/compile/api': [['src/compile/api/read-parts.ts', 'src/compile/plan/lock.ts']],
  'folder src/compile/plan': [['src/compile/plan/lock.ts', 'src/compile/answer/answer.ts']],
  'folder src/compile/answer': [['src/compile/answer/answer.ts', 'src/compile/executor.ts']],
  'every file of src/sharing has a folder': [['src/sharing/new/a.ts', 'src/sharing/policy/types.ts']],
  'every file of src/person-index has a folder': [
    ['src/person-index/new/a.ts', 'src/person-index/records/keys.ts'],
  ],
  'every file of src/gateway has a folder': [['src/gateway/new/a.ts', 'src/gateway/limits/cost.ts']],
  'every file of src/compile has a folder': [['src/compile/new/a.ts', 'src/compile/run/errors.ts']],
  'every file has a layer': [['src/elsewhere/thing.ts', 'src/errors.ts']],
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

test('what a layer may know is let through', async () => {
  const house = await plant([
    ['src/compile/plan/lock.ts', 'src/sharing/policy/types.ts'],
    ['src/gateway/schema/stitch.ts', 'graphql'],
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

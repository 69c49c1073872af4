import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { InOrder, type Project, testFiles } from './test/support/projects.ts';
import { relayTags } from './test/support/relay-tags.ts';

const files = testFiles(import.meta.dirname);
const project = (
  name: Project,
  test: TestProjectInlineConfiguration['test'],
): TestProjectInlineConfiguration => ({ extends: true, test: { name, include: files[name], ...test } });

/** Only these need the server that the set-up starts. */
const globalSetup = ['test/support/global-setup.ts'];

export default defineConfig({
  plugins: [relayTags('/test/clients/relay.ts')],
  // One graphql for tests and packages alike: Node gives packages its CommonJS build, so tests take that too.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) },
      // As it stands, and not as it was built last.
      { find: /^sightline\/client$/, replacement: join(import.meta.dirname, 'src/client/index.ts') },
    ],
  },
  test: {
    pool: 'forks',
    // Much of a test is waiting for PostgreSQL: as many workers as cores, not one fewer. A server of somebody else's may
    // have no more than its usual hundred connections, and one gateway with ten agencies takes up to half of them.
    maxWorkers: process.env.TEST_POSTGRES_URL ? 1 : '100%',
    sequence: { sequencer: InOrder },
    // A machine that checks a change may be a busy one.
    expect: { poll: { timeout: process.env.CI ? 60_000 : 20_000 } },
    testTimeout: process.env.CI ? 120_000 : 30_000,
    hookTimeout: process.env.CI ? 180_000 : 60_000,
    projects: [
      // Each file by itself: what one leaves behind must not fail or save another.
      project('alone', { globalSetup }),
      project('database', { globalSetup, isolate: false }),
      project('gateway', { globalSetup, isolate: false }),
      project('pure', { isolate: false }),
    ],
  },
});

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // One graphql for tests and packages alike: Node gives packages its CommonJS build, so tests take that too.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // Much of a test is waiting for PostgreSQL: as many workers as cores, not one fewer. A server of somebody else's may
    // have no more than its usual hundred connections, and one gateway with ten agencies takes up to half of them.
    maxWorkers: process.env.TEST_POSTGRES_URL ? 1 : '100%',
    globalSetup: ['test/support/global-setup.ts'],
    // A machine that checks a change may be a busy one.
    testTimeout: process.env.CI ? 120_000 : 30_000,
    hookTimeout: process.env.CI ? 180_000 : 60_000,
  },
});

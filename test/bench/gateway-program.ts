/** The gateway as it runs, in a process of its own: tokens, policy, register and all. */
import pino from 'pino';
import { createApp } from '../../src/app.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import { createTokenIssuer } from '../../src/demo/token-issuer.ts';
import { buildHttp } from '../../src/http/server.ts';
import type { Ready, Setting } from './setting.ts';

const setting: Setting = JSON.parse(process.env.BENCH_SETTING ?? '');
const now = () => new Date();
const log = pino({ level: 'error' }, pino.destination(2));
const app = await createApp({ ...setting, agencyTimeoutMs: 5_000, now, log });
const tokens = await createTokenIssuer(now);
const http = await buildHttp({
  gateway: app.gateway,
  trust: tokens,
  roles: () => [...app.policies().roles.keys()],
  agencies: app.agencies.ids,
  notReady: app.notReady,
  graphiql: {
    files: new Map(),
    config: { demo: true, oidc: null, examples: [], purposes: [], agencies: {} },
  },
  demo: { personas: PERSONAS, issue: tokens.issue },
  log,
  metrics: { answered() {} },
  now,
});
const nurse = PERSONAS.find(({ persona }) => persona === 'triage-nurse');
if (!nurse) throw new Error('There is no persona triage-nurse');
const ready: Ready = {
  url: `${await http.listen({ host: '127.0.0.1', port: 0 })}/graphql`,
  headers: {
    authorization: `Bearer ${await tokens.issue(nurse)}`,
    'sharing-purpose': nurse.purpose,
    'sharing-reference': nurse.reference,
    accept: 'application/graphql-response+json',
  },
};
process.send?.(ready);
process.on('message', async (message) => {
  if (message === 'usage') {
    process.send?.(process.cpuUsage());
    return;
  }
  await http.close();
  await app.close();
  process.exit();
});

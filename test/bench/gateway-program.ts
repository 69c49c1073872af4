/** The gateway as it runs, in a process of its own: tokens, policy, register and all. Says so when its index is full. */
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import pino from 'pino';
import { PERSONAS } from '../../src/demo/personas.ts';
import { createTokenIssuer } from '../../src/demo/token-issuer.ts';
import { composeGateway } from '../../src/main/compose.ts';
import { agenciesAt } from '../support/agencies-at.ts';
import { obey, type Ready, type Setting } from './setting.ts';

const { agencyUrls, ...setting }: Setting = JSON.parse(process.env.BENCH_SETTING ?? '');
const now = () => new Date();
const log = pino({ level: process.env.BENCH_LOG ?? 'error' }, pino.destination(2));
const tokens = await createTokenIssuer(now);
const { app, server, close } = await composeGateway({
  ...setting,
  agencies: agenciesAt(agencyUrls, { statementTimeoutMs: 30_000 }),
  issuers: [tokens],
  demo: { personas: PERSONAS, issue: tokens.issue },
  page: { files: new Map(), config: { demo: true, oidc: null, examples: [], idleLockMinutes: 15 } },
  now,
  log,
});
const missing = await app.filled;
if (missing.length > 0) throw new Error(`The person index lacks ${missing.join(', ')}`);
// Of an index that was full before, the passes that a start makes may still be under way.
await app.refreshIndex();
const nurse = PERSONAS.find(({ persona }) => persona === 'triage-nurse');
if (!nurse) throw new Error('There is no persona triage-nurse');
const ready: Ready = {
  url: `${await server.listen({ host: '127.0.0.1', port: 0 })}/graphql`,
  headers: {
    authorization: `Bearer ${await tokens.issue(nurse)}`,
    'sharing-purpose': nurse.purpose,
    'sharing-reference': nurse.reference,
    accept: 'application/graphql-response+json',
  },
};
process.send?.(ready);

let profiling: Session | null = null;
let profiles = 0;
obey({
  /** The first order begins a profile, the next writes it into the folder of PROFILE_FOLDER. */
  async profile() {
    if (profiling) {
      const { profile } = await profiling.post('Profiler.stop');
      profiling.disconnect();
      profiling = null;
      profiles += 1;
      await writeFile(`${process.env.PROFILE_FOLDER}/${profiles}.cpuprofile`, JSON.stringify(profile));
      return;
    }
    profiling = new Session();
    profiling.connect();
    await profiling.post('Profiler.enable');
    await profiling.post('Profiler.start');
  },
  stop: close,
});

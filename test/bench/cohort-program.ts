/** Makes databases of many people, has a program of its own count them, and prints what it took. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/project-root.ts';
import { createDatabase, dropDatabase } from '../../src/store/embedded/databases.ts';
import { startEmbedded } from '../../src/store/embedded/start-embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import { COUNTED_AGENCIES, fillAgency, fillIndex } from './cohort-people.ts';

const people = Number(process.argv[2] ?? 1_000_000);
const root = projectRoot();
const tell = (text: string) => process.stdout.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'sightline-cohort-'));
const named = process.env.BENCH_POSTGRES_URL;
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort());

const embedded = named === undefined ? await startEmbedded({ dataDir: folder }) : null;
const server = embedded?.url('postgres') ?? named ?? '';
const names = new Map(
  ['store', ...COUNTED_AGENCIES].map((name) => [name, `cohort_bench_${name.replaceAll('-', '_')}`]),
);
const urlOf = (name: string) => {
  const url = new URL(server);
  url.pathname = `/${names.get(name)}`;
  return url.href;
};
try {
  for (const name of names.values()) {
    await dropDatabase(server, name);
    await createDatabase(server, name);
  }
  const began = Date.now();
  await migrate(urlOf('store'));
  await step(() => fillIndex(urlOf('store'), people));
  for (const agency of COUNTED_AGENCIES) await step(() => fillAgency(urlOf(agency), root, agency, people));
  tell(
    `${people} people in ${COUNTED_AGENCIES.length} agencies, made in ${Math.round((Date.now() - began) / 1000)} s`,
  );
  if (!interrupted.signal.aborted) process.exitCode = await counted();
} finally {
  for (const name of names.values()) await dropDatabase(server, name);
  await embedded?.stop();
  rmSync(folder, { recursive: true, force: true });
}
if (interrupted.signal.aborted) process.exitCode = 130;

async function step(work: () => Promise<void>): Promise<void> {
  if (!interrupted.signal.aborted) await work();
}

/** Runs the counter, which prints its figures, and ends it when this is interrupted. */
function counted(): Promise<number> {
  const setting = {
    root,
    dataDir: folder,
    storeUrl: urlOf('store'),
    agencyUrls: Object.fromEntries(COUNTED_AGENCIES.map((agency) => [agency, urlOf(agency)])),
  };
  const counter = fork(join(root, 'dist/bench/cohort-counter.js'), {
    env: { ...process.env, BENCH_SETTING: JSON.stringify(setting) },
    execArgv: ['--max-semi-space-size=16'],
  });
  interrupted.signal.addEventListener('abort', () => counter.kill('SIGKILL'));
  return new Promise((resolve) => counter.on('exit', (code) => resolve(code ?? 1)));
}

/**
 * What an answer costs: `npm run bench`. Requests per second of the gateway and of what it is held against, turn about in
 * one run so that all meet the same machine: views of one person and of twenty beside the same rows read by hand, and
 * `{ viewer { role } }` beside Apollo Server as it comes. The index is full and no feed runs. BENCH_ROUNDS (5) turns of
 * BENCH_SECONDS (2) each, over BENCH_CONNECTIONS (16) at once. `--profile [FOLDER]` says where the gateway's time goes, and keeps the profiles in the folder.
 * `--idle [PEOPLE]` says instead what a gateway costs that nobody asks, with its feeds running: processor seconds of its
 * process a minute, over IDLE_MINUTES (2). Ends at Ctrl-C with nothing left behind; BENCH_DATA names a folder whose
 * databases are kept for the next run, which has them at once.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Target } from './load.ts';
import { selfTimes } from './self-times.ts';
import { type Order, QUERY, type Ready, type Setting, VIEWER } from './setting.ts';
import { openWorld } from './world.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const IDLE_MINUTES = Number(process.env.IDLE_MINUTES ?? 2);
const USUAL_PEOPLE = 2_000;
const USUAL_INTERVAL_MS = 30_000;
const NEVER_MS = 86_400_000;

const closers: (() => Promise<void>)[] = [];
const interrupt = new AbortController();
const { signal } = interrupt;
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => interrupt.abort(new Error('The benchmark was interrupted')));
const interrupted = new Promise<never>((_resolve, reject) =>
  signal.addEventListener('abort', () => reject(signal.reason)),
);
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { profile: { type: 'boolean' }, idle: { type: 'boolean' } },
});
try {
  const work = flags.idle ? idle(Number(positionals[0] ?? USUAL_PEOPLE)) : compare(positionals[0]);
  await Promise.race([work, interrupted]);
} catch (error) {
  console.error(signal.aborted ? signal.reason.message : error);
  process.exitCode = 1;
} finally {
  for (const close of closers.toReversed()) await close().catch((error) => console.error(error));
}
// What was interrupted may still wait for a server that is gone.
process.exit();

async function compare(keep: string | undefined): Promise<void> {
  const world = await openWorld({ people: USUAL_PEOPLE, feedIntervalMs: NEVER_MS }, closers);
  const folder = keep ?? (await mkdtemp(join(tmpdir(), 'sightline-profile-')));
  if (!keep) closers.push(() => rm(folder, { recursive: true, force: true }));
  const gateway = await start('gateway-program', world.setting, { PROFILE_FOLDER: folder });
  const byHand = await start('by-hand-program', world.setting);
  const bare = await start('bare-apollo-program', world.setting);
  const { ids, records } = await world.people(20);
  const viewOf = (size: number): Pair => ({
    name: size === 1 ? 'one person' : `${size} people`,
    against: 'by hand',
    sides: [
      sideOf(gateway, { query: QUERY, variables: { ids: ids.slice(0, size) } }),
      sideOf(byHand, { people: records.slice(0, size) }),
    ],
    isWhole: ({ people }) => people?.filter(Boolean).length === size,
  });
  const pairs: Pair[] = [
    viewOf(1),
    viewOf(20),
    {
      name: VIEWER,
      against: 'bare Apollo',
      sides: [sideOf(gateway, { query: VIEWER }), sideOf(bare, { query: VIEWER })],
      isWhole: ({ viewer }) => viewer?.role === 'triage-nurse',
    },
  ];
  for (const { sides, isWhole, name } of pairs) {
    for (const { server, body } of sides) {
      const answer = await server.target.ask(body);
      if (!isWhole(JSON.parse(answer).data)) throw new Error(`Not the whole answer to ${name}: ${answer}`);
      await server.target.load(body, 1_000, signal);
    }
  }
  for (let round = 0; round < ROUNDS; round += 1)
    for (const side of pairs.flatMap(({ sides }) => sides)) await load(side);
  for (const pair of pairs) console.log(inWords(pair));
  if (!flags.profile) return;
  for (const [at, { name, sides }] of pairs.entries()) {
    await gateway.order('profile');
    await load(sides[0]);
    await gateway.order('profile');
    console.log(`\n${name}\n${await selfTimes(join(folder, `${at + 1}.cpuprofile`))}`);
  }
}

async function idle(people: number): Promise<void> {
  const world = await openWorld({ people, feedIntervalMs: USUAL_INTERVAL_MS }, closers);
  const gateway = await start('gateway-program', world.setting);
  // The passes that follow the first read all once more.
  await setTimeout(2 * USUAL_INTERVAL_MS, undefined, { signal });
  const before = await gateway.used();
  await setTimeout(IDLE_MINUTES * 60_000, undefined, { signal });
  const seconds = ((await gateway.used()) - before) / 1_000 / IDLE_MINUTES;
  console.log(
    `idle at ${people} people: ${seconds.toFixed(2)} s of processor a minute, ${((100 * seconds) / 60).toFixed(2)} % of a core`,
  );
}

interface Running {
  target: Target;
  /** Milliseconds of processor that it has used so far. */
  used(): Promise<number>;
  order(order: Order): Promise<unknown>;
}
interface Side {
  server: Running;
  body: string;
  requests: number;
  seconds: number;
  used: number;
}
/** The gateway's side and the one that it is held against. */
interface Pair {
  name: string;
  against: string;
  sides: readonly [Side, Side];
  // biome-ignore lint/suspicious/noExplicitAny: any answer's data
  isWhole(data: any): boolean;
}

function sideOf(server: Running, body: unknown): Side {
  return { server, body: JSON.stringify(body), requests: 0, seconds: 0, used: 0 };
}

async function load(side: Side): Promise<void> {
  const before = await side.server.used();
  const { requests, seconds } = await side.server.target.load(side.body, SECONDS * 1_000, signal);
  side.used += (await side.server.used()) - before;
  side.requests += requests;
  side.seconds += seconds;
}

function inWords({ name, against, sides }: Pair): string {
  const [ours, theirs] = sides.map(({ requests, seconds, used }) => ({
    rate: requests / seconds,
    used: used / requests,
  })) as [{ rate: number; used: number }, { rate: number; used: number }];
  return (
    `${name}: gateway ${ours.rate.toFixed(0)}/s, ${against} ${theirs.rate.toFixed(0)}/s, ratio ${(ours.rate / theirs.rate).toFixed(3)}; ` +
    `own processor time a request ${ours.used.toFixed(2)} ms and ${theirs.used.toFixed(2)} ms, ratio ${(theirs.used / ours.used).toFixed(3)}`
  );
}

/** Starts a program, and ends it with everything else. Resolves when it listens. */
async function start(
  program: string,
  setting: Setting,
  env: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const child = fork(join(import.meta.dirname, `${program}.js`), {
    env: { ...process.env, ...env, BENCH_SETTING: JSON.stringify(setting) },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  closers.push(async () => {
    if (child.connected) child.send('stop');
    await Promise.race([ended, setTimeout(20_000)]);
    child.kill('SIGKILL');
  });
  const target = new Target(await readyOf(child));
  closers.push(async () => target.close());
  const order = (what: Order) => {
    const answer = new Promise<unknown>((resolve) => child.once('message', resolve));
    child.send(what);
    return answer;
  };
  return {
    target,
    order,
    async used() {
      const { user, system } = (await order('usage')) as NodeJS.CpuUsage;
      return (user + system) / 1_000;
    },
  };
}

function readyOf(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.once('message', (ready) => resolve(ready as Ready));
    child.once('exit', (code) => reject(new Error(`A server ended with ${code} before it listened`)));
  });
}

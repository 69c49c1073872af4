/**
 * Requests per second of the gateway and of the same rows read by hand, interleaved in one run so that both meet the
 * same machine. BENCH_ROUNDS (5) turns of BENCH_SECONDS (2) each; --profile says where the gateway's time goes.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Target } from './load.ts';
import { selfTimes } from './self-times.ts';
import { QUERY, type Ready, type Setting } from './setting.ts';
import { openWorld } from './world.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 2);
const PROFILED = process.argv.includes('--profile');
const SIZES = [1, 20];

interface Running {
  target: Target;
  /** Milliseconds of processor that it has used so far. */
  used(): Promise<number>;
  stop(): Promise<void>;
}

async function run(program: string, setting: Setting, execArgv: readonly string[] = []): Promise<Running> {
  const child = fork(join(import.meta.dirname, `${program}.js`), {
    execArgv: [...execArgv],
    env: { ...process.env, BENCH_SETTING: JSON.stringify(setting) },
  });
  const target = new Target(await readyOf(child));
  return {
    target,
    async used() {
      const told = new Promise<NodeJS.CpuUsage>((resolve) =>
        child.once('message', (usage) => resolve(usage as NodeJS.CpuUsage)),
      );
      child.send('usage');
      const { user, system } = await told;
      return (user + system) / 1_000;
    },
    async stop() {
      target.close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.send('stop');
      await ended;
    },
  };
}

function readyOf(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.once('message', (ready) => resolve(ready as Ready));
    child.once('exit', (code) => reject(new Error(`A server ended with ${code} before it listened`)));
  });
}

const profiles = await mkdtemp(join(tmpdir(), 'sightline-profile-'));
const world = await openWorld();
try {
  const profiling = PROFILED ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [];
  const gateway = await run('gateway-program', world.setting, profiling);
  const byHand = await run('by-hand-program', world.setting);
  const { ids, records } = await world.people(Math.max(...SIZES));
  const questions = SIZES.map((size) => ({
    size,
    sides: [
      { server: gateway, body: JSON.stringify({ query: QUERY, variables: { ids: ids.slice(0, size) } }) },
      { server: byHand, body: JSON.stringify({ people: records.slice(0, size) }) },
    ].map((side) => ({ ...side, requests: 0, seconds: 0, used: 0 })),
  }));
  for (const { size, sides } of questions) {
    for (const {
      server: { target },
      body,
    } of sides) {
      const { people } = JSON.parse(await target.ask(body)).data;
      if (people.filter(Boolean).length !== size) throw new Error(`Not all ${size} people were answered`);
      await target.load(body, 1_000);
    }
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const side of questions.flatMap(({ sides }) => sides)) {
      const before = await side.server.used();
      const { requests, seconds } = await side.server.target.load(side.body, SECONDS * 1_000);
      side.used += (await side.server.used()) - before;
      side.requests += requests;
      side.seconds += seconds;
    }
  }
  for (const { size, sides } of questions) {
    const [ours, theirs] = sides.map(({ requests, seconds, used }) => ({
      rate: requests / seconds,
      used: used / requests,
    }));
    if (!ours || !theirs) continue;
    console.log(
      `${String(size).padStart(2)} ${size === 1 ? 'person' : 'people'}: ` +
        `gateway ${ours.rate.toFixed(0)}/s, by hand ${theirs.rate.toFixed(0)}/s, ratio ${(ours.rate / theirs.rate).toFixed(2)}; ` +
        `own processor time a request ${ours.used.toFixed(2)} ms and ${theirs.used.toFixed(2)} ms, ratio ${(theirs.used / ours.used).toFixed(2)}`,
    );
  }
  await byHand.stop();
  await gateway.stop();
  if (PROFILED) console.log(await selfTimes(profiles));
} finally {
  await world.close();
  await rm(profiles, { recursive: true, force: true });
}

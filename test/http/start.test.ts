import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';

const BIN = join(projectRoot(), 'bin/sightline.js');
const A_MINUTE = 60_000;

interface Running {
  process: ChildProcess;
  url: string;
  operatorUrl: string;
  /** Everything printed so far. */
  printed(): string;
  /** Exit code once the process has ended. */
  ended: Promise<number | null>;
}

let folder: string;
let running: Running;
const environment = () => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  OPERATOR_PORT: '0',
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-start-'));
  await chmod(folder, 0o711);
  running = await start();
}, A_MINUTE);
afterAll(async () => {
  running.process.kill('SIGKILL');
  await running.ended;
  await removeEmbedded(join(folder, 'data'));
  await rm(folder, { recursive: true, force: true });
});

/** Starts the demo as a user does, and waits until it says that it is ready. */
async function start(...words: string[]): Promise<Running> {
  const child = spawn(process.execPath, [BIN, 'start', ...words], { env: environment() });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await vi.waitUntil(() => child.exitCode !== null || /is ready after [\s\S]*curl .*graphql/.test(out), {
    timeout: A_MINUTE,
  });
  const url = /(http:\S+)\/graphiql/.exec(out)?.[1];
  const operatorUrl = /(http:\S+)\/metrics/.exec(out)?.[1];
  if (!url || !operatorUrl) throw new Error(`It did not start: ${out}${err}`);
  return { process: child, url, operatorUrl, printed: () => out + err, ended };
}

function run(command: string, words: string[]): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    execFile(command, words, { env: environment() }, (error, out) =>
      resolve({ code: error ? Number(error.code) : 0, out }),
    );
  });
}

async function firstQuery(): Promise<string> {
  const lines = running.printed().split('\n');
  const script = lines.filter((line) => /^(TOKEN=|curl )/.test(line)).join('\n');
  return (await run('sh', ['-c', script])).out;
}

async function restart(...words: string[]): Promise<number | null> {
  running.process.kill('SIGTERM');
  const code = await running.ended;
  running = await start(...words);
  return code;
}

describe('npm start, on nothing', () => {
  it('prints a first query, which works as it stands', async () => {
    const { data } = JSON.parse(await firstQuery());
    expect(data.findPeople.outcome).toBe('MATCH');
    const [{ person }] = data.findPeople.people;
    expect(person.identity.name).toBe('Maya Kerr');
    expect(person.crisisPlan).toEqual({
      state: 'DISCLOSED',
      whatHelps: expect.stringContaining('low voice'),
      triggers: null,
    });
  });

  it('keeps what operators see from everybody else', async () => {
    expect((await fetch(`${running.operatorUrl}/metrics`)).status).toBe(200);
    expect((await fetch(`${running.url}/metrics`)).status).toBe(404);
    const { agencies } = (await (await fetch(`${running.operatorUrl}/health/agencies`)).json()) as {
      agencies: { id: string; state: string }[];
    };
    expect(agencies).toContainEqual({ id: 'police', name: expect.any(String), state: 'UP' });
  });

  it('lets the register be verified beside it', async () => {
    expect(await run(process.execPath, [BIN, 'register', 'verify'])).toMatchObject({ code: 0 });
  });

  it('lets the index be looked at and refreshed beside it', async () => {
    for (const word of ['status', 'refresh']) {
      const { code, out } = await run(process.execPath, [BIN, 'index', word]);
      expect([code, out]).toEqual([0, expect.stringMatching(/^police: /m)]);
    }
  });

  it('refuses a second one on its data', async () => {
    expect((await run(process.execPath, [BIN, 'start'])).code).toBe(1);
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
  });

  it('logs nothing of who asked whom', () => {
    expect(running.printed().replace(/^(TOKEN=|curl ).*$/gm, '')).not.toMatch(
      /Kerr|PC4417|Okafor|26\/000123/,
    );
  });

  it(
    'stops in order on SIGTERM, and keeps the register over a restart',
    async () => {
      expect(await restart()).toBe(0);
      await firstQuery();
      const { code, out } = await run(process.execPath, [BIN, 'register', 'verify']);
      expect([code, out]).toEqual([0, expect.stringMatching(/register is whole/)]);
    },
    A_MINUTE,
  );

  it(
    'starts anew with --reset, register and all',
    async () => {
      expect(await restart('--reset')).toBe(0);
      await firstQuery();
      const { code, out } = await run(process.execPath, [BIN, 'register', 'verify']);
      expect([code, out]).toEqual([0, expect.stringMatching(/register is whole/)]);
    },
    A_MINUTE,
  );
});

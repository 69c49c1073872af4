import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import { BIN, environmentOf, type Running, START_MS, startProgram } from '../support/running-program.ts';

let folder: string;
let running: Running;
const environment = (settings: NodeJS.ProcessEnv = {}) => environmentOf(join(folder, 'data'), settings);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-start-'));
  await chmod(folder, 0o711);
  running = await startProgram(environment());
}, START_MS);
afterAll(async () => {
  running.process.kill('SIGKILL');
  await running.ended;
  await removeEmbedded(join(folder, 'data'));
  await rm(folder, { recursive: true, force: true });
});

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

async function stop(): Promise<number | null> {
  running.process.kill('SIGTERM');
  return running.ended;
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
    expect(agencies).toContainEqual({
      ...{ id: 'police', name: expect.any(String), state: 'UP' },
      feed: { asOf: expect.any(String), ageSeconds: expect.any(Number), overdue: false },
    });
    const metrics = await (await fetch(`${running.operatorUrl}/metrics`)).text();
    expect(metrics).toMatch(/^sightline_feed_age_seconds\{agency="police"\} \d/m);
    expect(metrics).toMatch(/^# TYPE sightline_register_write_seconds histogram$/m);
    expect(metrics).toMatch(/^sightline_policy_info\{version="[0-9a-f]{16}"\} 1$/m);
    expect(metrics).not.toMatch(/Kerr|PC4417|26\/000123/);
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

  it(
    'stops in order on SIGTERM, and keeps the register over a restart',
    async () => {
      expect(await stop()).toBe(0);
      // A connection that ended with everything else is no news, nor is the dirt that the fixtures have on purpose.
      expect(running.logged()).not.toMatch(/lost|data quality|"level":[12]0|"level":30/);

      running = await startProgram(environment({ LOG_LEVEL: 'info' }));
      await firstQuery();
      const { code, out } = await run(process.execPath, [BIN, 'register', 'verify']);
      expect([code, out]).toEqual([0, expect.stringMatching(/register is whole/)]);
    },
    START_MS,
  );

  it('logs nothing of who asked whom', () => {
    expect(running.logged()).toContain('"msg":"request"');
    expect(running.printed().replace(/^(TOKEN=|curl ).*$/gm, '')).not.toMatch(
      /Kerr|PC4417|Okafor|26\/000123/,
    );
  });

  it(
    'puts as many people as are asked for in the place of those before, says so, and keeps the register',
    async () => {
      expect(await stop()).toBe(0);
      running = await startProgram(environment(), ['--people', '90', '--seed', '5']);
      expect(running.printed()).toMatch(/of 90 people from seed 5: [^\n]*police/);
      expect(running.printed()).toContain('They take the place of the 40 before; the register is kept');
      await firstQuery();
      const { code, out } = await run(process.execPath, [BIN, 'register', 'verify']);
      const entries = (text: string) =>
        Number(/(\d[\d,]*) entr/.exec(text)?.[1]?.replace(',', '') ?? Number.NaN);
      expect([code, out]).toEqual([0, expect.stringMatching(/register is whole/)]);
      expect(entries(out)).toBeGreaterThan(1);
    },
    START_MS,
  );

  it(
    'refuses an index key that its records are not under, in one line',
    async () => {
      expect(await stop()).toBe(0);
      const starting = startProgram(environment({ INDEX_KEY: '07'.repeat(32) }), [
        '--people',
        '90',
        '--seed',
        '5',
      ]);
      await expect(starting).rejects.toThrow(
        /^It did not start: the person index has records under a key that is neither .*\n$/,
      );
    },
    START_MS,
  );

  it(
    'starts anew with --reset, register and all',
    async () => {
      running = await startProgram(environment(), ['--reset']);
      await firstQuery();
      const { code, out } = await run(process.execPath, [BIN, 'register', 'verify']);
      expect([code, out]).toEqual([0, expect.stringMatching(/register is whole/)]);
    },
    START_MS,
  );
});

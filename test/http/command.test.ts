import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyIds } from '../../src/adapters-found.ts';
import { projectRoot } from '../../src/project-root.ts';

interface Ended {
  code: number;
  out: string;
  err: string;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightline-command-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the program as a user does, with nothing of our own settings. */
function sightline(words: string[], settings: Record<string, string> = {}): Promise<Ended> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: join(folder, 'data'), ...settings };
  return new Promise((resolve) => {
    const bin = join(projectRoot(), 'bin/sightline.js');
    execFile(process.execPath, [bin, ...words], { env, timeout: 25_000 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

describe('sightline', () => {
  it.each([[['--help']], [['start', '--help']], [['policy', '--help']], [['register', 'verify', '--help']]])(
    '%j explains itself and ends with 0',
    async (words) => {
      expect(await sightline(words)).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^Usage: sightline/),
        err: '',
      });
    },
  );

  it.each([
    [['nothing']],
    [['start', '--nothing']],
    [['start', '--people', 'many']],
    [['start', '--people', '1000001']],
    [['policy', 'nothing']],
    [[]],
  ])('%j is usage, and ends with 2', async (words) => {
    expect((await sightline(words)).code).toBe(2);
  });

  it.each([[['start']], [['alerts', 'key']]])(
    '%j names a signing key for alerts that is none, in a line without the key, and ends with 1',
    async (words) => {
      const settings = { ALERTS_SIGNING_KEY: 'hunter2', PORT: '0', OPERATOR_PORT: '0' };
      const { code, out, err } = await sightline(words, settings);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(/^[^\n]*ALERTS_SIGNING_KEY[^\n]*not a key in PEM form[^\n]*\n$/);
      expect(err).not.toContain('hunter2');
    },
  );

  it('names every setting that is missing, a line each, and ends with 1', async () => {
    const { code, out, err } = await sightline(['start'], { OIDC_ISSUER: 'https://login.example' });
    expect([code, out]).toEqual([1, '']);
    const lines = err.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('DATABASE_URL is missing: it is needed with OIDC_ISSUER');
    expect(lines).toContainEqual(
      expect.stringMatching(/^<AGENCY>_DATABASE_URL is missing: .* with OIDC_ISSUER: .*POLICE_DATABASE_URL/),
    );
  });

  it.each([[['start']], [['register', 'verify']], [['policy', 'withdrawals']], [['index', 'status']]])(
    '%j does not take a misspelt store for no store, which would be the demo’s',
    async (words) => {
      const { code, out, err } = await sightline(words, {
        DATABSE_URL: 'postgres://store.example/sightline',
      });
      expect(code).toBeGreaterThan(0);
      expect(out + err).toContain('DATABSE_URL is no setting; did you mean DATABASE_URL?');
      expect(out + err).not.toContain('store.example');
    },
  );

  it.each(['PORT', 'OPERATOR_PORT'])(
    'names a %s in use in one line, and leaves nothing behind',
    async (setting) => {
      const taken = createServer();
      const port = await new Promise<number>((resolve) => {
        taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port));
      });
      try {
        const other = setting === 'PORT' ? 'OPERATOR_PORT' : 'PORT';
        const { code, err } = await sightline(['start'], { [setting]: String(port), [other]: '0' });
        expect([code, err]).toEqual([1, `Port ${port} on 127.0.0.1 is in use; set ${setting} to another\n`]);
        expect(await readdir(folder)).toEqual([]);
      } finally {
        taken.close();
      }
    },
  );

  it('names a data directory that cannot be made in one line', async () => {
    await writeFile(join(folder, 'file'), '');
    const dataDir = join(folder, 'file/data');
    const { code, err } = await sightline(['start'], { DATA_DIR: dataDir, PORT: '0', OPERATOR_PORT: '0' });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^Data directory \(DATA_DIR\) [^\n]*file\/data: [^\n]+\n$/),
    ]);
    await rm(join(folder, 'file'));
  });

  it('names a store that cannot be reached in one line', async () => {
    const url = 'postgres://sightline:hunter2@127.0.0.1:9/sightline';
    const agencies = agencyIds(projectRoot()).map((id) => id.toUpperCase().replaceAll('-', '_'));
    const { code, err } = await sightline(['start'], {
      ...Object.fromEntries(agencies.map((agency) => [`${agency}_DATABASE_URL`, url])),
      DATABASE_URL: url,
      OIDC_ISSUER: 'https://login.example',
      OIDC_AUDIENCE: 'sightline',
      PORT: '0',
      OPERATOR_PORT: '0',
      LOG_LEVEL: 'fatal',
    });
    expect(code).toBe(1);
    expect(err).toMatch(/^[^\n]*DATABASE_URL[^\n]*\n$/);
    expect(err).not.toMatch(/hunter2/);
  });

  it('checks the policy that is in the folder', async () => {
    expect(await sightline(['policy', 'check'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^The policy is sound/),
      err: expect.stringMatching(/^Withdrawals are not known: There is no store[^\n]*\n$/),
    });
  });

  it('starts with no agency that there is not, and says which was probably meant', async () => {
    const { code, err } = await sightline(['start'], { ENABLED_AGENCIES: 'police, hosing' });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /^ENABLED_AGENCIES names an unknown agency "hosing"; did you mean "housing"\?.*\n$/,
      ),
    ]);
  });

  it('speaks of the policy of the agencies that are enabled', async () => {
    const matrixOf = async (env: Record<string, string>) => (await sightline(['policy', 'matrix'], env)).out;
    expect(await matrixOf({})).toMatch(/housing/);
    const some = await matrixOf({ ENABLED_AGENCIES: 'police, mental-health' });
    expect(some).toMatch(/^.*police.*$/m);
    expect(some).not.toMatch(/ (work-and-pensions|housing) /);
    const other = await sightline(['policy', 'matrix', '--agency', 'housing'], {
      ENABLED_AGENCIES: 'police',
    });
    expect([other.code, other.err]).toEqual([2, expect.stringMatching(/unknown agency "housing"/)]);
  });

  it('verifies a register with nothing named but its store', async () => {
    const { code, err } = await sightline(['register', 'verify'], {
      DATABASE_URL: 'postgres://127.0.0.1:9/sightline',
    });
    expect([code, err]).toEqual([2, expect.stringMatching(/^The register could not be verified: [^\n]+\n$/)]);
  });

  it('says so when there is no register to verify', async () => {
    const { code, err } = await sightline(['register', 'verify'], { DATA_DIR: join(folder, 'none') });
    expect(code).toBe(2);
    expect(err).toMatch(/register/i);
  });
});

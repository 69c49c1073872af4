/** What a gateway is installed from, held against what the project is: as far as that goes without a container engine. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { agencyIds } from '../../src/adapters-found.ts';
import { agencySetting } from '../../src/config/agency-settings.ts';
import { HOST_SETTINGS, readHostConfig } from '../../src/config/host-settings.ts';
import { SETTING_NAMES } from '../../src/config/settings.ts';
import { readConfig } from '../../src/config.ts';
import { projectRoot } from '../../src/project-root.ts';

const root = projectRoot();
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const agencies = agencyIds(root);
const settings = new Set([...SETTING_NAMES, ...agencies.map((agency) => agencySetting(agency))]);
const usual = readConfig({}, agencies, root);

interface Instruction {
  word: string;
  rest: string;
}
/** Stages of a container file, each its instructions in order; comments and continued lines taken out. */
function stagesOf(file: string): Instruction[][] {
  const lines = file
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (word === 'FROM') stages.push([]);
    stages.at(-1)?.push({ word, rest: rest.replace(/\s+/g, ' ') });
  }
  return stages;
}
const stages = stagesOf(text('Dockerfile'));
const last = stages.at(-1) ?? [];
const all = stages.flat();
const restOf = (word: string, of: readonly Instruction[] = all) =>
  of.filter((one) => one.word === word).map(({ rest }) => rest);

describe('the container file', () => {
  const KNOWN = new Set('FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE HEALTHCHECK CMD'.split(' '));

  it('has nothing but instructions that there are', () => {
    expect(stages).toHaveLength(2);
    expect(all.map(({ word }) => word).filter((word) => !KNOWN.has(word))).toEqual([]);
  });

  it('copies from the project only what is there, what the builder is sent, and nothing of anybody', () => {
    const ignored = text('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(ignored[0]).toBe('*');
    const sent = ignored.slice(1).map((line) => line.replace(/^!/, ''));
    const sources = restOf('COPY', stages[0]).flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources) expect([source, existsSync(join(root, source))]).toEqual([source, true]);
    expect(sources.sort()).toEqual(sent.sort());
    expect(sources.filter((source) => /^(test|docs|\.)/.test(source))).toEqual([]);
  });

  it('copies everything that building and running read', () => {
    const sources = new Set(restOf('COPY', stages[0]).flatMap((rest) => rest.split(' ').slice(0, -1)));
    for (const needed of [
      'package.json',
      'package-lock.json',
      'bin',
      'scripts',
      'src',
      'adapters',
      'fixtures',
      'schema',
    ])
      expect([needed, sources.has(needed)]).toEqual([needed, true]);
  });

  it('installs what the lock file names, runs no other’s script, and keeps nothing of the development', () => {
    const runs = restOf('RUN').join('\n');
    expect(runs).toMatch(/npm ci --ignore-scripts/);
    expect(runs).toMatch(/npm prune --omit=dev --ignore-scripts/);
    expect(runs).not.toMatch(/npm (i|install)\b|curl|wget|apt/);
  });

  it('names no address but of itself, and no image without a version', () => {
    const addresses = text('Dockerfile').match(/https?:\/\/[^\s/"`]+/g) ?? [];
    expect(addresses).toEqual(['http://127.0.0.1:${process.env.PORT']);
    for (const image of restOf('FROM')) expect(image).toMatch(/^node:\d+-[a-z-]+( AS \w+)?$/);
    const [, major] = /^node:(\d+)/.exec(restOf('FROM')[0] ?? '') ?? [];
    expect([20, 22, 24, 26]).toContain(Number(major));
  });

  it('runs as an account that is not root and owns no file of the program', () => {
    expect(restOf('USER', last)).toEqual(['node']);
    const order = last.map(({ word }) => word);
    expect(order.indexOf('USER')).toBeLessThan(order.indexOf('CMD'));
    expect(order.lastIndexOf('RUN')).toBeLessThan(order.indexOf('USER'));
    expect(restOf('COPY', last)).toEqual(['--from=build /app ./']);
  });

  it('opens the gateway’s own ports, asks after its health, and starts it without npm in between', () => {
    expect(restOf('EXPOSE', last)).toEqual([`${usual.port} ${usual.operatorPort}`]);
    expect(restOf('HEALTHCHECK', last)[0]).toContain(`process.env.PORT || ${usual.port}}/health/ready`);
    expect(JSON.parse(restOf('CMD', last).at(-1) ?? '')).toEqual(['node', 'bin/sightline.js', 'start']);
    expect(existsSync(join(root, 'bin/sightline.js'))).toBe(true);
  });

  it('asks after its health with a program that says yes to a gateway that is ready, and no to any other', async () => {
    const { createServer } = await import('node:http');
    const command: string[] = JSON.parse(
      /CMD (\[.*\])$/.exec(restOf('HEALTHCHECK', last)[0] ?? '')?.[1] ?? '[]',
    );
    let status = 200;
    const server = createServer((asked, answer) =>
      answer.writeHead(asked.url === '/health/ready' ? status : 404).end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const [, ...words] = command;
    const healthy = (at: number) =>
      promisify(execFile)(process.execPath, words, { env: { PORT: String(at) } }).then(
        () => true,
        () => false,
      );
    expect(await healthy(port)).toBe(true);
    status = 503;
    expect(await healthy(port)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await healthy(port)).toBe(false);
  });

  it('sets what settings there are, to what makes anything but a demo', () => {
    const env = Object.fromEntries(
      restOf('ENV', last).flatMap((rest) =>
        rest.split(' ').map((pair) => pair.split('=') as [string, string]),
      ),
    );
    expect(Object.keys(env).filter((name) => name !== 'NODE_ENV' && !settings.has(name))).toEqual([]);
    expect(() => readConfig(env, agencies, root)).toThrow(/HOST must be a loopback address/);
    expect(restOf('VOLUME', last)).toEqual([`["${env.DATA_DIR}"]`]);
  });
});

/** `A=b` lines of a file. */
const variablesOf = (file: string): Record<string, string> =>
  Object.fromEntries(
    [...text(file).matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
const example = variablesOf('deploy/environment.example');

describe('the compose example', () => {
  const { services, volumes } = parse(text('deploy/compose.yaml'));
  const { gateway, store } = services;
  const filled = (value: string) =>
    value.replace(/\$\{(\w+)(:[?-][^}]*)?\}/g, (_: string, name: string, rest = '') => {
      if (example[name] === undefined && !rest.startsWith(':-'))
        throw new Error(`${name} is not in the example`);
      return example[name] ?? '';
    });

  it('gives the gateway settings that there are, and with the example of settings they are a production', () => {
    const env = Object.fromEntries(
      Object.entries<string>(gateway.environment).map(([name, value]) => [name, filled(String(value))]),
    );
    expect(Object.keys(env).filter((name) => !settings.has(name))).toEqual([]);
    expect(readConfig({ HOST: '0.0.0.0', ...env }, agencies, root).deployment).toMatchObject({
      kind: 'production',
      databaseUrl: `postgres://sightline:${example.STORE_PASSWORD}@store:5432/sightline`,
    });
  });

  it('keeps data of both in volumes, waits for the store, and shows the world no port of the operators’', () => {
    expect(gateway.volumes).toEqual([`data:${/DATA_DIR=(\S+)/.exec(text('Dockerfile'))?.[1]}`]);
    expect(Object.keys(volumes)).toEqual(['store', 'data']);
    expect(gateway.depends_on).toEqual({ store: { condition: 'service_healthy' } });
    expect(store.healthcheck.test[1]).toBe('pg_isready');
    expect(gateway.ports).toEqual(
      [usual.port, usual.operatorPort].map((port) => `127.0.0.1:${port}:${port}`),
    );
    expect(store.ports).toBeUndefined();
    expect([gateway.read_only, gateway.cap_drop, gateway.build]).toEqual([true, ['ALL'], '..']);
  });

  it('holds no password', () => {
    expect(text('deploy/compose.yaml')).not.toMatch(/PASSWORD: (?!\$\{)/);
    expect(store.image).toMatch(/^postgres:\d+-\w+$/);
  });
});

it('the example of settings is a production, and names nothing that is no setting', () => {
  const { STORE_PASSWORD, ...env } = example;
  expect(Object.keys(env).filter((name) => !settings.has(name))).toEqual([]);
  expect(env.DATABASE_URL).toContain(`:${STORE_PASSWORD}@`);
  expect(readConfig(env, agencies, root).deployment.kind).toBe('production');
});

describe('the unit', () => {
  const unit = [...text('deploy/sightline.service').matchAll(/^(\w+)=(.*)$/gm)].map(
    ([, key = '', value = '']) => ({ key, value }),
  );
  const valuesOf = (wanted: string) => unit.filter(({ key }) => key === wanted).map(({ value }) => value);

  it('starts the program that there is, without npm in between, as an account that is not root', () => {
    const [node, program, ...words] = valuesOf('ExecStart')[0]?.split(' ') ?? [];
    expect([node, words]).toEqual(['/usr/bin/node', ['start']]);
    expect(existsSync(join(root, (program ?? '').replace('/opt/sightline/', '')))).toBe(true);
    expect(valuesOf('DynamicUser')).toEqual(['yes']);
    const [doc] = valuesOf('Documentation');
    expect(existsSync(join(root, (doc ?? '').replace('file:///opt/sightline/', '')))).toBe(true);
  });

  it('sets what settings there are, and keeps data where it may write', () => {
    const env = Object.fromEntries(
      valuesOf('Environment').map((pair) => pair.split('=') as [string, string]),
    );
    expect(Object.keys(env).filter((name) => name !== 'NODE_ENV' && !settings.has(name))).toEqual([]);
    expect(env.DATA_DIR).toBe(`/var/lib/${valuesOf('StateDirectory')[0]}`);
  });

  it.skipIf(!existsSync('/usr/bin/systemd-analyze'))('is sound to systemd', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sightline-unit-'));
    const file = join(folder, 'sightline.service');
    try {
      // Where the program is not installed, what is looked for is Node itself.
      const installed = text('deploy/sightline.service')
        .replace('/usr/bin/node /opt/sightline/bin/sightline.js', `${process.execPath} /dev/null`)
        .replace(/^(Documentation|WorkingDirectory)=.*\n/gm, '');
      writeFileSync(file, installed);
      const { stdout, stderr } = await promisify(execFile)('/usr/bin/systemd-analyze', [
        'verify',
        '--man=no',
        file,
      ]);
      expect((stdout + stderr).split('\n').filter((line) => line.includes('sightline'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('an agency’s own host', () => {
  const hostSettings = new Set([
    ...Object.keys(HOST_SETTINGS),
    ...agencies.map((agency) => agencySetting(agency)),
  ]);
  const dataDir = '/var/lib/sightline-host/police';

  it('has an example of settings with which it starts, and nothing in it that is no setting', () => {
    const env = variablesOf('deploy/host-environment.example');
    expect(Object.keys(env).filter((name) => !hostSettings.has(name))).toEqual([]);
    expect(readHostConfig(env, 'police', agencies, dataDir)).toMatchObject({
      port: 4443,
      operatorPort: 4444,
    });
  });

  it('has a container file over the gateway’s, which sets what there is and asks after the host’s health', () => {
    const [instructions = []] = stagesOf(text('deploy/host.Dockerfile'));
    const names = restOf('ENV', instructions).flatMap((rest) =>
      rest.split(' ').map((pair) => pair.split('=')[0]),
    );
    expect(names.filter((name) => !hostSettings.has(name ?? ''))).toEqual([]);
    expect(restOf('EXPOSE', instructions)).toEqual(['4443']);
    expect(restOf('HEALTHCHECK', instructions)[0]).toContain(
      'process.env.OPERATOR_PORT || 4444}/health/ready',
    );
    expect(restOf('ENTRYPOINT', instructions)).toEqual(['["node", "bin/sightline.js", "adapter", "serve"]']);
    expect(restOf('USER', instructions)).toEqual([]);
  });

  it('has a unit for each agency, shut in as the gateway’s is', () => {
    const linesOf = (file: string) =>
      new Map([...text(file).matchAll(/^(\w+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]));
    const [own, gateway] = [linesOf('deploy/sightline-host@.service'), linesOf('deploy/sightline.service')];
    expect(own.get('ExecStart')).toBe('/usr/bin/node /opt/sightline/bin/sightline.js adapter serve %i');
    expect(own.get('Environment')).toBe('DATA_DIR=/var/lib/sightline-host/%i');
    expect(own.get('StateDirectory')).toBe('sightline-host/%i');
    const ITS_OWN = new Set(
      'Description Documentation User StateDirectory Environment EnvironmentFile ExecStart'.split(' '),
    );
    for (const [key, value] of gateway)
      if (!ITS_OWN.has(key)) expect([key, own.get(key)]).toEqual([key, value]);
  });
});

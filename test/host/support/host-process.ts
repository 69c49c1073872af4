import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { vi } from 'vitest';
import type { HostConnection } from '../../../src/app/open-hosts.ts';
import { agencySetting } from '../../../src/config/agency-settings.ts';
import { projectRoot } from '../../../src/project-root.ts';
import { BIN, START_MS } from '../../support/running-program.ts';

const TLS = join(projectRoot(), 'test/support/tls');
export const tlsFile = (name: string): string => join(TLS, name);

const NOBODY = 65_534;
/**
 * The account of a host, which owns nothing of a gateway's; none, where this one may not choose it, or where Node or the
 * program are in a folder that it may not enter, such as root's own.
 */
export const hostAccount: { uid?: number; gid?: number } = mayRunAs(NOBODY)
  ? { uid: NOBODY, gid: NOBODY }
  : {};

function mayRunAs(account: number): boolean {
  if (process.getuid?.() !== 0) return false;
  const options = { uid: account, gid: account, cwd: '/' };
  return spawnSync(process.execPath, [BIN, '--help'], options).status === 0;
}

export interface HostFiles {
  agency: string;
  /** Everything of the host: its data, its policy, the gateway's public keys. */
  folder: string;
  policyDir: string;
  gatewayKeysFile: string;
  /** What a gateway has of it: the host's public keys, and a key of the gateway's own. */
  hostKeysFile: string;
  keyFile: string;
  dispose(): void;
}

/** A host's folder and a gateway's, each with its key, and the public half of the other's. */
export async function hostFiles(agency: string): Promise<HostFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'sightline-host-'));
  const gateway = mkdtempSync(join(tmpdir(), 'sightline-gateway-'));
  const hostData = join(folder, 'data');
  const policyDir = join(folder, 'policy');
  for (const file of ['schema/purposes.yaml', `adapters/${agency}/sharing.yaml`])
    cpSync(join(projectRoot(), file), join(policyDir, file), { recursive: true });
  mkdirSync(hostData, { mode: 0o700 });
  const gatewayKeysFile = join(folder, 'gateway-keys.json');
  const hostKeysFile = join(gateway, 'host-keys.json');
  writeFileSync(hostKeysFile, await keysOf(agency, 'host', hostData));
  writeFileSync(gatewayKeysFile, await keysOf(agency, 'gateway', gateway));
  giveAway(folder);
  const keyFile = join(gateway, 'endpoints', `${agency}.pem`);
  return {
    ...{ agency, folder, policyDir, gatewayKeysFile, hostKeysFile, keyFile },
    dispose() {
      for (const each of [folder, gateway]) rmSync(each, { recursive: true, force: true });
    },
  };
}

/** What `sightline adapter keys` prints. */
export async function keysOf(
  agency: string,
  side: 'host' | 'gateway',
  dataDir: string,
  ...words: string[]
): Promise<string> {
  const env = { PATH: process.env.PATH, DATA_DIR: dataDir };
  const args = [BIN, 'adapter', 'keys', agency, '--for', side, ...words];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout;
}

function giveAway(folder: string): void {
  if (hostAccount.uid === undefined) return;
  for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })])
    chownSync(join(folder, path), NOBODY, NOBODY);
}

export interface HostProcess {
  process: ChildProcess;
  url: string;
  operatorUrl: string;
  printed(): string;
  /** Stops it in order, unless a signal is named. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export interface HostOptions {
  databaseUrl: string;
  storeUrl: string;
  /** One that was used before; any free one if not said. */
  port?: number;
  settings?: NodeJS.ProcessEnv;
}

/** The host as a process of its own, by an account of its own where this one may choose. */
export async function startHost(files: HostFiles, options: HostOptions): Promise<HostProcess> {
  const { agency, folder, gatewayKeysFile, policyDir } = files;
  const { databaseUrl, storeUrl, port = await freePort(), settings } = options;
  const child = spawn(process.execPath, [BIN, 'adapter', 'serve', agency], {
    cwd: folder,
    ...hostAccount,
    env: {
      ...{ PATH: process.env.PATH, HOME: folder, DATA_DIR: join(folder, 'data'), POLICY_DIR: policyDir },
      ...{ PORT: String(port), OPERATOR_PORT: '0', LOG_FORMAT: 'json' },
      ...{ DATABASE_URL: storeUrl, [agencySetting(agency)]: databaseUrl, AGENCY_TIMEOUT_MS: '60000' },
      ...{ GATEWAY_KEYS_FILE: gatewayKeysFile, NODE_ENV: 'production' },
      ...{ TLS_CERT_FILE: tlsFile('here.pem'), TLS_KEY_FILE: tlsFile('here.key') },
      ...settings,
    },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await vi.waitUntil(() => child.exitCode !== null || printed.includes('is ready: https'), {
    timeout: START_MS,
  });
  const operatorUrl = /metrics at (http:[^\s"]+)\/metrics/.exec(printed)?.[1];
  if (!operatorUrl) throw new Error(`The host did not start: ${printed}`);
  return {
    process: child,
    url: `https://127.0.0.1:${port}`,
    operatorUrl,
    printed: () => printed,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}

/** How a gateway is told of it. */
export const connectionTo = (
  { keyFile, hostKeysFile }: HostFiles,
  url: string,
  change: Partial<HostConnection> = {},
): HostConnection => ({
  ...{ url, keyFile, hostKeysFile, timeoutMs: 60_000 },
  ...{ caFile: tlsFile('authority.pem'), certFile: null, certKeyFile: null },
  ...change,
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', () => resolve()));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

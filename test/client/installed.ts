import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildClient } from '../../scripts/build-client.mjs';

const run = promisify(execFile);
/** Nothing is fetched: the client's package has no dependencies. */
export const OFFLINE = { npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' };

export interface Packed {
  folder: string;
  /** The file that `npm pack` wrote. */
  tarball: string;
  /** Paths within the package. */
  files: readonly string[];
  remove(): Promise<void>;
}

/** The client as it stands, packed by npm, in a folder of its own. */
export async function packClient(): Promise<Packed> {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-client-'));
  await buildClient(join(folder, 'sightline/dist/client'));
  const cwd = join(folder, 'sightline');
  const env = { ...process.env, ...OFFLINE };
  const { stdout } = await run('npm', ['pack', '--json', './dist/client'], { cwd, env });
  const [{ filename, files }] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  return {
    folder,
    tarball: join(cwd, filename),
    files: files.map(({ path }) => path),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Installs it into an empty folder beside. */
export async function installClient({ folder, tarball }: Packed): Promise<string> {
  const page = join(folder, 'page');
  await mkdir(page);
  await writeFile(join(page, 'package.json'), '{ "name": "page", "private": true, "type": "module" }');
  await run('npm', ['install', tarball], { cwd: page, env: { ...process.env, ...OFFLINE } });
  return page;
}

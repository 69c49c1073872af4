import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Misbehaviour } from '../../fixtures/primary-care/fhir/server.ts';
import { projectRoot } from '../../src/project-root.ts';

/** The practice system's FHIR server, as a process of its own. */
export interface RunningFhir {
  readonly url: string;
  /** What it does wrong from now on. */
  misbehave(...how: readonly Misbehaviour[]): Promise<void>;
  close(): Promise<void>;
}

let bundled: Promise<string> | undefined;

/** The program in one file, for this process alone: its packages are found from where it lies. */
async function bundle(): Promise<string> {
  const outfile = join(projectRoot(), `node_modules/.cache/fhir-server-${process.pid}.mjs`);
  await build({
    entryPoints: [join(projectRoot(), 'fixtures/primary-care/fhir/serve.ts')],
    ...{ outfile, bundle: true, packages: 'external', format: 'esm', platform: 'node', target: 'node20' },
  });
  return outfile;
}

/** Starts it over this database, and waits until it says where it listens. */
export async function startFhir(databaseUrl: string): Promise<RunningFhir> {
  bundled ??= bundle();
  const child = spawn(process.execPath, [await bundled, databaseUrl], { stdio: ['pipe', 'pipe', 'inherit'] });
  const url = await saidAddress(child);
  return {
    url,
    async misbehave(...how) {
      await fetch(new URL('/control', url), { method: 'POST', body: JSON.stringify(how) });
    },
    close: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('close', () => resolve());
        child.kill();
      }),
  };
}

function saidAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (text) => {
      said += text;
      if (said.includes('\n')) resolve(said.trim());
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`the FHIR server ended with ${code}`)));
  });
}

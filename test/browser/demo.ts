import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { removeEmbedded } from '../../src/store/embedded/remove-embedded.ts';
import { environmentOf, startProgram } from '../support/running-program.ts';
import { currentBundle } from './bundle.ts';
import { startChromium } from './chromium.ts';

/** The demo as a process of its own, and a browser to open it in. */
export interface DemoInBrowser {
  url: string;
  browser: Browser;
  /** Ends both, and takes the demo's data away. */
  close(): Promise<void>;
}

/** With settings over those of a demo on free ports. */
export async function startDemoInBrowser(settings: NodeJS.ProcessEnv = {}): Promise<DemoInBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'sightline-browser-'));
  await chmod(folder, 0o711);
  const dataDir = join(folder, 'data');
  await currentBundle();
  const [program, browser] = await Promise.all([
    startProgram(environmentOf(dataDir, settings)),
    startChromium(),
  ]);
  return {
    url: program.url,
    browser,
    async close() {
      await browser.close();
      program.process.kill('SIGTERM');
      await program.ended;
      await removeEmbedded(dataDir);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

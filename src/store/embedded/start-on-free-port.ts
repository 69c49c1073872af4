import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedStartError } from './errors.ts';
import { freePort } from './free-port.ts';
import { type Postmaster, startPostmaster } from './postmaster.ts';
import type { Site } from './site.ts';

const ATTEMPTS = 5;
const RETRY_MS = 200;

/** Somebody took the port in between; or the last of a killed server's processes are still ending. */
const PASSING = /could not create any TCP\/IP sockets|pre-existing shared memory block/;

/**
 * Starts the server on a port that is free, and again on another where one turns out not to be.
 * @throws EmbeddedStartError
 */
export async function startOnFreePort(
  site: Site,
  settings: Readonly<Record<string, string>>,
  logFile: string,
): Promise<{ port: number; postmaster: Postmaster }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      const postmaster = await startPostmaster(site, { ...settings, port: String(port) }, logFile);
      return { port, postmaster };
    } catch (error) {
      const passing = error instanceof EmbeddedStartError && PASSING.test(error.message);
      if (!passing || attempt === ATTEMPTS) throw error;
      await sleep(RETRY_MS);
    }
  }
}

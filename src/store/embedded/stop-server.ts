import { endPostmaster, signal } from './end-postmaster.ts';
import type { Lock } from './lock.ts';
import type { Postmaster } from './postmaster.ts';
import type { Site } from './site.ts';

/**
 * The way to stop a server that runs: ends it and frees the data directory; further calls wait for the first.
 * Until then, a process that exits without calling it takes the server along.
 * @param onUnasked told if the server ends without having been asked to
 */
export function stopServer(
  site: Site,
  { pid, ended }: Postmaster,
  lock: Lock,
  onUnasked: () => void,
): () => Promise<void> {
  const lastMoment = () => signal(pid, 'SIGINT');
  process.once('exit', lastMoment);
  let stopping: Promise<void> | undefined;
  let gone = false;
  void ended.then(() => {
    gone = true;
    process.off('exit', lastMoment);
    if (stopping === undefined) onUnasked();
  });
  const stop = async () => {
    // The id of a server that is gone may be another program's by now.
    if (!gone) await endPostmaster(site, pid);
    await lock.release();
  };
  return () => {
    stopping ??= stop();
    return stopping;
  };
}

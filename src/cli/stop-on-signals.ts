import type { Logger } from '../logger.ts';

/** Stops in order on the first SIGINT or SIGTERM, and at once on the second. */
export function stopOnSignals(stop: () => Promise<void>, log: Logger): void {
  let stopping = false;
  const handle = async (signal: NodeJS.Signals) => {
    if (stopping) process.exit(EXIT_INTERRUPTED);
    stopping = true;
    log.info({ signal }, 'stopping');
    try {
      await stop();
      process.exit(0);
    } catch (err) {
      log.error({ err }, 'did not stop in order');
      process.exit(1);
    }
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
}

/** As shells have it for a program that was interrupted. */
const EXIT_INTERRUPTED = 130;

import { type RetentionRun, runRetention } from '../acts/retention.ts';
import type { Logger } from '../logger.ts';
import { errorCodeOf } from '../register/errors.ts';

/** A while after the start, so that it begins in quiet; then once a day. */
const FIRST_MS = 10 * 60_000;
const EVERY_MS = 24 * 60 * 60_000;

/** Takes out what is over, once a day. What fails is tried again the next day. */
export function followRetention(
  run: () => Promise<RetentionRun>,
  { log }: { log: Logger },
): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  let closed = false;
  const next = () => {
    running = run()
      .then(runRetention)
      .then((over) => log.info({ ...over }, 'what the register and its acts keep no longer is gone'))
      .catch((error) => log.warn({ code: errorCodeOf(error) }, 'what is over could not be taken out yet'))
      .finally(() => {
        if (!closed) timer = setTimeout(next, EVERY_MS).unref();
      });
  };
  let timer = setTimeout(next, FIRST_MS).unref();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}

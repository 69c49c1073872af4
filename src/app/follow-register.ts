import type { Logger } from '../logger.ts';
import type { RegisterReader } from '../register/reading/reader.ts';

/** Milliseconds between two: so that whoever asks waits for little, however long nobody has asked. */
const EVERY_MS = 60_000;

/** Lays the register out for its readers now and then. Whoever asks does the rest, so that a failure here is no failure of theirs. */
export function followRegister(
  reader: Pick<RegisterReader, 'catchUp'>,
  { log }: { log: Logger },
): { close(): Promise<void> } {
  let reading: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    reading ??= reader
      .catchUp()
      .catch(() => log.warn({}, 'the register could not be laid out for its readers; it is tried again'))
      .finally(() => {
        reading = null;
      });
  }, EVERY_MS).unref();
  return {
    async close() {
      clearInterval(timer);
      await reading;
    },
  };
}

import pino, { type Logger } from 'pino';
import { describeError } from '../http/describe-error.ts';

/** JSON lines on stderr, so that stdout stays for people. An error is logged without its message, which may quote a value. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: describeError } },
    pino.destination({ fd: 2, sync: true }),
  );
}

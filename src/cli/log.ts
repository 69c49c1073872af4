import pino from 'pino';
import { describeError } from '../http/describe-error.ts';
import type { Logger } from '../logger.ts';

/** Who reads what the program says. */
export interface Readers {
  /** Lines on the output are for people; else they are JSON, like the log, which then goes there too. */
  people: boolean;
  /** The error output is a terminal. */
  terminal: boolean;
}

/** Milliseconds are enough; an error is logged without its message, which may quote a value. */
const OPTIONS = {
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { err: describeError },
};

/**
 * The log: JSON lines on the output if machines read that, else on the error output, so that the output stays readable;
 * as text if the error output is a terminal.
 */
export function createLog(
  level: string,
  { people, terminal }: Readers = { people: true, terminal: false },
): Logger {
  const stream = pino.destination({ fd: people ? 2 : 1, sync: true });
  if (!people || !terminal) return pino({ ...OPTIONS, level }, stream);
  return pino({ ...OPTIONS, level }, { write: (line: string) => void stream.write(logLineText(line)) });
}

/** Messages to people as JSON lines for machines, one line each, at whatever level the log is. */
export function linesAsJson(): (text: string) => void {
  const log = pino({ ...OPTIONS, level: 'info' }, pino.destination({ fd: 1, sync: true }));
  return (text) => {
    for (const line of text.split('\n')) if (line.trim() !== '') log.info(line.trimEnd());
  };
}

/** `03:04:05 WARN  agency is down  agency=police why="nothing listens at its address"` */
export function logLineText(line: string): string {
  const { level, time, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const name = (pino.levels.labels[Number(level)] ?? 'info').toUpperCase();
  const fieldTexts = Object.entries(fields).map(([key, value]) => `${key}=${wordOf(value)}`);
  return `${String(time).slice(11, 19)} ${name.padEnd(5)} ${String(msg)}${fieldTexts.length > 0 ? `  ${fieldTexts.join(' ')}` : ''}\n`;
}

const wordOf = (value: unknown): string =>
  typeof value === 'string' && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);

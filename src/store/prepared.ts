import { createHash } from 'node:crypto';

const names = new Map<string, string>();

/**
 * Marks a text that stands in the code and that requests send again and again, so that the server plans it once a
 * connection: planning it costs more than running it. Never one that is built, of which there may be any number.
 * @returns the text
 */
export function prepared(text: string): string {
  names.set(text, createHash('sha256').update(text).digest('hex').slice(0, 40));
  return text;
}

/** The name that the text is prepared under; undefined for one that is planned each time. */
export const nameOfPrepared = (text: string): string | undefined => names.get(text);

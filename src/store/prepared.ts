import { createHash } from 'node:crypto';
import { CompiledQuery, type QueryResult } from 'kysely';
import type { StoreDatabase } from './tables.ts';

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

const texts = new WeakMap<TemplateStringsArray, string>();

/**
 * A statement whose every value is a parameter, as Kysely's `sql` has it, but whose text is written once and not each
 * time, and prepared once a connection: for those that every request sends.
 */
export function plain<Row>(strings: TemplateStringsArray, ...values: readonly unknown[]) {
  const text =
    texts.get(strings) ?? prepared(strings.reduce((before, after, at) => `${before}$${at}${after}`));
  texts.set(strings, text);
  return {
    execute: (store: StoreDatabase): Promise<QueryResult<Row>> =>
      store.executeQuery<Row>(CompiledQuery.raw(text, [...values])),
  };
}

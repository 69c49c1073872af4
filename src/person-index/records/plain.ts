import { CompiledQuery, type QueryResult } from 'kysely';
import { prepared } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';

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

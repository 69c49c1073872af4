import { getNamedType, isObjectType } from 'graphql';
import type { ListField, Predicate } from './any-table.ts';
import type { AskedField } from './asked.ts';
import { DocumentNotUnderstoodError } from './errors.ts';

/** How many items are asked for; null for all of them. */
export function firstOf(args: AskedField['args']): number | null {
  const { first } = args;
  return typeof first === 'number' ? Math.max(0, Math.trunc(first)) : null;
}

/** `since` (a date) and `before` (a time with offset) as conditions on the list's own columns. */
export function argumentRules(field: ListField, args: AskedField['args']): Predicate[] {
  const rules: Predicate[] = [];
  if (args.since != null) rules.push(sinceRule(field, args.since));
  if (args.before != null) rules.push(beforeRule(field, args.before));
  return rules;
}

function sinceRule({ since }: ListField, value: unknown): Predicate {
  if (!since || typeof value !== 'string' || !DATE.test(value)) throw notUnderstood('since');
  return { column: since.column, from: since.toColumn(value) };
}
const DATE = /^\d{4}-\d{2}-\d{2}$/;

function beforeRule({ before }: ListField, value: unknown): Predicate {
  const time = value instanceof Date ? value : new Date(String(value));
  if (!before || Number.isNaN(time.getTime())) throw notUnderstood('before');
  return { column: before.column, before: before.toColumn(time) };
}

function notUnderstood(argument: string): DocumentNotUnderstoodError {
  return new DocumentNotUnderstoodError(
    `The argument ${argument} is not one that this list can be asked with`,
  );
}

/** The number of items that a list of this section has when nothing else is asked; null for a list without `first`. */
export function defaultFirst(root: AskedField, list: string): number | null {
  const type = getNamedType(root.type);
  const definition = isObjectType(type) ? type.getFields()[list] : undefined;
  const first = definition?.args.find((one) => one.name === 'first');
  return typeof first?.defaultValue === 'number' ? first.defaultValue : null;
}

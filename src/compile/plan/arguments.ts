import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  getNamedType,
  isObjectType,
} from 'graphql';
import { DocumentNotUnderstoodError } from '../run/errors.ts';
import type { ListField, Predicate } from '../sql/any-table.ts';
import type { FieldSelection } from './field-selection.ts';

/**
 * The arguments of a field as they are meant: a null that is given stands for the default, as if it were left out, so
 * that it lifts no limit. Throws as graphql-js does where a value does not fit.
 */
export function argumentsMeant(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return nullsAsDefaults(field.args, getArgumentValues(field, node, { ...variables }));
}

/** The same, of arguments that are coerced already. */
export function nullsAsDefaults(
  definitions: readonly GraphQLArgument[],
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const meant = { ...given };
  for (const { name, defaultValue } of definitions)
    if (meant[name] === null && defaultValue !== undefined) meant[name] = defaultValue;
  return meant;
}

/** How many items are asked for; null for all of them. */
export function firstOf(args: FieldSelection['args']): number | null {
  const { first } = args;
  return typeof first === 'number' ? Math.max(0, Math.trunc(first)) : null;
}

/** `since` (a date) and `before` (a time with offset) as conditions on the list's own columns. */
export function argumentRules(field: ListField, args: FieldSelection['args']): Predicate[] {
  const rules: Predicate[] = [];
  if (args.since != null) rules.push(sinceRule(field, args.since));
  if (args.before != null) rules.push(beforeRule(field, args.before));
  return rules;
}

function sinceRule({ since }: ListField, value: unknown): Predicate {
  if (!since || typeof value !== 'string' || !DATE.test(value)) throw notUnderstood('since');
  return since(value);
}
const DATE = /^\d{4}-\d{2}-\d{2}$/;

function beforeRule({ before }: ListField, value: unknown): Predicate {
  const time = value instanceof Date ? value : new Date(String(value));
  if (!before || Number.isNaN(time.getTime())) throw notUnderstood('before');
  return before(time);
}

function notUnderstood(argument: string): DocumentNotUnderstoodError {
  return new DocumentNotUnderstoodError(
    `The argument ${argument} is not one that this list can be asked with`,
  );
}

/** The number of items that a list of this section has when nothing else is asked; null for a list without `first`. */
export function defaultFirst(root: FieldSelection, list: string): number | null {
  const type = getNamedType(root.type);
  const definition = isObjectType(type) ? type.getFields()[list] : undefined;
  const first = definition?.args.find((one) => one.name === 'first');
  return typeof first?.defaultValue === 'number' ? first.defaultValue : null;
}

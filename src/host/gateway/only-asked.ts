import { type GraphQLLeafType, type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql';
import type { FieldSelection } from '../../compile/plan/field-selection.ts';
import { UnverifiedAnswerError } from '../wire/signing.ts';

/**
 * Throws UnverifiedAnswerError unless an answer holds what was asked, in its form and for the keys that were asked, and
 * nothing else: a column that nobody asked for must not come in by the back door, nor one record under another's key.
 */
export function onlyAsked(roots: readonly FieldSelection[], data: Readonly<Record<string, unknown>>): void {
  names(roots, data);
  for (const root of roots) {
    if (root.name === '__typename') continue;
    const parts = data[root.responseKey];
    const keys = root.args.keys as readonly string[];
    if (!Array.isArray(parts) || parts.length !== keys.length)
      fail('a list has another length than its keys');
    const helper = root.children.find(({ name }) => name === 'key')?.responseKey;
    for (const [at, part] of (parts as unknown[]).entries()) {
      if (part === null) continue;
      object(root, part);
      if (helper !== undefined && (part as Record<string, unknown>)[helper] !== keys[at])
        fail('a part stands under another key');
    }
  }
}

const fail = (problem: string): never => {
  throw new UnverifiedAnswerError(`it holds what was not asked: ${problem}`);
};

function names(asked: readonly FieldSelection[], value: object): void {
  const keys = new Set(asked.map(({ responseKey }) => responseKey));
  for (const key of Object.keys(value)) if (!keys.has(key)) fail('a field too many');
}

function object(asked: FieldSelection, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    fail('no object where one belongs');
  names(asked.children, value as object);
  for (const child of asked.children)
    values(child, child.type, (value as Record<string, unknown>)[child.responseKey]);
}

function values(asked: FieldSelection, type: GraphQLOutputType, value: unknown): void {
  if (isNonNullType(type)) values(asked, type.ofType, value);
  else if (value === null || value === undefined) return;
  else if (isListType(type)) {
    if (!Array.isArray(value)) fail('no list where one belongs');
    for (const one of value as unknown[]) values(asked, type.ofType, one);
  } else if (isLeafType(type)) leaf(type, value);
  else object(asked, value);
}

function leaf(type: GraphQLLeafType, value: unknown): void {
  if (typeof value === 'object') fail('an object in place of a value');
  try {
    type.serialize(value);
  } catch {
    fail('a value of another kind');
  }
}

import {
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { AskedField } from './asked.ts';

type Note = (path: string, problem: string) => void;

/**
 * A decoded value in the shape that was asked: children by response key, leaves checked against their type. What does
 * not fit becomes null with a note, an item of a list that does not fit is left out.
 */
export function complete(
  type: GraphQLOutputType,
  value: unknown,
  asked: AskedField,
  path: string,
  note: Note,
): unknown {
  if (isNonNullType(type)) return complete(type.ofType, value, asked, path, note);
  if (value === null || value === undefined) return null;
  if (isListType(type)) {
    if (Array.isArray(value)) return completeList(type.ofType, value, asked, path, note);
    note(path, 'is not a list');
    return null;
  }
  if (isLeafType(type)) return completeLeaf(type, value, path, note);
  if (isObjectType(type) && typeof value === 'object')
    return completeObject(type, value, asked.children, path, note);
  note(path, 'is not an object');
  return null;
}

function completeList(
  type: GraphQLOutputType,
  items: readonly unknown[],
  asked: AskedField,
  path: string,
  note: Note,
): unknown[] {
  const completed = items.map((item) => complete(type, item, asked, path, note));
  return isNonNullType(type) ? completed.filter((item) => item !== null) : completed;
}

/** Null where a child that must be there is not. */
export function completeObject(
  type: GraphQLObjectType,
  value: object,
  asked: readonly AskedField[],
  path: string,
  note: Note,
): Record<string, unknown> | null {
  const object: Record<string, unknown> = {};
  for (const child of asked) {
    if (child.name === '__typename') {
      object[child.responseKey] = type.name;
      continue;
    }
    const inner = `${path}.${child.name}`;
    const completed = complete(
      child.type,
      (value as Record<string, unknown>)[child.name],
      child,
      inner,
      note,
    );
    if (completed === null && isNonNullType(child.type)) {
      note(inner, 'is missing');
      return null;
    }
    object[child.responseKey] = completed;
  }
  return object;
}

function completeLeaf(type: GraphQLLeafType, value: unknown, path: string, note: Note): unknown {
  try {
    const serialised = type.serialize(value instanceof Date ? value.toISOString() : value);
    if (FORMS[type.name]?.test(String(serialised)) ?? true) return serialised;
  } catch {
    // The error quotes the value, so it is not passed on.
  }
  note(path, `is not a ${type.name}`);
  return null;
}

/** Scalars of our own, which the agency's SDL names without saying what they look like. */
const FORMS: Readonly<Record<string, RegExp>> = {
  Date: /^\d{4}-\d{2}-\d{2}$/,
  DateTime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/,
};

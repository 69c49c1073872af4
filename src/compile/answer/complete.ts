import {
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { UNREADABLE } from '../../../adapters/contract.ts';
import type { FieldSelection } from '../plan/field-selection.ts';

/** By response keys and places in lists. */
export type Path = readonly (string | number)[];

/** What is found on the way. */
export interface Findings {
  /** What is wrong with the data, by the names of the fields; for the log. */
  note(path: string, problem: string): void;
  /** Where a value is null though it is not known to be empty, for the answer. */
  unreadable: Path[];
}

/** Where a value stands: by its field, in a list by its place as well. Its path is put together where it is told. */
interface Place {
  within: Place | null;
  asked: FieldSelection;
  at: number | null;
}

/**
 * A decoded value in the shape that was asked: children by response key, leaves checked against their type. What does
 * not fit or could not be read becomes null, and is told; an item of a list that does not fit is left out.
 */
export function complete(asked: FieldSelection, value: unknown, findings: Findings): unknown {
  return completeValue(asked.type, value, { within: null, asked, at: null }, findings);
}

function completeValue(type: GraphQLOutputType, value: unknown, place: Place, findings: Findings): unknown {
  if (isNonNullType(type)) return completeValue(type.ofType, value, place, findings);
  if (value === null || value === undefined) return null;
  if (value === UNREADABLE) return unread(place, findings);
  if (isListType(type)) {
    if (Array.isArray(value)) return completeList(type.ofType, value, place, findings);
    return unread(place, findings, 'is not a list');
  }
  if (isLeafType(type)) return completeLeaf(type, value, place, findings);
  if (isObjectType(type) && typeof value === 'object') return completeObject(type, value, place, findings);
  return unread(place, findings, 'is not an object');
}

function unread(place: Place, { note, unreadable }: Findings, problem?: string): null {
  if (problem !== undefined) note(namesOf(place), problem);
  unreadable.push(pathOf(place));
  return null;
}

function pathOf(place: Place): Path {
  const keys: (string | number)[] = [];
  for (let at: Place | null = place; at; at = at.within) keys.unshift(at.at ?? at.asked.responseKey);
  return keys;
}

function namesOf(place: Place): string {
  const names: string[] = [];
  for (let at: Place | null = place; at; at = at.within) if (at.at === null) names.unshift(at.asked.name);
  return names.join('.');
}

function completeList(
  type: GraphQLOutputType,
  items: readonly unknown[],
  place: Place,
  findings: Findings,
): unknown[] {
  const list: unknown[] = [];
  for (const item of items) {
    const before = findings.unreadable.length;
    const at = { within: place, asked: place.asked, at: list.length };
    const completed = completeValue(type, item, at, findings);
    // What was found within an item that is left out stands nowhere.
    if (completed === null && isNonNullType(type)) findings.unreadable.length = before;
    else list.push(completed);
  }
  return list;
}

/** Null where a child that must be there is not. */
function completeObject(
  type: GraphQLObjectType,
  value: object,
  place: Place,
  findings: Findings,
): Record<string, unknown> | null {
  const object: Record<string, unknown> = {};
  const before = findings.unreadable.length;
  for (const child of place.asked.children) {
    if (child.name === '__typename') {
      object[child.responseKey] = type.name;
      continue;
    }
    const at = { within: place, asked: child, at: null };
    const completed = completeValue(child.type, (value as Record<string, unknown>)[child.name], at, findings);
    if (completed === null && isNonNullType(child.type)) {
      findings.unreadable.length = before;
      return unread(place, findings, `${child.name} is missing`);
    }
    object[child.responseKey] = completed;
  }
  return object;
}

function completeLeaf(type: GraphQLLeafType, value: unknown, place: Place, findings: Findings): unknown {
  try {
    const serialised = type.serialize(value instanceof Date ? value.toISOString() : value);
    if (FORMS[type.name]?.test(String(serialised)) ?? true) return serialised;
  } catch {
    // The error quotes the value, so it is not passed on.
  }
  return unread(place, findings, `is not a ${type.name}`);
}

/** Scalars of our own, which the agency's SDL names without saying what they look like. */
const FORMS: Readonly<Record<string, RegExp>> = {
  Date: /^\d{4}-\d{2}-\d{2}$/,
  DateTime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/,
};

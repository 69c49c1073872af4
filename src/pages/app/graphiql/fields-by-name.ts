import type { FetcherParams } from '@graphiql/toolkit';
import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, type SelectionNode } from 'graphql';

/** A field at the root of an answer: its name in the schema, its place in the answer, and what stands there. */
export interface RootField {
  name: string;
  key: string;
  /** As the schema calls what is in it, whatever the query does. */
  value: unknown;
}

/** The fields that a query asks at its root, with what was answered to each, read by the names of the schema. None of a query that cannot be read. */
export function rootFields(answer: unknown, { query, operationName }: FetcherParams): readonly RootField[] {
  const document = parsed(query);
  if (document === null) return [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  if (operation === undefined) return [];
  const data = (answer as { data?: unknown } | null)?.data;
  return [...fieldsOf(operation.selectionSet.selections, fragments)].map(([key, { name, selections }]) => ({
    ...{ name, key },
    value: byName((data as Record<string, unknown> | null | undefined)?.[key], selections, fragments),
  }));
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query);
  } catch {
    return null;
  }
}

interface AskedField {
  name: string;
  selections: readonly SelectionNode[];
}

/** What is asked at one place, by its key in the answer: a field that stands there twice is one. */
function fieldsOf(
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  found = new Map<string, AskedField>(),
): Map<string, AskedField> {
  for (const one of selections) {
    if (one.kind === Kind.FIELD) {
      const key = one.alias?.value ?? one.name.value;
      const within = one.selectionSet?.selections ?? [];
      found.set(key, {
        name: one.name.value,
        selections: [...(found.get(key)?.selections ?? []), ...within],
      });
    } else {
      const within = one.kind === Kind.INLINE_FRAGMENT ? one : fragments.get(one.name.value);
      fieldsOf(within?.selectionSet.selections ?? [], fragments, found);
    }
  }
  return found;
}

function byName(
  value: unknown,
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): unknown {
  if (Array.isArray(value)) return value.map((item) => byName(item, selections, fragments));
  if (value === null || typeof value !== 'object' || selections.length === 0) return value;
  const record = value as Record<string, unknown>;
  return Object.fromEntries(
    [...fieldsOf(selections, fragments)]
      .filter(([key]) => key in record)
      .map(([key, field]) => [field.name, byName(record[key], field.selections, fragments)]),
  );
}

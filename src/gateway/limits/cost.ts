import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isListType,
  isOutputType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { requestError } from '../../errors.ts';
import { FragmentMemo } from './fragment-memo.ts';
import { LIMITS } from './limits.ts';

/** How long a list is taken to be where the query does not say. */
const USUAL_LENGTH = 10;

/**
 * What an operation costs: every field counts one, times the sizes of the lists it stands in. A list that is asked
 * for by ids has as many entries as ids, one with `first` so many, any other ten. `variables` as coerced.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  return new CostCounter(schema, document, variables).cost(
    operation.selectionSet,
    schema.getRootType(operation.operation),
  );
}

/** Throws QUERY_REFUSED that says what the operation costs and what it may. */
export function checkCost(...operation: Parameters<typeof costOf>): void {
  const cost = costOf(...operation);
  if (cost <= LIMITS.cost) return;
  const numbers = `costs ${cost.toLocaleString('en-GB')}; the limit is ${LIMITS.cost.toLocaleString('en-GB')}`;
  throw requestError('QUERY_REFUSED', `The query ${numbers}. Ask for fewer people, fields or rows at once.`);
}

class CostCounter {
  readonly #schema: GraphQLSchema;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #fragments: FragmentMemo;

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
    this.#schema = schema;
    this.#variables = variables;
    this.#fragments = new FragmentMemo((name) => {
      for (const one of document.definitions)
        if (one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name) return one;
      return null;
    });
  }

  cost(set: SelectionSetNode | undefined, parent: GraphQLNamedType | null | undefined): number {
    let sum = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) sum += this.#field(selection, parent);
      else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const { typeCondition, selectionSet } = selection;
        sum += this.cost(
          selectionSet,
          typeCondition ? this.#schema.getType(typeCondition.name.value) : parent,
        );
      } else {
        sum += this.#fragments.of(selection.name.value, ({ selectionSet, typeCondition }) =>
          this.cost(selectionSet, this.#schema.getType(typeCondition.name.value)),
        );
      }
    }
    return sum;
  }

  #field(node: FieldNode, parent: GraphQLNamedType | null | undefined): number {
    const field = parent && 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    // Introspection, and what is not in the schema at all, asks no agency.
    if (!field || !('args' in field) || !isOutputType(field.type)) return 1;
    return 1 + this.#size(node, field) * this.cost(node.selectionSet, getNamedType(field.type));
  }

  #size(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    if (!isListType(getNullableType(field.type))) return 1;
    const { ids, first } = this.#arguments(node, field);
    if (Array.isArray(ids)) return ids.length;
    return typeof first === 'number' ? Math.max(first, 0) : USUAL_LENGTH;
  }

  #arguments(node: FieldNode, field: GraphQLField<unknown, unknown>): Record<string, unknown> {
    try {
      return getArgumentValues(field, node, { ...this.#variables });
    } catch {
      // The execution names the argument that is wrong.
      return {};
    }
  }
}

import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  type TypeNode,
  visit,
} from 'graphql';
import type { AnyAdapter } from '../../../adapters/contract.ts';

const HELPERS = parse(`
  type Section { key: ID! asOf: DateTime present: Boolean! capped: [String!]! ranks: [AgencyRank!] }
  type Item { source: AgencySource! }
  type AgencySource { record: ID! asOf: DateTime otherPerson: ID }
  type AgencyRank { field: String! precedence: Int! asOf: DateTime }
  scalar DateTime
`).definitions;
const [SECTION, ITEM, AGENCY_SOURCE, AGENCY_RANK, DATE_TIME] = HELPERS as [
  ObjectTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  (typeof HELPERS)[number],
];

/**
 * An agency's SDL with the fields that only the gateway sees: `key`, `asOf`, `present`, `ranks` and `capped` (the response keys of
 * fields that have rows which were not looked at, being too many) on every section, `source`
 * on every item. Items are what the adapter's lists are made of, and the types of `sourced` (those that implement
 * `Sourced` in the public vocabulary) wherever the agency has them.
 */
export function withHelperFields(
  document: DocumentNode,
  adapter: AnyAdapter,
  sourced: Iterable<string> = [],
): DocumentNode {
  const types = new Map(
    document.definitions
      .filter((one): one is ObjectTypeDefinitionNode => one.kind === Kind.OBJECT_TYPE_DEFINITION)
      .map((one) => [one.name.value, one]),
  );
  const roots = types.get('Query')?.fields ?? [];
  const sections = new Set(roots.map((root) => namedType(root.type)));
  const items = new Set([
    ...sourced,
    ...roots.flatMap((root) => itemTypes(types.get(namedType(root.type)), adapter, root.name.value)),
  ]);
  const extended = visit(document, {
    [Kind.OBJECT_TYPE_DEFINITION]: (node) => {
      const added = [
        ...(sections.has(node.name.value) ? (SECTION.fields ?? []) : []),
        ...(items.has(node.name.value) ? (ITEM.fields ?? []) : []),
      ];
      return added.length === 0 ? undefined : { ...node, fields: withFields(node.fields ?? [], added) };
    },
  });
  const hasDateTime = document.definitions.some(
    (one) => one.kind === Kind.SCALAR_TYPE_DEFINITION && one.name.value === 'DateTime',
  );
  return {
    ...extended,
    definitions: [...extended.definitions, AGENCY_SOURCE, AGENCY_RANK, ...(hasDateTime ? [] : [DATE_TIME])],
  };
}

function itemTypes(
  section: ObjectTypeDefinitionNode | undefined,
  adapter: AnyAdapter,
  name: string,
): string[] {
  const lists = Object.entries(adapter.sections[name] ?? {}).filter(
    ([, field]) => field.kind === 'list' || field.kind === 'lists',
  );
  return lists.flatMap(([list]) => {
    const field = section?.fields?.find((one) => one.name.value === list);
    return field ? [namedType(field.type)] : [];
  });
}

function withFields(
  fields: readonly FieldDefinitionNode[],
  added: readonly FieldDefinitionNode[],
): FieldDefinitionNode[] {
  const names = new Set(added.map((one) => one.name.value));
  return [...fields.filter((one) => !names.has(one.name.value)), ...added];
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

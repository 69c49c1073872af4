import {
  type FieldNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  type InlineFragmentNode,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** A data field of a section as a query asks for it. */
export interface AskedField {
  /** Field names within the section, dotted: `items.guidance`. */
  path: string;
  /** Response keys, which differ from names where there are aliases. */
  response: readonly string[];
}

/** What a query asks of one section. */
export interface AskedFields {
  fields: readonly AskedField[];
  /** Response keys, dotted → field names, dotted. */
  names: ReadonlyMap<string, string>;
  /** `sources { asOf }`, wanted of the section as a whole. */
  asOf: boolean;
}

export type Execution = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues'>;
/** Fields that say how an answer stands; agencies are not asked for them. */
export const STANDING_FIELDS: ReadonlySet<string> = new Set(['state', 'sources', 'source', '__typename']);

/**
 * Every field of a selection that `@skip` and `@include` leave in, with fragments unfolded that fit the type. A named
 * fragment is unfolded once, as GraphQL has it: else fragments that spread others twice would double the work each time.
 */
export function* selectedFields(
  selectionSets: Iterable<SelectionSetNode | undefined>,
  type: GraphQLCompositeType,
  execution: Execution,
  unfolded: Set<string> = new Set(),
): Generator<FieldNode> {
  for (const selectionSet of selectionSets) {
    for (const selection of selectionSet?.selections ?? []) {
      if (!isIncluded(selection, execution)) continue;
      if (selection.kind === Kind.FIELD) yield selection;
      else {
        const fragment = fragmentOf(selection, execution, unfolded);
        if (fragment && fits(fragment.typeCondition?.name.value, type, execution)) {
          yield* selectedFields([fragment.selectionSet], type, execution, unfolded);
        }
      }
    }
  }
}

/** Null for a named fragment that has been unfolded already. */
function fragmentOf(
  selection: FragmentSpreadNode | InlineFragmentNode,
  { fragments }: Execution,
  unfolded: Set<string>,
) {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
  const name = selection.name.value;
  if (unfolded.has(name)) return null;
  unfolded.add(name);
  return fragments[name] ?? null;
}

function isIncluded(node: SelectionNode, { variableValues }: Execution): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.if !== true && include?.if !== false;
}

function fits(condition: string | undefined, type: GraphQLCompositeType, { schema }: Execution): boolean {
  if (!condition || condition === type.name) return true;
  const other = schema.getType(condition);
  return isInterfaceType(other) && isObjectType(type) && schema.isSubType(other, type);
}

/** The type of a field's value without lists and non-nulls, if it has fields of its own. */
export function compositeTypeOf(type: GraphQLCompositeType, field: string): GraphQLCompositeType | null {
  const found = 'getFields' in type ? getNamedType(type.getFields()[field]?.type) : null;
  return found && isCompositeType(found) ? found : null;
}

/** What `nodes` (the merged selections of one section field) ask of the section's type. */
export function askedFields(
  nodes: readonly FieldNode[],
  type: GraphQLCompositeType,
  execution: Execution,
): AskedFields {
  const fields: AskedField[] = [];
  let asOf = false;
  const walk = (
    sets: Iterable<SelectionSetNode | undefined>,
    at: GraphQLCompositeType,
    path: string,
    response: readonly string[],
  ) => {
    for (const node of selectedFields(sets, at, execution)) {
      const name = node.name.value;
      if (name === 'sources' && path === '')
        asOf ||= asksFor(node, 'asOf', compositeTypeOf(at, name), execution);
      if (STANDING_FIELDS.has(name)) continue;
      const key = [...response, node.alias?.value ?? name];
      fields.push({ path: path + name, response: key });
      const child = compositeTypeOf(at, name);
      if (child && child.name !== 'Person') walk([node.selectionSet], child, `${path}${name}.`, key);
    }
  };
  walk(
    nodes.map((node) => node.selectionSet),
    type,
    '',
    [],
  );
  return { fields, names: new Map(fields.map((one) => [one.response.join('.'), one.path])), asOf };
}

export function asksFor(
  node: FieldNode,
  field: string,
  type: GraphQLCompositeType | null,
  execution: Execution,
): boolean {
  if (!type) return false;
  for (const one of selectedFields([node.selectionSet], type, execution))
    if (one.name.value === field) return true;
  return false;
}

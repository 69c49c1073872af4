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
import { argumentsMeant } from '../../compile/plan/arguments.ts';
import type { SectionDecision } from '../../sharing/policy/types.ts';

/** A data field of a section as a query asks for it. */
export interface SelectedField {
  /** Field names within the section, dotted: `items.guidance`. */
  path: string;
  /** Response keys, which differ from names where there are aliases. */
  response: readonly string[];
  /** Of a list that takes `first`: how many items it may have. */
  first?: number;
  /** Something that there is may be left out of it because the query says so. */
  filtered?: true;
}

/** What a query asks of one section. */
export interface SectionSelection {
  fields: readonly SelectedField[];
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
export function sectionSelection(
  nodes: readonly FieldNode[],
  type: GraphQLCompositeType,
  execution: Execution,
): SectionSelection {
  const fields: SelectedField[] = [];
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
        asOf ||= selects(node, 'asOf', compositeTypeOf(at, name), execution);
      if (STANDING_FIELDS.has(name)) continue;
      const key = [...response, node.alias?.value ?? name];
      fields.push({ path: path + name, response: key, ...endsOf(at, node, execution) });
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

/** How a list that takes arguments is cut: every one but a `first` that is no less than the default leaves something out. */
function endsOf(
  parent: GraphQLCompositeType,
  node: FieldNode,
  { variableValues }: Execution,
): Pick<SelectedField, 'first' | 'filtered'> {
  const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
  if (!field || !('args' in field) || field.args.length === 0) return {};
  const { first, ...limits } = argumentsMeant(field, node, variableValues);
  const usual = field.args.find(({ name }) => name === 'first')?.defaultValue;
  const fewer = typeof first === 'number' && typeof usual === 'number' && first < usual;
  const limited = Object.values(limits).some((limit) => limit !== null && limit !== undefined);
  return { ...(typeof first === 'number' && { first }), ...((fewer || limited) && { filtered: true }) };
}

/** What was looked at, in words: what policy releases, and of that what the query itself leaves in. */
export function scopeOfSelection(
  { level, scope }: Pick<SectionDecision, 'level' | 'scope'>,
  filtered: boolean,
): string | null {
  if (level === null || !filtered) return scope;
  return [scope, 'as you filtered'].filter(Boolean).join('; ');
}

export function selects(
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

import {
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  isOutputType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { argumentsMeant } from '../../compile/plan/arguments.ts';
import { requestError } from '../../errors.ts';
import { FragmentMemo } from './fragment-memo.ts';
import { LIMITS } from './limits.ts';

/** How long a list is taken to be where the query does not say. */
const USUAL_LENGTH = 10;

/** What an object costs beside its fields: what has to be read, decided and written down for it, whatever is asked of it. */
const WEIGHTS: Readonly<Record<string, number>> = {
  Person: 100,
  PersonSearchResult: 20_000,
  ReviewTask: 2_000,
  DisclosurePlan: 50_000,
  // The whole policy is decided for it.
  MatrixCell: 10_000,
  PolicyDiff: 100_000,
};
/** Of a section of one person: its agencies are decided on, asked, and named in the register. */
const SECTION_WEIGHT = 50;
/** Of one kind of event in a timeline: a section that is asked for a list of three fields, however few of them a page has. */
const EVENTS_WEIGHT = SECTION_WEIGHT + USUAL_LENGTH * 3;
/** A field of the schema's own description is worth this many of the data's: it is answered at once, and lets nobody in between. */
const INTROSPECTION_WEIGHT = 5;

/**
 * What an operation costs: every field counts one, and some objects more (`WEIGHTS`), times the sizes of the lists it
 * stands in. A list that is asked for by ids has as many entries as ids, one with `first` so many, one of the schema's
 * own description as many as the schema has on average, any other ten. `variables` as coerced.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const counter = new CostCounter(schema, document, variables);
  return Math.ceil(counter.cost(operation.selectionSet, schema.getRootType(operation.operation)));
}

/** Throws QUERY_REFUSED that says how many people the operation names, or what it costs, and what it may. */
export function checkCost(...[schema, document, operation, variables]: Parameters<typeof costOf>): void {
  const counter = new CostCounter(schema, document, variables);
  const cost = Math.ceil(counter.cost(operation.selectionSet, schema.getRootType(operation.operation)));
  if (counter.named > LIMITS.people) {
    const named = `names ${counter.named.toLocaleString('en-GB')} people by id or number`;
    throw requestError('QUERY_REFUSED', `The query ${named}; a request takes at most ${LIMITS.people}.`);
  }
  if (cost <= LIMITS.cost) return;
  const numbers = `costs ${cost.toLocaleString('en-GB')}; the limit is ${LIMITS.cost.toLocaleString('en-GB')}`;
  throw requestError('QUERY_REFUSED', `The query ${numbers}. Ask for fewer people, fields or rows at once.`);
}

type AnyField = GraphQLField<unknown, unknown>;

class CostCounter {
  /** People named by id or number so far. */
  named = 0;
  /** How many items the timeline has that is being counted. */
  #page: number = USUAL_LENGTH;
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
    const field = this.#definition(node.name.value, parent);
    // What is not in the schema asks nobody.
    if (!parent || !field) return 1;
    const type = getNamedType(field.type);
    const size = type.name === 'TimelineItem' ? this.#page : this.#size(node, parent, field);
    if (type.name === 'Person' && parent === this.#schema.getQueryType()) this.named += size;
    const own = isIntrospectionType(parent) ? INTROSPECTION_WEIGHT : 1;
    if (type.name === 'Timeline') return own + this.#timeline(node, field, type);
    return own + size * (weightOf(type) + this.cost(node.selectionSet, type));
  }

  /** All sections in which events stand are asked for it, and a page has as many items as `first`. */
  #timeline(node: FieldNode, field: AnyField, type: GraphQLNamedType): number {
    const { first } = this.#arguments(node, field);
    const around = this.#page;
    this.#page = typeof first === 'number' ? Math.max(first, 0) : USUAL_LENGTH;
    const cost = eventTypes(this.#schema) * EVENTS_WEIGHT + this.cost(node.selectionSet, type);
    this.#page = around;
    return cost;
  }

  #definition(name: string, parent: GraphQLNamedType | null | undefined): AnyField | undefined {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    const field = parent && 'getFields' in parent ? parent.getFields()[name] : undefined;
    return field && 'args' in field && isOutputType(field.type) ? field : undefined;
  }

  #size(node: FieldNode, parent: GraphQLNamedType, field: AnyField): number {
    if (!isListType(getNullableType(field.type))) return 1;
    if (isIntrospectionType(parent)) return this.#described(`${parent.name}.${field.name}`);
    const { ids, first } = this.#arguments(node, field);
    if (Array.isArray(ids)) return ids.length;
    return typeof first === 'number' ? Math.max(first, 0) : USUAL_LENGTH;
  }

  /** How long a list of the schema's own description is on average, at least one. */
  #described(list: string): number {
    return Math.max(1, averagesOf(this.#schema).get(list) ?? USUAL_LENGTH);
  }

  #arguments(node: FieldNode, field: AnyField): Record<string, unknown> {
    try {
      return argumentsMeant(field, node, this.#variables);
    } catch {
      // The execution names the argument that is wrong.
      return {};
    }
  }
}

function weightOf(type: GraphQLNamedType): number {
  if (isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Section'))
    return SECTION_WEIGHT;
  return WEIGHTS[type.name] ?? 0;
}

/** How many types of the vocabulary are events. */
function eventTypes(schema: GraphQLSchema): number {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  return types.filter(({ astNode }) => astNode?.directives?.some(({ name }) => name.value === 'event'))
    .length;
}

const averagesBySchema = new WeakMap<GraphQLSchema, ReadonlyMap<string, number>>();

/** Lengths of the lists by which a schema describes itself, per type, field or directive. */
function averagesOf(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const known = averagesBySchema.get(schema);
  if (known) return known;
  const types = Object.values(schema.getTypeMap());
  const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = composite.flatMap((type) => Object.values(type.getFields()));
  const directives = schema.getDirectives();
  const total = (lists: readonly (readonly unknown[])[]) => lists.reduce((sum, list) => sum + list.length, 0);
  const perType = (lists: readonly (readonly unknown[])[]) => total(lists) / types.length;
  const averages = new Map([
    ['__Schema.types', types.length],
    ['__Schema.directives', directives.length],
    ['__Type.fields', perType([fields])],
    ['__Type.interfaces', perType(composite.map((type) => type.getInterfaces()))],
    [
      '__Type.possibleTypes',
      perType(types.filter(isAbstractType).map((type) => schema.getPossibleTypes(type))),
    ],
    ['__Type.enumValues', perType(types.filter(isEnumType).map((type) => type.getValues()))],
    [
      '__Type.inputFields',
      perType(types.filter(isInputObjectType).map((type) => Object.keys(type.getFields()))),
    ],
    ['__Field.args', total(fields.map(({ args }) => args)) / Math.max(1, fields.length)],
    ['__Directive.args', total(directives.map(({ args }) => args)) / Math.max(1, directives.length)],
    [
      '__Directive.locations',
      total(directives.map(({ locations }) => locations)) / Math.max(1, directives.length),
    ],
  ]);
  averagesBySchema.set(schema, averages);
  return averages;
}

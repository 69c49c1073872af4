import { createRequest, type SubschemaConfig, Transformer } from '@graphql-tools/delegate';
import type { ExecutionRequest } from '@graphql-tools/utils';
import DataLoader from 'dataloader';
import {
  BREAK,
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLList,
  type GraphQLResolveInfo,
  Kind,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Decisions } from '../../sharing/policy/types.ts';
import type { RecordPart } from './answers.ts';
import type { GatewayContext } from './context.ts';
import { HELPERS, isReleased, prune, type SectionRequest } from './prune.ts';
import type { SectionSelection } from './selection.ts';

type PartLoader = DataLoader<string, RecordPart | null>;

/**
 * Gathers the records asked of one agency at one place of the query, under the same decisions, into one
 * delegation; the agency's executor then answers the delegations of one tick together.
 */
export class RequestLoaders {
  readonly #subschemas: ReadonlyMap<string, SubschemaConfig>;
  readonly #loaders = new WeakMap<SectionSelection, WeakMap<Decisions, Map<string, PartLoader>>>();

  constructor(subschemas: ReadonlyMap<string, SubschemaConfig>) {
    this.#subschemas = subschemas;
  }

  /** Rejects with the agency's failure; never answers with another record's part. */
  async load(
    agency: string,
    records: readonly string[],
    decisions: Decisions,
    question: SectionRequest,
    context: GatewayContext,
    info: GraphQLResolveInfo,
  ): Promise<RecordPart[]> {
    const loader = this.#loader(agency, decisions, question, context, info);
    const parts = await Promise.all(records.map((record) => loader.load(record)));
    return parts.filter((part) => part !== null);
  }

  #loader(
    agency: string,
    decisions: Decisions,
    question: SectionRequest,
    context: GatewayContext,
    info: GraphQLResolveInfo,
  ) {
    const byDecisions =
      this.#loaders.get(question.selection) ?? new WeakMap<Decisions, Map<string, PartLoader>>();
    this.#loaders.set(question.selection, byDecisions);
    const byAgency = byDecisions.get(decisions) ?? new Map<string, PartLoader>();
    byDecisions.set(decisions, byAgency);
    let loader = byAgency.get(agency);
    if (!loader) {
      loader = new DataLoader((keys) => this.#delegate(agency, keys, decisions, question, context, info));
      byAgency.set(agency, loader);
    }
    return loader;
  }

  async #delegate(
    agency: string,
    keys: readonly string[],
    decisions: Decisions,
    question: SectionRequest,
    context: GatewayContext,
    info: GraphQLResolveInfo,
  ): Promise<(RecordPart | null)[]> {
    const schema = this.#subschemas.get(agency);
    if (!schema) throw new Error(`There is no subschema of ${agency}`);
    const { section, type, nodes, selection: asked } = question;
    const releases = (path: string) => isReleased(path, agency, decisions, question, context);
    // The register keeps how old released data were, whether or not the query asks for it.
    const asOf = asked.asOf || asked.fields.length > 0;
    const answer = await delegate({
      ...{ schema, section, type, node: nodes.length === 1 ? nodes[0] : undefined, keys },
      ...{ decisions, context, info },
      selectionSet: () => prune(nodes, type, section, info, asOf, releases),
    });
    return alignByKey(keys, answer);
  }
}

/**
 * Puts an agency's batch back in the order of its keys. Stitching attaches by position, so a short or reordered
 * list would silently attach one person's record to another: parts are found by their own key, missing ones are
 * null, and a part that nobody asked for fails the batch.
 */
export function alignByKey(keys: readonly string[], answer: unknown): (RecordPart | null)[] {
  if (answer instanceof Error) throw answer;
  if (!Array.isArray(answer) || answer.length !== keys.length)
    throw new Error('An agency answered with a list of another length');
  const failure = answer.find((part) => part instanceof Error);
  if (failure) throw failure;
  const parts = new Map<unknown, RecordPart>(
    answer.filter((part) => part !== null).map((part) => [part[HELPERS.key], part]),
  );
  for (const key of parts.keys())
    if (!keys.includes(key as string)) throw new Error('An agency answered for a key that was not asked');
  return keys.map((key) => parts.get(key) ?? null);
}

/** Records of one agency that are asked about in one place of the query. */
interface Delegation {
  schema: SubschemaConfig;
  /** Name of the section, which is the agency's root field. */
  section: string;
  type: GraphQLCompositeType;
  /** The query's one field that asks it; undefined where several were merged. */
  node: FieldNode | undefined;
  keys: readonly string[];
  decisions: Decisions;
  /** What is asked of the agency; the same for the same field, decisions and variables. */
  selectionSet(): SelectionSetNode;
  context: GatewayContext;
  info: GraphQLResolveInfo;
}

/** A document for an agency, which says nothing of who is asked about: their keys are its variable. */
interface Prepared {
  document: DocumentNode;
  variables: Readonly<Record<string, unknown>>;
  keys: string;
}

/**
 * Delegates as `delegateToSchema` does, by stitching's own steps, but works a document out once for each field of a
 * query, agency and decisions: Apollo keeps the documents that it has parsed, and fields are known by identity. A field
 * that depends on variables is worked out each time. Rejects with the executor's error.
 */
async function delegate(delegation: Delegation): Promise<unknown> {
  const { schema, context, info, keys } = delegation;
  const transformer = new Transformer(contextOf(delegation) as never);
  const prepared = preparedFor(delegation, transformer);
  const { document, variables } = prepared;
  const request = {
    ...{ document, context, info, operationType: 'query' },
    variables: { ...variables, [prepared.keys]: [...keys] },
  } as unknown as ExecutionRequest;
  if (!schema.executor) throw new Error(`The subschema ${schema.name} has no executor`);
  return transformer.transformResult((await schema.executor(request)) as never);
}

const preparedByField = new WeakMap<FieldNode, WeakMap<SubschemaConfig, WeakMap<Decisions, Prepared>>>();

function preparedFor(delegation: Delegation, transformer: Transformer): Prepared {
  const { node, schema, decisions, info } = delegation;
  if (!node || usesVariables(node, info)) return prepare(delegation, transformer);
  const bySchema = preparedByField.get(node) ?? new WeakMap<SubschemaConfig, WeakMap<Decisions, Prepared>>();
  preparedByField.set(node, bySchema);
  const byDecisions = bySchema.get(schema) ?? new WeakMap<Decisions, Prepared>();
  bySchema.set(schema, byDecisions);
  const before = byDecisions.get(decisions);
  if (before) return before;
  const prepared = prepare(delegation, transformer);
  // Of fields that stitching had to rename, the transformer that did it knows the names, and it alone.
  if (!hasTypeConditions(prepared.document)) byDecisions.set(decisions, prepared);
  return prepared;
}

function prepare(
  { schema, section, keys, selectionSet, context, info }: Delegation,
  transformer: Transformer,
): Prepared {
  const request = createRequest({
    ...{ subgraphName: schema.name, targetSchema: schema.schema, targetFieldName: section },
    ...{ targetOperation: 'query' as never, targetOperationName: info.operation.name?.value },
    ...{ selectionSet: selectionSet(), args: { keys: [...keys] }, context, info },
    fragments: Object.values(info.fragments),
  } as never);
  const { document, variables = {} } = transformer.transformRequest(request);
  return { document, variables, keys: keysVariable(document) };
}

function hasTypeConditions(document: DocumentNode): boolean {
  let has = false;
  visit(document, {
    InlineFragment() {
      has = true;
      return BREAK;
    },
    FragmentDefinition() {
      has = true;
      return BREAK;
    },
  });
  return has;
}

/** The variable in which the document takes the keys of its one root field. */
function keysVariable({ definitions }: DocumentNode): string {
  for (const definition of definitions) {
    const root = 'selectionSet' in definition ? definition.selectionSet?.selections[0] : undefined;
    const keys = root?.kind === Kind.FIELD && root.arguments?.find(({ name }) => name.value === 'keys');
    if (keys && keys.value.kind === Kind.VARIABLE) return keys.value.name.value;
  }
  throw new Error('A document for an agency takes no keys');
}

const dependent = new WeakMap<FieldNode, boolean>();

/** Whether anything within the field, fragments included, depends on a variable of the operation. */
function usesVariables(node: FieldNode, { fragments }: GraphQLResolveInfo): boolean {
  const before = dependent.get(node);
  if (before !== undefined) return before;
  let uses = false;
  const visited = new Set<string>();
  const visitSelections = (within: FieldNode | SelectionSetNode) =>
    visit(within, {
      Variable() {
        uses = true;
        return BREAK;
      },
      FragmentSpread({ name }) {
        const fragment = fragments[name.value];
        if (!fragment || visited.has(name.value)) return;
        visited.add(name.value);
        visitSelections(fragment.selectionSet);
      },
    });
  visitSelections(node);
  dependent.set(node, uses);
  return uses;
}

/** As stitching has it for a subschema without transforms. */
function contextOf({ schema, section, type, keys, context, info }: Delegation) {
  return {
    ...{ subschema: schema, subschemaConfig: schema, targetSchema: schema.schema, operation: 'query' },
    ...{ fieldName: section, context, info, returnType: new GraphQLList(type), transforms: [] },
    ...{ transformedSchema: schema.schema, skipTypeMerging: true, args: { keys } },
  };
}

import {
  buildSchema,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  validate,
  visit,
} from 'graphql';
import type { Catalogue, Decisions } from '../../sharing/policy/types.ts';
import type { WithheldReason } from '../../states.ts';
import { isReleased, prune } from './prune.ts';
import { compositeTypeOf, type Execution, sectionSelection, selectedFields } from './selection.ts';

/** A query cannot be read, or asks nothing of a person. */
export class NoQuestionError extends Error {
  override readonly name = 'NoQuestionError';
  readonly code = 'NO_QUESTION';
}

/** What becomes of one section of a query at one agency: what it would be asked, and what is cut before. */
export interface PlannedQuestion {
  section: string;
  /** Dotted paths within the section, each with why policy withholds it. */
  cut: readonly { path: string; reason: WithheldReason }[];
  /** What this agency does not supply. */
  notSupplied: readonly string[];
  /** What the agency's executor is asked, by the variable `keys`; null where nothing is left. */
  asked: { document: DocumentNode; variables: Readonly<Record<string, unknown>> } | null;
}

/**
 * What one agency would be asked by a query, under these decisions: for each section in each place where it asks for a
 * person. The query is of the public schema, or names sections of a person alone, as `{ identity { name } }`.
 * @param sdl the public schema
 * @throws NoQuestionError
 */
export function plannedQuestions(
  sdl: string,
  query: { text: string; variables: Readonly<Record<string, unknown>> },
  agency: string,
  { decisions, catalogue }: { decisions: Decisions; catalogue: Catalogue },
): readonly PlannedQuestion[] {
  const schema = buildSchema(sdl);
  const { operation, execution } = readQuery(schema, query, catalogue);
  const root = schema.getQueryType();
  if (!root) throw new NoQuestionError('The public schema has no queries');
  const found: PlannedQuestion[] = [];
  for (const fields of sectionsAsked([operation.selectionSet], root, execution, catalogue)) {
    const [first] = fields;
    const section = first?.name.value ?? '';
    const type = compositeTypeOf(schema.getType('Person') as GraphQLCompositeType, section);
    if (!first || !type) continue;
    const releases = (path: string) => isReleased(path, agency, decisions, { section }, { catalogue });
    const { fields: asked, asOf } = sectionSelection(fields, type, execution);
    const supplied = (path: string) =>
      catalogue.sections.get(section)?.fields.get(path)?.suppliers.includes(agency) === true;
    const cut = asked.flatMap(({ path }) => {
      const reason = supplied(path) ? decisions.withholds(agency, section, path) : null;
      return reason === null ? [] : [{ path, reason }];
    });
    const left = asked.length === 0 ? decisions.section(agency, section).level !== null : null;
    const isAsked = left ?? asked.some(({ path }) => releases(path));
    const selection = prune(fields, type, section, execution, asOf || asked.length > 0, releases);
    found.push({
      section,
      cut,
      notSupplied: asked.map(({ path }) => path).filter((path) => !supplied(path)),
      asked: isAsked ? documentFor(section, selection, operation, query.variables) : null,
    });
  }
  if (found.length === 0) throw new NoQuestionError('The query asks for no section of a person');
  return found;
}

function readQuery(
  schema: GraphQLSchema,
  { text, variables }: { text: string; variables: Readonly<Record<string, unknown>> },
  catalogue: Catalogue,
): { operation: OperationDefinitionNode; execution: Execution } {
  try {
    const document = ofAPerson(parse(text, { noLocation: true }), catalogue);
    const [mistake] = validate(schema, document);
    if (mistake) throw mistake;
    const operation = document.definitions.find(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    );
    if (operation?.operation !== 'query') throw new NoQuestionError('Give one query');
    const values = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
    if (values.errors) throw values.errors[0];
    const fragments = document.definitions.filter(
      (one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION,
    );
    return {
      operation,
      execution: {
        schema,
        fragments: Object.fromEntries(fragments.map((one) => [one.name.value, one])),
        variableValues: values.coerced,
      },
    };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new NoQuestionError(`The query cannot be read: ${error.message}`, { cause: error });
  }
}

/** A query that names sections alone, as one that asks for them of a person. */
function ofAPerson(document: DocumentNode, { sections }: Catalogue): DocumentNode {
  return visit(document, {
    OperationDefinition(node) {
      const names = node.selectionSet.selections.map((one) =>
        one.kind === Kind.FIELD ? one.name.value : '',
      );
      if (names.length === 0 || !names.every((name) => sections.has(name))) return undefined;
      const person: FieldNode = {
        kind: Kind.FIELD,
        name: { kind: Kind.NAME, value: 'person' },
        arguments: [
          {
            kind: Kind.ARGUMENT,
            name: { kind: Kind.NAME, value: 'id' },
            value: { kind: Kind.STRING, value: 'somebody' },
          },
        ],
        selectionSet: node.selectionSet,
      };
      return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections: [person] } };
    },
  });
}

/** The merged selections of each section, in every place where the query comes to a person. */
function* sectionsAsked(
  sets: readonly (SelectionSetNode | undefined)[],
  type: GraphQLCompositeType,
  execution: Execution,
  catalogue: Catalogue,
): Generator<readonly FieldNode[]> {
  const byKey = new Map<string, FieldNode[]>();
  for (const node of selectedFields(sets, type, execution)) {
    const key = node.alias?.value ?? node.name.value;
    byKey.set(key, [...(byKey.get(key) ?? []), node]);
  }
  for (const nodes of byKey.values()) {
    const name = nodes[0]?.name.value ?? '';
    if (type.name === 'Person' && catalogue.sections.has(name)) yield nodes;
    const inner = compositeTypeOf(type, name);
    const within = nodes.map(({ selectionSet }) => selectionSet);
    if (inner) yield* sectionsAsked(within, inner, execution, catalogue);
  }
}

/** As stitching delegates it: one root by the variable `keys`, and what else the selection takes from variables. */
function documentFor(
  section: string,
  selectionSet: SelectionSetNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): NonNullable<PlannedQuestion['asked']> {
  const used = new Set<string>();
  visit(selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  const [own] = parse(`query ($keys: [ID!]!) { ${section}(keys: $keys) { key } }`).definitions;
  const operation = own as OperationDefinitionNode;
  const [root] = operation.selectionSet.selections as readonly FieldNode[];
  const definitions = variableDefinitions.filter(({ variable }) => used.has(variable.name.value));
  return {
    document: {
      kind: Kind.DOCUMENT,
      definitions: [
        {
          ...operation,
          variableDefinitions: [...(operation.variableDefinitions ?? []), ...definitions],
          selectionSet: {
            kind: Kind.SELECTION_SET,
            selections: [{ ...(root as FieldNode), selectionSet }],
          },
        },
      ],
    },
    variables,
  };
}

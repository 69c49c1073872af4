import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';
import { requestError } from '../../errors.ts';
import type {
  CatalogueSection,
  Decisions,
  Relationship,
  SectionDecision,
} from '../../sharing/policy/types.ts';
import { opensField } from '../../sharing/rules/break-glass.ts';
import type { WithheldReason } from '../../states.ts';
import { checkCost } from '../limits/cost.ts';
import { PARSE_OPTIONS, validateOperation } from '../limits/validate-operation.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';
import { operationVariables } from '../request/operation-variables.ts';
import type { SectionRequest } from '../request/prune.ts';
import {
  compositeTypeOf,
  type Execution,
  type SectionSelection,
  type SelectedField,
  scopeOfSelection,
  sectionSelection,
  selectedFields,
} from '../request/selection.ts';
import { TIMELINE } from '../timeline/event-sections.ts';
import { askedTimeline, timelineQuestions } from '../timeline/questions.ts';

interface PlanArguments {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown> | null;
  relationship: Relationship;
}
interface PlannedSection {
  section: CatalogueSection;
  selection: SectionSelection;
  /** Agencies that may be asked; of a timeline those that say when an event was. */
  suppliers: readonly string[];
  path: string;
  requires?: SectionRequest['requires'];
}

/** What a query would disclose, from policy alone: no id in it is resolved, and no agency is asked. */
export const resolveDisclosurePlan: GraphQLFieldResolver<unknown, GatewayContext, PlanArguments> = async (
  _root,
  args,
  context,
  info,
) => {
  const { root, type, execution } = readQuery(args, info.schema);
  const decisions = await context.decisionsAt(args.relationship);
  const sections = [...sectionsIn([root], type, '', execution, context)];
  const fields = sections.flatMap((one) => plannedFields(one, decisions, context));
  const agenciesToAsk = new Set(
    fields.filter(({ state }) => state === 'WOULD_ASK').map(({ agency }) => agency.id as string),
  );
  const all = context.agencies.ids.map((agency) => publicAgency(agency, context));
  return {
    fields,
    agenciesAsked: all.filter(({ id }) => agenciesToAsk.has(id)),
    agenciesNotAsked: all.filter(({ id }) => !agenciesToAsk.has(id)),
  };
};

/** The query is held to the limits of one that is run: planning it is work too. */
function readQuery({ query, operationName, variables }: PlanArguments, schema: GraphQLSchema) {
  const document = parsed(query);
  const [problem] = validateOperation(schema, document);
  if (problem) {
    const refused = problem.extensions.code === 'QUERY_REFUSED';
    const code = refused ? 'QUERY_REFUSED' : 'GRAPHQL_VALIDATION_FAILED';
    throw requestError(code, `The query to plan: ${problem.message}`);
  }
  const operation = getOperationAST(document, operationName);
  const type = schema.getQueryType();
  if (operation?.operation !== 'query' || !type)
    throw requestError('BAD_USER_INPUT', 'Name one query operation of the query to plan in operationName');
  const variableValues = plannedVariables(schema, document, operation, variables ?? {});
  checkCost(schema, document, operation, variableValues);
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one;
  const execution: Execution = { schema, fragments, variableValues };
  return { root: operation.selectionSet, type, execution };
}

/** Of variables that are not given only those are wanted that say what is asked: ids are not resolved, so none is needed. */
function plannedVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Record<string, unknown>,
): Record<string, unknown> {
  const wanted = operation.variableDefinitions?.filter(
    ({ variable, type, defaultValue }) =>
      Object.hasOwn(given, variable.name.value) || defaultValue || print(type).startsWith('Boolean'),
  );
  const read = operationVariables(schema, document, operation, given, wanted);
  if (!read.errors) return read.variables;
  throw requestError('BAD_USER_INPUT', `Variables of the query to plan: ${read.errors[0]?.message}`);
}

function parsed(query: string) {
  try {
    return parse(query, PARSE_OPTIONS);
  } catch (error) {
    throw requestError('GRAPHQL_PARSE_FAILED', `The query to plan: ${(error as Error).message}`);
  }
}

/** Every section of every person that the query reaches, with where it would stand in the response. */
function* sectionsIn(
  sets: readonly (SelectionSetNode | undefined)[],
  type: GraphQLCompositeType,
  path: string,
  execution: Execution,
  context: GatewayContext,
): Generator<PlannedSection> {
  for (const node of selectedFields(sets, type, execution)) {
    const child = compositeTypeOf(type, node.name.value);
    if (!child) continue;
    const at = `${path}${node.alias?.value ?? node.name.value}`;
    const section = type.name === 'Person' ? context.catalogue.sections.get(node.name.value) : undefined;
    if (section)
      yield {
        section,
        path: at,
        selection: sectionSelection([node], child, execution),
        suppliers: section.suppliers,
      };
    if (type.name === 'Person' && node.name.value === TIMELINE)
      for (const one of timelineQuestions(
        askedTimeline([node], child, execution),
        execution,
        context.catalogue,
      ))
        yield { ...one, section: one.catalogued, path: at };
    yield* sectionsIn([node.selectionSet], child, `${at}.`, execution, context);
  }
}

/**
 * The leaves asked of a section for each agency; the section itself where only its standing is asked. A list or object
 * of which an agency releases nothing that is asked, but that there is one, is planned beside its leaves.
 */
function plannedFields(question: PlannedSection, decisions: Decisions, context: GatewayContext) {
  const { section, selection, path } = question;
  const { fields } = selection;
  if (fields.length === 0)
    return (section.suppliers.length > 0 ? section.suppliers : context.agencies.ids).map((agency) =>
      planned(path, agency, section, null, decisions, context),
    );
  return fields.flatMap((field) => {
    const within = fields.filter((other) => other.path.startsWith(`${field.path}.`));
    const releases = (agency: string, one: SelectedField) =>
      reasonOf(one.path, agency, question, decisions) === null;
    const agencies =
      within.length === 0
        ? suppliersOrAll(question, field, context)
        : section.suppliers.filter(
            (agency) => releases(agency, field) && !within.some((one) => releases(agency, one)),
          );
    const at = [path, ...field.response].join('.');
    const filtered = fields.some((one) => one.filtered && `${field.path}.`.startsWith(`${one.path}.`));
    return agencies.map((agency) =>
      planned(at, agency, section, field.path, decisions, context, {
        filtered,
        why: reasonOf(field.path, agency, question, decisions),
      }),
    );
  });
}

/** Why a field is withheld: of an event, also because its date is, without which nothing of it is asked. */
function reasonOf(
  path: string,
  agency: string,
  { section, requires }: PlannedSection,
  decisions: Decisions,
): WithheldReason | null {
  const required = requires?.get(path.split('.')[0] ?? '');
  return (
    decisions.withholds(agency, section.name, path) ??
    (required === undefined ? null : decisions.withholds(agency, section.name, required))
  );
}

/** Agencies that supply a field; where none does, all of the section's, for each to say so; where it has none, all. */
function suppliersOrAll(
  { section, suppliers: asked }: PlannedSection,
  { path }: SelectedField,
  context: GatewayContext,
): readonly string[] {
  const suppliers = asked.filter((agency) => section.fields.get(path)?.suppliers.includes(agency));
  if (suppliers.length > 0) return suppliers;
  return asked.length > 0 ? asked : context.agencies.ids;
}

const NOT_OPENABLE = { opens: null, grounds: null };

/** Whether break-glass opens a field, or anything of a section as a whole; from policy alone. */
function openable({ breakGlass }: SectionDecision, field: string | null) {
  if (!breakGlass) return NOT_OPENABLE;
  const opens = field === null || opensField(breakGlass.opens, field);
  return { opens, grounds: opens ? breakGlass.grounds : null };
}

/** `PlannedField` of the public schema. */
function planned(
  path: string,
  agency: string,
  section: CatalogueSection,
  field: string | null,
  decisions: Decisions,
  context: GatewayContext,
  { filtered, why }: { filtered: boolean; why: WithheldReason | null } = {
    filtered: false,
    why: decisions.section(agency, section.name).reason,
  },
) {
  const decision = decisions.section(agency, section.name);
  const { level, rule } = decision;
  const suppliers = field === null ? section.suppliers : section.fields.get(field)?.suppliers;
  const covered = suppliers?.includes(agency);
  const state = !covered ? 'NOT_COVERED' : why === null ? 'WOULD_ASK' : 'WITHHELD';
  return {
    path,
    section: section.name,
    agency: publicAgency(agency, context),
    state,
    level: state === 'WOULD_ASK' ? level : null,
    needs: field === null ? 'EXISTS' : (section.fields.get(field)?.level ?? 'FULL'),
    reason: state === 'WITHHELD' ? why : null,
    scope: covered ? scopeOfSelection(decision, filtered) : null,
    rule: covered ? rule : null,
    ...(state === 'WITHHELD' ? openable(decision, field) : NOT_OPENABLE),
  };
}

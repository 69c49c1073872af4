import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { argumentsMeant } from '../../compile/plan/arguments.ts';
import type { Decisions } from '../../sharing/policy/types.ts';
import type { GatewayContext } from './context.ts';
import {
  compositeTypeOf,
  type Execution,
  type SectionSelection,
  STANDING_FIELDS,
  selectedFields,
  selects,
} from './selection.ts';

/**
 * Fields that the gateway makes from what agencies supply: section → field → the fields it is made from.
 * A derived field is released by its own `@shared`; only inputs that the agency releases go into it.
 */
export const DERIVED_FIELDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  clinical: { truncated: ['notes'] },
  household: { 'members.person': ['members'] },
  policeEvents: { truncated: ['items'] },
  identity: { differs: ['givenName', 'familyName', 'dateOfBirth', 'sex'] },
};

/** Response keys of what the gateway asks for itself; queries that use them as aliases are refused. */
export const HELPERS = {
  key: 'sightlineKey',
  present: 'sightlinePresent',
  capped: 'sightlineCapped',
  asOf: 'sightlineAsOf',
  ranks: 'sightlineRanks',
  source: 'sightlineSource',
  input: 'sightlineInput_',
  date: 'sightlineDate',
} as const;

/** A section as one place of the query asks for it. */
export interface SectionRequest {
  section: string;
  type: GraphQLCompositeType;
  nodes: readonly FieldNode[];
  selection: SectionSelection;
  /** Of a list or object, dotted → the field without which nothing of it is asked. */
  requires?: ReadonlyMap<string, string>;
}

/** Whether an agency supplies a field (dotted path within the section) and releases it, to this question. */
export function isReleased(
  path: string,
  agency: string,
  decisions: Decisions,
  { section, requires = NOTHING }: Pick<SectionRequest, 'section' | 'requires'>,
  { catalogue }: Pick<GatewayContext, 'catalogue'>,
): boolean {
  const fields = catalogue.sections.get(section)?.fields;
  const released = (one: string) =>
    fields?.get(one)?.suppliers.includes(agency) === true &&
    decisions.withholds(agency, section, one) === null;
  const [list = ''] = path.split('.');
  const required = requires.get(list);
  return released(path) && (required === undefined || released(required));
}
const NOTHING: ReadonlyMap<string, string> = new Map();

/**
 * The question one agency is asked: the query's selection of a section with everything cut away that the agency
 * does not supply or does not release, and with what the gateway needs to place the answer.
 * @param releases whether a dotted path within the section is supplied and released by this agency
 */
export function prune(
  nodes: readonly FieldNode[],
  type: GraphQLCompositeType,
  section: string,
  execution: Execution,
  asOf: boolean,
  releases: (path: string) => boolean,
): SelectionSetNode {
  const question = new Question(section, execution, releases);
  const helperFields = [
    field('key', HELPERS.key),
    field('present', HELPERS.present),
    field('capped', HELPERS.capped),
    // Whether or not somebody has several records: what is asked must not tell.
    ...(asOf ? [field('asOf', HELPERS.asOf), RANKS] : []),
  ];
  const asked = question.selections(
    nodes.map((node) => node.selectionSet),
    type,
    '',
  );
  return { kind: Kind.SELECTION_SET, selections: [...helperFields, ...asked] };
}

const RANKS: FieldNode = {
  ...field('ranks', HELPERS.ranks),
  selectionSet: {
    kind: Kind.SELECTION_SET,
    selections: [field('field'), field('precedence'), field('asOf')],
  },
};

class Question {
  readonly #derived: Readonly<Record<string, readonly string[]>>;
  readonly #execution: Execution;
  readonly #releases: (path: string) => boolean;

  constructor(section: string, execution: Execution, releases: (path: string) => boolean) {
    this.#derived = DERIVED_FIELDS[section] ?? {};
    this.#execution = execution;
    this.#releases = releases;
  }

  selections(
    sets: readonly (SelectionSetNode | undefined)[],
    type: GraphQLCompositeType,
    prefix: string,
  ): SelectionNode[] {
    const kept: SelectionNode[] = [];
    const asked = [...selectedFields(sets, type, this.#execution)];
    for (const node of asked) {
      const name = node.name.value;
      const path = prefix + name;
      if (STANDING_FIELDS.has(name) || !this.#releases(path)) continue;
      if (this.#derived[path]) kept.push(...this.#inputs(path, type, asked));
      else kept.push(this.#field(node, type, path));
    }
    return kept;
  }

  /** Inputs of a field that the gateway derives, each only if the agency releases it. */
  #inputs(path: string, type: GraphQLCompositeType, siblings: readonly FieldNode[]): FieldNode[] {
    const inputs = (this.#derived[path] ?? []).filter(
      (input) => !path.startsWith(`${input}.`) && this.#releases(input),
    );
    return inputs.flatMap((input) => {
      const inputField = field(input, HELPERS.input + input);
      const item = compositeTypeOf(type, input);
      if (!item) return [inputField];
      // Of a list that is asked itself no second one is needed to tell how many items it has.
      if (siblings.some(({ name }) => name.value === input)) return [];
      const selections = [sourceSelection(inputField, item, this.#execution)];
      const whole = oneMore(inputField, type, this.#execution);
      return [{ ...inputField, ...whole, selectionSet: { kind: Kind.SELECTION_SET, selections } }];
    });
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, path: string): FieldNode {
    const type = compositeTypeOf(parent, node.name.value);
    const { directives: _, selectionSet, ...rest } = node;
    if (!type) return rest;
    const source = isItem(type)
      ? [sourceSelection(node, type, this.#execution), ...this.#date(type, path)]
      : [];
    const children = [...this.selections([selectionSet], type, `${path}.`), ...source];
    const selections = children.length > 0 ? children : [field('__typename', HELPERS.key)];
    const whole = oneMore(node, parent, this.#execution);
    return { ...rest, ...whole, selectionSet: { kind: Kind.SELECTION_SET, selections } };
  }

  /** The date by which items of several suppliers are put in order, where it is released: else the order would tell it. */
  #date(type: GraphQLCompositeType, path: string): FieldNode[] {
    const name = dateOf(type);
    return name !== null && this.#releases(`${path}.${name}`) ? [field(name, HELPERS.date)] : [];
  }
}

/** The first of these that an item has says when it was; what is planned or due is no such date. */
const DATES = ['date', 'writtenAt', 'recordedOn', 'from'] as const;

/** Null where items of the type have no date. */
function dateOf(type: GraphQLCompositeType): string | null {
  const fields = isObjectType(type) ? type.getFields() : {};
  return DATES.find((name) => fields[name] !== undefined) ?? null;
}

/** One item more than the list may have tells that there are more, whoever else has some too. */
function oneMore(
  node: FieldNode,
  parent: GraphQLCompositeType,
  { variableValues }: Execution,
): Pick<FieldNode, 'arguments'> | null {
  const definition = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined;
  if (!definition?.args.some(({ name }) => name === 'first')) return null;
  const { first } = argumentsMeant(definition, node, variableValues);
  if (typeof first !== 'number') return null;
  const others = (node.arguments ?? []).filter(({ name }) => name.value !== 'first');
  const more: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'first' },
    value: { kind: Kind.INT, value: String(first + 1) },
  };
  return { arguments: [...others, more] };
}

function isItem(type: GraphQLCompositeType): boolean {
  return isObjectType(type) && type.getInterfaces().some((one) => one.name === 'Sourced');
}

/** Which row an item comes from is always asked; how old it is, only if the query asks. */
function sourceSelection(node: FieldNode, type: GraphQLCompositeType, execution: Execution): FieldNode {
  const parts = [field('record')];
  for (const one of selectedFields([node.selectionSet], type, execution)) {
    if (one.name.value === 'source' && selects(one, 'asOf', compositeTypeOf(type, 'source'), execution))
      parts.push(field('asOf'));
  }
  if (type.name === 'RelatedPerson') parts.push(field('otherPerson'));
  return {
    ...field('source', HELPERS.source),
    selectionSet: { kind: Kind.SELECTION_SET, selections: parts },
  };
}

function field(name: string, alias?: string): FieldNode {
  const node: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: name } };
  return alias ? { ...node, alias: { kind: Kind.NAME, value: alias } } : node;
}

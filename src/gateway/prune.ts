import {
  type FieldNode,
  type GraphQLCompositeType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { asksFor, compositeTypeOf, type Execution, STANDING_FIELDS, selectedFields } from './asked-fields.ts';
import { DERIVED_FIELDS } from './derived-fields.ts';

/** Response keys of what the gateway asks for itself; queries that use them as aliases are refused. */
export const HELPERS = {
  key: 'sightlineKey',
  present: 'sightlinePresent',
  asOf: 'sightlineAsOf',
  source: 'sightlineSource',
  input: 'sightlineInput_',
} as const;

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
  const own = [
    field('key', HELPERS.key),
    field('present', HELPERS.present),
    ...(asOf ? [field('asOf', HELPERS.asOf)] : []),
  ];
  const asked = question.selections(
    nodes.map((node) => node.selectionSet),
    type,
    '',
  );
  return { kind: Kind.SELECTION_SET, selections: [...own, ...asked] };
}

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
    for (const node of selectedFields(sets, type, this.#execution)) {
      const name = node.name.value;
      const path = prefix + name;
      if (STANDING_FIELDS.has(name) || !this.#releases(path)) continue;
      if (this.#derived[path]) kept.push(...this.#inputs(path));
      else kept.push(this.#field(node, type, path));
    }
    return kept;
  }

  /** Inputs of a field that the gateway derives, each only if the agency releases it. */
  #inputs(path: string): FieldNode[] {
    const inputs = (this.#derived[path] ?? []).filter(
      (input) => !path.startsWith(`${input}.`) && this.#releases(input),
    );
    return inputs.map((input) => field(input, HELPERS.input + input));
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, path: string): FieldNode {
    const type = compositeTypeOf(parent, node.name.value);
    const { directives: _, selectionSet, ...rest } = node;
    if (!type) return rest;
    const source = isItem(type) ? [sourceSelection(node, type, this.#execution)] : [];
    const children = [...this.selections([selectionSet], type, `${path}.`), ...source];
    const selections = children.length > 0 ? children : [field('__typename', HELPERS.key)];
    return { ...rest, selectionSet: { kind: Kind.SELECTION_SET, selections } };
  }
}

function isItem(type: GraphQLCompositeType): boolean {
  return isObjectType(type) && type.getInterfaces().some((one) => one.name === 'Sourced');
}

/** Which row an item comes from is always asked; how old it is, only if the query asks. */
function sourceSelection(node: FieldNode, type: GraphQLCompositeType, execution: Execution): FieldNode {
  const parts = [field('record')];
  for (const one of selectedFields([node.selectionSet], type, execution)) {
    if (one.name.value === 'source' && asksFor(one, 'asOf', compositeTypeOf(type, 'source'), execution))
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

import type { SubschemaConfig } from '@graphql-tools/delegate';
import DataLoader from 'dataloader';
import type { FieldNode, GraphQLCompositeType, GraphQLResolveInfo } from 'graphql';
import type { Decisions } from '../../sharing/policy/types.ts';
import type { Part } from './answers.ts';
import type { GatewayContext } from './context.ts';
import { delegate } from './delegate.ts';
import { HELPERS, prune } from './prune.ts';
import type { SectionSelection } from './selection.ts';

/** A section as one place of the query asks for it. */
export interface SectionQuestion {
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
  { section, requires = NOTHING }: Pick<SectionQuestion, 'section' | 'requires'>,
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

type PartLoader = DataLoader<string, Part | null>;

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
    question: SectionQuestion,
    context: GatewayContext,
    info: GraphQLResolveInfo,
  ): Promise<Part[]> {
    const loader = this.#loader(agency, decisions, question, context, info);
    const parts = await Promise.all(records.map((record) => loader.load(record)));
    return parts.filter((part) => part !== null);
  }

  #loader(
    agency: string,
    decisions: Decisions,
    question: SectionQuestion,
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
    question: SectionQuestion,
    context: GatewayContext,
    info: GraphQLResolveInfo,
  ): Promise<(Part | null)[]> {
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
export function alignByKey(keys: readonly string[], answer: unknown): (Part | null)[] {
  if (answer instanceof Error) throw answer;
  if (!Array.isArray(answer) || answer.length !== keys.length)
    throw new Error('An agency answered with a list of another length');
  const failure = answer.find((part) => part instanceof Error);
  if (failure) throw failure;
  const parts = new Map<unknown, Part>(
    answer.filter((part) => part !== null).map((part) => [part[HELPERS.key], part]),
  );
  for (const key of parts.keys())
    if (!keys.includes(key as string)) throw new Error('An agency answered for a key that was not asked');
  return keys.map((key) => parts.get(key) ?? null);
}

import type { ExecutionResult } from '@graphql-tools/utils';
import {
  buildASTSchema,
  buildSchema,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  parse,
  printSchema,
} from 'graphql';
import type { AnyAdapter } from '../../adapters/contract.ts';
import { createExecutor } from '../compile/executor.ts';
import type { Authority } from '../compile/plan/authority.ts';
import { withHelperFields } from '../compile/plan/helper-fields.ts';
import type { AgencyDatabase } from '../compile/run/agency-database.ts';
import { type Release, releasing } from './releasing.ts';

/** What an agency offers, by its SDL. */
export type AgencySchema = GraphQLSchema;
export const agencySchema = (sdl: string): AgencySchema => buildSchema(sdl);

/** An agency to be asked past any policy: for its own engineer, and for tests. */
export interface AskedAgency {
  adapter: AnyAdapter;
  /** Its SDL, as it is committed. */
  sdl: AgencySchema;
  database: Pick<AgencyDatabase, 'query' | 'dialect'>;
}

export interface Asking {
  now: Date;
  variables?: Readonly<Record<string, unknown>>;
  /** What is released of sections that are not released whole. */
  sections?: Readonly<Record<string, Release>>;
  /** The people asked for are under a place shield. */
  shielded?: boolean;
  /** Records of people hidden from the caller. */
  hidden?: readonly string[];
  /** Takes what was noted of data that cannot be read. */
  note?: (problem: string) => void;
}

/**
 * What an agency answers to the gateway, with everything released but what is said. What cannot be read is null.
 * Rejects as the executor does, and with an Error for any failure but that.
 */
export async function askAgency(
  { adapter, sdl, database }: AskedAgency,
  document: string | DocumentNode,
  { now, variables = {}, sections = {}, shielded = false, hidden = [], note = () => {} }: Asking,
): Promise<unknown> {
  const whole = Object.fromEntries(Object.keys(adapter.sections).map((section) => [section, {}]));
  const authority: Authority = {
    now,
    signal: new AbortController().signal,
    requestId: 'conformance',
    of: () => ({ decisions: releasing({ ...whole, ...sections }), placeShield: shielded }),
    hidden: () => hidden,
    note: (_agency, problem) => note(problem),
  };
  const executor = createExecutor({ adapter, schema: withHelpers(adapter, sdl), database });
  const result = (await executor({
    document: typeof document === 'string' ? parse(document) : document,
    variables,
    context: { authority },
  })) as ExecutionResult;
  // What cannot be read is null beside an error of its own; anything else is a failure.
  const failures = (result.errors ?? []).filter(({ extensions }) => extensions.reason !== 'UNREADABLE');
  if (failures.length > 0) throw new Error(failures.map((one) => one.message).join('; '));
  return result.data;
}

const made = new WeakMap<GraphQLSchema, GraphQLSchema>();

/** The agency's SDL with the fields that only the gateway sees, `present` and `asOf` among them. */
export function withHelpers(adapter: AnyAdapter, sdl: GraphQLSchema): GraphQLSchema {
  const schema = made.get(sdl) ?? buildASTSchema(withHelperFields(parse(printSchema(sdl)), adapter));
  made.set(sdl, schema);
  return schema;
}

/** A document that asks for everything an agency has of its people, whose records are the variable `keys`. */
export function wholeDocument(sdl: GraphQLSchema): string {
  const roots = Object.values(sdl.getQueryType()?.getFields() ?? {}).map(({ name, type }) => {
    const section = getNamedType(type);
    const fields = isObjectType(section) ? selectionOf(section) : '';
    return `${name}(keys: $keys) { key present asOf ${fields} }`;
  });
  return `query ($keys: [ID!]!) { ${roots.join(' ')} }`;
}

function selectionOf(type: GraphQLObjectType): string {
  return Object.values(type.getFields())
    .map(({ name, type: of }) => {
      const inner = getNamedType(of);
      return isObjectType(inner) ? `${name} { ${selectionOf(inner)} }` : name;
    })
    .join(' ');
}

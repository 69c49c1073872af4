import type { ExecutionResult } from '@graphql-tools/utils';
import { buildASTSchema, type GraphQLSchema, parse, printSchema } from 'graphql';
import type { AnyAdapter } from '../../../adapters/contract.ts';
import { createExecutor } from '../../../src/compile/executor.ts';
import type { Authority } from '../../../src/compile/plan/authority.ts';
import { withHelperFields } from '../../../src/compile/plan/helper-fields.ts';
import { type Release, releasing } from '../../compile/support/decisions.ts';
import type { TestAgency } from './agency.ts';
import { agencySdl } from './sdl.ts';

export interface AskingAgency {
  now: Date;
  /** What is released of sections that are not released whole. */
  sections?: Readonly<Record<string, Release>>;
  /** The people asked for are under a place shield. */
  shielded?: boolean;
  /** Records of people hidden from the caller. */
  hidden?: readonly string[];
  /** Takes what was noted of data that cannot be read. */
  note?: (problem: string) => void;
}

/** What one agency answers to the gateway, by the login that the gateway has, with everything released but what is said. */
export async function askAgency(
  agency: TestAgency,
  adapter: AnyAdapter,
  document: string,
  { now, sections = {}, shielded = false, hidden = [], note = () => {} }: AskingAgency,
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
): Promise<any> {
  const whole = Object.fromEntries(Object.keys(adapter.sections).map((section) => [section, {}]));
  const authority: Authority = {
    now,
    signal: new AbortController().signal,
    requestId: 'test',
    of: () => ({ decisions: releasing({ ...whole, ...sections }), placeShield: shielded }),
    hidden: () => hidden,
    note: (_agency, problem) => note(problem),
  };
  const executor = createExecutor({ adapter, schema: withHelpers(adapter), database: agency.database });
  const result = (await executor({
    document: parse(document),
    variables: {},
    context: { authority },
  })) as ExecutionResult;
  // What cannot be read is null beside an error of its own; anything else is a failure.
  const failures = (result.errors ?? []).filter(({ extensions }) => extensions.reason !== 'UNREADABLE');
  if (failures.length > 0) throw new Error(failures.map((one) => one.message).join('; '));
  return result.data;
}

const made = new WeakMap<AnyAdapter, GraphQLSchema>();

/** The agency's SDL with the fields that only the gateway sees, `present` and `asOf` among them. */
function withHelpers(adapter: AnyAdapter): GraphQLSchema {
  const schema =
    made.get(adapter) ?? buildASTSchema(withHelperFields(parse(printSchema(agencySdl(adapter.id))), adapter));
  made.set(adapter, schema);
  return schema;
}

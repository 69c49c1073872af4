import type { ExecutionResult } from '@graphql-tools/utils';
import { parse } from 'graphql';
import type { AnyAdapter } from '../../../adapters/contract.ts';
import { openAgencyDatabase } from '../../../src/compile/agency-database.ts';
import type { Authority } from '../../../src/compile/authority.ts';
import { createExecutor } from '../../../src/compile/executor.ts';
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
}

/** What one agency answers to the gateway, by the login that the gateway has, with everything released but what is said. */
export async function askAgency(
  agency: TestAgency,
  adapter: AnyAdapter,
  document: string,
  { now, sections = {}, shielded = false, hidden = [] }: AskingAgency,
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
): Promise<any> {
  const database = openAgencyDatabase({
    agency: adapter.id,
    url: String(agency.readerPool.options.connectionString),
    maxConnections: 2,
    statementTimeoutMs: 10_000,
    queueLimit: 20,
    log: { info: () => {}, warn: () => {} },
  });
  const whole = Object.fromEntries(Object.keys(adapter.sections).map((section) => [section, {}]));
  const authority: Authority = {
    now,
    signal: new AbortController().signal,
    requestId: 'test',
    of: () => ({ decisions: releasing({ ...whole, ...sections }), placeShield: shielded }),
    hidden: () => hidden,
    note: () => {},
  };
  try {
    const executor = createExecutor({ adapter, schema: agencySdl(adapter.id), database });
    const result = (await executor({
      document: parse(document),
      variables: {},
      context: { authority },
    })) as ExecutionResult;
    if (result.errors) throw new Error(result.errors.map((one) => one.message).join('; '));
    return result.data;
  } finally {
    await database.close();
  }
}

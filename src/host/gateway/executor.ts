/** Delegated documents go to the agency's own host, with all that it needs to decide again. */
import type { ExecutionRequest, ExecutionResult, Executor } from '@graphql-tools/utils';
import DataLoader from 'dataloader';
import { type DocumentNode, type GraphQLSchema, print } from 'graphql';
import type { Caller, Reference } from '../../caller/types.ts';
import type { Authority, AuthorityContext } from '../../compile/plan/authority.ts';
import { type FieldSelection, readSelection } from '../../compile/plan/field-selection.ts';
import { authorise } from '../../compile/plan/lock.ts';
import { unreadableAt } from '../../compile/run/errors.ts';
import type { Decisions } from '../../sharing/policy/types.ts';
import type { QuestionContext, QuestionPeople } from '../wire/question.ts';
import { UnverifiedAnswerError } from '../wire/signing.ts';
import type { HostClient } from './host-client.ts';
import { onlyAsked } from './only-asked.ts';

/** What of a request's context a question to a host says. */
export interface AskingContext extends AuthorityContext {
  caller: Caller;
  purpose: string | null;
  reference: Reference | null;
}

export interface HostExecutorOptions {
  agency: string;
  client: HostClient;
  /** The agency's SDL with its helper fields. */
  schema: GraphQLSchema;
}

/**
 * Answers as the executor over a database does, and is refused alike: keys and fields are checked here before anything
 * leaves, and at the host again. What one request asks in one tick is one question.
 * Rejects with KeyNotResolvedError, FieldNotPermittedError, DocumentNotUnderstoodError, HostUnavailableError.
 */
export function createHostExecutor(options: HostExecutorOptions): Executor {
  const loaders = new WeakMap<Authority, DataLoader<ExecutionRequest, ExecutionResult>>();
  const execute = (request: ExecutionRequest): Promise<ExecutionResult> => {
    const context = request.context as AskingContext;
    const loader =
      loaders.get(context.authority) ??
      new DataLoader((requests: readonly ExecutionRequest[]) => answerAll(options, requests, context), {
        cache: false,
      });
    loaders.set(context.authority, loader);
    return loader.load(request);
  };
  return execute as Executor;
}

async function answerAll(
  { agency, client, schema }: HostExecutorOptions,
  requests: readonly ExecutionRequest[],
  context: AskingContext,
): Promise<ExecutionResult[]> {
  const { authority } = context;
  const roots = requests.map((request) => readSelection(schema, request));
  const question = { ...about(agency, roots.flat(), authority), ...asker(context) };
  const body = {
    requests: requests.map(({ document, variables }) => ({
      document: textOf(document),
      variables: variables ?? {},
    })),
  };
  const signals = requests.flatMap(({ signal }) => signal ?? []);
  const signal = signals.length > 0 ? AbortSignal.any([authority.signal, ...signals]) : authority.signal;
  const { results, problems } = await client.ask('answer', question, body, signal, {
    check({ results: parts }) {
      if (parts.length !== requests.length)
        throw new UnverifiedAnswerError('it answers more or less than was asked');
      for (const [at, { data }] of parts.entries()) onlyAsked(roots[at] ?? [], data);
    },
  });
  for (const problem of problems) authority.note(agency, problem);
  return results.map(({ data, unreadable }) => {
    const errors = unreadable.map(unreadableAt);
    return { data, ...(errors.length > 0 && { errors }) };
  });
}

const texts = new WeakMap<DocumentNode, string>();
/** Documents are remembered by their parsed form. */
function textOf(document: DocumentNode): string {
  const text = texts.get(document) ?? print(document);
  texts.set(document, text);
  return text;
}

function asker({
  caller,
  purpose,
  reference,
}: AskingContext): Pick<QuestionContext, 'caller' | 'purpose' | 'reference'> {
  const { sub, name, staff, organisation, role, site, issuer, client, actor } = caller;
  return {
    caller: { sub, name, staff, organisation, role, site, issuer, client, actor },
    purpose,
    reference: reference && `${reference.agency}:${reference.value}`,
  };
}

/** Whom the question is about: people of the same decisions and shield together. */
function about(
  agency: string,
  roots: readonly FieldSelection[],
  authority: Authority,
): Omit<QuestionContext, 'caller' | 'purpose' | 'reference'> {
  const groups = new Map<Decisions, Map<boolean, QuestionPeople>>();
  let policyVersion = '';
  for (const root of roots) {
    if (root.name === '__typename') continue;
    const granted = authorise(agency, root, root.args.keys as readonly string[], authority);
    for (const [key, { decisions, placeShield, standIn }] of granted) {
      policyVersion = decisions.policyVersion;
      const byShield = groups.get(decisions) ?? new Map<boolean, QuestionPeople>();
      groups.set(decisions, byShield);
      const group = byShield.get(placeShield) ?? groupOf(decisions, placeShield);
      byShield.set(placeShield, group);
      const keys = standIn ? group.standIns : group.keys;
      if (!keys.includes(key)) keys.push(key);
      group.sections[root.name] ??= wanted(agency, root.name, decisions);
    }
  }
  return {
    requestId: authority.requestId,
    at: authority.now.toISOString(),
    policyVersion,
    people: [...groups.values()].flatMap((byShield) => [...byShield.values()]),
    hidden: [...authority.hidden(agency)],
  };
}

function groupOf({ decidedFor }: Decisions, placeShield: boolean): QuestionPeople {
  if (!decidedFor) throw new Error('A host was to be asked by decisions that nobody made');
  const { relationship, standing, ownCaseload, openings, wishes } = decidedFor;
  return {
    ...{ relationship, standing: { ...standing }, ownCaseload, placeShield },
    openings: openings.map((one) => ({ ...one })),
    wishes: { consented: wishes.consented, objected: [...wishes.objected] },
    ...{ keys: [], standIns: [], sections: {} },
  };
}

function wanted(agency: string, section: string, decisions: Decisions): QuestionPeople['sections'][string] {
  const { level, rows, ownSite, opened } = decisions.section(agency, section);
  if (level === null) throw new Error(`${section} is withheld, and is not asked`);
  return {
    ...{ level, ownSite, opened: opened && [...opened] },
    rows: Object.fromEntries(
      Object.entries(rows).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
    ),
  };
}

import type { GraphQLFieldResolver } from 'graphql';
import { localText } from '../../../adapters/contract.ts';
import type { CohortAsking } from '../../cohort/cohort.ts';
import type { CountableWord } from '../../cohort/countables.ts';
import { CohortQuestionError, readQuestion } from '../../cohort/filter.ts';
import { CountingMethodError } from '../../cohort/method.ts';
import { TooManyCohorts } from '../../cohort/rate.ts';
import type { CohortSource } from '../../cohort/sources.ts';
import { requestError } from '../../errors.ts';
import { countingBasis, countingStops } from '../../sharing/rules/counting.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';
import { withOutageRefusals } from './acts/acts.ts';
import { mayCount } from './needs.ts';
import { aggregateEntry } from './register-entries.ts';

interface Arguments {
  where: Readonly<Record<string, unknown>>;
  by: readonly string[];
}

/** Counts people, for analysts. The count is registered before anything is asked, and not made if it cannot be. */
export const cohort: GraphQLFieldResolver<unknown, GatewayContext, Arguments> = (
  _root,
  { where, by },
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    const question = await read(() =>
      readQuestion({ where, by }, context.cohorts.countables, todayOf(context)),
    );
    await mayCountNow(context);
    const asking = askingOf(context);
    const { policyVersion } = await context.decisionsAt('NONE');
    await context.record([aggregateEntry(context, policyVersion, question)]);
    const { people, groups, sources, method } = await read(() => context.cohorts.count(question, asking));
    context.ledger.addActs(info.path);
    return {
      people,
      groups,
      sources: sources.map((source) => sourceAnswer(source, context)),
      method: methodOf(method, sources, context),
    };
  });

const todayOf = ({ now }: GatewayContext): string => localText(now).slice(0, 10);

async function read<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CohortQuestionError) throw requestError(error.code, `${error.message}.`);
    throw error;
  }
}

/** Throws QUERY_REFUSED where counting is closed. */
async function orClosed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CountingMethodError)
      throw requestError('QUERY_REFUSED', `Nothing can be counted here now: ${error.message}.`);
    throw error;
  }
}

/** Throws QUERY_REFUSED with the seconds to wait, or that counting is closed. */
async function mayCountNow({ cohorts, caller, now }: GatewayContext): Promise<void> {
  try {
    await orClosed(() => cohorts.mayCount(caller, now));
  } catch (error) {
    if (error instanceof TooManyCohorts)
      throw requestError('QUERY_REFUSED', `${error.message}.`, {
        limit: 'COUNTS',
        ...error.rate,
        retryAfterSeconds: error.retryAfterSeconds,
      });
    throw error;
  }
}

/** What policy lets them count. Nothing of their login: two who ask the same must not get counts of different people. */
function askingOf({ policies, caller, withdrawn, now, authority }: GatewayContext): CohortAsking {
  return {
    policy: policies,
    organisation: caller.organisation,
    withdrawn,
    now,
    signal: authority.signal,
  };
}

/** `SourceAnswer` of the public schema. */
function sourceAnswer({ agency, section, state, reason, asOf }: CohortSource, context: GatewayContext) {
  const ownPolicy = context.policies.agencies.get(agency);
  const words = [...context.cohorts.countables.values()].filter(
    (word) => word.section === section && word.suppliers.has(agency),
  );
  return {
    agency: publicAgency(agency, context),
    state,
    reason,
    level: null,
    scope: `${section}: ${words.map(({ field }) => field).join(', ')}`,
    message:
      state === 'DISCLOSED'
        ? ownPolicy && countingBasis(ownPolicy)
        : state === 'WITHHELD'
          ? 'The agency does not let this be counted.'
          : 'The agency could not be asked, so that nothing that rests on it is told.',
    contact: context.agencies.contact(agency, null, context.now),
    asOf: asOf?.toISOString() ?? null,
    retrievedAt: state === 'DISCLOSED' ? context.now.toISOString() : null,
  };
}

function methodOf(method: string, sources: readonly CohortSource[], { agencies }: GatewayContext): string {
  const name = (agency: string) => agencies.get(agency).adapter.name;
  const named = (state: CohortSource['state']) => [
    ...new Set(sources.filter((one) => one.state === state).map(({ agency }) => name(agency))),
  ];
  const covered = named('DISCLOSED');
  return [
    'People are counted as the person index links them, by confirmed links alone. Nobody is in a count whom any agency protects or says to be at a hidden place.',
    ...(method === '' ? [] : [method]),
    ...(covered.length > 0 ? [`Counted over: ${covered.join('; ')}.`] : []),
    ...named('UNAVAILABLE').map((one) => `${one} could not be asked: what rests on it is not told.`),
    ...named('WITHHELD').map((one) => `${one} does not let this be counted: what rests on it is not told.`),
  ].join(' ');
}

interface ShownAgency {
  id: string;
}

/** `Agency.countable`: what its policy in force lets be counted. */
export const countable: GraphQLFieldResolver<ShownAgency, GatewayContext> = async (
  { id },
  _args,
  context,
) => {
  const question = {
    policy: context.policies,
    organisation: context.caller.organisation,
    withdrawn: context.withdrawn,
    now: context.now,
  };
  const words = [...context.cohorts.countables.values()].filter(
    (word) =>
      word.suppliers.has(id) &&
      countingStops({ ...question, organisation: context.caller.organisation }, id, word.name) === null,
  );
  const { coverage } = context.agencies.get(id).adapter;
  return words.map((word) => ({
    section: word.section,
    field: word.field,
    values: word.values,
    coverage: `${word.description} ${coverage}`,
    asOf: async () => (await context.cohorts.asOf(id, context.now))?.toISOString() ?? null,
    word,
    agency: id,
  }));
};

/** `Countable.unreadable`: how many people have something there that nobody can read. */
export const unreadable: GraphQLFieldResolver<
  { word: CountableWord; agency: string },
  GatewayContext
> = async ({ word, agency }, _args, context, info) => {
  if (!mayCount(context) || word.section === 'person') return null;
  return withOutageRefusals(context, async () => {
    const { policyVersion } = await context.decisionsAt('NONE');
    await context.record([aggregateEntry(context, policyVersion, { unreadable: word, agency })]);
    const asking = askingOf(context);
    const count = await orClosed(() => context.cohorts.unreadable(word, agency, asking));
    context.ledger.addActs(info.path);
    return count;
  });
};

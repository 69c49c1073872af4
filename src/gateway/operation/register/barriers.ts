import type { GraphQLFieldResolver } from 'graphql';
import { requestError } from '../../../errors.ts';
import type { BarrierCell, BarrierDimension } from '../../../register/reading/barriers.ts';
import { londonDate } from '../../../register/reading/london-date.ts';
import type { Policies } from '../../../sharing/policy/policies.ts';
import { type Count, exactCount, suppressedCount } from '../../../sharing/suppressed.ts';
import type { GatewayContext } from '../../request/context.ts';
import { withOutageRefusals } from '../acts/acts.ts';
import { reportEntry } from '../register-entries.ts';

interface Arguments {
  from: string;
  to: string;
  by: readonly BarrierDimension[];
  agency?: string | null;
}

const MOST_DIMENSIONS = 3;
/** The longest period that is counted, in days. */
const MOST_DAYS = 5 * 366;

const EXACT =
  'Exact, of what was asked of your agency and what its own people asked: each section at each agency once for each request. Nothing of people from whom you are kept. Overcome: a route was opened later on the same reference, whether or not there was anything behind it. Lines are those of the policy of the time.';
const ROUNDED =
  'Whole months that are over. Counts below ten are suppressed, all alike, and rows of so few left out; others are to the nearest ten, so that they need not add up. Overcome: a route was opened later on the same reference, whether or not there was anything behind it.';

/** Where what was asked met a wall, grouped; exact for officers of what is their own, suppressed and rounded for analysts. */
export const barriers: GraphQLFieldResolver<unknown, GatewayContext, Arguments> = (
  _root,
  { from, to, by, agency = null },
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    const { caller, mayGovern } = context;
    const dimensions = [...new Set(by)];
    check(from, to, dimensions, mayGovern);
    if (agency !== null && !context.agencies.has(agency))
      throw requestError('BAD_USER_INPUT', 'agency is none that Sightline reads');
    const period = mayGovern ? { from, to } : wholeMonths(from, to, context.now);
    const hidden = mayGovern
      ? await context.subjects.hiddenInRegister()
      : await context.subjects.protectedPeople();
    const { cells, total } = await context.register.barriers({
      ...{ ...period, by: dimensions, agency, hidden },
      ofAgency: mayGovern ? caller.organisation : null,
    });
    const shownCount = mayGovern ? exactCount : suppressedCount;
    const rows = cells.map((cell) => publicRow(cell, dimensions, shownCount, context.policies));
    const shown = mayGovern ? rows.filter(({ refused }) => refused.value !== 0) : shownToAnalyst(rows);
    const { policyVersion } = await context.decisionsAt('NONE');
    const filters = ['from', 'to', ...(agency === null ? [] : ['agency']), ...dimensions];
    await context.record([reportEntry(context, policyVersion, 'barriers', { filters })]);
    context.ledger.addActs(info.path);
    return {
      ...period,
      rows: shown.sort(mostRefusedFirst),
      asked: shownCount(total.asked),
      refused: shownCount(total.refused),
      note: mayGovern ? EXACT : ROUNDED,
    };
  });

function check(from: string, to: string, by: readonly BarrierDimension[], officer: boolean): void {
  if (from > to) throw requestError('BAD_USER_INPUT', 'from is after to');
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days > MOST_DAYS) throw requestError('QUERY_REFUSED', 'barriers takes a period of at most five years');
  if (!officer && by.length > MOST_DIMENSIONS)
    throw requestError('QUERY_REFUSED', `by takes at most ${MOST_DIMENSIONS} dimensions at this purpose`);
}

/** The months in which the days lie, as far as they are over: two answers never differ by a few days. */
function wholeMonths(from: string, to: string, now: Date): { from: string; to: string } {
  const first = `${from.slice(0, 7)}-01`;
  const last =
    `${to.slice(0, 7)}-01` < `${londonDate(now).slice(0, 7)}-01` ? to : monthBefore(londonDate(now));
  const end = lastOfMonth(last);
  return { from: first, to: end < first ? dayBefore(first) : end };
}

function lastOfMonth(day: string): string {
  const next = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0));
  return next.toISOString().slice(0, 10);
}
const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
const monthBefore = (day: string): string => dayBefore(`${day.slice(0, 7)}-01`);

interface Row {
  keys: readonly { dimension: BarrierDimension; value: string }[];
  asked: Count;
  refused: Count;
  overcome: Count;
  rule: ReturnType<typeof ruleAt>;
}

function publicRow(
  { values, asked, refused, overcome }: BarrierCell,
  by: readonly BarrierDimension[],
  shownCount: (count: number) => Count,
  policies: Policies,
): Row {
  const keys = by.map((dimension, at) => ({ dimension, value: values[at] ?? '' }));
  const rule = keys.find(({ dimension }) => dimension === 'RULE')?.value ?? '';
  return {
    keys,
    asked: shownCount(asked),
    refused: shownCount(refused),
    overcome: shownCount(overcome),
    rule: ruleAt(rule, policies),
  };
}

/** `Rule` of the public schema, of the policy in force; null where that has no such file. */
function ruleAt(text: string, policies: Policies) {
  const [, file, line] = /^(.+):(\d+)$/.exec(text) ?? [];
  const policy = [...policies.agencies.values()].find((one) => one.file === file);
  if (!policy || file === undefined) return null;
  const at = Number(line);
  const grant = policy.grants.find(
    (one) => one.line === at || [...one.share.values()].some((e) => e.line === at),
  );
  return {
    ...{ agreement: policy.agreement, file, line: at },
    gateways: grant?.gateways.map(({ cite }) => cite) ?? [],
    conditions: grant?.conditions ?? [],
  };
}

/** What an analyst is not told is left out as what never was; a table of which most is too small tells too much about the rest. */
function shownToAnalyst(rows: readonly Row[]): Row[] {
  const shown = rows.filter(({ asked }) => !asked.suppressed);
  const small = rows.filter(({ refused }) => refused.suppressed).length;
  if (rows.length > 0 && small * 2 > rows.length)
    throw requestError(
      'QUERY_REFUSED',
      'Most of this table would be too small to be told. Ask for a longer period or fewer dimensions.',
    );
  return shown;
}

/** By what is told, and then by words: the order tells no more than the counts. */
function mostRefusedFirst(one: Row, other: Row): number {
  const words = ({ keys }: Row) => JSON.stringify(keys.map(({ value }) => value));
  return (other.refused.value ?? 0) - (one.refused.value ?? 0) || (words(one) < words(other) ? -1 : 1);
}

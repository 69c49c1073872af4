/** Two policies of one agency decide: its own, at its own host, and the copy that a gateway has. The stricter one wins. */

import { type Duration, readDuration } from '../../adapters/contract/durations.ts';
import { least, rank } from '../states.ts';
import type { Policies } from './policy/policies.ts';
import type { Decisions, RowConditions, RowConditionValue, SectionDecision } from './policy/types.ts';

/** What an agency's own host decides by, as it last said itself. */
export interface HostPolicy {
  policy: Policies;
  /** Ids of agreements that the agency has withdrawn at its own host. */
  withdrawn: ReadonlySet<string>;
}

/** Agencies that are asked through a host of their own. */
export type HostPolicies = ReadonlyMap<string, HostPolicy>;

/** What the caller is told where the two differ: the same for everybody, whoever is asked for. */
export const STRICTER = {
  HOST: 'The agency’s own policy, at its own host, gives less here than this gateway’s copy of it: the agency’s own holds.',
  GATEWAY:
    'This gateway’s copy of the agency’s policy gives less here than the agency’s own: the copy holds until it is replaced.',
  BOTH: 'The agency’s own policy and this gateway’s copy of it differ here: of each the stricter part holds.',
} as const;

/** A decision of each for agencies that have a host; all others are decided by `own` alone. */
export function stricterDecisions(
  own: Decisions,
  hosts: ReadonlyMap<string, Decisions>,
  now: Date,
): Decisions {
  const section = (agency: string, name: string): SectionDecision => {
    const host = hosts.get(agency)?.section(agency, name);
    const here = own.section(agency, name);
    return host ? stricterSection(here, host, now) : here;
  };
  return {
    ...own,
    section,
    withholds(agency, name, field) {
      const { level, reason } = section(agency, name);
      const here = own.withholds(agency, name, field);
      if (here !== null) return here;
      return hosts.get(agency)?.withholds(agency, name, field) ?? (level === null ? reason : null);
    },
  };
}

/** What both give of one section; as `own` says it, where that is all the same. */
export function stricterSection(own: SectionDecision, host: SectionDecision, now: Date): SectionDecision {
  if (own.level === null) return host.level === null ? own : told(own, STRICTER.GATEWAY);
  if (host.level === null) return told(withheldBy(own, host), STRICTER.HOST);
  const rows = stricterRows(own.rows, host.rows, now);
  const sites = new Set([own.ownSite, host.ownSite].filter((site) => site !== null));
  if (rows === null || sites.size > 1)
    return told(withheldBy(own, { ...host, level: null, reason: 'NOT_LISTED' }), STRICTER.BOTH);
  const both: SectionDecision = {
    ...own,
    rows,
    level: least(own.level, host.level),
    ownSite: [...sites][0] ?? null,
    opened: bothOpen(own.opened, host.opened),
  };
  const [lessThanOwn, lessThanHost] = [isLess(both, own), isLess(both, host)];
  if (!lessThanOwn && !lessThanHost) return own;
  const scope = [...new Set([own.scope, lessThanOwn ? host.scope : null].filter(Boolean))].join('; ') || null;
  const words = lessThanOwn ? (lessThanHost ? STRICTER.BOTH : STRICTER.HOST) : STRICTER.GATEWAY;
  return told({ ...both, scope }, words);
}

const told = (decision: SectionDecision, words: string): SectionDecision => ({
  ...decision,
  message: decision.message === null ? words : `${decision.message} ${words}`,
});

/** The rule stays that of this gateway's own file: the line of another text would point nowhere. */
const withheldBy = (own: SectionDecision, host: SectionDecision): SectionDecision => ({
  ...own,
  level: null,
  reason: host.reason,
  scope: host.scope,
  desk: host.desk ?? own.desk,
  rows: {},
  ownSite: null,
  breakGlass: host.breakGlass,
  review: host.review,
  opened: null,
});

function bothOpen(
  own: SectionDecision['opened'],
  host: SectionDecision['opened'],
): SectionDecision['opened'] {
  if (own === null || host === null) return own ?? host;
  return own.filter((field) => host.includes(field));
}

/** Whether one gives less than the other, or other rows. */
function isLess(one: SectionDecision, other: SectionDecision): boolean {
  return (
    rank(one.level) < rank(other.level) ||
    one.ownSite !== other.ownSite ||
    JSON.stringify(one.opened) !== JSON.stringify(other.opened) ||
    rowsText(one.rows) !== rowsText(other.rows)
  );
}

const rowsText = (rows: RowConditions): string =>
  JSON.stringify(
    Object.entries(rows)
      .map(([name, value]) => [name, typeof value === 'object' ? value.toSorted() : value])
      .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  );

/** The conditions of both; null where no row can meet them. */
function stricterRows(own: RowConditions, host: RowConditions, now: Date): RowConditions | null {
  const both: Record<string, RowConditionValue> = { ...host, ...own };
  for (const name of Object.keys(own)) {
    const [here, there] = [own[name], host[name]];
    if (here === undefined || there === undefined) continue;
    const value = stricterValue(here, there, now);
    if (value === null) return null;
    both[name] = value;
  }
  return both;
}

function stricterValue(
  here: RowConditionValue,
  there: RowConditionValue,
  now: Date,
): RowConditionValue | null {
  if (typeof here === 'boolean' || typeof there === 'boolean') return here === there ? here : null;
  if (typeof here === 'string' && typeof there === 'string') {
    const shorter = shorterPeriod(here, there, now);
    if (shorter !== null) return shorter;
  }
  const allowed = listOf(there);
  const left = listOf(here).filter((value) => allowed.includes(value));
  if (left.length === 0) return null;
  return left.length === listOf(here).length ? here : left;
}

const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

/** Of two durations (ISO 8601, of whole days) the one that reaches back less far from now; null where one is none. */
export function shorterPeriod(one: string, other: string, now: Date): string | null {
  const [first, second] = [readDuration(one), readDuration(other)];
  if (!first || !second) return null;
  return back(first, now) >= back(second, now) ? one : other;
}

function back({ years, months, weeks, days }: Duration, now: Date): number {
  const from = new Date(now);
  from.setUTCFullYear(
    from.getUTCFullYear() - years,
    from.getUTCMonth() - months,
    from.getUTCDate() - 7 * weeks - days,
  );
  return from.getTime();
}

import { type RawBuilder, sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import type { RegisterEntry } from '../entry.ts';
import { type CountedRefusal, countedOf } from './catch-up.ts';
import { dayAfter, startOfLondonDay } from './london-date.ts';
import { findRoutes, isOvercome } from './routes.ts';
import { parsedEntry } from './stored-entry.ts';

export const BARRIER_DIMENSIONS = [
  'SECTION',
  'AGENCY',
  'ROLE',
  'PURPOSE',
  'REASON',
  'RULE',
  'MONTH',
] as const;
export type BarrierDimension = (typeof BARRIER_DIMENSIONS)[number];

/** What is counted. */
export interface BarrierQuestion {
  /** Days of London, YYYY-MM-DD, both counted. */
  from: string;
  to: string;
  by: readonly BarrierDimension[];
  /** Only what was asked of this agency; null for all. */
  agency: string | null;
  /** Only what this organisation's people asked, or was asked of it; null for everybody's. */
  ofAgency: string | null;
  /** People of whom nothing is counted. */
  hidden: readonly string[];
}

/** How often something was asked, how often policy withheld it, and how often of that a route past the wall was opened later. */
export interface BarrierCounts {
  asked: number;
  refused: number;
  overcome: number;
}
export interface BarrierCell extends BarrierCounts {
  /** One for each dimension, in their order; empty where there is none. */
  values: readonly string[];
}

const VALUE: Readonly<Record<BarrierDimension, (one: CountedRefusal) => string>> = {
  SECTION: ({ section }) => section,
  AGENCY: ({ agency }) => agency,
  ROLE: ({ role }) => role,
  PURPOSE: ({ purpose }) => purpose,
  REASON: ({ reason }) => reason,
  RULE: ({ rule }) => rule,
  MONTH: ({ day }) => day.slice(0, 7),
};
const COLUMN: Readonly<Record<BarrierDimension, RawBuilder<string>>> = {
  SECTION: sql`section`,
  AGENCY: sql`agency`,
  ROLE: sql`role`,
  PURPOSE: sql`purpose`,
  REASON: sql`reason`,
  RULE: sql`rule`,
  MONTH: sql`left(day, 7)`,
};

/** Counts what was asked and refused, each outcome of each section at each agency once. Only what was refused has cells by REASON or RULE. */
export async function countBarriers(
  store: StoreDatabase,
  question: BarrierQuestion,
): Promise<{ cells: readonly BarrierCell[]; total: BarrierCounts }> {
  const { by } = question;
  const refusedAlone = by.includes('REASON') || by.includes('RULE');
  const cells = new Map<string, BarrierCell>();
  const total = { asked: 0, refused: 0, overcome: 0 };
  const add = (values: readonly string[], counts: Partial<BarrierCounts>, refused: boolean) => {
    for (const name of ['asked', 'refused', 'overcome'] as const) total[name] += counts[name] ?? 0;
    if (refusedAlone && !refused) return;
    const key = JSON.stringify(values);
    const cell = cells.get(key) ?? { values, asked: 0, refused: 0, overcome: 0 };
    cells.set(key, {
      values,
      asked: cell.asked + (counts.asked ?? 0),
      refused: cell.refused + (counts.refused ?? 0),
      overcome: cell.overcome + (counts.overcome ?? 0),
    });
  };
  for (const { values, refused, asked } of await counted(store, question)) {
    const count = Number(asked);
    add(values, { asked: count, refused: refused ? count : 0 }, refused);
  }
  // They were counted with all others, when nobody had asked who may count them.
  for (const one of await countedOfHidden(store, question)) {
    const refused = one.reason !== '';
    add(valuesOf(one, by), { asked: -1, refused: refused ? -1 : 0 }, refused);
  }
  for (const one of await overcomeRefusals(store, question)) add(valuesOf(one, by), { overcome: 1 }, true);
  return { cells: [...cells.values()].filter(({ asked }) => asked > 0), total };
}

const valuesOf = (one: CountedRefusal, by: readonly BarrierDimension[]): string[] =>
  by.map((name) => VALUE[name](one));

async function counted(store: StoreDatabase, { from, to, by, agency, ofAgency }: BarrierQuestion) {
  const values =
    by.length === 0 ? sql`array[]::text[]` : sql`array[${sql.join(by.map((name) => COLUMN[name]))}]`;
  const { rows } = await sql<{ values: string[]; refused: boolean; asked: string }>`
    select ${values} as values, reason <> '' as refused, sum(asked) as asked from register_count
    where day between ${from} and ${to}
      and (${agency}::text is null or agency = ${agency})
      and (${ofAgency}::text is null or agency = ${ofAgency} or organisation = ${ofAgency})
    group by 1, 2`.execute(store);
  return rows;
}

async function countedOfHidden(store: StoreDatabase, question: BarrierQuestion): Promise<CountedRefusal[]> {
  if (question.hidden.length === 0) return [];
  const { rows } = await sql<{ entry: string }>`
    select e.entry from register_look l join register_entry e using (chain, seq)
    where l.person = any(${[...question.hidden]}::text[]) and l.kind = 'DISCLOSURE' and ${within(question)}`.execute(
    store,
  );
  return entriesOf(rows).flatMap((entry) => countedIn(entry, question));
}

/** Refusals for which a route was opened later, on the same reference: whether or not there was anything behind it. */
async function overcomeRefusals(store: StoreDatabase, question: BarrierQuestion): Promise<CountedRefusal[]> {
  const since = startOfLondonDay(question.from);
  const routes = since === null ? new Map() : await findRoutes(store, since);
  if (routes.size === 0) return [];
  const references = [...new Set([...routes.values()].map(({ reference }) => reference))];
  const { rows } = await sql<{ entry: string }>`
    select e.entry from register_look l join register_entry e using (chain, seq)
    where l.reference = any(${references}::text[]) and l.kind = 'DISCLOSURE' and l.refused and ${within(question)}
      and (l.person is null or l.person <> all(${[...question.hidden]}::text[]))`.execute(store);
  return entriesOf(rows).flatMap((entry) =>
    countedIn(entry, question).filter((one) => one.reason !== '' && isOvercome(routes, entry, one)),
  );
}

const entriesOf = (rows: readonly { entry: string }[]): RegisterEntry[] =>
  rows.flatMap(({ entry }) => parsedEntry(entry) ?? []);

/** What of an entry the question is about. */
const countedIn = (entry: RegisterEntry, { from, to, agency, ofAgency }: BarrierQuestion): CountedRefusal[] =>
  countedOf(entry).filter(
    (one) =>
      from <= one.day &&
      one.day <= to &&
      (agency === null || one.agency === agency) &&
      (ofAgency === null || one.agency === ofAgency || one.organisation === ofAgency),
  );

/** The same days as moments. */
const within = ({ from, to }: BarrierQuestion): RawBuilder<boolean> =>
  sql<boolean>`l.at >= ${startOfLondonDay(from)}::timestamptz and l.at < ${startOfLondonDay(dayAfter(to))}::timestamptz`;

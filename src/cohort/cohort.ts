/** Counts people by conditions and dimensions over several agencies: nothing but counts comes out, and nothing is kept. */
import { type AgencyId, type AnyAdapter, localText } from '../../adapters/contract.ts';
import { assertCountable } from '../compile/plan/lock.ts';
import type { AgencyDatabase } from '../compile/run/agency-database.ts';
import { AgencyUnavailableError } from '../compile/run/errors.ts';
import { numberOfCells } from '../counting/cohort-cells.ts';
import { type CohortFilter, plainFilter } from '../counting/cohort-filter.ts';
import { type CohortGroup, countCohort } from '../counting/count-cohort.ts';
import { PeopleSet } from '../counting/people-set.ts';
import type { FeedState } from '../person-index/records/types.ts';
import { agenciesCounted, type CountingQuestion, countingStops } from '../sharing/rules/counting.ts';
import type { Count } from '../sharing/suppressed.ts';
import type { OutageReason, WithheldReason } from '../states.ts';
import type { StoreDatabase } from '../store/tables.ts';
import type { Countables, CountableWord } from './countables.ts';
import type { District } from './districts.ts';
import {
  type CohortQuestion,
  CohortQuestionError,
  monthAfter,
  monthsBetween,
  testsOf,
  wordsOf,
} from './filter.ts';
import type { StoreMethod } from './method.ts';
import { everybody, hiddenPeople, type Numbered, numbered, peopleOf, personValues } from './people.ts';
import { type AtomFilter, atomFilter, atomOf, isSingle, planCohort, type TablePlan } from './plan.ts';
import { type CohortRate, countOne } from './rate.ts';
import { type CohortStatement, tableStatement, unreadableStatement } from './statements.ts';

export interface CohortParts {
  store: StoreDatabase;
  agencies: ReadonlyMap<string, { adapter: AnyAdapter; source: Pick<AgencyDatabase, 'query'> }>;
  countables: Countables;
  districts: readonly District[];
  /** By which table and secret the store counts. Rejects with CountingMethodError where that is not known. */
  method(): Promise<StoreMethod>;
  rate: CohortRate;
  /** How fresh the index is of each agency: of one that is overdue nobody knows whose its records are. */
  feeds(now: Date): Promise<ReadonlyMap<AgencyId, FeedState>>;
}

/** What one agency said of one section. */
export interface CohortSource {
  agency: string;
  section: string;
  state: 'DISCLOSED' | 'WITHHELD' | 'UNAVAILABLE';
  reason: WithheldReason | OutageReason | null;
  asOf: Date | null;
}

export interface CohortAnswer {
  people: Count;
  groups: readonly CohortGroup[];
  sources: readonly CohortSource[];
  /** The method in words; empty where nothing is told. */
  method: string;
}

/** What policy lets the caller's organisation count. */
export interface CohortAsking extends CountingQuestion {
  signal: AbortSignal;
}

export interface Cohorts {
  readonly countables: Countables;
  /** When the agency's feed to the person index was last complete. */
  asOf(agency: string, now: Date): Promise<Date | null>;
  /** Takes note that a login counts once more. Throws TooManyCohorts, and CountingMethodError where counting is closed. */
  mayCount(login: { organisation: string; sub: string }, now: Date): Promise<void>;
  /**
   * Rejects with whatever the store throws, and CohortQuestionError where the table is refused; agencies that fail are told
   * of in `sources`, and what rests on them is not counted.
   */
  count(question: CohortQuestion, asking: CohortAsking): Promise<CohortAnswer>;
  /** How many people have something in this field that nobody can read; null where its agency may not or cannot be asked. */
  unreadable(word: CountableWord, agency: string, asking: CohortAsking): Promise<Count | null>;
}

const UNTOLD: Count = { value: null, suppressed: true };
/** Combinations of conditions that are looked at for small differences: those of eight that do not exclude each other. */
const MOST_CELLS = 256;
/** Months that a dimension has where no condition says which. */
const MONTHS_SHOWN = 12;

export function createCohorts(parts: CohortParts): Cohorts {
  const { store, agencies, countables } = parts;

  /** Everybody who may be counted: the same people whichever login asks. */
  async function universeOf(asking: CohortAsking): Promise<Numbered> {
    const hidden = new Set(await hiddenPeople(store));
    return numbered(await everybody(store, agenciesCounted(asking)), hidden);
  }

  return {
    countables,
    asOf: async (agency, now) => (await parts.feeds(now)).get(agency as AgencyId)?.asOf ?? null,
    async mayCount(login, now) {
      await parts.method();
      await countOne(store, login, parts.rate, now);
    },
    async count(question, asking) {
      const method = await parts.method();
      const sources = new Sources(question, asking, await parts.feeds(asking.now), parts);
      const inFilter = new Set(testsOf(question.where).map(({ rows }) => rows.section));
      const untold = () => ({ people: UNTOLD, groups: [], sources: sources.all, method: '' });
      if (sources.silent.some(({ section }) => inFilter.has(section))) return untold();
      const plan = planCohort(question, (agency, word) => countingStops(asking, agency, word.name) === null);
      const universe = await universeOf(asking);
      const read = new Read(universe);
      await Promise.all([
        ...plan.person.map((word) => readPerson(word, read, asking)),
        ...plan.tables.map((table) => readTable(table, read, asking, sources)),
      ]);
      if (sources.silent.some(({ section }) => inFilter.has(section))) return untold();
      const whole = sources.silent.length === 0;
      const filter = countingFilter(atomFilter(question.where), read);
      const cells = numberOfCells(plainFilter(filter));
      if (cells > MOST_CELLS)
        throw new CohortQuestionError(
          'QUERY_REFUSED',
          `where has too many conditions that do not exclude each other: at most 8, each value of a list counted`,
        );
      const counting = {
        universe: PeopleSet.everybody(universe.size),
        recordKeys: (number: number) => method.recordKey(universe.person(number)),
        where: filter,
      };
      const by = whole ? question.by.map((word) => dimensionOf(word, question, asking, read)) : [];
      const grouped = countCohort({ ...counting, by }, method);
      // A table of which most is too small is not told; how many there are in all may be asked for by itself.
      const counted =
        grouped.refused === 'MOSTLY_SMALL' ? countCohort({ ...counting, by: [] }, method) : grouped;
      if (counted.refused !== null)
        throw new CohortQuestionError('QUERY_REFUSED', counted.words.replace(/[.]$/, ''));
      const words = grouped.refused === null ? [counted.method] : [counted.method, grouped.words];
      return {
        people: counted.people,
        groups: counted.groups,
        sources: sources.all,
        method: words.join(' '),
      };
    },
    async unreadable(word, agency, asking) {
      const form = word.suppliers.get(agency);
      if (!form || countingStops(asking, agency, word.name) !== null) return null;
      const method = await parts.method();
      const universe = await universeOf(asking);
      const found = new PeopleSet(universe.size);
      try {
        for (const part of form.parts)
          for (const row of await ask(
            agency,
            (adapter, today) => unreadableStatement(part, today, adapter, optOuts(asking, agency)),
            universe,
            asking,
          ))
            found.add(row.number);
      } catch (error) {
        if (error instanceof AgencyUnavailableError) return null;
        throw error;
      }
      const counted = countCohort(
        {
          universe: PeopleSet.everybody(universe.size),
          recordKeys: (number: number) => method.recordKey(universe.person(number)),
          where: { condition: `unreadable ${word.name} of ${agency}`, people: found },
          by: [],
        },
        method,
      );
      return counted.refused === null ? counted.people : UNTOLD;
    },
  };

  /** The rows of one statement whose people may be counted. */
  async function ask(
    agency: string,
    statement: (adapter: AnyAdapter, today: string) => CohortStatement,
    universe: Numbered,
    asking: CohortAsking,
  ): Promise<{ number: number; row: Readonly<Record<string, unknown>> }[]> {
    const entry = agencies.get(agency);
    if (!entry) throw new AgencyUnavailableError(agency, 'FAILED');
    const rows = await entry.source.query(statement(entry.adapter, todayOf(asking.now)), asking);
    const owners = await peopleOf(
      store,
      agency,
      rows.map((row) => String(row.key)),
    );
    return rows.flatMap((row, at) => {
      const person = owners[at] ?? null;
      const number = person === null ? -1 : universe.number(person);
      return number < 0 ? [] : [{ number, row }];
    });
  }

  async function readTable(
    plan: TablePlan,
    read: Read,
    asking: CohortAsking,
    sources: Sources,
  ): Promise<void> {
    const { agency, conditions, dimensions } = plan;
    const words = [
      ...conditions.flatMap(({ atom }) => atom.values.map(({ word }) => word)),
      ...dimensions.map(({ word }) => word),
    ];
    const share = asking.policy.agencies.get(agency)?.aggregates?.share ?? [];
    assertCountable(
      agency,
      words.map(({ name }) => name),
      share,
    );
    try {
      const statement = (adapter: AnyAdapter, today: string) =>
        tableStatement(plan, today, adapter, optOuts(asking, agency));
      const rows = (await ask(agency, statement, read.universe, asking)).map(({ number, row }) => {
        const bits = Number(row.met);
        return { number, row, bits, isNarrow: plan.narrowedTo.some((bit) => hasBit(bits, bit)) };
      });
      // Whoever meets none of the conditions has the values of all their rows: a group is small beside them, or is not.
      const meeting = new Set(rows.flatMap(({ number, isNarrow }) => (isNarrow ? [number] : [])));
      for (const { number, row, bits, isNarrow } of rows) {
        for (const [bit, { atom }] of conditions.entries())
          if (hasBit(bits, bit)) read.add(atom.name, number);
        if (!isNarrow && meeting.has(number)) continue;
        for (const [at, { word }] of dimensions.entries()) {
          const value = row[`d${at}`];
          if (typeof value === 'string') read.add(`by ${word.name}=${value}`, number);
        }
      }
    } catch (error) {
      if (!(error instanceof AgencyUnavailableError)) throw error;
      asking.signal.throwIfAborted();
      for (const { section } of words)
        sources.failed(agency, section, error.reason === 'TOO_LARGE' ? 'FAILED' : error.reason);
    }
  }

  async function readPerson(word: CountableWord, read: Read, asking: CohortAsking): Promise<void> {
    const allowed = [...word.suppliers.keys()].filter(
      (one) => countingStops(asking, one, word.name) === null,
    );
    const of = { today: todayOf(asking.now), districts: parts.districts };
    for (const { person, value } of await personValues(store, word, allowed, of)) {
      const number = read.universe.number(person);
      if (number < 0) continue;
      read.add(`${word.name}=${value}`, number);
      read.add(`by ${word.name}=${value}`, number);
    }
  }
}

const todayOf = (now: Date): string => localText(now).slice(0, 10);
const hasBit = (bits: number, bit: number): boolean => Math.floor(bits / 2 ** bit) % 2 === 1;
const optOuts = ({ policy }: CohortAsking, agency: string): boolean =>
  policy.agencies.get(agency)?.aggregates?.basis.kind === 'OPT_OUTS';

/** Who meets each condition, and who has each value. */
class Read {
  readonly universe: Numbered;
  readonly #sets = new Map<string, PeopleSet>();

  constructor(universe: Numbered) {
    this.universe = universe;
  }

  add(name: string, number: number): void {
    const set = this.#sets.get(name) ?? new PeopleSet(this.universe.size);
    this.#sets.set(name, set);
    set.add(number);
  }

  of(name: string): PeopleSet {
    const set = this.#sets.get(name) ?? new PeopleSet(this.universe.size);
    this.#sets.set(name, set);
    return set;
  }
}

/** How every agency that is asked stands, for each section. */
class Sources {
  readonly #answers = new Map<string, CohortSource>();

  /** In the order of agencies and of what can be counted, whatever the words of the question. */
  constructor(
    question: CohortQuestion,
    asking: CohortAsking,
    feeds: ReadonlyMap<AgencyId, FeedState>,
    { agencies, countables }: Pick<CohortParts, 'agencies' | 'countables'>,
  ) {
    const used = new Set(wordsOf(question));
    const words = [...countables.values()].filter((word) => used.has(word));
    for (const agency of agencies.keys())
      for (const word of words.filter(({ suppliers }) => suppliers.has(agency))) {
        const stops = countingStops(asking, agency, word.name);
        const feed = feeds.get(agency as AgencyId);
        const missing = feed === undefined || feed.overdue || feed.matching;
        const key = JSON.stringify([agency, word.section]);
        const before = this.#answers.get(key);
        if (before && before.state !== 'DISCLOSED') continue;
        this.#answers.set(key, {
          ...{ agency, section: word.section },
          state: stops ? 'WITHHELD' : missing ? 'UNAVAILABLE' : 'DISCLOSED',
          reason: stops ?? (missing ? 'FAILED' : null),
          asOf: stops || missing ? null : feed.asOf,
        });
      }
  }

  get all(): readonly CohortSource[] {
    return [...this.#answers.values()];
  }

  get silent(): readonly CohortSource[] {
    return this.all.filter(({ state }) => state !== 'DISCLOSED');
  }

  failed(agency: string, section: string, reason: OutageReason): void {
    const key = JSON.stringify([agency, section]);
    const before = this.#answers.get(key);
    if (before) this.#answers.set(key, { ...before, state: 'UNAVAILABLE', reason, asOf: null });
  }
}

/** The filter in terms of sets of people. */
function countingFilter(filter: AtomFilter, read: Read): CohortFilter {
  if ('all' in filter) return { all: filter.all.map((one) => countingFilter(one, read)) };
  if ('any' in filter) return { any: filter.any.map((one) => countingFilter(one, read)) };
  if ('not' in filter) return { not: countingFilter(filter.not, read) };
  const { atom, negated } = filter;
  const [only, ...more] = atom.values;
  const condition = { condition: atom.name, people: read.of(atom.name) };
  if (!only || more.length > 0 || !isSingle(only.word)) return condition;
  const others = only.word.values
    .map((value) => atomOf([{ word: only.word, value }]).name)
    .filter((name) => name !== atom.name);
  return {
    ...condition,
    field: only.word.name,
    ...(negated && { otherValues: others.map((name) => ({ condition: name, people: read.of(name) })) }),
  };
}

/** A dimension with every value of its list, whether or not anybody has it; months are those of the conditions, or the last twelve. */
function dimensionOf(word: CountableWord, question: CohortQuestion, { now }: CohortAsking, read: Read) {
  const asked = testsOf(question.where).flatMap(({ rows, wanted }) =>
    wanted ? rows.tests.filter((test) => test.word === word).flatMap(({ values }) => values) : [],
  );
  const month = todayOf(now).slice(0, 7);
  const months =
    asked.length > 0
      ? [...new Set(asked)].toSorted()
      : monthsBetween(monthAfter(month, 1 - MONTHS_SHOWN), month, MONTHS_SHOWN);
  const values = word.kind === 'MONTH' ? months : word.values;
  return {
    name: word.dimension,
    values: values.map((value) => ({ value, people: read.of(`by ${word.name}=${value}`) })),
  };
}

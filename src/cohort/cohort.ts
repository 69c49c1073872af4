/** Counts people by conditions and dimensions over several agencies: nothing but counts comes out, and nothing is kept. */
import { type AgencyId, type AnyAdapter, localText } from '../../adapters/contract.ts';
import type { Dialect } from '../compile/dialects/dialect.ts';
import { assertCountable } from '../compile/plan/lock.ts';
import type { AgencyDatabase } from '../compile/run/agency-database.ts';
import { AgencyUnavailableError } from '../compile/run/errors.ts';
import { numberOfCells } from '../counting/cohort-cells.ts';
import { type CohortFilter, plainFilter } from '../counting/cohort-filter.ts';
import {
  type CohortGroup,
  type CohortQuestion as CountedQuestion,
  countCohort,
} from '../counting/count-cohort.ts';
import type { PeopleSet } from '../counting/people-set.ts';
import type { FeedState } from '../person-index/records/types.ts';
import { agenciesCounted, type CountingQuestion, countingStops } from '../sharing/rules/counting.ts';
import type { Count } from '../sharing/suppressed.ts';
import type { StoreDatabase } from '../store/tables.ts';
import type { Countables, CountableWord } from './countables.ts';
import type { District } from './districts.ts';
import { type CohortQuestion, CohortQuestionError, monthAfter, monthsBetween, testsOf } from './filter.ts';
import { Found } from './found.ts';
import { type Gathering, numbersOf, readPeople } from './gather.ts';
import type { StoreMethod } from './method.ts';
import { Numbered } from './numbered.ts';
import { asOfOneMoment, type PersonFeature } from './people.ts';
import { type AtomFilter, atomFilter, atomOf, isSingle, planCohort, type TablePlan } from './plan.ts';
import { type CohortRate, countOne } from './rate.ts';
import { type CohortSource, Sources } from './sources.ts';
import { type CohortStatement, tableStatement, unreadableStatement } from './statements.ts';

export interface CohortParts {
  store: StoreDatabase;
  agencies: ReadonlyMap<
    string,
    { adapter: AnyAdapter; source: Pick<AgencyDatabase, 'query'> & { dialect: Pick<Dialect, 'name'> | null } }
  >;
  countables: Countables;
  districts: readonly District[];
  /** By which table and secret the store counts. Rejects with CountingMethodError where that is not known. */
  method(): Promise<StoreMethod>;
  rate: CohortRate;
  /** How fresh the index is of each agency: of one that is overdue nobody knows whose its records are. */
  feeds(now: Date): Promise<ReadonlyMap<AgencyId, FeedState>>;
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
      const whole = () => sources.silent.length === 0;
      const ask = (found: Found, size: number) => ({
        where: countingFilter(atomFilter(question.where), (name) => found.of(name, size)),
        by: whole() ? question.by.map((word) => dimensionOf(word, question, asking, found, size)) : [],
      });
      if (numberOfCells(plainFilter(ask(new Found(), 0).where)) > MOST_CELLS)
        throw new CohortQuestionError(
          'QUERY_REFUSED',
          `where has too many conditions that do not exclude each other: at most 8, each value of a list counted`,
        );
      const tables = await Promise.all(plan.tables.map((table) => readTable(table, asking, sources)));
      if (sources.silent.some(({ section }) => inFilter.has(section))) return untold();
      const features = plan.person.map((word) => ({
        word,
        agencies: [...word.suppliers.keys()].filter((one) => countingStops(asking, one, word.name) === null),
      }));
      const counting = await gathered(method, asking, features, ask, async (gathering) => {
        for (const [at, table] of plan.tables.entries()) await addTable(table, tables[at] ?? [], gathering);
      });
      const grouped = countCohort(counting, method);
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
      try {
        const answers = await Promise.all(
          form.parts.map((part) =>
            read(
              agency,
              (adapter, today) => unreadableStatement(part, today, adapter, optOuts(asking, agency)),
              asking,
            ),
          ),
        );
        const condition = `unreadable ${word.name} of ${agency}`;
        const ask = (found: Found, size: number) => ({
          where: { condition, people: found.of(condition, size) },
          by: [],
        });
        const counting = await gathered(method, asking, [], ask, async (gathering) => {
          for (const { keys } of answers.flat())
            for (const number of await numbersOf(keys, agency, gathering))
              if (number >= 0) gathering.found.add(condition, number);
        });
        const counted = countCohort(counting, method);
        return counted.refused === null ? counted.people : UNTOLD;
      } catch (error) {
        if (error instanceof AgencyUnavailableError) return null;
        throw error;
      }
    },
  };

  /** What is to be counted. `addRows` adds what the agencies' rows say. */
  function gathered(
    method: StoreMethod,
    asking: CohortAsking,
    features: readonly PersonFeature[],
    ask: (found: Found, size: number) => Pick<CountedQuestion, 'where' | 'by'>,
    addRows: (gathering: Gathering) => Promise<void>,
  ): Promise<CountedQuestion> {
    const of = {
      features,
      agencies: [...agencies.keys()],
      today: todayOf(asking.now),
      districts: parts.districts,
    };
    return asOfOneMoment(store, of, async (people) => {
      const found = new Found();
      const numbered = new Numbered();
      const gathering = { people, hidden: await people.hidden(), numbered, found, signal: asking.signal };
      await addRows(gathering);
      const universe = await readPeople(gathering, agenciesCounted(asking), features, (size) =>
        ask(found, size),
      );
      return {
        universe,
        recordKeys: (number) => method.recordKey(numbered.person(number)),
        ...ask(found, numbered.size),
      };
    });
  }

  /** The answer to one statement. */
  async function read(
    agency: string,
    statement: (adapter: AnyAdapter, today: string) => CohortStatement,
    asking: CohortAsking,
  ): Promise<KeysAlike[]> {
    const entry = agencies.get(agency);
    // What counts is written for PostgreSQL alone: of an agency that keeps another nothing is counted, and it is named.
    if (entry?.source.dialect?.name !== 'postgres') throw new AgencyUnavailableError(agency, 'FAILED');
    const rows = await entry.source.query(statement(entry.adapter, todayOf(asking.now)), asking);
    return rows.map((row) => ({ row, keys: JSON.parse(String(row.keys)) as string[] }));
  }

  /** What an agency's table says; nothing, and that in `sources`, where it cannot be asked. */
  async function readTable(plan: TablePlan, asking: CohortAsking, sources: Sources): Promise<KeysAlike[]> {
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
      return await read(
        agency,
        (adapter, today) => tableStatement(plan, today, adapter, optOuts(asking, agency)),
        asking,
      );
    } catch (error) {
      if (!(error instanceof AgencyUnavailableError)) throw error;
      asking.signal.throwIfAborted();
      for (const { section } of words)
        sources.failed(agency, section, error.reason === 'TOO_LARGE' ? 'FAILED' : error.reason);
      return [];
    }
  }
}

/** Keys of records of which the same is said. */
interface KeysAlike {
  row: Readonly<Record<string, unknown>>;
  keys: readonly string[];
}

/** Adds what the rows of a table say of people. */
async function addTable(plan: TablePlan, answer: readonly KeysAlike[], gathering: Gathering): Promise<void> {
  const { found } = gathering;
  const meeting = new Set<number>();
  const rows: { row: KeysAlike['row']; numbers: Int32Array; bits: number; isNarrow: boolean }[] = [];
  for (const { row, keys } of answer) {
    const bits = Number(row.met);
    const isNarrow = plan.narrowedTo.some((bit) => hasBit(bits, bit));
    const numbers = (await numbersOf(keys, plan.agency, gathering)).filter((number) => number >= 0);
    rows.push({ row, numbers, bits, isNarrow });
    // Whoever meets none of the conditions has the values of all their rows: a group is small beside them, or is not.
    if (isNarrow && plan.dimensions.length > 0) for (const number of numbers) meeting.add(number);
  }
  for (const { row, numbers, bits, isNarrow } of rows) {
    for (const [bit, { atom }] of plan.conditions.entries())
      if (hasBit(bits, bit)) for (const number of numbers) found.add(atom.name, number);
    const own = isNarrow ? numbers : numbers.filter((number) => !meeting.has(number));
    for (const [at, { word }] of plan.dimensions.entries()) {
      const value = row[`d${at}`];
      if (typeof value === 'string') for (const number of own) found.add(`by ${word.name}=${value}`, number);
    }
  }
}

const todayOf = (now: Date): string => localText(now).slice(0, 10);
const hasBit = (bits: number, bit: number): boolean => Math.floor(bits / 2 ** bit) % 2 === 1;
const optOuts = ({ policy }: CohortAsking, agency: string): boolean =>
  policy.agencies.get(agency)?.aggregates?.basis.kind === 'OPT_OUTS';

/** The filter in terms of sets of people. */
function countingFilter(filter: AtomFilter, peopleOf: (name: string) => PeopleSet): CohortFilter {
  if ('all' in filter) return { all: filter.all.map((one) => countingFilter(one, peopleOf)) };
  if ('any' in filter) return { any: filter.any.map((one) => countingFilter(one, peopleOf)) };
  if ('not' in filter) return { not: countingFilter(filter.not, peopleOf) };
  const { atom, negated } = filter;
  const [only, ...more] = atom.values;
  const condition = { condition: atom.name, people: peopleOf(atom.name) };
  if (!only || more.length > 0 || !isSingle(only.word)) return condition;
  const others = only.word.values
    .map((value) => atomOf([{ word: only.word, value }]).name)
    .filter((name) => name !== atom.name);
  return {
    ...condition,
    field: only.word.name,
    ...(negated && { otherValues: others.map((name) => ({ condition: name, people: peopleOf(name) })) }),
  };
}

/** A dimension with every value of its list, whether or not anybody has it; months are those of the conditions, or the last twelve. */
function dimensionOf(
  word: CountableWord,
  question: CohortQuestion,
  { now }: CohortAsking,
  found: Found,
  size: number,
) {
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
    values: values.map((value) => ({ value, people: found.of(`by ${word.name}=${value}`, size) })),
  };
}

import type { FoundCatalogue, FoundColumn, FoundTable } from './catalogue.ts';
import { type Confidence, guessOf, isNumber, isText, isTime, type Meaning, plainName } from './meanings.ts';
import type { Samples } from './samples.ts';

/** One word of the proposal, as it is told to whoever decides. */
export interface Proposed {
  column: string;
  /** What it becomes, in words: "identity: family name". */
  as: string;
  confidence: Confidence;
  reason: string;
}

/** A table whose rows stand for what happened to people: a case, a stay, an alert. */
export interface RowsTable {
  table: FoundTable;
  person: FoundColumn;
  record: FoundColumn;
  columns: ReadonlyMap<Meaning, FoundColumn>;
}

export interface Proposal {
  people: FoundTable;
  key: FoundColumn;
  own: ReadonlyMap<Meaning, FoundColumn>;
  /** A column of the person's row that says that the day of birth is an estimate. */
  estimated: FoundColumn | null;
  /** Involvements: the first is what references are made of. */
  episodes: readonly RowsTable[];
  /** Rows that name staff who must not see a person. */
  excluded: { table: FoundTable; person: FoundColumn; staff: FoundColumn } | null;
  words: readonly Proposed[];
  /** Tables and columns of which nothing is proposed, each with why. */
  left: readonly string[];
}

/** Nothing can be proposed. Its message says why, and what to do. */
export class NothingToProposeError extends Error {
  override readonly name = 'NothingToProposeError';
  readonly code = 'NOTHING_TO_PROPOSE';
}

const COPY = /(^|_)(bak|bkp|backup|old|tmp|temp|copy|test|archive|zz+)(_|\d|$)/;
const PLAIN = /^[A-Za-z_][\w $#-]*$/;

/**
 * Which table is of people, and what its columns and those of the tables about them seem to hold. Whoever knows the system
 * decides: everything comes with how sure it is, and why.
 * @throws NothingToProposeError where no table looks like people
 */
export function propose({ tables }: FoundCatalogue, samples: Samples | null): Proposal {
  const left: string[] = [];
  const usable = tables.filter(({ name }) => {
    if (COPY.test(plainName(name))) left.push(`${name}: it looks like a copy`);
    else if (!PLAIN.test(name)) left.push(`${name}: its name cannot be written in an adapter`);
    else return true;
    return false;
  });
  const people = usable.toSorted((one, other) => peopleScore(other) - peopleScore(one))[0];
  if (!people || peopleScore(people) < ENOUGH)
    throw new NothingToProposeError(
      `None of ${tables.length} tables looks like one of people (a family name, a given name, a day of birth). The login may not know of it: npx sightline adapter tables shows what it knows of`,
    );
  const key = keyOf(people);
  if (!key)
    throw new NothingToProposeError(
      `${people.name} looks like the table of people, and no column of it like the number of one: say which by a primary key`,
    );
  const words: Proposed[] = [];
  const keyWhy = people.key.length === 1 ? 'its primary key' : `its name, ${key.name}`;
  words.push({
    ...{ column: `${people.name}.${key.name}`, as: 'the number of a person’s record' },
    ...{ confidence: people.key.length === 1 ? 'HIGH' : 'LOW', reason: keyWhy },
  });
  const own = meaningsIn(people, key, PERSONAL, words, left);
  const estimated = people.columns.find(({ name }) => /(dob|birth).*est/.test(plainName(name))) ?? null;
  if (estimated)
    words.push({
      ...{ column: `${people.name}.${estimated.name}`, as: 'the day of birth is an estimate' },
      ...{ confidence: 'MEDIUM' as const, reason: `its name, ${estimated.name}` },
    });
  const episodes: RowsTable[] = [];
  let excluded: Proposal['excluded'] = null;
  for (const table of usable) {
    if (table === people) continue;
    const to = personColumn(table, people, key);
    if (!to) {
      left.push(`${table.name}: no column of it names a person`);
      continue;
    }
    const staff = table.columns.find((column) => guessOf(column)?.meaning === 'STAFF_NUMBER');
    if (/(excl|barred|bar_|conflict|no_access)/.test(plainName(table.name)) && staff) {
      excluded = { table, person: to.column, staff };
      words.push(
        {
          ...{ column: `${table.name}.${to.column.name}`, as: 'whom some staff must not see' },
          ...{ confidence: 'MEDIUM' as const, reason: `the table’s name, ${table.name}` },
        },
        {
          ...{ column: `${table.name}.${staff.name}`, as: 'staff who must not see somebody' },
          ...{ confidence: 'MEDIUM' as const, reason: `its name, ${staff.name}` },
        },
      );
      continue;
    }
    const record = table.columns.find(({ name }) => table.key.length === 1 && name === table.key[0]);
    const starts = table.columns.some((column) => guessOf(column)?.meaning === 'FROM');
    if (!record || !starts) {
      left.push(
        `${table.name}: it is about people, and ${record ? 'no column of it says since when' : 'has no number of its rows'}`,
      );
      continue;
    }
    words.push({
      ...{ column: `${table.name}.${to.column.name}`, as: 'whose row it is' },
      ...{ confidence: to.confidence, reason: to.reason },
    });
    words.push({
      ...{ column: `${table.name}.${record.name}`, as: 'the number of such a row' },
      ...{ confidence: 'HIGH' as const, reason: 'its primary key' },
    });
    const columns = meaningsIn(table, to.column, EPISODIC, words, left, record);
    episodes.push({ table, person: to.column, record, columns });
  }
  const sure = (rows: RowsTable) => Number(rows.columns.has('TO')) + Number(rows.columns.has('STAFF_NUMBER'));
  episodes.sort((one, other) => sure(other) - sure(one));
  for (const word of words) if (samples) sharpen(word, samples);
  return { people, key, own, estimated, episodes, excluded, words, left };
}

const ENOUGH = 3;
const PERSONAL: ReadonlyMap<Meaning, string> = new Map<Meaning, string>([
  ['GIVEN_NAME', 'identity: given name'],
  ['FAMILY_NAME', 'identity: family name'],
  ['PREFERRED_NAME', 'identity: name the person prefers'],
  ['BORN', 'identity: day of birth'],
  ['SEX', 'identity: sex'],
  ['DECEASED', 'identity: whether the person has died'],
  ['NHS_NUMBER', 'identifiers: NHS number'],
  ['NINO', 'identifiers: National Insurance number'],
  ['UPN', 'identifiers: pupil number'],
  ['CRN', 'identifiers: case reference number of probation'],
  ['RESTRICTION', 'who is hidden: P, A, or nothing; what cannot be read protects'],
  ['MERGED', 'the record that this one was merged into'],
  ['AS_OF', 'when the row was last true'],
]);
const EPISODIC: ReadonlyMap<Meaning, string> = new Map<Meaning, string>([
  ['FROM', 'involvements: since when'],
  ['TO', 'involvements: until when'],
  ['STATUS', 'involvements: whether it is open'],
  ['STAFF_NAME', 'involvements: lead professional'],
  ['STAFF_NUMBER', 'who is on it, for references and caseloads'],
  ['AS_OF', 'when the row was last true'],
]);

function peopleScore({ columns }: FoundTable): number {
  const weights: Partial<Record<Meaning, number>> = {
    FAMILY_NAME: 2,
    GIVEN_NAME: 2,
    BORN: 2,
    SEX: 1,
    NHS_NUMBER: 1,
  };
  const meanings = new Set(columns.map((column) => guessOf(column)?.meaning));
  return [...meanings].reduce((sum, meaning) => sum + ((meaning && weights[meaning]) ?? 0), 0);
}

function keyOf({ columns, key }: FoundTable): FoundColumn | null {
  const [single, ...more] = key;
  if (single !== undefined && more.length === 0) return columns.find(({ name }) => name === single) ?? null;
  return columns.find(({ name }) => /(^|_)(id|no|ref|num|number)$/.test(plainName(name))) ?? null;
}

/** The column of a table that names a person: held to it by the database, or called alike. */
function personColumn(
  table: FoundTable,
  people: FoundTable,
  key: FoundColumn,
): { column: FoundColumn; confidence: Confidence; reason: string } | null {
  const target = `${people.name}.${key.name}`;
  for (const column of table.columns)
    if (table.references.get(column.name) === target)
      return { column, confidence: 'HIGH', reason: `the database holds it to ${target}` };
  const wanted = new Set([plainName(key.name), `${plainName(people.name)}_${plainName(key.name)}`]);
  for (const column of table.columns)
    if (wanted.has(plainName(column.name)) && kindOf(column) === kindOf(key))
      return { column, confidence: 'MEDIUM', reason: `it is called as ${target} is` };
  return null;
}

const kindOf = ({ dataType }: FoundColumn): string =>
  isText(dataType) ? 'text' : isNumber(dataType) ? 'number' : dataType;

/** The first column for each meaning that is asked for; all others are left, and told. */
function meaningsIn(
  { name: table, columns }: FoundTable,
  key: FoundColumn,
  wanted: ReadonlyMap<Meaning, string>,
  words: Proposed[],
  left: string[],
  record?: FoundColumn,
): ReadonlyMap<Meaning, FoundColumn> {
  const found = new Map<Meaning, FoundColumn>();
  for (const column of columns) {
    if (column === key || column === record || /(dob|birth).*est/.test(plainName(column.name))) continue;
    const guess = guessOf(column);
    const as = guess && wanted.get(guess.meaning);
    if (!PLAIN.test(column.name))
      left.push(`${table}.${column.name}: its name cannot be written in an adapter`);
    else if (!guess) left.push(`${table}.${column.name}: neither name nor type says what it holds`);
    else if (as === undefined || as === null)
      left.push(`${table}.${column.name}: ${BY_HAND[guess.meaning] ?? 'no word is proposed for it here'}`);
    else if (found.has(guess.meaning))
      left.push(`${table}.${column.name}: ${found.get(guess.meaning)?.name} was taken for the same`);
    else {
      found.set(guess.meaning, column);
      words.push({
        column: `${table}.${column.name}`,
        as,
        confidence: guess.confidence,
        reason: guess.reason,
      });
    }
  }
  return found;
}

/** What no name decides. */
const BY_HAND: Partial<Record<Meaning, string>> = {
  PLACE: 'it tells where somebody is; addresses and places are for a human to propose',
  PHONE: 'ways to reach somebody are for a human to propose: a landline tells where they are',
  EMAIL: 'ways to reach somebody are for a human to propose',
  FREE_TEXT: 'free text may mention anybody',
};

/** Rows make a guess surer, or shake it. */
function sharpen(word: Proposed, samples: Samples): void {
  const sampled = samples.get(word.column);
  if (!sampled) return;
  if (sampled.form !== null) {
    word.reason += `; its rows are written ${sampled.form}`;
    if (/day|since|until|last true/.test(word.as)) word.confidence = 'HIGH';
  }
  if (sampled.codes.length > 0) word.reason += `; its rows have ${sampled.codes.length} codes`;
}

/** Whether days of this column are written as text. */
export const isWrittenDay = ({ dataType }: FoundColumn): boolean => !isTime(dataType);

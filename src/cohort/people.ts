/** What one count reads of the person index: who is hidden, whose records these are, what it holds of people, and who else there is. */
import { type RawBuilder, sql } from 'kysely';
import type { StoreDatabase } from '../store/tables.ts';
import { AGE_BANDS, type CountableWord, SEXES } from './countables.ts';
import type { District } from './districts.ts';

/** A feature of people that a question asks for, and the agencies that may tell it. */
export interface PersonFeature {
  word: CountableWord;
  agencies: readonly string[];
}

/** Of each feature, of each person, the place of theirs among the word's values, or -1. */
export type FeatureValues = readonly Int32Array[];

export interface FeaturesAsked {
  features: readonly PersonFeature[];
  /** All agencies, in their fixed order: the first that gives a feature tells it. */
  agencies: readonly string[];
  today: string;
  districts: readonly District[];
}

export interface CountedPeople {
  /** Everybody who is hidden: whom any agency protects or says to be at a hidden place, and whom the index takes for them. */
  hidden(): Promise<ReadonlySet<string>>;
  /** Whose records these are, in the order given; null of a record that is linked to nobody. */
  owners(agency: string, records: readonly string[]): Promise<(string | null)[]>;
  /** What the index holds of these people, in the order given: of the first agency of each feature that gives it. */
  features(people: readonly string[]): Promise<FeatureValues>;
  /** So many people after this one, in the order of their ids, of whom one of these agencies has a record; null for the first. */
  after(person: string | null, agencies: readonly string[], limit: number): Promise<string[]>;
}

/**
 * Reads of the index as it is at one moment, so that nobody is met twice or missed, whatever is linked meanwhile. Gives what
 * `read` gives.
 */
export function asOfOneMoment<Result>(
  store: StoreDatabase,
  asked: FeaturesAsked,
  read: (people: CountedPeople) => Promise<Result>,
): Promise<Result> {
  return store
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((moment) => read(countedPeople(moment, asked)));
}

function countedPeople(
  store: StoreDatabase,
  { features, agencies: inOrder, today, districts }: FeaturesAsked,
): CountedPeople {
  const columns = features.map((feature) => placeOf(feature, today, districts));
  return {
    async hidden() {
      const { rows } = await sql<{ person: string }>`
        select person from index_protection
        union select c.person from index_candidate c join index_record r on r.agency = c.agency and r.record = c.record
          join index_protection p on p.person = r.person
        union select r.person from index_candidate c join index_protection p on p.person = c.person
          join index_record r on r.agency = c.agency and r.record = c.record where r.person is not null`.execute(
        store,
      );
      return new Set(rows.map(({ person }) => person));
    },
    async owners(agency, records) {
      // Each is looked up by itself: for some numbers of them the planner would else read the whole index.
      const { rows } = await sql<{ people: (string | null)[] | null }>`
        select json_agg((select r.person from index_record r where r.agency = ${agency} and r.record = k.record)
          order by k.at) as people
        from json_array_elements_text(${JSON.stringify(records)}::json) with ordinality as k (record, at)`.execute(
        store,
      );
      return rows[0]?.people ?? [];
    },
    async features(people) {
      const found = features.map(() => new Int32Array(people.length).fill(-1));
      const all = sql`${[...new Set(features.flatMap((feature) => feature.agencies))]}::text[]`;
      const each = columns.map((column, at) => sql`${column} as ${sql.id(`f${at}`)}`);
      const lists = columns.map((_, at) => sql`json_agg(${sql.id(`f${at}`)}) as ${sql.id(`f${at}`)}`);
      const { rows } = await sql<Record<string, (number | null)[] | null>>`
        select json_agg(at) as at, ${sql.join(lists)} from (
          select k.at, ${sql.join(each)}
          from json_array_elements_text(${JSON.stringify(people)}::json) with ordinality as k (person, at)
            join index_record r on r.person = k.person and r.agency = any(${all})
          order by k.at, array_position(${[...inOrder]}::text[], r.agency), r.record) as records`.execute(
        store,
      );
      const of = rows[0]?.at ?? [];
      for (const [feature, values] of found.entries()) {
        const places = rows[0]?.[`f${feature}`] ?? [];
        // Backwards, so that what the first record says is what stays.
        for (let row = of.length - 1; row >= 0; row -= 1) {
          const place = places[row] ?? null;
          if (place !== null) values[Number(of[row]) - 1] = place;
        }
      }
      return found;
    },
    async after(person, agencies, limit) {
      const { rows } = await sql<{ people: string[] | null }>`
        select json_agg(person order by person) as people from (
          select person from index_record where person > ${person ?? ''} and agency = any(${[...agencies]}::text[])
          group by person order by person limit ${limit}) as page`.execute(store);
      return rows[0]?.people ?? [];
    },
  };
}

/** The place of a record's value among those of the word, -1 where it is none of them; null where the record does not count. */
function placeOf({ word, agencies }: PersonFeature, today: string, districts: readonly District[]) {
  const feature = sql.ref({ ageBand: 'date_of_birth', sex: 'sex', district: 'postcode' }[word.field] ?? '');
  return sql`case when r.agency = any(${[...agencies]}::text[]) and ${feature} is not null
    then coalesce(${placeIn(word.field, feature, today, districts)}, -1) end`;
}

function placeIn(
  field: string,
  feature: RawBuilder<unknown>,
  today: string,
  districts: readonly District[],
): RawBuilder<unknown> {
  if (field === 'sex') return sql`array_position(${[...SEXES]}::text[], ${feature}) - 1`;
  const lines =
    field === 'district'
      ? districts.map(({ postcodes }) => sql`left(${feature}, -3) = any(${[...postcodes]}::text[])`)
      : AGE_BANDS.map(([, from]) => sql`${feature} collate "C" <= ${yearsBefore(today, from)}`);
  const cases = lines.map((line, place) => sql`when ${line} then ${sql.lit(place)}`);
  if (cases.length === 0) return sql`null::integer`;
  // The oldest first: whoever is 70 is also over 5.
  if (field === 'district') return sql`case ${sql.join(cases, sql` `)} end`;
  return sql`case when ${feature} !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' then null ${sql.join(cases.toReversed(), sql` `)} end`;
}

/** Whoever was born on that day or before is that old today. */
const yearsBefore = (today: string, years: number): string =>
  `${String(Number(today.slice(0, 4)) - years).padStart(4, '0')}${today.slice(4)}`;

import {
  bareCode,
  type ColumnOf,
  compact,
  type DecodeContext,
  date,
  dateOfBirth,
  type IndexRecord,
  type IndexSource,
  isPast,
  type Kysely,
  meaning,
  naming,
  type Protection,
  type RecordId,
  text,
  yesNo,
} from '../contract.ts';
import { GENDERS, NO_UPN } from './codes.ts';
import type { ChildrensServicesTables } from './tables.ts';

const PERSON = [
  'DIM_PERSON_ID',
  'FORENAME',
  'SURNAME',
  'KNOWN_AS',
  'BIRTH_DTTM',
  'DOB_ESTIMATED',
  'GENDER_MAIN_CODE',
  'UPN',
  'NHS_NUMBER',
  'RESTRICTED_CODE',
  'DUPLICATED_DTTM',
  'MERGED_DIM_PERSON_ID',
] as const;
const ADDRESS = ['DIM_PERSON_ID', 'ADDSS_TYPE_CODE', 'UPRN', 'POSTCODE', 'START_DTTM', 'END_DTTM'] as const;
const RELATION = ['DIM_PERSON_ID', 'RELATED_DIM_PERSON_ID', 'SAME_HOUSEHOLD_FLAG'] as const;
const EXCLUSION = ['DIM_PERSON_ID', 'STAFF_REF'] as const;

const reads: readonly ColumnOf<ChildrensServicesTables>[] = [
  ...PERSON.map((name) => `DIM_PERSON.${name}` as const),
  ...ADDRESS.map((name) => `DIM_PERSON_ADDRESS.${name}` as const),
  ...RELATION.map((name) => `FACT_RELATIONSHIPS.${name}` as const),
  ...EXCLUSION.map((name) => `FACT_WORKER_EXCLUSIONS.${name}` as const),
];

export const index: IndexSource<ChildrensServicesTables> = {
  reads,
  async page(db, after, limit, note) {
    const people = await peopleAfter(db, after, limit);
    const about = await whatElse(
      db,
      people.map((one) => String(one.DIM_PERSON_ID)),
    );
    const context = { now: new Date(), note };
    return people.map((one) => recordOf(one, about, context));
  },
};

const peopleAfter = (db: Kysely<ChildrensServicesTables>, after: RecordId | null, limit: number) =>
  db
    .selectFrom('DIM_PERSON')
    .select(PERSON)
    .$if(after !== null, (query) => query.where('DIM_PERSON_ID', '>', after ?? ''))
    .orderBy('DIM_PERSON_ID')
    .limit(limit)
    .execute();

async function whatElse(db: Kysely<ChildrensServicesTables>, ids: readonly string[]) {
  if (ids.length === 0) return { addresses: [], relations: [], exclusions: [] };
  const [addresses, relations, exclusions] = await Promise.all([
    db
      .selectFrom('DIM_PERSON_ADDRESS')
      .select(ADDRESS)
      .where('DIM_PERSON_ID', 'in', ids)
      .orderBy('START_DTTM', (order) => order.desc().nullsLast())
      .execute(),
    db
      .selectFrom('FACT_RELATIONSHIPS')
      .select(RELATION)
      .where((row) => row.or([row('DIM_PERSON_ID', 'in', ids), row('RELATED_DIM_PERSON_ID', 'in', ids)]))
      .execute(),
    db.selectFrom('FACT_WORKER_EXCLUSIONS').select(EXCLUSION).where('DIM_PERSON_ID', 'in', ids).execute(),
  ]);
  return { addresses, relations, exclusions };
}

type Person = Awaited<ReturnType<typeof peopleAfter>>[number];
type WhatElse = Awaited<ReturnType<typeof whatElse>>;

function recordOf(person: Person, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = String(person.DIM_PERSON_ID);
  const address = currentAddress(id, about, context);
  return {
    record: id,
    mergedInto: mergedInto(person, context),
    names: namesOf(person, context),
    dateOfBirth: bornOn(person, context),
    sex: meaning(GENDERS)(person.GENDER_MAIN_CODE, naming('DIM_PERSON.GENDER_MAIN_CODE', context)),
    postcode: compact(address?.POSTCODE, context),
    place: compact(address?.UPRN, context),
    identifiers: identifiersOf(person, context),
    protections: protectionsOf(person, naming('DIM_PERSON.RESTRICTED_CODE', context)),
    related: relatedTo(id, about, context),
    adverse: [],
    excludedStaff: about.exclusions
      .filter((one) => String(one.DIM_PERSON_ID) === id)
      .map((one) => one.STAFF_REF.trim()),
  };
}

/** A duplicate points at the record that is kept; without the day on which it was found it is not one. */
function mergedInto(person: Person, context: DecodeContext): RecordId | null {
  const found = date(person.DUPLICATED_DTTM, naming('DIM_PERSON.DUPLICATED_DTTM', context)) !== null;
  return found ? text(person.MERGED_DIM_PERSON_ID, context) : null;
}

/** An estimate is no feature to match on. */
function bornOn(person: Person, context: DecodeContext): IndexRecord['dateOfBirth'] {
  const estimated = yesNo(person.DOB_ESTIMATED, naming('DIM_PERSON.DOB_ESTIMATED', context)) === true;
  return estimated ? null : dateOfBirth(person.BIRTH_DTTM, naming('DIM_PERSON.BIRTH_DTTM', context));
}

/** The newest that has not ended and is not only for letters. */
const currentAddress = (id: RecordId, { addresses }: WhatElse, context: DecodeContext) =>
  addresses.find(
    (one) =>
      String(one.DIM_PERSON_ID) === id &&
      bareCode(one.ADDSS_TYPE_CODE, context) !== 'CORR' &&
      isPast(one.END_DTTM, naming('DIM_PERSON_ADDRESS.END_DTTM', context)) === false,
  );

function namesOf(person: Person, context: DecodeContext): IndexRecord['names'] {
  const familyName = text(person.SURNAME, context);
  const current = { givenName: text(person.FORENAME, context), familyName, kind: 'CURRENT' } as const;
  const knownAs = text(person.KNOWN_AS, context);
  return knownAs === null ? [current] : [current, { givenName: knownAs, familyName, kind: 'PREFERRED' }];
}

function identifiersOf(person: Person, context: DecodeContext): IndexRecord['identifiers'] {
  const pupil = compact(person.UPN, context);
  const numbers = {
    UPN: pupil !== null && NO_UPN.test(pupil) ? null : pupil,
    NHS_NUMBER: compact(person.NHS_NUMBER, context),
  };
  const local = { system: 'LOCAL', value: String(person.DIM_PERSON_ID), verified: true } as const;
  const others = (['UPN', 'NHS_NUMBER'] as const).flatMap((system) => {
    const value = numbers[system];
    // Taken down from referrals, not traced with who issues them.
    return value === null ? [] : [{ system, value, verified: false }];
  });
  return [...others, local];
}

/** A code that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(person: Person, context: DecodeContext): readonly Protection[] {
  const code = bareCode(person.RESTRICTED_CODE, context);
  if (code === null || code === 'N' || code === '0') return [];
  if (code === 'A') return ['PLACE_SHIELD'];
  if (code !== 'P') context.note('unknown code, taken for a protected person');
  return ['PROTECTED'];
}

function relatedTo(id: RecordId, { relations }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return relations.flatMap((relation) => {
    const [one, two] = [String(relation.DIM_PERSON_ID), String(relation.RELATED_DIM_PERSON_ID)];
    if (one !== id && two !== id) return [];
    const flag = naming('FACT_RELATIONSHIPS.SAME_HOUSEHOLD_FLAG', context);
    return [
      { record: one === id ? two : one, sameHousehold: yesNo(relation.SAME_HOUSEHOLD_FLAG, flag) === true },
    ];
  });
}

/** Who a child or adult of children's services is, and what the person index is fed. What is sealed is kept from everybody. */
import {
  type ColumnOf,
  hasCode,
  hasOtherCode,
  indexOf,
  isFilled,
  type Predicate,
  personOf,
  unless,
  wordsOf,
} from '../contract.ts';
import {
  ADDRESS_KINDS,
  CONTACT_KINDS,
  FOSTER_CARERS,
  GENDERS,
  isUnsealed,
  livesThere,
  mergedInto,
  NO_NUMBERS,
  NO_SEAL,
  pupilNumber,
} from './codes.ts';
import type { ChildrensServicesTables } from './tables.ts';

const {
  birth,
  code,
  column,
  columns,
  day,
  flag,
  identifier,
  instant,
  restriction,
  rowsOf,
  source,
  text,
  value,
} = wordsOf<ChildrensServicesTables>();

export type Column = ColumnOf<ChildrensServicesTables>;
type Sealed = {
  [T in keyof ChildrensServicesTables]: 'SEAL_CODE' extends keyof ChildrensServicesTables[T] ? T : never;
}[keyof ChildrensServicesTables];

/**
 * What is kept from everybody, whoever asks: records as they were before an adoption order, with every row about them,
 * and rows that are sealed one by one (adoption, legal privilege, third parties). A seal that cannot be read is a seal.
 */
export const beforeAdoption = (of: Column) =>
  ({ table: 'FACT_ADOPTION_SEALS', on: ['FACT_ADOPTION_SEALS.DIM_PERSON_ID', of] }) as const;
const notBeforeAdoption: Predicate<Column> = {
  column: 'FACT_ADOPTION_SEALS.FACT_ADOPTION_SEAL_ID',
  isNull: true,
};
/** In words, for the scope. */
const NEVER = 'anything from before an adoption, under legal privilege or about third parties';
export const unsealed = (table: Sealed, ...more: readonly Predicate<Column>[]) => ({
  only: { all: [notBeforeAdoption, hasCode<Column>(`${table}.SEAL_CODE`, NO_SEAL), ...more] },
  never: NEVER,
});

const PERSON = 'DIM_PERSON.DIM_PERSON_ID';
export const somebody = source({
  table: 'DIM_PERSON',
  join: [beforeAdoption(PERSON)],
  person: PERSON,
  record: [PERSON],
  asOf: instant('DIM_PERSON.UPDATED_DTTM'),
  only: notBeforeAdoption,
  never: NEVER,
});

/** The seal looked at here is the other person's. Who fosters a child is where the child is: never in a household. */
export const relationship = rowsOf(
  'FACT_RELATIONSHIPS',
  'DIM_PERSON_ID',
  ['DIM_PERSON_ID', 'RELATED_DIM_PERSON_ID'],
  {
    asOf: 'UPDATED_DTTM',
    join: [
      { table: 'DIM_PERSON', on: [PERSON, 'FACT_RELATIONSHIPS.RELATED_DIM_PERSON_ID'] },
      beforeAdoption('FACT_RELATIONSHIPS.RELATED_DIM_PERSON_ID'),
    ],
    otherPerson: 'FACT_RELATIONSHIPS.RELATED_DIM_PERSON_ID',
    ...unsealed('FACT_RELATIONSHIPS', hasOtherCode('FACT_RELATIONSHIPS.RELATION_CODE', FOSTER_CARERS)),
    never: `${NEVER}, nor foster carers`,
  },
);
export const sameHousehold = flag('FACT_RELATIONSHIPS.SAME_HOUSEHOLD_FLAG');

const reachedFrom = day('DIM_PERSON_CONTACTS.START_DTTM');
const livedFrom = day('DIM_PERSON_ADDRESS.START_DTTM');
const livedTo = day('DIM_PERSON_ADDRESS.END_DTTM');
const addressKind = code('DIM_PERSON_ADDRESS.ADDSS_TYPE_CODE', ADDRESS_KINDS);
/** Addresses of kinds that are known not to be placements. */
const address = rowsOf('DIM_PERSON_ADDRESS', 'DIM_PERSON_ID', 'DIM_PERSON_ADDRESS_ID', {
  asOf: 'UPDATED_DTTM',
  join: [beforeAdoption('DIM_PERSON_ADDRESS.DIM_PERSON_ID')],
  newestFirst: livedFrom,
  ...unsealed(
    'DIM_PERSON_ADDRESS',
    hasCode('DIM_PERSON_ADDRESS.ADDSS_TYPE_CODE', Object.keys(ADDRESS_KINDS)),
  ),
  never: `${NEVER}, nor where a child is placed`,
});

export const person = personOf<ChildrensServicesTables>({
  source: somebody,
  givenName: text('DIM_PERSON.FORENAME'),
  familyName: text('DIM_PERSON.SURNAME'),
  otherNames: [{ kind: 'PREFERRED', givenName: text('DIM_PERSON.KNOWN_AS') }],
  born: birth('DIM_PERSON.BIRTH_DTTM', 'DIM_PERSON.DOB_ESTIMATED'),
  sex: code('DIM_PERSON.GENDER_MAIN_CODE', GENDERS),
  deceased: flag('DIM_PERSON.DECEASED_FLAG'),
  // Taken down from referrals, not traced with who issues them.
  identifiers: [
    identifier('UPN', 'DIM_PERSON.UPN', {
      verified: false,
      // It names the authority and the school that gave it.
      place: true,
      decode: pupilNumber,
      fed: column('DIM_PERSON.UPN', pupilNumber),
      // Else a reason stands there why there is no number, or nothing.
      rows: { all: [isFilled('DIM_PERSON.UPN'), hasOtherCode('DIM_PERSON.UPN', NO_NUMBERS)] },
    }),
    identifier('NHS_NUMBER', 'DIM_PERSON.NHS_NUMBER', { verified: false }),
    identifier('LOCAL', PERSON),
  ],
  safeContact: value(somebody, text('DIM_PERSON.SAFE_CONTACT_TXT', { freeText: true })),
  contact: {
    source: rowsOf('DIM_PERSON_CONTACTS', 'DIM_PERSON_ID', 'DIM_PERSON_CONTACT_ID', {
      asOf: 'UPDATED_DTTM',
      join: [beforeAdoption('DIM_PERSON_CONTACTS.DIM_PERSON_ID')],
      newestFirst: reachedFrom,
      ...unsealed('DIM_PERSON_CONTACTS'),
    }),
    kind: code('DIM_PERSON_CONTACTS.CONTACT_TYPE_CODE', CONTACT_KINDS),
    value: 'DIM_PERSON_CONTACTS.CONTACT_VALUE',
    from: reachedFrom,
    safe: flag('DIM_PERSON_CONTACTS.SAFE_FLAG'),
  },
  addresses: {
    source: address,
    lines: ['DIM_PERSON_ADDRESS.ADDRESS_TXT'],
    postcode: 'DIM_PERSON_ADDRESS.POSTCODE',
    uprn: 'DIM_PERSON_ADDRESS.UPRN',
    kind: addressKind,
    from: livedFrom,
    to: livedTo,
    // Lived at now: not for letters only.
    current: {
      ...livedTo.isRunning,
      rows: { all: [livedTo.isRunning.rows, addressKind.notIn('CORRESPONDENCE')] },
    },
  },
});

/**
 * Records as they were before an adoption order are not fed, nor are duplicates of them: nobody may ever be led from who
 * somebody was to who they are.
 */
export const index = indexOf(person, {
  merged: columns(['DIM_PERSON.DUPLICATED_DTTM', 'DIM_PERSON.MERGED_DIM_PERSON_ID'], mergedInto),
  // An estimate is no feature to match on.
  born: unless(birth('DIM_PERSON.BIRTH_DTTM'), flag('DIM_PERSON.DOB_ESTIMATED')),
  protection: restriction('DIM_PERSON.RESTRICTED_CODE'),
  home: {
    source: address,
    postcode: 'DIM_PERSON_ADDRESS.POSTCODE',
    uprn: 'DIM_PERSON_ADDRESS.UPRN',
    current: columns(
      ['DIM_PERSON_ADDRESS.ADDSS_TYPE_CODE', 'DIM_PERSON_ADDRESS.SEAL_CODE', 'DIM_PERSON_ADDRESS.END_DTTM'],
      livesThere,
    ),
  },
  relatives: [
    { rows: relationship, sameHousehold, counts: column('FACT_RELATIONSHIPS.SEAL_CODE', isUnsealed) },
  ],
  excluded: { person: 'FACT_WORKER_EXCLUSIONS.DIM_PERSON_ID', staff: 'FACT_WORKER_EXCLUSIONS.STAFF_REF' },
  never: { named: 'FACT_ADOPTION_SEALS.DIM_PERSON_ID', by: [PERSON, 'DIM_PERSON.MERGED_DIM_PERSON_ID'] },
});

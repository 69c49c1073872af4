import {
  compact,
  type Decoder,
  dateAccuracy,
  dateOfBirth,
  fieldsOf,
  IDENTIFIER_SYSTEMS,
  isFilled,
  joined,
  meaning,
  noPlace,
  onlyOf,
  type SectionSource,
  text,
  yesNo,
} from '../contract.ts';
import { GENDERS } from './codes.ts';
import { NO_PUPIL_NUMBER } from './national-codes.ts';
import { person } from './sources.ts';
import type { ChildrensServicesTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<ChildrensServicesTables>();

const name = columns(['DIM_PERSON.FORENAME', 'DIM_PERSON.SURNAME'], joined, noPlace);
const givenName = column('DIM_PERSON.FORENAME', text, noPlace);
const familyName = column('DIM_PERSON.SURNAME', text, noPlace);
const born = column('DIM_PERSON.BIRTH_DTTM', dateOfBirth);
const sex = column('DIM_PERSON.GENDER_MAIN_CODE', meaning(GENDERS));

export const identity: SectionSource<ChildrensServicesTables> = {
  name: value(person, name),
  givenName: value(person, givenName),
  familyName: value(person, familyName),
  dateOfBirth: value(person, born),
  dateOfBirthAccuracy: value(
    person,
    columns(['DIM_PERSON.BIRTH_DTTM', 'DIM_PERSON.DOB_ESTIMATED'], dateAccuracy),
  ),
  sex: value(person, sex),
  deceased: value(person, column('DIM_PERSON.DECEASED_FLAG', yesNo)),
  records: lists(
    list(person, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(
      person,
      {
        name: columns(['DIM_PERSON.KNOWN_AS', 'DIM_PERSON.SURNAME'], joined, noPlace),
        givenName: column('DIM_PERSON.KNOWN_AS', text, noPlace),
        familyName,
        dateOfBirth: born,
        sex,
        kind: always('PREFERRED'),
      },
      { where: isFilled('DIM_PERSON.KNOWN_AS') },
    ),
  ),
};

/** A letter and twelve digits, or eleven and a letter where the number is temporary. */
const PUPIL_NUMBER = /^[A-Z]\d{11}[\dA-Z]$/;
const NO_NUMBERS = Object.keys(NO_PUPIL_NUMBER);

/** Null where the reason stands why there is none, and for anything else that is no pupil number, which is noted. */
export const pupilNumber: Decoder<string | null> = (cell, context) => {
  const written = compact(cell, context);
  if (written === null || NO_NUMBERS.includes(written)) return null;
  if (PUPIL_NUMBER.test(written)) return written;
  context.note('not a pupil number');
  return null;
};

const ofSystem = (system: 'UPN' | 'NHS_NUMBER' | 'LOCAL') => ({
  system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, system),
});
/** The column is wide enough for a number; what is shorter is a reason, or nothing. */
const mayBeNumber = {
  all: [
    isFilled('DIM_PERSON.UPN'),
    { column: 'DIM_PERSON.UPN', notIn: NO_NUMBERS.flatMap((code) => [code, code.toLowerCase(), `${code} `]) },
  ],
} as const;

export const identifiers: SectionSource<ChildrensServicesTables> = {
  items: lists(
    list(
      person,
      {
        system: always('UPN'),
        // It names the authority and the school that gave it.
        value: column('DIM_PERSON.UPN', pupilNumber, { place: true }),
        // Taken down from referrals, not traced with who issues them.
        verified: always(false),
      },
      { where: mayBeNumber, rows: ofSystem('UPN') },
    ),
    list(
      person,
      {
        system: always('NHS_NUMBER'),
        value: column('DIM_PERSON.NHS_NUMBER', compact, noPlace),
        verified: always(false),
      },
      { where: isFilled('DIM_PERSON.NHS_NUMBER'), rows: ofSystem('NHS_NUMBER') },
    ),
    list(
      person,
      {
        system: always('LOCAL'),
        value: column('DIM_PERSON.DIM_PERSON_ID', compact, noPlace),
        verified: always(true),
      },
      { rows: ofSystem('LOCAL') },
    ),
  ),
};

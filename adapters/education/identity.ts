import {
  codedValue,
  compact,
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
  textList,
  yesNo,
} from '../contract.ts';
import { ETHNICITIES, LANGUAGES, SEXES } from './codes.ts';
import { pupil } from './sources.ts';
import type { EducationTables } from './tables.ts';
import { isPupilNumber } from './upn.ts';

const { always, column, columns, list, lists, value } = fieldsOf<EducationTables>();

const name = columns(['STUD.FORENAME', 'STUD.SURNAME'], joined, noPlace);
const givenName = column('STUD.FORENAME', text, noPlace);
const familyName = column('STUD.SURNAME', text, noPlace);
const born = column('STUD.DOB', dateOfBirth);
const sex = column('STUD.SEX', meaning(SEXES));

export const identity: SectionSource<EducationTables> = {
  name: value(pupil, name),
  givenName: value(pupil, givenName),
  familyName: value(pupil, familyName),
  dateOfBirth: value(pupil, born),
  dateOfBirthAccuracy: value(pupil, columns(['STUD.DOB', 'STUD.DOB_EST'], dateAccuracy)),
  sex: value(pupil, sex),
  records: lists(
    list(pupil, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(
      pupil,
      {
        name: columns(['STUD.KNOWN_AS', 'STUD.SURNAME'], joined, noPlace),
        givenName: column('STUD.KNOWN_AS', text, noPlace),
        familyName,
        dateOfBirth: born,
        sex,
        kind: always('PREFERRED'),
      },
      { where: isFilled('STUD.KNOWN_AS') },
    ),
  ),
};

const ofSystem = (system: 'UPN' | 'LOCAL') => ({
  system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, system),
});

export const identifiers: SectionSource<EducationTables> = {
  items: lists(
    list(
      pupil,
      {
        system: always('UPN'),
        // Its digits name the authority and the school that gave it: perhaps one that nobody may learn of.
        value: column('STUD.UPN', compact, { place: true }),
        verified: column('STUD.UPN', isPupilNumber, { place: true }),
      },
      { where: isFilled('STUD.UPN'), rows: ofSystem('UPN') },
    ),
    list(
      pupil,
      { system: always('LOCAL'), value: column('STUD.STUD_ID', compact, noPlace), verified: always(true) },
      { rows: ofSystem('LOCAL') },
    ),
  ),
};

/** Special educational needs are in the section of education: a school holds no list of disabilities. */
export const demographics: SectionSource<EducationTables> = {
  records: list(pupil, {
    ethnicity: column('STUD.ETH', codedValue(ETHNICITIES, 'School census ethnicity'), noPlace),
    language: column('STUD.LANG', codedValue(LANGUAGES, 'School census first language'), noPlace),
    interpreterNeeded: column('STUD.INTERP_YN', yesNo),
    communicationNeeds: column('STUD.COMM_NEED', textList, { freeText: true }),
  }),
};

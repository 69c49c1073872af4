import {
  compact,
  type Decoder,
  date,
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
import { SEXES } from './codes.ts';
import { claimant } from './sources.ts';
import type { WorkAndPensionsTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<WorkAndPensionsTables>();

const name = columns(['CLMNT.FORENAME', 'CLMNT.SURNAME'], joined, noPlace);
const givenName = column('CLMNT.FORENAME', text, noPlace);
const familyName = column('CLMNT.SURNAME', text, noPlace);
const born = column('CLMNT.DOB', dateOfBirth);
const sex = column('CLMNT.SEX', meaning(SEXES));

/** Every death that is registered is told to the department, so a blank says that none is. */
const isDeceased: Decoder<boolean | null> = (cell, context) => {
  const blank = cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
  if (blank) return false;
  return date(cell, context) === null ? null : true;
};

export const identity: SectionSource<WorkAndPensionsTables> = {
  name: value(claimant, name),
  givenName: value(claimant, givenName),
  familyName: value(claimant, familyName),
  dateOfBirth: value(claimant, born),
  dateOfBirthAccuracy: value(claimant, columns(['CLMNT.DOB', 'CLMNT.DOB_EST'], dateAccuracy)),
  sex: value(claimant, sex),
  deceased: value(claimant, column('CLMNT.DOD', isDeceased)),
  records: lists(
    list(claimant, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(
      claimant,
      {
        name: columns(['CLMNT.FORENAME', 'CLMNT.PREV_SNM'], joined, noPlace),
        givenName,
        familyName: column('CLMNT.PREV_SNM', text, noPlace),
        dateOfBirth: born,
        sex,
        kind: always('FORMER'),
      },
      { where: isFilled('CLMNT.PREV_SNM') },
    ),
  ),
};

export const identifiers: SectionSource<WorkAndPensionsTables> = {
  items: list(
    claimant,
    {
      system: always('NINO'),
      value: column('CLMNT.NINO', compact, noPlace),
      verified: column('CLMNT.NINO_VER', yesNo),
    },
    { rows: { system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, 'NINO') } },
  ),
};

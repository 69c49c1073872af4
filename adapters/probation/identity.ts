import {
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
  yesNo,
} from '../contract.ts';
import { GENDERS } from './codes.ts';
import { alias, offender } from './sources.ts';
import type { ProbationTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<ProbationTables>();

const name = columns(['OFFENDER.FIRST_NAME', 'OFFENDER.SURNAME'], joined, noPlace);
const givenName = column('OFFENDER.FIRST_NAME', text, noPlace);
const familyName = column('OFFENDER.SURNAME', text, noPlace);
const born = column('OFFENDER.DATE_OF_BIRTH', dateOfBirth);
const sex = column('OFFENDER.GENDER', meaning(GENDERS));

export const identity: SectionSource<ProbationTables> = {
  name: value(offender, name),
  givenName: value(offender, givenName),
  familyName: value(offender, familyName),
  dateOfBirth: value(offender, born),
  dateOfBirthAccuracy: value(offender, columns(['OFFENDER.DATE_OF_BIRTH', 'OFFENDER.DOB_EST'], dateAccuracy)),
  sex: value(offender, sex),
  deceased: value(offender, column('OFFENDER.DECEASED', yesNo)),
  records: lists(
    list(offender, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(alias, {
      name: columns(['ALIAS.FIRST_NAME', 'ALIAS.SURNAME'], joined, noPlace),
      givenName: column('ALIAS.FIRST_NAME', text, noPlace),
      familyName: column('ALIAS.SURNAME', text, noPlace),
      dateOfBirth: column('ALIAS.DATE_OF_BIRTH', dateOfBirth),
      sex: always(null),
      kind: always('ALIAS'),
    }),
  ),
};

/** The service issues the CRN alone; other numbers are copied from what the courts and the police sent. */
export const identifiers: SectionSource<ProbationTables> = {
  items: lists(
    numbers('CRN', 'OFFENDER.CRN', true),
    numbers('NOMS', 'OFFENDER.NOMS_NUMBER', null),
    numbers('PNC', 'OFFENDER.PNC_NUMBER', null),
    numbers('CRO', 'OFFENDER.CRO_NUMBER', null),
    numbers('NINO', 'OFFENDER.NINO', null),
  ),
};

type Column = 'CRN' | 'NOMS_NUMBER' | 'PNC_NUMBER' | 'CRO_NUMBER' | 'NINO';

function numbers(
  system: 'CRN' | 'NOMS' | 'PNC' | 'CRO' | 'NINO',
  from: `OFFENDER.${Column}`,
  verified: true | null,
) {
  return list(
    offender,
    { system: always(system), value: column(from, compact, noPlace), verified: always(verified) },
    {
      where: isFilled(from),
      rows: { system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, system) },
    },
  );
}

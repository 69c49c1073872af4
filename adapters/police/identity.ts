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
import { ALIAS_KINDS, SEXES } from './codes.ts';
import { alias, nominal } from './sources.ts';
import type { PoliceTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<PoliceTables>();

const name = columns(['T_NOMINAL.FORENAME1', 'T_NOMINAL.SURNAME'], joined, noPlace);
const givenName = column('T_NOMINAL.FORENAME1', text, noPlace);
const familyName = column('T_NOMINAL.SURNAME', text, noPlace);
const born = column('T_NOMINAL.DOB', dateOfBirth);
const sex = column('T_NOMINAL.SEX_CD', meaning(SEXES));

export const identity: SectionSource<PoliceTables> = {
  name: value(nominal, name),
  givenName: value(nominal, givenName),
  familyName: value(nominal, familyName),
  dateOfBirth: value(nominal, born),
  dateOfBirthAccuracy: value(nominal, columns(['T_NOMINAL.DOB', 'T_NOMINAL.DOB_EST_FLG'], dateAccuracy)),
  sex: value(nominal, sex),
  deceased: value(nominal, column('T_NOMINAL.DECD_FLG', yesNo)),
  records: lists(
    list(nominal, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(alias, {
      name: columns(['T_ALIAS.FORENAME1', 'T_ALIAS.SURNAME'], joined, noPlace),
      givenName: column('T_ALIAS.FORENAME1', text, noPlace),
      familyName: column('T_ALIAS.SURNAME', text, noPlace),
      dateOfBirth: column('T_ALIAS.DOB', dateOfBirth),
      sex: always(null),
      kind: column('T_ALIAS.ALIAS_TYP', meaning(ALIAS_KINDS)),
    }),
  ),
};

export const identifiers: SectionSource<PoliceTables> = {
  items: lists(
    numbers('PNC', 'T_NOMINAL.PNC_ID'),
    numbers('CRO', 'T_NOMINAL.CRO_NO'),
    numbers('LOCAL', 'T_NOMINAL.NOM_ID'),
  ),
};

function numbers(
  system: 'PNC' | 'CRO' | 'LOCAL',
  from: 'T_NOMINAL.PNC_ID' | 'T_NOMINAL.CRO_NO' | 'T_NOMINAL.NOM_ID',
) {
  return list(
    nominal,
    // The force enters its own people on the national computer: the numbers are the issuer's.
    { system: always(system), value: column(from, compact, noPlace), verified: always(true) },
    {
      where: isFilled(from),
      rows: { system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, system) },
    },
  );
}

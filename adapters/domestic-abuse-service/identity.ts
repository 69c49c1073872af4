import {
  dateAccuracy,
  dateOfBirth,
  fieldsOf,
  isFilled,
  joined,
  meaning,
  noPlace,
  type SectionSource,
  text,
  yesNo,
} from '../contract.ts';
import { SEXES } from './codes.ts';
import { client } from './sources.ts';
import type { DomesticAbuseTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<DomesticAbuseTables>();

const name = columns(['CLIENT.FORENAME', 'CLIENT.SURNAME'], joined, noPlace);
const givenName = column('CLIENT.FORENAME', text, noPlace);
const familyName = column('CLIENT.SURNAME', text, noPlace);
const born = column('CLIENT.DOB', dateOfBirth);
const sex = column('CLIENT.SEX', meaning(SEXES));

export const identity: SectionSource<DomesticAbuseTables> = {
  name: value(client, name),
  givenName: value(client, givenName),
  familyName: value(client, familyName),
  dateOfBirth: value(client, born),
  dateOfBirthAccuracy: value(client, columns(['CLIENT.DOB', 'CLIENT.DOB_EST'], dateAccuracy)),
  sex: value(client, sex),
  deceased: value(client, column('CLIENT.DECD_YN', yesNo)),
  records: lists(
    list(client, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(
      client,
      {
        name: columns(['CLIENT.KNOWN_AS', 'CLIENT.SURNAME'], joined, noPlace),
        givenName: column('CLIENT.KNOWN_AS', text, noPlace),
        familyName,
        dateOfBirth: born,
        sex,
        kind: always('PREFERRED'),
      },
      { where: isFilled('CLIENT.KNOWN_AS') },
    ),
  ),
};

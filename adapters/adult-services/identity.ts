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
import { SEXES } from './codes.ts';
import { client } from './sources.ts';
import type { AdultTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<AdultTables>();

const name = columns(['ASC_CLIENT.FORENAME', 'ASC_CLIENT.SURNAME'], joined, noPlace);
const givenName = column('ASC_CLIENT.FORENAME', text, noPlace);
const familyName = column('ASC_CLIENT.SURNAME', text, noPlace);
const born = column('ASC_CLIENT.DOB', dateOfBirth);
const sex = column('ASC_CLIENT.SEX', meaning(SEXES));

export const identity: SectionSource<AdultTables> = {
  name: value(client, name),
  givenName: value(client, givenName),
  familyName: value(client, familyName),
  dateOfBirth: value(client, born),
  dateOfBirthAccuracy: value(client, columns(['ASC_CLIENT.DOB', 'ASC_CLIENT.DOB_EST'], dateAccuracy)),
  sex: value(client, sex),
  deceased: value(client, column('ASC_CLIENT.DECEASED', yesNo)),
  records: lists(
    list(client, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(
      client,
      {
        name: columns(['ASC_CLIENT.KNOWN_AS', 'ASC_CLIENT.SURNAME'], joined, noPlace),
        givenName: column('ASC_CLIENT.KNOWN_AS', text, noPlace),
        familyName,
        dateOfBirth: born,
        sex,
        kind: always('PREFERRED'),
      },
      { where: isFilled('ASC_CLIENT.KNOWN_AS') },
    ),
  ),
};

const ofSystem = (system: 'NHS_NUMBER' | 'LOCAL') => ({
  system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, system),
});

export const identifiers: SectionSource<AdultTables> = {
  items: lists(
    list(
      client,
      {
        system: always('NHS_NUMBER'),
        value: column('ASC_CLIENT.NHS_NO', compact, noPlace),
        verified: column('ASC_CLIENT.NHS_CHK', yesNo),
      },
      { where: isFilled('ASC_CLIENT.NHS_NO'), rows: ofSystem('NHS_NUMBER') },
    ),
    list(
      client,
      {
        system: always('LOCAL'),
        value: column('ASC_CLIENT.ASC_ID', compact, noPlace),
        verified: always(true),
      },
      { rows: ofSystem('LOCAL') },
    ),
  ),
};

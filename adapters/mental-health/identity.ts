import {
  codedValue,
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
  textList,
  yesNo,
} from '../contract.ts';
import {
  ALIAS_KINDS,
  DISABILITIES,
  ETHNIC_CATEGORIES,
  GENDERS,
  LANGUAGES,
  VERIFIED_STATUS,
} from './codes.ts';
import { alias, client } from './sources.ts';
import type { MentalHealthTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<MentalHealthTables>();
const DICTIONARY = 'NHS Data Dictionary';

const name = columns(['Client.Forename', 'Client.Surname'], joined, noPlace);
const givenName = column('Client.Forename', text, noPlace);
const familyName = column('Client.Surname', text, noPlace);
const born = column('Client.DOB', dateOfBirth);
const sex = column('Client.Gender', meaning(GENDERS));

export const identity: SectionSource<MentalHealthTables> = {
  name: value(client, name),
  givenName: value(client, givenName),
  familyName: value(client, familyName),
  dateOfBirth: value(client, born),
  dateOfBirthAccuracy: value(client, columns(['Client.DOB', 'Client.DOBEstYN'], dateAccuracy)),
  sex: value(client, sex),
  deceased: value(client, column('Client.DeceasedYN', yesNo)),
  records: lists(
    list(client, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(alias, {
      name: columns(['ClientAlias.Forename', 'ClientAlias.Surname'], joined, noPlace),
      givenName: column('ClientAlias.Forename', text, noPlace),
      familyName: column('ClientAlias.Surname', text, noPlace),
      dateOfBirth: always(null),
      sex: always(null),
      kind: column('ClientAlias.AliasType', meaning(ALIAS_KINDS)),
    }),
  ),
};

const ofSystem = (system: 'NHS_NUMBER' | 'LOCAL') => ({
  system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, system),
});
const traced: Decoder<boolean | null> = (cell, context) => {
  const status = text(cell, context);
  return status === null ? null : status === VERIFIED_STATUS;
};

export const identifiers: SectionSource<MentalHealthTables> = {
  items: lists(
    list(
      client,
      {
        system: always('NHS_NUMBER'),
        value: column('Client.NHSNumber', compact, noPlace),
        verified: column('Client.NHSNumStatus', traced),
      },
      { where: isFilled('Client.NHSNumber'), rows: ofSystem('NHS_NUMBER') },
    ),
    list(
      client,
      { system: always('LOCAL'), value: column('Client.ClientID', compact, noPlace), verified: always(true) },
      { rows: ofSystem('LOCAL') },
    ),
  ),
};

const disability = codedValue(DISABILITIES, `${DICTIONARY} disability`);
export const demographics: SectionSource<MentalHealthTables> = {
  records: list(client, {
    ethnicity: column(
      'Client.EthnicCat',
      codedValue(ETHNIC_CATEGORIES, `${DICTIONARY} ethnic category`),
      noPlace,
    ),
    language: column('Client.MainLang', codedValue(LANGUAGES, 'ISO 639-2'), noPlace),
    interpreterNeeded: column('Client.InterpYN', yesNo),
    communicationNeeds: column('Client.CommNeeds', textList, { freeText: true }),
    disability: column(
      'Client.DisabilityCd',
      (cell, context) => {
        const one = disability(cell, context);
        return one && [one];
      },
      noPlace,
    ),
  }),
};

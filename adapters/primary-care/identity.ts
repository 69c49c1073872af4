import {
  bareCode,
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
import { PDS_SECURITY, SEXES } from './codes.ts';
import { patient } from './sources.ts';
import type { PrimaryCareTables } from './tables.ts';

const { always, column, columns, list, lists, value } = fieldsOf<PrimaryCareTables>();

const name = columns(['PATIENT.FORENAME', 'PATIENT.SURNAME'], joined, noPlace);
const givenName = column('PATIENT.FORENAME', text, noPlace);
const familyName = column('PATIENT.SURNAME', text, noPlace);
const born = column('PATIENT.DOB', dateOfBirth);
const sex = column('PATIENT.SEX', meaning(SEXES));

export const identity: SectionSource<PrimaryCareTables> = {
  name: value(patient, name),
  givenName: value(patient, givenName),
  familyName: value(patient, familyName),
  dateOfBirth: value(patient, born),
  dateOfBirthAccuracy: value(patient, columns(['PATIENT.DOB', 'PATIENT.DOB_EST'], dateAccuracy)),
  sex: value(patient, sex),
  deceased: value(patient, column('PATIENT.DECD_YN', yesNo)),
  records: lists(
    list(patient, { name, givenName, familyName, dateOfBirth: born, sex, kind: always('CURRENT') }),
    list(
      patient,
      {
        name: columns(['PATIENT.KNOWN_AS', 'PATIENT.SURNAME'], joined, noPlace),
        givenName: column('PATIENT.KNOWN_AS', text, noPlace),
        familyName,
        dateOfBirth: born,
        sex,
        kind: always('PREFERRED'),
      },
      { where: isFilled('PATIENT.KNOWN_AS') },
    ),
  ),
};

/**
 * Whether PDS stands behind the NHS number: it does for people it traced, restricted ones too, and does not where it
 * found its record invalid or where the code cannot be read.
 */
export const traced: Decoder<boolean | null> = (cell, context) => {
  if (bareCode(cell, context) === null) return null;
  const security = meaning(PDS_SECURITY)(cell, context);
  return security === 'UNRESTRICTED' || security === 'RESTRICTED';
};

const ofSystem = (system: 'NHS_NUMBER' | 'LOCAL') => ({
  system: onlyOf('Only identifiers of these systems.', IDENTIFIER_SYSTEMS, system),
});

export const identifiers: SectionSource<PrimaryCareTables> = {
  items: lists(
    list(
      patient,
      {
        system: always('NHS_NUMBER'),
        value: column('PATIENT.NHS_NO', compact, noPlace),
        verified: column('PATIENT.PDS_SEC', traced),
      },
      { where: isFilled('PATIENT.NHS_NO'), rows: ofSystem('NHS_NUMBER') },
    ),
    list(
      patient,
      {
        system: always('LOCAL'),
        value: column('PATIENT.PATIENT_ID', compact, noPlace),
        verified: always(true),
      },
      { rows: ofSystem('LOCAL') },
    ),
  ),
};

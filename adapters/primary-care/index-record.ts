import {
  bareCode,
  compact,
  type DecodeContext,
  dateOfBirth,
  type IndexRecord,
  isPast,
  meaning,
  naming,
  type Protection,
  type RecordId,
  text,
  yesNo,
} from '../contract.ts';
import { PDS_SECURITY, SEXES } from './codes.ts';
import type { Patient, WhatElse } from './index-rows.ts';

/** One row with all that stands about it elsewhere, as the person index takes it. */
export function recordOf(patient: Patient, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = patient.PATIENT_ID;
  const address = currentAddress(id, about, context);
  const security = meaning(PDS_SECURITY)(patient.PDS_SEC, naming('PATIENT.PDS_SEC', context));
  return {
    record: id,
    mergedInto: text(patient.MERGED_TO, context),
    names: namesOf(patient, context),
    dateOfBirth: dateOfBirth(patient.DOB, naming('PATIENT.DOB', context)),
    sex: meaning(SEXES)(patient.SEX, naming('PATIENT.SEX', context)),
    postcode: compact(address?.POSTCODE, context),
    place: compact(address?.UPRN, context),
    identifiers: identifiersOf(patient, security, context),
    protections: protectionsOf(patient, security, context),
    related: relatedTo(id, about, context),
    adverse: [],
    excludedStaff: about
      .exclusions(id)
      .map((one) => one.STAFF_ID.trim())
      .filter((staff) => staff !== ''),
  };
}

type Security = (typeof PDS_SECURITY)[keyof typeof PDS_SECURITY] | null;

const currentAddress = (id: RecordId, { addresses }: WhatElse, context: DecodeContext) =>
  addresses(id).find(
    (one) =>
      yesNo(one.CURR_YN, naming('PATIENT_ADDR.CURR_YN', context)) === true &&
      isPast(one.END_DT, naming('PATIENT_ADDR.END_DT', context)) === false,
  );

function namesOf(patient: Patient, context: DecodeContext): IndexRecord['names'] {
  const familyName = text(patient.SURNAME, context);
  const current = { givenName: text(patient.FORENAME, context), familyName, kind: 'CURRENT' } as const;
  const knownAs = text(patient.KNOWN_AS, context);
  return knownAs === null ? [current] : [current, { givenName: knownAs, familyName, kind: 'PREFERRED' }];
}

/** The number of an invalid PDS record may be anybody's: nobody is linked by it. */
function identifiersOf(
  patient: Patient,
  security: Security,
  context: DecodeContext,
): IndexRecord['identifiers'] {
  const local = { system: 'LOCAL', value: patient.PATIENT_ID, verified: true } as const;
  const number = compact(patient.NHS_NO, context);
  if (number === null || security === 'INVALID') return [local];
  return [{ system: 'NHS_NUMBER', value: number, verified: security !== null }, local];
}

/** A code that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(patient: Patient, security: Security, context: DecodeContext): readonly Protection[] {
  if (security === 'RESTRICTED') return ['PLACE_SHIELD'];
  const unreadable = security === null && bareCode(patient.PDS_SEC, context) !== null;
  return unreadable ? ['PROTECTED'] : [];
}

/**
 * Relatives of restricted people too: nobody is shown them, but who they are is what keeps them, as callers, from
 * each other, and what carries the shield to those who live with one.
 */
function relatedTo(id: RecordId, { relations }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return relations(id).flatMap(({ PATIENT_ID: one, REL_PATIENT_ID: two, SAME_HSE }) => {
    if (one === two) return [];
    const sameHousehold = yesNo(SAME_HSE, naming('PATIENT_REL.SAME_HSE', context)) === true;
    return [{ record: one === id ? two : one, sameHousehold }];
  });
}

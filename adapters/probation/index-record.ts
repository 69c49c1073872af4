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
import { GENDERS, LIVING_THERE } from './codes.ts';
import type { Offender, WhatElse } from './index-rows.ts';

/** One row with all that stands about it elsewhere, as the person index takes it. */
export function recordOf(offender: Offender, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = offender.CRN;
  const address = currentAddress(id, about, context);
  const excludedStaff = excludedFrom(id, about, context);
  return {
    record: id,
    mergedInto: text(offender.MERGED_TO_CRN, context),
    names: namesOf(offender, about, context),
    dateOfBirth: dateOfBirth(offender.DATE_OF_BIRTH, naming('OFFENDER.DATE_OF_BIRTH', context)),
    sex: meaning(GENDERS)(offender.GENDER, naming('OFFENDER.GENDER', context)),
    postcode: compact(address?.POSTCODE, context),
    place: compact(address?.UPRN, context),
    identifiers: identifiersOf(offender, context),
    protections: protectionsOf(offender, excludedStaff, context),
    related: [],
    adverse: [],
    excludedStaff,
  };
}

const currentAddress = (id: RecordId, { addresses }: WhatElse, context: DecodeContext) =>
  addresses(id).find(
    (one) =>
      LIVING_THERE.includes(bareCode(one.STATUS_CD, naming('OFFENDER_ADDRESS.STATUS_CD', context)) ?? '') &&
      isPast(one.TO_DT, naming('OFFENDER_ADDRESS.TO_DT', context)) === false,
  );

function namesOf(offender: Offender, { aliases }: WhatElse, context: DecodeContext): IndexRecord['names'] {
  const name = (row: { FIRST_NAME: string | null; SURNAME: string | null }) => ({
    givenName: text(row.FIRST_NAME, context),
    familyName: text(row.SURNAME, context),
  });
  const others = aliases(offender.CRN).map((alias) => ({ ...name(alias), kind: 'ALIAS' as const }));
  return [{ ...name(offender), kind: 'CURRENT' }, ...others];
}

/** The service issues the CRN; the other numbers are as the courts and the police sent them. */
function identifiersOf(offender: Offender, context: DecodeContext): IndexRecord['identifiers'] {
  const numbers = {
    CRN: offender.CRN,
    NOMS: offender.NOMS_NUMBER,
    PNC: offender.PNC_NUMBER,
    CRO: offender.CRO_NUMBER,
    NINO: offender.NINO,
  } as const;
  return (['CRN', 'NOMS', 'PNC', 'CRO', 'NINO'] as const).flatMap((system) => {
    const value = compact(numbers[system], context);
    return value === null ? [] : [{ system, value, verified: system === 'CRN' }];
  });
}

/** Whoever an exclusion names that has not ended; an end that cannot be read has not come. */
const excludedFrom = (id: RecordId, { exclusions }: WhatElse, context: DecodeContext): readonly string[] =>
  exclusions(id)
    .filter((one) => isPast(one.END_DT, naming('EXCLUSION.END_DT', context)) !== true)
    .map((one) => one.STAFF_CD.trim())
    .filter((staff) => staff !== '');

/**
 * A restricted case is for named staff alone, whom Sightline cannot tell from others: for it, the person is protected.
 * So is one whose exclusion names nobody, and one whose flags cannot be read: they may hide from anybody.
 */
function protectionsOf(
  offender: Offender,
  excludedStaff: readonly string[],
  context: DecodeContext,
): readonly Protection[] {
  const restricted = isSet(offender.CURRENT_RESTRICTION, naming('OFFENDER.CURRENT_RESTRICTION', context));
  const excludes = isSet(offender.CURRENT_EXCLUSION, naming('OFFENDER.CURRENT_EXCLUSION', context));
  return restricted || (excludes && excludedStaff.length === 0) ? ['PROTECTED'] : [];
}

/** True unless the flag plainly says no, or nothing. */
const isSet = (flag: unknown, context: DecodeContext): boolean =>
  text(flag, context) !== null && yesNo(flag, context) !== false;

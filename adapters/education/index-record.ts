import {
  bareCode,
  compact,
  type DecodeContext,
  dateOfBirth,
  type IndexRecord,
  meaning,
  naming,
  type Protection,
  type RecordId,
  text,
  yesNo,
} from '../contract.ts';
import { SEXES } from './codes.ts';
import type { Pupil, WhatElse } from './index-rows.ts';
import { isPupilNumber } from './upn.ts';

/** One row with all that stands about it elsewhere, as the person index takes it. */
export function recordOf(pupil: Pupil, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = pupil.STUD_ID;
  const home = about
    .addresses(id)
    .find((one) => yesNo(one.CURR_FLG, naming('STUD_ADDR.CURR_FLG', context)) === true);
  return {
    record: id,
    mergedInto: text(pupil.MERGED_TO, context),
    names: namesOf(pupil, context),
    dateOfBirth: dateOfBirth(pupil.DOB, naming('STUD.DOB', context)),
    sex: meaning(SEXES)(pupil.SEX, naming('STUD.SEX', context)),
    postcode: compact(home?.POSTCODE, context),
    place: compact(home?.UPRN, context),
    identifiers: identifiersOf(pupil, context),
    protections: protectionsOf(pupil, context),
    related: relatedTo(id, about, context),
    adverse: [],
    excludedStaff: about.exclusions(id).map((one) => one.STAFF_REF.trim()),
  };
}

function namesOf(pupil: Pupil, context: DecodeContext): IndexRecord['names'] {
  const familyName = text(pupil.SURNAME, context);
  const current = { givenName: text(pupil.FORENAME, context), familyName, kind: 'CURRENT' } as const;
  const knownAs = text(pupil.KNOWN_AS, context);
  return knownAs === null ? [current] : [current, { givenName: knownAs, familyName, kind: 'PREFERRED' }];
}

function identifiersOf(pupil: Pupil, context: DecodeContext): IndexRecord['identifiers'] {
  const local = { system: 'LOCAL', value: pupil.STUD_ID, verified: true } as const;
  const number = compact(pupil.UPN, context);
  const verified = isPupilNumber(pupil.UPN, naming('STUD.UPN', context)) === true;
  return number === null ? [local] : [{ system: 'UPN', value: number, verified }, local];
}

/** A code that nobody can read protects as much as any: a slip of the pen must not uncover a child. */
function protectionsOf(pupil: Pupil, context: DecodeContext): readonly Protection[] {
  const code = bareCode(pupil.SENS_CD, context);
  if (code === null || code === 'N' || code === '0') return [];
  if (code === 'A') return ['PLACE_SHIELD'];
  if (code !== 'P') naming('STUD.SENS_CD', context).note('unknown code, taken for a protected person');
  return ['PROTECTED'];
}

/** Brothers, sisters and other pupils of the family, from either end. */
function relatedTo(id: RecordId, { relations }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return relations(id).flatMap((one) => {
    const other = one.STUD_ID === id ? text(one.REL_STUD_ID, context) : one.STUD_ID;
    const sameHousehold = yesNo(one.SAME_ADR, naming('STUD_CONT.SAME_ADR', context)) === true;
    return other !== null && other !== id ? [{ record: other, sameHousehold }] : [];
  });
}

import {
  bareCode,
  compact,
  type DecodeContext,
  dateOfBirth,
  type IndexRecord,
  meaning,
  naming,
  type Protection,
  text,
  yesNo,
} from '../contract.ts';
import { SEXES } from './codes.ts';
import type { Claimant, WhatElse } from './index-rows.ts';
import { isLive } from './live-claim.ts';

/** One row with all that stands about it elsewhere, as the person index takes it. */
export function recordOf(claimant: Claimant, about: WhatElse, context: DecodeContext): IndexRecord {
  const { CLMNT_ID, NINO } = claimant;
  const home = about
    .addresses(NINO)
    .find((one) => yesNo(one.CURR_FLG, naming('ADDR.CURR_FLG', context)) === true);
  return {
    record: CLMNT_ID,
    mergedInto: null,
    names: namesOf(claimant, context),
    dateOfBirth: dateOfBirth(claimant.DOB, naming('CLMNT.DOB', context)),
    sex: meaning(SEXES)(claimant.SEX, naming('CLMNT.SEX', context)),
    postcode: compact(home?.POSTCODE, context),
    place: compact(home?.UPRN, context),
    identifiers: identifiersOf(claimant, context),
    protections: protectionsOf(claimant, context),
    related: relatedTo(CLMNT_ID, about, context),
    adverse: [],
    excludedStaff: about.exclusions(NINO).map((one) => one.STAFF_REF.trim()),
  };
}

function namesOf(claimant: Claimant, context: DecodeContext): IndexRecord['names'] {
  const givenName = text(claimant.FORENAME, context);
  const current = { givenName, familyName: text(claimant.SURNAME, context), kind: 'CURRENT' } as const;
  const before = text(claimant.PREV_SNM, context);
  return before === null ? [current] : [current, { givenName, familyName: before, kind: 'FORMER' }];
}

function identifiersOf(claimant: Claimant, context: DecodeContext): IndexRecord['identifiers'] {
  const value = compact(claimant.NINO, context);
  const verified = yesNo(claimant.NINO_VER, naming('CLMNT.NINO_VER', context)) === true;
  return value === null ? [] : [{ system: 'NINO', value, verified }];
}

/** A code that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(claimant: Claimant, context: DecodeContext): readonly Protection[] {
  const code = bareCode(claimant.NSC_FLG, context);
  if (code === null || code === 'N' || code === '0') return [];
  if (code === 'A') return ['PLACE_SHIELD'];
  if (code !== 'P') naming('CLMNT.NSC_FLG', context).note('unknown code, taken for a protected person');
  return ['PROTECTED'];
}

/** The other of a joint claim, from either end: who claims jointly lives together, as long as the claim is live. */
function relatedTo(id: string, { joint }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return joint(id).flatMap((claim) => {
    const other = claim.CLMNT_ID === id ? text(claim.PTNR_ID, context) : claim.CLMNT_ID;
    return other === null || other === id ? [] : [{ record: other, sameHousehold: isLive(claim, context) }];
  });
}

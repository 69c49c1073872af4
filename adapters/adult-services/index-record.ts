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
import type { Client, WhatElse } from './index-rows.ts';

/** One row with all that stands about it elsewhere, as the person index takes it. */
export function recordOf(client: Client, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = client.ASC_ID;
  const home = about
    .homes(id)
    .find((one) => yesNo(one.CURR_YN, naming('ASC_ADDR.CURR_YN', context)) === true);
  return {
    record: id,
    mergedInto: text(client.MERGED_TO, context),
    names: namesOf(client, context),
    dateOfBirth: dateOfBirth(client.DOB, naming('ASC_CLIENT.DOB', context)),
    sex: meaning(SEXES)(client.SEX, naming('ASC_CLIENT.SEX', context)),
    postcode: compact(home?.POSTCODE, context),
    place: compact(home?.UPRN, context),
    identifiers: identifiersOf(client, context),
    protections: protectionsOf(client.RESTRICT_CD, naming('ASC_CLIENT.RESTRICT_CD', context)),
    related: relatedTo(id, about, context),
    adverse: otherSides(id, about, context),
    excludedStaff: about.exclusions(id).map((one) => one.STAFF_REF.trim()),
  };
}

function namesOf(client: Client, context: DecodeContext): IndexRecord['names'] {
  const familyName = text(client.SURNAME, context);
  const current = { givenName: text(client.FORENAME, context), familyName, kind: 'CURRENT' } as const;
  const knownAs = text(client.KNOWN_AS, context);
  return knownAs === null ? [current] : [current, { givenName: knownAs, familyName, kind: 'PREFERRED' }];
}

function identifiersOf(client: Client, context: DecodeContext): IndexRecord['identifiers'] {
  const local = { system: 'LOCAL', value: client.ASC_ID, verified: true } as const;
  const number = compact(client.NHS_NO, context);
  const verified = yesNo(client.NHS_CHK, naming('ASC_CLIENT.NHS_CHK', context)) === true;
  return number === null ? [local] : [{ system: 'NHS_NUMBER', value: number, verified }, local];
}

/** A code that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(flag: unknown, context: DecodeContext): readonly Protection[] {
  const code = bareCode(flag, context);
  if (code === null || code === 'N' || code === '0') return [];
  if (code === 'A') return ['PLACE_SHIELD'];
  if (code !== 'P') context.note('unknown code, taken for a protected person');
  return ['PROTECTED'];
}

/** Who cares for whom, from either end: carers are family in all but name. */
function relatedTo(id: RecordId, { carers }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return carers(id).flatMap((one) => {
    const other = one.ASC_ID === id ? text(one.CARER_ASC_ID, context) : one.ASC_ID;
    const sameHousehold = yesNo(one.LIVES_IN, naming('ASC_CARER.LIVES_IN', context)) === true;
    return other !== null && other !== id ? [{ record: other, sameHousehold }] : [];
  });
}

/** The adult at risk and whoever is said to be the source of it, each way round, also once the enquiry is closed. */
function otherSides(id: RecordId, { sides }: WhatElse, context: DecodeContext): readonly RecordId[] {
  const others = sides(id).flatMap((one) => {
    const other = one.ASC_ID === id ? text(one.RISK_ASC_ID, context) : one.ASC_ID;
    return other !== null && other !== id ? [other] : [];
  });
  return [...new Set(others)];
}

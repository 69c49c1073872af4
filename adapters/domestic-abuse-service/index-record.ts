import {
  bareCode,
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
  const id = client.CLIENT_ID;
  return {
    record: id,
    mergedInto: text(client.MERGED_TO, context),
    names: namesOf(client, context),
    dateOfBirth: dateOfBirth(client.DOB, naming('CLIENT.DOB', context)),
    sex: meaning(SEXES)(client.SEX, naming('CLIENT.SEX', context)),
    // The charity's addresses never leave it, of either side.
    postcode: null,
    place: null,
    identifiers: [],
    protections: protectionsOf(client, about, context),
    related: relatedTo(id, about, context),
    adverse: otherSide(id, about, context),
    excludedStaff: about.exclusions(id).map((one) => one.STAFF_REF.trim()),
  };
}

function namesOf(client: Client, context: DecodeContext): IndexRecord['names'] {
  const familyName = text(client.SURNAME, context);
  const current = { givenName: text(client.FORENAME, context), familyName, kind: 'CURRENT' } as const;
  const knownAs = text(client.KNOWN_AS, context);
  return knownAs === null ? [current] : [current, { givenName: knownAs, familyName, kind: 'PREFERRED' }];
}

/** A code or flag that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(
  client: Client,
  { cases, children }: WhatElse,
  context: DecodeContext,
): readonly Protection[] {
  const code = bareCode(client.RESTRICT_CD, context);
  const open = code === null || code === 'A' || code === 'N' || code === '0';
  if (!open && code !== 'P')
    naming('CLIENT.RESTRICT_CD', context).note('unknown code, taken for a protected person');
  const id = client.CLIENT_ID;
  const victimsOrChilds = [
    ...cases(id).filter((one) => one.VICTIM_ID === id),
    ...children(id).filter((one) => one.CHILD_ID === id),
  ];
  const refuge = victimsOrChilds.some((one) => mayBeInRefuge(one.REFUGE_YN, context));
  return [
    ...(open ? [] : ['PROTECTED' as const]),
    ...(code === 'A' || refuge ? ['PLACE_SHIELD' as const] : []),
  ];
}

/** Blank means no refuge was found for her; whatever else is not plainly no shields. */
function mayBeInRefuge(flag: unknown, context: DecodeContext): boolean {
  if (text(flag, context) === null) return false;
  return yesNo(flag, naming('MARAC_CASE.REFUGE_YN', context)) !== false;
}

/** A victim and her children, from either end. */
function relatedTo(id: RecordId, { children }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return children(id).flatMap((one) => {
    const other = one.CHILD_ID === id ? one.VICTIM_ID : one.VICTIM_ID === id ? one.CHILD_ID : null;
    const sameHousehold = yesNo(one.LIVES_WITH, naming('CASE_CHILD.LIVES_WITH', context)) === true;
    return other !== null && other !== id ? [{ record: other, sameHousehold }] : [];
  });
}

/** A child of a case is as much on the other side from the perpetrator as the victim is. */
function otherSide(id: RecordId, { cases, children }: WhatElse, context: DecodeContext): readonly RecordId[] {
  const pairs = [
    ...cases(id).map((one) => [one.VICTIM_ID, text(one.PERP_ID, context)] as const),
    ...children(id).map((one) => [one.CHILD_ID, text(one.PERP_ID, context)] as const),
  ];
  const others = pairs.flatMap(([supported, perpetrator]) => {
    const other = supported === id ? perpetrator : perpetrator === id ? supported : null;
    return other !== null && other !== id ? [other] : [];
  });
  return [...new Set(others)];
}

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
import { ALIAS_KINDS, RELATIVES, SEXES } from './codes.ts';
import type { Nominal, WhatElse } from './index-rows.ts';

/** One row with all that stands about it elsewhere, as the person index takes it. */
export function recordOf(nominal: Nominal, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = nominal.NOM_ID;
  return {
    record: id,
    mergedInto: text(nominal.MERGED_TO_NOM_ID, context),
    names: namesOf(nominal, about, context),
    dateOfBirth: dateOfBirth(nominal.DOB, naming('T_NOMINAL.DOB', context)),
    sex: meaning(SEXES)(nominal.SEX_CD, naming('T_NOMINAL.SEX_CD', context)),
    postcode: compact(nominal.POSTCODE, context),
    place: compact(nominal.UPRN, context),
    identifiers: identifiersOf(nominal, context),
    protections: protectionsOf(nominal.SENS_FLG, naming('T_NOMINAL.SENS_FLG', context)),
    related: relatedTo(id, about, context),
    adverse: [...new Set(about.pairs(id).flatMap((pair) => otherSide(id, pair)))],
    excludedStaff: about.exclusions(id).map((one) => one.STAFF_REF.trim()),
  };
}

function namesOf(nominal: Nominal, { aliases }: WhatElse, context: DecodeContext): IndexRecord['names'] {
  const kindOf = meaning(ALIAS_KINDS);
  const name = (row: { FORENAME1: string | null; SURNAME: string | null }) => ({
    givenName: text(row.FORENAME1, context),
    familyName: text(row.SURNAME, context),
  });
  const others = aliases(nominal.NOM_ID).map((alias) => ({
    ...name(alias),
    kind: kindOf(alias.ALIAS_TYP, naming('T_ALIAS.ALIAS_TYP', context)) ?? 'ALIAS',
  }));
  return [{ ...name(nominal), kind: 'CURRENT' }, ...others];
}

function identifiersOf(nominal: Nominal, context: DecodeContext): IndexRecord['identifiers'] {
  const numbers = { PNC: nominal.PNC_ID, CRO: nominal.CRO_NO, LOCAL: nominal.NOM_ID } as const;
  return (['PNC', 'CRO', 'LOCAL'] as const).flatMap((system) => {
    const value = compact(numbers[system], context);
    return value === null ? [] : [{ system, value, verified: true }];
  });
}

/** A flag that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(flag: unknown, context: DecodeContext): readonly Protection[] {
  const code = bareCode(flag, context);
  if (code === null || code === 'N' || code === '0') return [];
  if (code === 'A') return ['PLACE_SHIELD'];
  if (code !== 'P') context.note('unknown code, taken for a protected person');
  return ['PROTECTED'];
}

/** Whoever is linked to the nominal, from either end, as a relative or at the same address. */
function relatedTo(id: RecordId, { links }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return links(id).flatMap((link) => {
    const other = link.NOM_ID === id ? link.REL_NOM_ID : link.NOM_ID;
    const type = bareCode(link.LINK_TYP, context);
    const sameHousehold = yesNo(link.SAME_ADDR_FLG, naming('T_NOMINAL_LINK.SAME_ADDR_FLG', context)) === true;
    const counts = sameHousehold || (type !== null && RELATIVES.includes(type));
    return counts ? [{ record: other, sameHousehold }] : [];
  });
}

function otherSide(
  id: RecordId,
  pair: { VICTIM_NOM_ID: string; PERP_NOM_ID: string | null },
): readonly RecordId[] {
  if (pair.VICTIM_NOM_ID === id) return pair.PERP_NOM_ID === null ? [] : [pair.PERP_NOM_ID];
  return pair.PERP_NOM_ID === id ? [pair.VICTIM_NOM_ID] : [];
}

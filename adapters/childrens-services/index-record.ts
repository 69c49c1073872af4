import {
  bareCode,
  compact,
  type DecodeContext,
  date,
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
import { ADDRESS_KINDS, GENDERS, LETTERS_ONLY } from './codes.ts';
import { pupilNumber } from './identity.ts';
import type { Person, WhatElse } from './index-rows.ts';

/** One row with all that stands about it elsewhere, as the person index takes it. */
export function recordOf(person: Person, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = String(person.DIM_PERSON_ID);
  const address = currentAddress(id, about, context);
  return {
    record: id,
    mergedInto: mergedInto(person, context),
    names: namesOf(person, context),
    dateOfBirth: bornOn(person, context),
    sex: meaning(GENDERS)(person.GENDER_MAIN_CODE, naming('DIM_PERSON.GENDER_MAIN_CODE', context)),
    postcode: compact(address?.POSTCODE, context),
    place: compact(address?.UPRN, context),
    identifiers: identifiersOf(person, context),
    protections: protectionsOf(person, naming('DIM_PERSON.RESTRICTED_CODE', context)),
    related: relatedTo(id, about, context),
    adverse: [],
    excludedStaff: about.exclusions(id).map((one) => one.STAFF_REF.trim()),
  };
}

/** A duplicate points at the record that is kept; without the day on which it was found it is not one. */
function mergedInto(person: Person, context: DecodeContext): RecordId | null {
  const found = date(person.DUPLICATED_DTTM, naming('DIM_PERSON.DUPLICATED_DTTM', context)) !== null;
  return found ? text(person.MERGED_DIM_PERSON_ID, context) : null;
}

/** An estimate is no feature to match on. */
function bornOn(person: Person, context: DecodeContext): IndexRecord['dateOfBirth'] {
  const estimated = yesNo(person.DOB_ESTIMATED, naming('DIM_PERSON.DOB_ESTIMATED', context)) === true;
  return estimated ? null : dateOfBirth(person.BIRTH_DTTM, naming('DIM_PERSON.BIRTH_DTTM', context));
}

const isSealed = (code: unknown, context: DecodeContext): boolean => {
  const written = bareCode(code, context);
  return written !== null && written !== 'N' && written !== '0';
};

/** The newest that has not ended, but no placement, whose address nobody may be found by, nor one for letters only. */
const currentAddress = (id: RecordId, { addresses }: WhatElse, context: DecodeContext) =>
  addresses(id).find(
    (one) =>
      livedAt(bareCode(one.ADDSS_TYPE_CODE, context)) &&
      !isSealed(one.SEAL_CODE, context) &&
      isPast(one.END_DTTM, naming('DIM_PERSON_ADDRESS.END_DTTM', context)) === false,
  );
const livedAt = (kind: string | null): boolean =>
  kind !== null && Object.hasOwn(ADDRESS_KINDS, kind) && !LETTERS_ONLY.includes(kind);

function namesOf(person: Person, context: DecodeContext): IndexRecord['names'] {
  const familyName = text(person.SURNAME, context);
  const current = { givenName: text(person.FORENAME, context), familyName, kind: 'CURRENT' } as const;
  const knownAs = text(person.KNOWN_AS, context);
  return knownAs === null ? [current] : [current, { givenName: knownAs, familyName, kind: 'PREFERRED' }];
}

function identifiersOf(person: Person, context: DecodeContext): IndexRecord['identifiers'] {
  const numbers = {
    UPN: pupilNumber(person.UPN, naming('DIM_PERSON.UPN', context)),
    NHS_NUMBER: compact(person.NHS_NUMBER, context),
  };
  const local = { system: 'LOCAL', value: String(person.DIM_PERSON_ID), verified: true } as const;
  const others = (['UPN', 'NHS_NUMBER'] as const).flatMap((system) => {
    const value = numbers[system];
    // Taken down from referrals, not traced with who issues them.
    return value === null ? [] : [{ system, value, verified: false }];
  });
  return [...others, local];
}

/** A code that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(person: Person, context: DecodeContext): readonly Protection[] {
  const code = bareCode(person.RESTRICTED_CODE, context);
  if (code === null || code === 'N' || code === '0') return [];
  if (code === 'A') return ['PLACE_SHIELD'];
  if (code !== 'P') context.note('unknown code, taken for a protected person');
  return ['PROTECTED'];
}

function relatedTo(
  id: RecordId,
  { relations, sealed }: WhatElse,
  context: DecodeContext,
): IndexRecord['related'] {
  return relations(id).flatMap((relation) => {
    const [one, two] = [String(relation.DIM_PERSON_ID), String(relation.RELATED_DIM_PERSON_ID)];
    if (sealed.has(one) || sealed.has(two) || isSealed(relation.SEAL_CODE, context)) return [];
    const flag = naming('FACT_RELATIONSHIPS.SAME_HOUSEHOLD_FLAG', context);
    return [
      { record: one === id ? two : one, sameHousehold: yesNo(relation.SAME_HOUSEHOLD_FLAG, flag) === true },
    ];
  });
}

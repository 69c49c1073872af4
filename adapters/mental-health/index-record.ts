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
import { ALIAS_KINDS, GENDERS, REFUGE, VERIFIED_STATUS } from './codes.ts';
import type { Client, WhatElse } from './index-rows.ts';

/** One row with all that stands about it elsewhere, as the person index takes it. */
export function recordOf(client: Client, about: WhatElse, context: DecodeContext): IndexRecord {
  const id = client.ClientID;
  const address = currentAddress(id, about, context);
  return {
    record: id,
    mergedInto: text(client.MergedToClientID, context),
    names: namesOf(client, about, context),
    dateOfBirth: dateOfBirth(client.DOB, naming('Client.DOB', context)),
    sex: meaning(GENDERS)(client.Gender, naming('Client.Gender', context)),
    postcode: compact(address?.Postcode, context),
    place: compact(address?.UPRN, context),
    identifiers: identifiersOf(client, context),
    protections: protectionsOf(client, context),
    related: relatedTo(id, about, context),
    adverse: [],
    excludedStaff: about.exclusions(id).map((one) => one.StaffID.trim()),
  };
}

const currentAddress = (id: RecordId, { addresses }: WhatElse, context: DecodeContext) =>
  addresses(id).find(
    (one) =>
      yesNo(one.CurrentYN, naming('ClientAddress.CurrentYN', context)) === true &&
      isPast(one.EndDT, naming('ClientAddress.EndDT', context)) === false,
  );

function namesOf(client: Client, { aliases }: WhatElse, context: DecodeContext): IndexRecord['names'] {
  const name = (row: { Forename: string | null; Surname: string | null }) => ({
    givenName: text(row.Forename, context),
    familyName: text(row.Surname, context),
  });
  const kindOf = (cell: unknown) =>
    meaning(ALIAS_KINDS)(cell, naming('ClientAlias.AliasType', context)) ?? 'ALIAS';
  const others = aliases(client.ClientID).map((alias) => ({ ...name(alias), kind: kindOf(alias.AliasType) }));
  return [{ ...name(client), kind: 'CURRENT' }, ...others];
}

function identifiersOf(client: Client, context: DecodeContext): IndexRecord['identifiers'] {
  const local = { system: 'LOCAL', value: client.ClientID, verified: true } as const;
  const number = compact(client.NHSNumber, context);
  if (number === null) return [local];
  const verified = text(client.NHSNumStatus, context) === VERIFIED_STATUS;
  return [{ system: 'NHS_NUMBER', value: number, verified }, local];
}

/** A flag that nobody can read protects as much as any: a slip of the pen must not uncover a person. */
function protectionsOf(client: Client, context: DecodeContext): readonly Protection[] {
  const sensitive = yesNo(client.SensitiveYN, naming('Client.SensitiveYN', context));
  const open = sensitive === false || text(client.SensitiveYN, context) === null;
  const refuge = bareCode(client.AccommStatus, context) === REFUGE;
  return [...(open ? [] : (['PROTECTED'] as const)), ...(refuge ? (['PLACE_SHIELD'] as const) : [])];
}

function relatedTo(id: RecordId, { relations }: WhatElse, context: DecodeContext): IndexRecord['related'] {
  return relations(id).map((relation) => {
    const { ClientID: one, RelatedClientID: two } = relation;
    const sameHousehold = yesNo(relation.SameHouseYN, naming('ClientRelation.SameHouseYN', context)) === true;
    return { record: one === id ? two : one, sameHousehold };
  });
}

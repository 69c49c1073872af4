import type { Address, Features, Identifier } from '../../linkage/features.ts';
import { ISSUED, temporaryType } from '../../linkage/normalise/identifier.ts';
import { type FeatureReader, featureReader } from '../../linkage/normalise/read-features.ts';
import type { HashedIdentifier } from '../../store/tables.ts';
import type { MatchRecord } from './matcher.ts';

/**
 * What the linkage model sees of records of the index. Places and identifiers are keyed hashes: they are the same or
 * not, never nearly so. An agency's own number says nothing about another's record, and is left out.
 */
export function linkageFeatures(): (record: Omit<MatchRecord, 'key' | 'mergedInto'>) => Features {
  const read: FeatureReader = featureReader();
  return ({ names, dateOfBirth, sex, postcode, place, identifiers }) => {
    const features = read({
      names: names.map(({ given, family }) => ({ given: given ?? '', family: family ?? '' })),
      born: dateOfBirth ?? '',
      sex: sex ?? '',
      addresses: [{ postcode: postcode ?? '' }],
      phones: [],
      identifiers: [],
    });
    return {
      ...features,
      addresses: withPlace(features.addresses, place),
      identifiers: identifiers.flatMap(numbered),
    };
  };
}

const NOWHERE: Address = {
  ...{ postcode: null, place: null, number: null, street: null },
  ...{ locality: null, suburb: null, state: null },
};

function withPlace([address = NOWHERE]: readonly Address[], place: string | null): readonly Address[] {
  return address.postcode === null && place === null ? [] : [{ ...address, place }];
}

/** Systems whose numbers are kept only if their check character is right. */
const WITH_CHECK: ReadonlySet<string> = new Set(['NHS_NUMBER', 'UPN', 'PNC']);

function numbered({ system, hash, verified, temporary }: HashedIdentifier): Identifier[] {
  if (system === 'LOCAL') return [];
  if (temporary) return [{ type: temporaryType(system), value: hash, trust: 'PLAIN', hashed: true }];
  const trust = verified
    ? 'CHECKED'
    : WITH_CHECK.has(system)
      ? 'VALID'
      : ISSUED.has(system)
        ? 'FORMED'
        : 'PLAIN';
  return [{ type: system, value: hash, trust, hashed: true }];
}

import type { Features } from '../features.ts';
import { genericKey, type Model } from '../model.ts';
import { type AddressAgreement, compareAddresses } from './address.ts';
import { bornLevel } from './born.ts';
import { SEX } from './levels.ts';
import { compareNames, type NameAgreement } from './names.ts';
import { compareIdentifiers, type IdentifierAgreement, phoneLevel } from './shared-values.ts';

/** How two records agree on everything, before it is weighed. */
export interface Agreement {
  readonly names: NameAgreement;
  readonly born: number;
  readonly sex: number;
  readonly address: AddressAgreement;
  readonly phone: number;
  readonly identifier: IdentifierAgreement;
}

/** Compares two records. Symmetric in all that is weighed. */
export function agreementOf(a: Features, b: Features, generic: Model['generic']): Agreement {
  return {
    names: compareNames(a.names, b.names),
    born: bornLevel(a.born, b.born),
    sex: a.sex === null || b.sex === null ? 0 : a.sex === b.sex ? SEX.SAME : SEX.DIFFERENT,
    address: compareAddresses(a.addresses, b.addresses),
    phone: phoneLevel(a.phones, b.phones),
    identifier: compareIdentifiers(
      a.identifiers,
      b.identifiers,
      (one) => one.trust === 'GENERIC' || (generic.size > 0 && generic.has(genericKey(one))),
    ),
  };
}

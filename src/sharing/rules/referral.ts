import { type Grant, levelOf, type Policies } from '../policy/policies.ts';
import { consentFor } from './consent.ts';

/** Whose data a person's consent would open to an authority at a purpose: agencies, in the order of their files. From policy alone. */
export function openedByConsent(policies: Policies, purpose: string, authority: string): readonly string[] {
  return [...policies.agencies.values()]
    .filter(({ agency, grants }) => agency !== authority && grants.some((grant) => opens(grant)))
    .map(({ agency }) => agency);

  function opens(grant: Grant): boolean {
    if (grant.purpose !== purpose || !mayBeHeldBy(policies, grant.role, authority)) return false;
    const purposeNeeds = policies.purposes.get(purpose)?.needsConsent ?? true;
    return [...grant.share].some(
      ([section, entry]) =>
        levelOf(entry.access) !== null && consentFor(section, { entry, grant }, purposeNeeds) !== null,
    );
  }
}

/** The authorities that a person can choose at a purpose: organisations to which a consent would open anything. */
export const authoritiesAt = (policies: Policies, purpose: string): readonly string[] =>
  policies.organisations.filter((one) => openedByConsent(policies, purpose, one).length > 0);

/** Purposes at which a consent opens anything, of those that this role may assert. */
export const referralPurposes = (policies: Policies, role: string): readonly string[] =>
  [...policies.purposes.values()]
    .filter(({ id, roles }) => roles.includes(role) && authoritiesAt(policies, id).length > 0)
    .map(({ id }) => id);

const mayBeHeldBy = ({ roles }: Policies, role: string, organisation: string): boolean =>
  roles.get(role)?.organisations.includes(organisation) ?? false;

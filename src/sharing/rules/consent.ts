import { type ConsentWord, type Grant, NEVER_BY_CONSENT } from '../policy/policies.ts';
import type { SharingQuestion } from './grant.ts';
import type { Offer } from './offer.ts';

/** Which consent a section needs, by what its entry, its grant and the purpose say together: the strictest. */
export function consentFor(
  section: string,
  { entry, grant }: Pick<Offer, 'entry' | 'grant'>,
  purposeNeeds: boolean,
): ConsentWord | null {
  if (section === NEVER_BY_CONSENT) return null;
  const words = [entry.consent, grant.consent];
  if (words.includes('recorded')) return 'recorded';
  // What staff see of their own organisation's rows is told to nobody else: the purpose alone asks no consent for it.
  const byPurpose = purposeNeeds && entry.access !== 'own';
  return words.includes('required') || byPurpose ? 'required' : null;
}

/** Whether a grant asks for consent, of all of it or of a section. */
export const asksConsent = ({ consent, share }: Grant): boolean =>
  consent !== null || [...share.values()].some((entry) => entry.consent !== null);

/** A purpose that nobody describes needs consent. */
export function lacksConsent(
  { policy, purpose, standing, wishes }: SharingQuestion,
  section: string,
  offer: Offer,
): boolean {
  const needed = consentFor(section, offer, policy.purposes.get(purpose)?.needsConsent ?? true);
  if (needed === null || wishes?.consented) return false;
  return needed === 'recorded' || standing.consent !== true;
}

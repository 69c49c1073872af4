import type { KindLeft, Listing } from './offer.ts';
import type { Question } from './question.ts';

/** The kinds of one agency that stay once each is held to the section it belongs to. An unknown kind never stays. */
export function kindsLeft(
  question: Question,
  agency: string,
  listing: (section: string) => Listing,
): { kinds: readonly KindLeft[]; cut: boolean } {
  const all = question.catalogue.agencies.get(agency)?.serviceKinds ?? [];
  const kinds = all.flatMap((kind): readonly KindLeft[] => {
    const section = question.policy.services.get(kind);
    if (section === undefined) return [];
    const supplied = question.catalogue.sections.get(section)?.suppliers.includes(agency) ?? false;
    if (section === 'involvements' || !supplied) return [{ kind, section, level: null, own: false }];
    const held = listing(section);
    if (held.reason !== null) return [];
    if (held.own && question.asker.organisation !== agency) return [];
    return [{ kind, section, level: held.level, own: held.own }];
  });
  return { kinds, cut: kinds.length < all.length };
}

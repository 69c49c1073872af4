/**
 * Of which looks a person is told when they ask who looked at their record. Decided when the look is registered, from purpose,
 * role and section alone: a list in which something appears late, or from which it vanishes, would tip off whoever holds their phone.
 */

/**
 * Purposes of which the person is told. All others are quiet: child protection, crime and disorder, adult safeguarding,
 * serious violence, public protection, notices to schools, and any that is new until somebody decides on it.
 */
const TOLD: ReadonlySet<string> = new Set([
  'early-help',
  'multiple-disadvantage',
  'direct-care',
  'mental-health-crisis',
  'emergency',
  'homelessness-referral',
  'welfare-support',
  'subject-access',
]);
/** Whose every look is quiet: that an adviser asked says that there is one. */
const QUIET_ROLES: ReadonlySet<string> = new Set(['domestic-abuse-adviser']);
/** Sections that are never named, whoever asked about them. */
const NEVER_NAMED: ReadonlySet<string> = new Set([
  'domesticAbuse',
  'childSafeguarding',
  'publicProtection',
  'intelligence',
]);

/** Whether a person may be told, in writing too, that somebody asked about this section. */
export const mayBeNamed = (section: string): boolean => !NEVER_NAMED.has(section);

/** To whom a person complains whom the agency's own answer does not satisfy, in words that are easy to read. */
export const INFORMATION_COMMISSIONER =
  'Tell the Information Commissioner. They check how organisations use information about people. Phone 0303 123 1113, or look at ico.org.uk/make-a-complaint.';

/**
 * The sections that the person is shown to have been asked about, each once; null where they are never shown the look, as
 * where no section is left that may be named.
 * @param sections as they were asked, whatever came back
 */
export function sectionsShownToSubject(
  { role }: { role: string },
  purpose: string | null,
  sections: readonly string[],
): readonly string[] | null {
  if (purpose === null || !TOLD.has(purpose) || QUIET_ROLES.has(role)) return null;
  const named = [...new Set(sections)].filter(mayBeNamed);
  return named.length > 0 ? named : null;
}

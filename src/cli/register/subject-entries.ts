import { londonDate } from '../../register/reading/london-date.ts';
import { isByBreakGlass, type StoredEntry } from '../../register/reading/stored-entry.ts';
import { mayBeNamed } from '../../sharing/shown-to-subject.ts';

/** An entry as one agency may tell the person of it: nobody by name, the day alone, sections as they were asked. */
export interface SubjectEntry {
  /** Its hash in the register. */
  hash: string;
  /** The day in London, `YYYY-MM-DD`. */
  date: string;
  /** Who asked, by agency id, role and purpose. */
  organisation: string;
  role: string;
  purpose: string;
  /** Only those that may be named; empty where none may. */
  sections: readonly string[];
  breakGlass: boolean;
  /** To which organisation it was passed on by word of mouth; null where it was not. */
  passedTo: string | null;
  /** They are not shown it in `accessHistory`: to tell it can tip somebody off. */
  quiet: boolean;
}

/**
 * @param agency who answers: of what others asked, it tells what it was asked itself; of what its own people asked, all
 * @returns null where it is no look, as the end of an opening is none
 */
export function subjectEntry({ hash, entry }: StoredEntry, agency: string): SubjectEntry | null {
  const { at, organisation, role, purpose, act, shownToSubject } = entry;
  if (organisation === null || role === null || purpose === null) return null;
  const outcomes = entry.outcomes.filter(
    (one) => one.state !== 'ENDED' && (organisation === agency || one.agency === agency),
  );
  if (outcomes.length === 0) return null;
  const sections = [...new Set(outcomes.map(({ section }) => section))].filter(mayBeNamed);
  const shown = shownToSubject ?? [];
  return {
    ...{ hash, date: londonDate(new Date(at)), organisation, role, purpose, sections },
    breakGlass: isByBreakGlass(entry),
    passedTo: act?.to?.organisation ?? null,
    quiet: sections.length === 0 || sections.some((section) => !shown.includes(section)),
  };
}

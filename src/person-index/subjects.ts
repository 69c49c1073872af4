import type { AgencyId } from '../../adapters/contract.ts';
import type { Relationship } from '../sharing/types.ts';
import type { Admission } from './admission.ts';
import type { Verdict } from './gate.ts';
import { type KnownPerson, linksOf } from './known-people.ts';
import type { SealedIds } from './sealed-ids.ts';
import type { Standing } from './standing.ts';
import type { Subject } from './types.ts';

/** Makes the subjects of one request, and keeps them: the same person in the same relationship is the same subject. */
export interface Subjects {
  /** `steps`: from how far the relationship was lent, from household to household; 0 for whoever has their own. */
  admit(verdict: Verdict, standing: Standing, steps: number): Subject;
  steps(subject: Subject): number;
  all(): readonly Subject[];
}

export function createSubjects(
  { decisions }: Pick<Admission, 'decisions'>,
  sealed: SealedIds,
  organisation: AgencyId,
): Subjects {
  const made = new Map<string, Subject>();
  const lent = new WeakMap<Subject, number>();
  return {
    admit(verdict, standing, steps) {
      const { known, relationship, ownCaseload } = verdict;
      const key = `${steps}|${relationship}|${known.person}`;
      const subject = made.get(key) ?? {
        ...subjectOf(known, relationship, sealed),
        decisions: (agency: AgencyId) =>
          decisions(relationship, standing, ownCaseload && agency === organisation),
      };
      made.set(key, subject);
      lent.set(subject, steps);
      return subject;
    },
    steps: (subject) => lent.get(subject) ?? 0,
    all: () => [...made.values()],
  };
}

function subjectOf(
  known: KnownPerson,
  relationship: Relationship,
  sealed: SealedIds,
): Omit<Subject, 'decisions'> {
  const links = linksOf(known);
  const candidates = known.records.filter(({ agency, candidate }) => candidate && !links.has(agency));
  return {
    person: known.person,
    id: sealed.seal('person', known.person),
    relationship,
    links,
    candidates: new Set(candidates.map(({ agency }) => agency)),
    placeShield: known.protections.has('PLACE_SHIELD'),
  };
}

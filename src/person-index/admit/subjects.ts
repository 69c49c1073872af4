import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { Opening, Relationship } from '../../sharing/policy/types.ts';
import { type KnownPerson, linksOf, mergedAwayOf } from '../records/known-people.ts';
import type { SealedIds } from '../records/sealed-ids.ts';
import type { OpenedRecords, PersonId, Subject, WishesByAgency } from '../records/types.ts';
import type { Admission } from './admission.ts';
import { type GateVerdict, isClaim } from './gate.ts';
import type { ReferenceWorth } from './standing.ts';

/** Makes the subjects of one request, and keeps them: the same person in the same relationship is the same subject. */
export interface Subjects {
  /** `steps`: from how far the relationship was lent, from household to household; 0 for whoever has their own. */
  admit(
    verdict: GateVerdict,
    facts: { standing: ReferenceWorth; openings: readonly OpenedRecords[] },
    steps: number,
  ): Subject;
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
  // Asked for every field of every agency.
  const decisionsOf = (
    relationship: Relationship,
    standing: ReferenceWorth,
    ownCaseload: boolean,
    opened: ReadonlyMap<AgencyId, readonly Opening[]>,
    wishes: WishesByAgency,
  ) => {
    const others = decisions(relationship, standing, false);
    const ownDecisions = ownCaseload ? decisions(relationship, standing, true) : others;
    const acted = new Map(
      [...new Set([...opened.keys(), ...wishes.keys()])].map((agency) => [
        agency,
        decisions(
          ...([relationship, standing, ownCaseload && agency === organisation] as const),
          ...([opened.get(agency), wishes.get(agency)] as const),
        ),
      ]),
    );
    return (agency: AgencyId) => acted.get(agency) ?? (agency === organisation ? ownDecisions : others);
  };
  return {
    admit(verdict, { standing, openings }, steps) {
      const { known, relationship, ownCaseload, wishes } = verdict;
      const key = `${steps}|${relationship}|${known.person}`;
      const as = subjectOf(known, relationship, sealed);
      const open = openOf(as, openings);
      const subject = made.get(key) ?? {
        ...as,
        decisions: decisionsOf(relationship, standing, ownCaseload, openingsOf(open), wishes),
        permit: (agency: AgencyId, section: string) =>
          open.find((one) => one.agency === agency && one.permit !== null && one.opening.section === section)
            ?.permit ?? null,
      };
      made.set(key, subject);
      lent.set(subject, steps);
      return subject;
    },
    steps: (subject) => lent.get(subject) ?? 0,
    all: () => [...made.values()],
  };
}

/** What is open of this person, at agencies whose records of them are still those of the opening. */
const openOf = (
  { person, links }: Pick<Subject, 'person' | 'links'>,
  openings: readonly OpenedRecords[],
): readonly OpenedRecords[] =>
  openings.filter((one) => one.person === person && sameRecords(one.records, links.get(one.agency) ?? []));

function openingsOf(open: readonly OpenedRecords[]): ReadonlyMap<AgencyId, readonly Opening[]> {
  const opened = new Map<AgencyId, Opening[]>();
  for (const { agency, opening } of open) opened.set(agency, [...(opened.get(agency) ?? []), opening]);
  return opened;
}

const sameRecords = (one: readonly RecordId[], other: readonly RecordId[]): boolean =>
  one.length === other.length && other.every((record) => one.includes(record));

function subjectOf(
  knownPerson: KnownPerson,
  relationship: Relationship,
  sealed: SealedIds,
): Omit<Subject, 'decisions' | 'permit'> {
  const links = linksOf(knownPerson);
  const candidates = knownPerson.records.filter(({ agency, candidate }) => candidate && !links.has(agency));
  return {
    person: knownPerson.person,
    id: sealed.seal('person', knownPerson.person),
    relationship,
    links,
    mergedAway: mergedAwayOf(knownPerson),
    candidates: new Set(candidates.map(({ agency }) => agency)),
    placeShield: knownPerson.protections.has('PLACE_SHIELD'),
  };
}

/**
 * Registers claims, misses and alerts of a look-up, and makes subjects of those who passed the gate. Nobody is made
 * known on a claim that does not stand. `lentOver` gives, for those whose relationship comes from another person, over
 * how many households it came.
 */
export async function admit(
  admission: Admission,
  subjects: Subjects,
  verdicts: readonly GateVerdict[],
  lookUp: { missed: boolean; missesCount: boolean; lentOver?: (person: PersonId) => number },
): Promise<Map<PersonId, Subject>> {
  const facts = await admission.facts();
  const admitted = verdicts.filter((verdict) => verdict.admitted);
  const needsClaim = (verdict: GateVerdict) => isClaim(verdict) && !lookUp.lentOver;
  const granted = await admission.settle({
    claims: admitted.filter(needsClaim).map(({ known }) => known.person),
    missed: lookUp.missed,
    missesCount: lookUp.missesCount,
    alerts: verdicts.flatMap(({ alerts }) => alerts),
    review: null,
  });
  const shown = admitted.filter((verdict) => !needsClaim(verdict) || granted.has(verdict.known.person));
  return new Map(
    shown.map((verdict) => [
      verdict.known.person,
      subjects.admit(verdict, facts, verdict.tied ? 0 : (lookUp.lentOver?.(verdict.known.person) ?? 0)),
    ]),
  );
}

import type { Admission } from './admission.ts';
import type { Verdict } from './gate.ts';
import type { Subjects } from './subjects.ts';
import type { PersonId, Subject } from './types.ts';

/**
 * Registers claims, misses and alerts of a look-up, and makes subjects of those who passed the gate. Nobody is made
 * known on a claim that does not stand. `lentOver` gives, for those whose relationship comes from another person, over
 * how many households it came.
 */
export async function admit(
  admission: Admission,
  subjects: Subjects,
  verdicts: readonly Verdict[],
  lookUp: { missed: boolean; missesCount: boolean; lentOver?: (person: PersonId) => number },
): Promise<Map<PersonId, Subject>> {
  const { standing } = await admission.facts();
  const admitted = verdicts.filter((verdict) => verdict.admitted);
  const needsClaim = ({ relationship }: Verdict) => relationship === 'CLAIMED' && !lookUp.lentOver;
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
      subjects.admit(verdict, standing, verdict.tied ? 0 : (lookUp.lentOver?.(verdict.known.person) ?? 0)),
    ]),
  );
}

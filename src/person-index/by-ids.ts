import type { Admission } from './admission.ts';
import { admit } from './admit.ts';
import type { SealedIds } from './sealed-ids.ts';
import type { Subjects } from './subjects.ts';
import type { PersonId, Subject } from './types.ts';

/** Resolves public ids together, in the order given. */
export async function subjectsByIds(
  admission: Admission,
  subjects: Subjects,
  sealed: SealedIds,
  ids: readonly string[],
): Promise<(Subject | null)[]> {
  const people = ids.map((id) => sealed.open('person', id));
  const verdicts = await admission.judge(people);
  const missed = people.some((person) => person === null || !verdicts.get(person)?.admitted);
  // In the order asked, so that it is the caller who says who comes first among the ten claims of a reference.
  // An id whose person was merged away is answered by the person who survives.
  const known = (person: PersonId) => verdicts.get(person)?.known.person ?? person;
  const asked = new Map(
    people.flatMap((person) => {
      const verdict = person === null ? undefined : verdicts.get(person);
      return verdict ? [[verdict.known.person, verdict] as const] : [];
    }),
  );
  const admitted = await admit(admission, subjects, [...asked.values()], { missed, missesCount: true });
  return people.map((person) => (person === null ? null : (admitted.get(known(person)) ?? null)));
}

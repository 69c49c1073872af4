import DataLoader from 'dataloader';
import type { RecordId } from '../../../adapters/contract.ts';
import {
  type Admission,
  createAdmission,
  type RequestFacts,
  type RequestSubjectsInput,
} from '../admit/admission.ts';
import { referenceText } from '../admit/standing.ts';
import { admit, createSubjects, type Subjects } from '../admit/subjects.ts';
import { NO_FEED } from '../records/feed-states.ts';
import { createSealedIds, type SealedIds } from '../records/sealed-ids.ts';
import type { HouseholdMember, PersonId, RequestSubjects, Subject } from '../records/types.ts';
import { searchPeople } from '../search/search-people.ts';
import { subjectByIdentifier } from './by-identifier.ts';
import { hiddenRelatives, householdMembers, type Relative } from './household.ts';
import { everyIdOf, hiddenInRegister, protectedPeople } from './register-people.ts';

const NO_RECORD: RecordId = '';

/** The people of one request: made for it, and gone with it. */
export function createRequestSubjects(input: RequestSubjectsInput): RequestSubjects {
  const { store, caller } = input;
  const admission = createAdmission(input);
  const sealed = createSealedIds(
    input.keys,
    caller.organisation,
    input.reference && referenceText(input.reference),
  );
  const subjects = createSubjects(admission, sealed, caller.organisation);
  const byId = new DataLoader<string, Subject | null>((ids) =>
    subjectsByIds(admission, subjects, sealed, ids),
  );
  const household = new DataLoader<Relative, HouseholdMember, string>(
    (relatives) => householdMembers(store, admission, subjects, relatives),
    {
      cacheKeyFn: ({ from, agency, record }) =>
        JSON.stringify([from.id, from.relationship, subjects.steps(from), agency, record]),
    },
  );
  const hidden = new DataLoader<Relative, readonly RecordId[], string>(
    async (own) => {
      const found = await hiddenRelatives(store, admission, own);
      return own.map(({ agency }) =>
        found.filter((one) => one.agency === agency).map(({ record }) => record),
      );
    },
    { cacheKeyFn: ({ agency, record }) => JSON.stringify([agency, record]) },
  );
  let loaded: RequestFacts | null = null;
  const facts = async () => {
    loaded = await admission.facts();
    return loaded;
  };
  return {
    async standing() {
      const { relationship, live, standing, loginKnown, beside } = (await facts()).standing;
      return { relationship, live, standing, loginKnown, beside };
    },
    async byIds(ids) {
      await facts();
      return Promise.all(ids.map((id) => byId.load(id)));
    },
    async byRecord(token) {
      await facts();
      const opened = sealed.open('record', token);
      const [agency = '', row = '', person = ''] = opened === null ? [] : (JSON.parse(opened) as string[]);
      const subject = await byId.load(person && sealed.seal('person', person));
      return subject && { subject, agency, row };
    },
    self: async () => (await facts()).caller.persons,
    async byIdentifier(system, value, issuer) {
      await facts();
      return subjectByIdentifier(store, admission, subjects, { system, value, issuer });
    },
    async search(search) {
      await facts();
      return searchPeople(store, admission, subjects, search);
    },
    household: (from, agency, records) =>
      Promise.all(records.map((record) => household.load({ from, agency, record }))),
    async hiddenRelatives(from, agency) {
      // Of whoever has no record there it is asked as well: by no record, which has no relatives.
      const own = from.links.get(agency) ?? [NO_RECORD];
      const found = await Promise.all(own.map((record) => hidden.load({ from, agency, record })));
      return [...new Set(found.flat())];
    },
    async keptFrom(people) {
      const verdicts = await admission.judge(people);
      return new Set(people.filter((person) => verdicts.get(person)?.excluded));
    },
    async hiddenInRegister() {
      const { kept } = (await facts()).caller;
      return hiddenInRegister(store, caller.organisation, kept);
    },
    protectedPeople: () => protectedPeople(store),
    async ownIds() {
      const { caller: asPerson, standing } = await facts();
      const { persons, records } = asPerson;
      const issuer = input.reference?.agency;
      const isOwn = (record: RecordId) =>
        records.some((own) => !own.candidate && own.agency === issuer && own.record === record);
      const people = await everyIdOf(store, persons.size === 1 ? [...persons] : []);
      return caller.person === null || ![...standing.people].every(isOwn) ? null : people;
    },
    publicId: (person, reference) =>
      createSealedIds(input.keys, caller.organisation, reference).seal('person', person),
    feed: (agency) => loaded?.feeds.get(agency) ?? NO_FEED,
    recordToken: (agency, row, { person }) => sealed.seal('record', JSON.stringify([agency, row, person])),
    sealCursor: (place) => sealed.seal('cursor', place),
    openCursor: (cursor) => sealed.open('cursor', cursor),
    resolved: () => subjects.all(),
  };
}

/** Resolves public ids together, in the order given. */
async function subjectsByIds(
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
  const survivorOf = (person: PersonId) => verdicts.get(person)?.known.person ?? person;
  const wanted = new Map(
    people.flatMap((person) => {
      const verdict = person === null ? undefined : verdicts.get(person);
      return verdict ? [[verdict.known.person, verdict] as const] : [];
    }),
  );
  const admitted = await admit(admission, subjects, [...wanted.values()], { missed, missesCount: true });
  return people.map((person) => (person === null ? null : (admitted.get(survivorOf(person)) ?? null)));
}

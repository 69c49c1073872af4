import DataLoader from 'dataloader';
import type { RecordId } from '../../adapters/contract.ts';
import { createAdmission, type RequestFacts, type RequestSubjectsInput } from './admission.ts';
import { subjectByIdentifier } from './by-identifier.ts';
import { subjectsByIds } from './by-ids.ts';
import { NO_FEED } from './feed-states.ts';
import { hiddenRelatives, householdMembers, type Relative } from './household.ts';
import { createSealedIds } from './sealed-ids.ts';
import { searchPeople } from './search-people.ts';
import { referenceText } from './standing.ts';
import { createSubjects } from './subjects.ts';
import type { HouseholdMember, RequestSubjects, Subject } from './types.ts';

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
  let known: RequestFacts | null = null;
  const facts = async () => {
    known = await admission.facts();
    return known;
  };
  return {
    async standing() {
      const { relationship, live, standing } = (await facts()).standing;
      return { relationship, live, standing };
    },
    async byIds(ids) {
      await facts();
      return Promise.all(ids.map((id) => byId.load(id)));
    },
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
      const own = from.links.get(agency) ?? [];
      const found = await Promise.all(own.map((record) => hidden.load({ from, agency, record })));
      return [...new Set(found.flat())];
    },
    feed: (agency) => known?.feeds.get(agency) ?? NO_FEED,
    recordToken: (agency, record) => sealed.seal('record', JSON.stringify([agency, record])),
    resolved: () => subjects.all(),
  };
}

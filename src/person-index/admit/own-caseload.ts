import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { Caller } from '../../caller/types.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { AgencyUnavailable } from '../records/agency-unavailable.ts';
import { type KnownPerson, linksOf } from '../records/known-people.ts';
import type { ReferenceDirectory } from '../records/types.ts';

/**
 * Which of these people's records are on the caller's own caseload. Asks in the same way whether or not the people
 * are known: where they have no record of the caller's organisation, another of its records stands in.
 */
export async function ownCaseload(input: {
  store: StoreDatabase;
  references: ReferenceDirectory;
  caller: Caller;
  people: Iterable<KnownPerson>;
  now: Date;
  signal: AbortSignal;
}): Promise<ReadonlySet<RecordId>> {
  const { store, references, caller, now, signal } = input;
  const agency: AgencyId = caller.organisation;
  const linkedRecords = [...input.people].flatMap((person) => linksOf(person).get(agency) ?? []);
  const standIn = await store
    .selectFrom('index_record')
    .select('record')
    .where('agency', '=', agency)
    .orderBy('record')
    .limit(1)
    .execute();
  const records = linkedRecords.length > 0 ? linkedRecords : standIn.map(({ record }) => record);
  try {
    const onCaseload = new Set(await references.caseload(agency, caller.staff, records, now, signal));
    return new Set(linkedRecords.filter((record) => onCaseload.has(record)));
  } catch (error) {
    if (error instanceof AgencyUnavailable) return new Set();
    throw error;
  }
}

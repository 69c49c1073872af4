import type { AgencyId, RecordId } from '../../../adapters/contract.ts';
import type { Decisions } from '../../sharing/policy/types.ts';
import type { GateVerdict } from '../admit/gate.ts';
import { isWhole, namesSystem } from '../admit/may-appear.ts';
import { recordKey } from '../records/features.ts';
import type { MatchRecord } from '../records/matcher.ts';
import type { TaskRecord } from './task-rows.ts';
import type { ReviewFeature, ReviewRecord, SeenPerson } from './types.ts';

/** What the caller may see of each agency's records of one person: policy alone decides, at the person's relationship. */
export interface Sight {
  decisions(agency: AgencyId): Decisions;
  /** Agencies that may appear to the caller. */
  appear: ReadonlySet<AgencyId>;
  placeShield: boolean;
  token(agency: AgencyId, record: string): string;
}

const FEATURES: readonly ReviewFeature[] = ['givenName', 'familyName', 'dateOfBirth', 'sex'];

function released(sight: Sight, agency: AgencyId, feature: ReviewFeature): boolean {
  const decisions = sight.decisions(agency);
  if (!sight.appear.has(agency) || !isWhole(decisions, agency, 'identity')) return false;
  return decisions.withholds(agency, 'identity', feature) === null;
}

export const isVisible = (sight: Sight, { agency }: TaskRecord): boolean =>
  FEATURES.some((feature) => released(sight, agency, feature));

/** A side as the caller may see it: the records of agencies that may appear. Null where it has none. */
export function visibleSide(records: readonly TaskRecord[], sight: Sight): ReviewRecord[] | null {
  const seen = records.filter((row) => isVisible(sight, row));
  return seen.length > 0 ? seen.map((row) => visibleRecord(row, sight)) : null;
}

/**
 * A side as whoever is asked for the second word may see it: the very records of their own agency, and nothing of
 * anybody else's but that it is another agency.
 */
export function ownSide(
  records: readonly TaskRecord[],
  organisation: AgencyId,
  token: Sight['token'],
): ReviewRecord[] {
  const own = records.filter(({ agency }) => agency === organisation);
  if (own.length === 0) return [ANOTHER_AGENCY];
  return own.map((row) => ({
    agency: row.agency,
    record: token(row.agency, row.record),
    names: row.names,
    dateOfBirth: row.date_of_birth,
    sex: row.sex,
    released: () => true,
  }));
}

const ANOTHER_AGENCY: ReviewRecord = {
  agency: null,
  record: null,
  names: [],
  dateOfBirth: null,
  sex: null,
  released: () => false,
};

function visibleRecord(row: TaskRecord, sight: Sight): ReviewRecord {
  const may = (feature: ReviewFeature) => released(sight, row.agency, feature);
  return {
    agency: row.agency,
    record: sight.token(row.agency, row.record),
    names: shownNames(row, may),
    dateOfBirth: may('dateOfBirth') ? row.date_of_birth : null,
    sex: may('sex') ? row.sex : null,
    released: may,
  };
}

const shownNames = ({ names }: TaskRecord, may: (feature: ReviewFeature) => boolean) =>
  names
    .map(({ given, family }) => ({
      given: may('givenName') ? given : null,
      family: may('familyName') ? family : null,
    }))
    .filter(({ given, family }) => given !== null || family !== null);

/** A record for comparing, without what the caller may not know of it: not even that it agrees. */
export function comparable(row: TaskRecord, sight: Sight): MatchRecord {
  const { agency } = row;
  const decisions = sight.decisions(agency);
  const { names, dateOfBirth, sex } = visibleRecord(row, sight);
  const place =
    !sight.placeShield &&
    isWhole(decisions, agency, 'addresses') &&
    decisions.withholds(agency, 'addresses', 'items.postcode') === null;
  return {
    key: recordKey(agency, row.record),
    mergedInto: null,
    names,
    dateOfBirth,
    sex,
    place: null,
    postcode: place ? row.postcode : null,
    identifiers: row.identifiers.filter(({ system }) => namesSystem(decisions, agency, system)),
  };
}

/** An agency's own numbers among these records, each once. */
export const numbersAt = (
  agency: AgencyId,
  records: readonly Pick<TaskRecord, 'agency' | 'record'>[],
): readonly RecordId[] => [
  ...new Set(records.filter((row) => row.agency === agency).map(({ record }) => record)),
];

/** What of this person stands in an answer, for the register. */
export function seenOf(
  { known, relationship }: GateVerdict,
  records: readonly TaskRecord[],
  sight: Sight,
): SeenPerson {
  const shown = records.filter((row) => isVisible(sight, row));
  const agencies = new Set(shown.map(({ agency }) => agency));
  return {
    person: known.person,
    relationship,
    agencies: [...agencies].map((agency) => {
      const { level, rule } = sight.decisions(agency).section(agency, 'identity');
      return { agency, level, rule, records: numbersAt(agency, shown) };
    }),
  };
}

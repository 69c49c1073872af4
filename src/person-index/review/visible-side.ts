import type { AgencyId } from '../../../adapters/contract.ts';
import type { Decisions } from '../../sharing/types.ts';
import { recordKey } from '../features.ts';
import type { Verdict } from '../gate.ts';
import type { MatchRecord } from '../matcher.ts';
import { namesSystem } from '../may-appear.ts';
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

/** A section may be shown whole: what is limited to rows or to a site is not known to hold of a record of the index. */
function shows(decisions: Decisions, agency: AgencyId, section: string): boolean {
  const { level, rows, ownSite } = decisions.section(agency, section);
  return level !== null && ownSite === null && Object.keys(rows).length === 0;
}

function released(sight: Sight, agency: AgencyId, feature: ReviewFeature): boolean {
  const decisions = sight.decisions(agency);
  if (!sight.appear.has(agency) || !shows(decisions, agency, 'identity')) return false;
  return decisions.withholds(agency, 'identity', feature) === null;
}

export const isVisible = (sight: Sight, { agency }: TaskRecord): boolean =>
  FEATURES.some((feature) => released(sight, agency, feature));

/**
 * A side as the caller may see it: the records of agencies that may appear; where it has none but others', "another
 * agency" without data. `nameless` is whether there are several such agencies, so that being one does not name it.
 * Null where nothing may be shown at all.
 */
export function visibleSide(
  records: readonly TaskRecord[],
  sight: Sight,
  nameless: boolean,
): ReviewRecord[] | null {
  const seen = records.filter((row) => isVisible(sight, row));
  if (seen.length > 0) return seen.map((row) => visibleRecord(row, sight));
  return nameless && records.length > 0 ? [ANOTHER_AGENCY] : null;
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
    shows(decisions, agency, 'addresses') &&
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

/** What of this person stands in an answer, for the register. */
export function seenOf(
  { known, relationship }: Verdict,
  records: readonly TaskRecord[],
  sight: Sight,
): SeenPerson {
  const agencies = new Set(records.filter((row) => isVisible(sight, row)).map(({ agency }) => agency));
  return {
    person: known.person,
    relationship,
    agencies: [...agencies].map((agency) => {
      const { level, rule } = sight.decisions(agency).section(agency, 'identity');
      return { agency, level, gateways: rule?.gateways ?? [] };
    }),
  };
}

import { GraphQLError } from 'graphql';
import { requestError } from '../errors.ts';
import type { RequestReview } from '../person-index/review/types.ts';
import type { RequestSubjects } from '../person-index/types.ts';
import type { AgencyDirectory } from './directory.ts';

/** Errors of our own making, which an outage of the store never raises. */
const DEFECTS = [TypeError, RangeError, ReferenceError, SyntaxError];

/**
 * The person index with every failure of the store told as REGISTER_UNAVAILABLE (503): without it nobody can be
 * found, and nothing would be recorded. Names the desks to call meanwhile.
 */
export function withStoreGuard(
  subjects: RequestSubjects,
  agencies: AgencyDirectory,
  now: Date,
): RequestSubjects {
  const guard = guardOf(agencies, now);
  return {
    standing: () => guard(subjects.standing()),
    byIds: (ids) => guard(subjects.byIds(ids)),
    byIdentifier: (system, value, issuer) => guard(subjects.byIdentifier(system, value, issuer)),
    search: (input) => guard(subjects.search(input)),
    household: (from, agency, records) => guard(subjects.household(from, agency, records)),
    hiddenRelatives: (from, agency) => guard(subjects.hiddenRelatives(from, agency)),
    feed: (agency) => subjects.feed(agency),
    recordToken: (agency, record) => subjects.recordToken(agency, record),
    resolved: () => subjects.resolved(),
  };
}

/** The same for reviews: a decision that cannot be recorded is not made. */
export function withReviewGuard(review: RequestReview, agencies: AgencyDirectory, now: Date): RequestReview {
  const guard = guardOf(agencies, now);
  return {
    tasks: (page) => guard(review.tasks(page)),
    decide: (...decision) => guard(review.decide(...decision)),
  };
}

function guardOf(agencies: AgencyDirectory, now: Date): <T>(work: Promise<T>) => Promise<T> {
  return async (work) => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof GraphQLError || DEFECTS.some((kind) => error instanceof kind)) throw error;
      throw registerUnavailable(agencies, now, error);
    }
  };
}

/** Nothing can be disclosed now: the request is refused whole, with every desk to call. */
export function registerUnavailable(agencies: AgencyDirectory, now: Date, cause: unknown): GraphQLError {
  const contacts = agencies.ids.map((agency) => ({ agency, ...agencies.contact(agency, null, now) }));
  const message =
    'Sightline cannot find or record anything now, so nothing is disclosed. Call the agencies’ desks.';
  return requestError('REGISTER_UNAVAILABLE', message, { contacts }, cause);
}

import { GraphQLError } from 'graphql';
import { requestError } from '../../errors.ts';
import { TooManySearches } from '../../person-index/admit/search-rate.ts';
import { AgencyUnavailable } from '../../person-index/records/agency-unavailable.ts';
import type { RequestSubjects } from '../../person-index/records/types.ts';
import type { RequestReview } from '../../person-index/review/types.ts';
import { RegisterUnavailableError } from '../../register/errors.ts';
import { isStoreOutage } from '../../store/outage.ts';
import type { AgencyDirectory } from '../request/directory.ts';

/**
 * The person index with its failures told as what they are, see `requestFailure`. While the store is away nobody can be
 * found, and nothing would be recorded.
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
    byRecord: (token) => guard(subjects.byRecord(token)),
    self: () => guard(subjects.self()),
    keptFrom: (people) => guard(subjects.keptFrom(people)),
    hiddenInRegister: () => guard(subjects.hiddenInRegister()),
    protectedPeople: () => guard(subjects.protectedPeople()),
    ownIds: () => guard(subjects.ownIds()),
    hiddenRelatives: (from, agency) => guard(subjects.hiddenRelatives(from, agency)),
    publicId: (person, reference) => subjects.publicId(person, reference),
    feed: (agency) => subjects.feed(agency),
    recordToken: (agency, row, subject) => subjects.recordToken(agency, row, subject),
    sealCursor: (place) => subjects.sealCursor(place),
    openCursor: (cursor) => subjects.openCursor(cursor),
    resolved: () => subjects.resolved(),
  };
}

/** The same for reviews: a decision that cannot be recorded is not made. */
export function withReviewGuard(review: RequestReview, agencies: AgencyDirectory, now: Date): RequestReview {
  const guard = guardOf(agencies, now);
  return {
    tasks: (page) => guard(review.tasks(page)),
    toConfirm: (page) => guard(review.toConfirm(page)),
    decide: (...decision) => guard(review.decide(...decision)),
  };
}

function guardOf(agencies: AgencyDirectory, now: Date): <T>(work: Promise<T>) => Promise<T> {
  return async (work) => {
    try {
      return await work;
    } catch (error) {
      throw requestFailure(error, agencies, now);
    }
  };
}

/**
 * What a failure of the index or the register is to the caller. A refusal keeps its code; an outage of the store or the
 * register is REGISTER_UNAVAILABLE (503), that of an agency's own system SOURCE_UNAVAILABLE. Only what is known to be an
 * outage is told as one: everything else stays as it is, and is answered INTERNAL unless it carries a code of ours.
 */
export function requestFailure(error: unknown, agencies: AgencyDirectory, now: Date): unknown {
  if (error instanceof TooManySearches) return tooManySearches(error);
  if (error instanceof AgencyUnavailable) return agencyUnavailable(error, agencies, now);
  if (isStoreOutage(error) || error instanceof RegisterUnavailableError)
    return registerUnavailable(agencies, now, error);
  return error;
}

function tooManySearches(refusal: TooManySearches): GraphQLError {
  const { counted, limit, retryAfterSeconds, message } = refusal;
  const { perMinute, perHour } = limit;
  const seconds = retryAfterSeconds === 1 ? 'one second' : `${retryAfterSeconds} seconds`;
  return requestError(
    'QUERY_REFUSED',
    `Sightline takes ${message}. Ask again in ${seconds}, or call a desk.`,
    { limit: counted, perMinute, perHour, retryAfterSeconds },
    refusal,
  );
}

function agencyUnavailable(
  { agency, reason }: AgencyUnavailable,
  agencies: AgencyDirectory,
  now: Date,
): GraphQLError {
  const contact = agencies.has(agency) ? agencies.contact(agency, null, now) : null;
  return new GraphQLError('An agency’s own system cannot be asked now. Call its desk.', {
    extensions: { code: 'SOURCE_UNAVAILABLE', reason, agency, section: null, contact },
  });
}

/** Nothing can be disclosed now: the request is refused whole, with every desk to call. */
function registerUnavailable(agencies: AgencyDirectory, now: Date, cause: unknown): GraphQLError {
  const message =
    'Sightline cannot find or record anything now, so nothing is disclosed. Call the agencies’ desks.';
  return requestError('REGISTER_UNAVAILABLE', message, { contacts: agencies.desks(now) }, cause);
}

import type { Seer } from '../../../acts/break-glass/grants.ts';
import type { Glass } from '../../../acts/break-glass/types.ts';
import type { GatewayContext } from '../../request/context.ts';
import { publicAgency } from '../../request/directory.ts';
import { isThemselves } from './acts.ts';

/** An officer sees what concerns their organisation, anybody else what they opened. */
export const seerOf = ({ caller, mayGovern }: Pick<GatewayContext, 'caller' | 'mayGovern'>): Seer =>
  mayGovern ? { officerOf: caller.organisation } : { opener: caller };

/** The very person who opened it. */
export const isOpener = ({ opener }: Glass, caller: GatewayContext['caller']): boolean =>
  isThemselves(opener, caller);

/**
 * `BreakGlass` of the public schema, as this caller may see it: the person to whoever opened it alone; what was written to
 * them and to agencies that hold something; an agency's own record numbers and words to its own officer.
 */
export function publicGlass(glass: Glass, context: GatewayContext) {
  const { caller, mayGovern, subjects } = context;
  const opener = !mayGovern && isOpener(glass, caller);
  const ownAgency = mayGovern
    ? glass.agencies.find(({ agency }) => agency === caller.organisation)
    : undefined;
  const { issuer: _, staff: __, ...openedBy } = glass.opener;
  return {
    id: glass.id,
    person: opener ? subjects.publicId(glass.person, glass.reference) : null,
    state: glass.state,
    sections: glass.sections,
    fields: [...new Set(glass.agencies.flatMap(({ fields }) => fields))],
    ground: glass.ground,
    personsView: glass.personsView,
    statement: opener || (ownAgency && ownAgency.records.length > 0) ? glass.statement : null,
    relationship: glass.relationship,
    reference: glass.reference,
    openedBy,
    openedAt: glass.openedAt.toISOString(),
    endsAt: glass.endsAt.toISOString(),
    agencies: enabledAgencies(glass, context).map(({ agency }) => publicAgency(agency, context)),
    reviewBy: wholeSecond(ownAgency?.reviewBy ?? nextReview(glass)),
    confirmBy: wholeSecond(glass.confirmBy),
    confirmed: glass.confirmed,
    reviews: glass.reviews
      .filter(({ agency }) => context.agencies.has(agency))
      .map(({ agency, finding, personTold, why, name, at }) => {
        const theirs = mayGovern && agency === caller.organisation;
        return {
          agency: publicAgency(agency, context),
          ...{ finding, personTold, at: at.toISOString() },
          why: theirs ? why : null,
          by: theirs ? name : null,
        };
      }),
    ownRecords: ownAgency?.records ?? [],
  };
}

/** An agency that is not enabled any more is not shown; the others are, in their fixed order. */
const enabledAgencies = ({ agencies }: Glass, { agencies: directory }: GatewayContext) =>
  directory.ids.flatMap((id) => agencies.filter(({ agency }) => agency === id));

/** The next date by which an agency is to review it; where all have, the last. */
function nextReview({ agencies, reviews, confirmBy }: Glass): Date {
  const over = (agency: string) =>
    reviews.some((one) => one.agency === agency && one.finding !== 'MORE_NEEDED');
  const awaited = agencies.filter(({ agency }) => !over(agency)).map(({ reviewBy }) => reviewBy.getTime());
  const all = agencies.map(({ reviewBy }) => reviewBy.getTime());
  if (awaited.length > 0) return new Date(Math.min(...awaited));
  return all.length > 0 ? new Date(Math.max(...all)) : confirmBy;
}

/** Dates that end with a day end with a whole second, and are written as one. */
const wholeSecond = (date: Date): string => date.toISOString().replace('.000Z', 'Z');

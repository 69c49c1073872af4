import type { RequestSeer } from '../../../acts/requests/list.ts';
import { type DisclosureRequest, stateOf } from '../../../acts/requests/types.ts';
import type { SectionDecision } from '../../../sharing/policy/types.ts';
import type { Level } from '../../../states.ts';
import type { GatewayContext } from '../../request/context.ts';
import { publicAgency } from '../../request/directory.ts';
import { isThemselves } from './acts.ts';

/** Anybody sees what they asked; whoever decides for their agency what it is asked. */
export const requestSeerOf = ({ caller, decider }: GatewayContext): RequestSeer => ({
  asker: caller,
  decider,
});

/** What the agency's policy gives whoever asked, once somebody has permitted it at this level: as it is now. */
export const ifPermitted = (
  { asker, purpose, relationship, standing, agency, section }: DisclosureRequest,
  level: Level,
  context: GatewayContext,
): SectionDecision =>
  context
    .decisionsOf({ caller: asker, purpose, relationship, standing, openings: [{ section, level }] })
    .section(agency, section);

/** How it stands now. */
export const standsAs = (request: DisclosureRequest, context: GatewayContext) =>
  stateOf(request, ifPermitted(request, request.level ?? 'FULL', context).level !== null, context.now);

/** An account of somebody goes only to whom they are known. */
const NOT_FOR_YOU = 'Not shown: your agency has no record linked to this person.';

/**
 * `DisclosureRequest` of the public schema, as this caller may see it: the note and record numbers to whoever decides it alone;
 * why it was asked to them as well, where their agency has a record.
 */
export function publicRequest(request: DisclosureRequest, context: GatewayContext) {
  const { caller, decider } = context;
  const isOwnRequest = isThemselves(request.asker, caller);
  const decides = !isOwnRequest && decider !== null;
  const { issuer: _, staff: __, ...askedBy } = request.asker;
  const { state, reason } = standsAs(request, context);
  return {
    ...{ id: request.id, state, section: request.section, reference: request.reference },
    agency: publicAgency(request.agency, context),
    why: isOwnRequest || request.records.length > 0 ? request.why : NOT_FOR_YOU,
    askedBy,
    askedAt: request.askedAt.toISOString(),
    answerBy: request.answerBy.toISOString(),
    decidedAt: request.decidedAt?.toISOString() ?? null,
    reason,
    note: decides ? request.note : null,
    ...{ level: request.level, usesLeft: request.usesLeft },
    until: request.until?.toISOString() ?? null,
    ownRecords: decides ? request.records : [],
  };
}

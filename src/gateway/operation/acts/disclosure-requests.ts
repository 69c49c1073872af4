import { GraphQLError, type GraphQLFieldResolver } from 'graphql';
import { ActRefused } from '../../../acts/act.ts';
import {
  type DisclosureRequest,
  LONGEST_PERMIT_MS,
  MOST_USES,
  MOST_WAITING,
  type NotGivenReason,
  type RequestState,
  type RequestVerdict,
} from '../../../acts/requests/types.ts';
import { requestError } from '../../../errors.ts';
import type { Subject } from '../../../person-index/records/types.ts';
import type { Decisions, ReviewOffer } from '../../../sharing/policy/types.ts';
import { type Level, REASON_WORDS } from '../../../states.ts';
import type { GatewayContext } from '../../request/context.ts';
import { notAvailable } from '../finding.ts';
import { actEntry, decidingRule, refusedAct } from '../register-entries.ts';
import {
  checkAccount,
  checkFirst,
  checkWords,
  deskOf,
  isThemselves,
  noSuchAct,
  outcome,
  referenceOf,
  refusedAsInput,
  withOutageRefusals,
} from './acts.ts';
import { ifPermitted, publicRequest, requestSeerOf, standsAs } from './shown-request.ts';

type Resolver<Args> = GraphQLFieldResolver<unknown, GatewayContext, Args>;
interface AskArguments {
  person: string;
  section: string;
  agency: string;
  why: string;
}
interface DecideArguments {
  id: string;
  verdict: RequestVerdict['verdict'];
  reason?: NotGivenReason | null;
  level?: Level | null;
  uses: number;
  until?: string | null;
  note: string;
}

const HOUR_MS = 3_600_000;

export const requestDisclosure: Resolver<AskArguments> = (_root, args, context, info) =>
  withOutageRefusals(context, async () => {
    const { section, agency } = args;
    const why = checkAccount('why', args.why);
    const { decides, answerWithinHours } = await whoDecides(section, agency, context);
    const [subject] = await context.subjects.byIds([args.person]);
    if (!subject) {
      context.ledger.refusals += 1;
      return notAvailable(context);
    }
    const decisions = await context.decisionsAt(subject.relationship, [{ section, level: 'FULL' }]);
    const { relationship } = subject;
    if (
      decisions.section(agency, section).level === null ||
      (relationship !== 'VERIFIED' && relationship !== 'CLAIMED')
    )
      throw await notGiven(subject, section, agency, decisions, context);
    const { standing } = await context.subjects.standing();
    const id = await askOrRefuse(subject, decisions, context, {
      ...{ asker: context.caller, purpose: context.purpose ?? '', reference: referenceOf(context) },
      ...{ person: subject.person, section, agency, why, relationship, standing, decides },
      records: subject.links.get(agency) ?? [],
      policyVersion: decisions.policyVersion,
      answerBy: new Date(context.now.getTime() + answerWithinHours * HOUR_MS),
    });
    return shown(id, context, info.path);
  });

export const decideDisclosure: Resolver<DecideArguments> = (_root, args, context, info) =>
  withOutageRefusals(context, async () => {
    const note = checkWords('note', args.note);
    const verdict = checkVerdict(args, context.now);
    const request = await requestForDecider(args.id, context);
    if (!request) return noSuchAct('request', context);
    const { policyVersion } = await context.decisionsAt('NONE');
    const { section, agency } = request;
    const given = ifPermitted(request, verdict.verdict === 'PERMIT' ? verdict.level : 'FULL', context);
    if (verdict.verdict === 'PERMIT' && given.level === null)
      throw requestError(
        'BAD_USER_INPUT',
        `Your policy gives them nothing of ${section} now, whoever permits it: ${REASON_WORDS[given.reason ?? 'NOT_LISTED']}`,
      );
    const of = { records: request.records, rule: decidingRule(given.rule) };
    const outcomes = [
      verdict.verdict === 'PERMIT'
        ? {
            ...{ ...outcome(section, agency, 'PERMITTED'), level: given.level },
            ...{ gateways: given.rule?.gateways ?? [], ...of },
          }
        : { ...outcome(section, agency, 'DENIED'), reason: verdict.reason, ...of },
    ];
    const { now, caller } = context;
    await refusedAsInput(() =>
      context.requests.decide(request, { by: caller, said: verdict, note }, now, (act) =>
        actEntry(context, policyVersion, 'REVIEW', request, outcomes, act, given.rule?.conditions),
      ),
    );
    return shown(args.id, context, info.path);
  });

export const disclosureRequests: Resolver<{
  state?: RequestState | null;
  first: number;
  after?: string | null;
}> = (_root, { state = null, first, after = null }, context, info) =>
  withOutageRefusals(context, async () => {
    checkFirst('disclosureRequests', first);
    const page = { state, first, after, now: context.now };
    const { items, next } = await context.requests.list(requestSeerOf(context), page, async (found) => {
      const ofOthers = found.filter(({ asker }) => !isThemselves(asker, context.caller));
      const kept = context.decider
        ? await context.subjects.keptFrom([...new Set(ofOthers.map(({ person }) => person))])
        : new Set<string>();
      const shows = found.filter((one) => !(ofOthers.includes(one) && kept.has(one.person)));
      return shows.filter(
        (one) =>
          context.agencies.has(one.agency) && (state === null || standsAs(one, context).state === state),
      );
    });
    context.ledger.addActs(info.path);
    return { items: items.map((request) => publicRequest(request, context)), next };
  });

/** From policy and caller alone, before anybody is looked for: somebody of the agency decides on the section each time. */
async function whoDecides(section: string, agency: string, context: GatewayContext): Promise<ReviewOffer> {
  const decisions = await context.decisionsAt('VERIFIED');
  const { review, message } = decisions.section(agency, section);
  if (review) return review;
  // What the register keeps is a word of ours, never what somebody typed.
  const named = context.catalogue.sections.has(section) ? section : 'unknown';
  await context.record([refusedAct(context, decisions.policyVersion, named, 'NOT_LISTED')]);
  const requestable = [...context.catalogue.sections.values()].flatMap(({ name, suppliers }) => {
    const deciding = suppliers.filter((one) => decisions.section(one, name).review);
    return deciding.length > 0 ? [`${name} of ${deciding.join(' and ')}`] : [];
  });
  const agencyName = context.agencies.has(agency) ? agency : 'an agency that there is not';
  const words = [
    `Nobody of ${agencyName} decides on ${section.slice(0, 100)} for you.`,
    message,
    `What you can ask for: ${requestable.join('; ') || 'nothing'}.`,
  ];
  throw requestError('BAD_USER_INPUT', words.filter(Boolean).join(' '));
}

/** The person is seen, and nothing is given to the caller of them, whoever permits it. */
async function notGiven(
  subject: Subject,
  section: string,
  agency: string,
  decisions: Decisions,
  context: GatewayContext,
): Promise<GraphQLError> {
  const { reason: why } = decisions.section(agency, section);
  const reason = why === null || why === 'NEEDS_REVIEW' ? 'RELATIONSHIP_UNVERIFIED' : why;
  await context.record([refusedAct(context, decisions.policyVersion, section, reason, subject)]);
  return new GraphQLError(`${REASON_WORDS[reason]} Call the desk.`, {
    extensions: {
      ...{ code: 'WITHHELD', reason, agency, section },
      contact: deskOf(agency, section, decisions, context),
    },
  });
}

type NewRequest = Parameters<GatewayContext['requests']['ask']>[0];

async function askOrRefuse(
  subject: Subject,
  decisions: Decisions,
  context: GatewayContext,
  request: NewRequest,
): Promise<string> {
  const { section, agency } = request;
  const rule = decidingRule(decisions.section(agency, section).rule);
  const asked = [{ ...outcome(section, agency, 'ASKED'), records: request.records, rule }];
  try {
    return await context.requests.ask(request, context.now, (act) =>
      actEntry(context, decisions.policyVersion, 'REVIEW', subject, asked, act),
    );
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error;
    await context.record([refusedAct(context, decisions.policyVersion, section, error.why, subject)]);
    if (error.why === 'ALREADY_OPEN') throw requestError('BAD_USER_INPUT', `${error.message}.`);
    const { desk, phone, email } = deskOf(agency, section, decisions, context);
    throw requestError('QUERY_REFUSED', `${error.message}. Call ${desk}, ${phone ?? email}.`, {
      limit: MOST_WAITING,
      counts: error.why,
    });
  }
}

/** What is said, as it is kept. Throws BAD_USER_INPUT for what does not go together. */
function checkVerdict({ verdict, reason, level, uses, until }: DecideArguments, now: Date): RequestVerdict {
  const wrong = (message: string) => requestError('BAD_USER_INPUT', message);
  if (verdict === 'DENY') {
    if (!reason) throw wrong('DENY needs a reason, which is what whoever asked is told');
    if (reason === 'NOT_ANSWERED')
      throw wrong('NOT_ANSWERED is what is said where nobody answers: give another reason');
    if (level || until) throw wrong('level and until go with PERMIT alone');
    return { verdict, reason };
  }
  if (reason) throw wrong('reason goes with DENY alone');
  if (!level) throw wrong('PERMIT needs a level: how much of the section they are shown');
  if (uses < 1 || uses > MOST_USES) throw wrong(`uses takes 1 to ${MOST_USES}; ${uses} was given`);
  const latest = new Date(now.getTime() + LONGEST_PERMIT_MS);
  const end = until ? new Date(until) : latest;
  if (end <= now || end > latest) throw wrong('until must be later than now, and at most seven days on');
  return { verdict, level, uses, until: end };
}

/**
 * A request that waits for the caller's role at their agency, and concerns nobody from whom they are kept. Null else, whatever
 * the cause. Throws QUERY_REFUSED for their own: they know of it.
 */
async function requestForDecider(id: string, context: GatewayContext): Promise<DisclosureRequest | null> {
  const { caller, decider, now } = context;
  const request = await context.requests.find(requestSeerOf(context), id, now);
  const kept = await context.subjects.keptFrom(request ? [request.person] : []);
  if (!request || decider === null || request.agency !== decider.agency || request.decides !== decider.role)
    return null;
  if (isThemselves(request.asker, caller))
    throw requestError('QUERY_REFUSED', 'You asked for it yourself: somebody else of your agency decides.');
  return kept.has(request.person) ? null : request;
}

async function shown(
  id: string,
  context: GatewayContext,
  path: Parameters<GatewayContext['ledger']['addActs']>[0],
) {
  const request = await context.requests.find(requestSeerOf(context), id, context.now);
  if (!request) return noSuchAct('request', context);
  context.ledger.addActs(path);
  return publicRequest(request, context);
}

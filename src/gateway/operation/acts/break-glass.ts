import { GraphQLError, type GraphQLFieldResolver } from 'graphql';
import { ActRefused } from '../../../acts/act.ts';
import {
  type GlassState,
  MOST_A_DAY,
  MOST_OPEN,
  type PersonTold,
  type ReviewFinding,
} from '../../../acts/break-glass/types.ts';
import { requestError } from '../../../errors.ts';
import type { Subject } from '../../../person-index/records/types.ts';
import type { RegisterOutcome } from '../../../register/entry.ts';
import type { Decisions, Ground, Opening, PersonsView } from '../../../sharing/policy/types.ts';
import type { GatewayContext } from '../../request/context.ts';
import { notAvailable } from '../finding.ts';
import { actEntry, decidingRule, refusedAct } from '../register-entries.ts';
import {
  checkAccount,
  checkFirst,
  checkWords,
  deskOf,
  noSuchAct,
  outcome,
  referenceOf,
  refusedAsInput,
  withOutageRefusals,
} from './acts.ts';
import { isOpener, publicGlass, seerOf } from './shown-glass.ts';

type Resolver<Args> = GraphQLFieldResolver<unknown, GatewayContext, Args>;
interface OpenArguments {
  person: string;
  sections: readonly string[];
  ground: Ground;
  personsView: PersonsView;
  statement: string;
}

export const breakGlass: Resolver<OpenArguments> = (_root, args, context, info) =>
  withOutageRefusals(context, async () => {
    const statement = checkOpening(args);
    const sections = [...new Set(args.sections)];
    await refuseWhatIsNotOffered(sections, args.ground, context);
    const [subject] = await context.subjects.byIds([args.person]);
    if (!subject) {
      context.ledger.refusals += 1;
      return notAvailable(context);
    }
    const { ground, personsView } = args;
    const openings = sections.map((section): Opening => ({ section, ground, personsView }));
    const decisions = await context.decisionsAt(subject.relationship, openings);
    const opened = openedBy(decisions, sections, context);
    const { relationship } = subject;
    const shut = sections.find((section) => !opened.some((one) => one.section === section));
    if (shut !== undefined || (relationship !== 'VERIFIED' && relationship !== 'CLAIMED'))
      throw await notTied(subject, shut ?? sections[0] ?? '', decisions, context);
    const id = await openOrRefuse(subject, sections, decisions, opened, context, {
      ...{ opener: context.caller, purpose: context.purpose ?? '', reference: referenceOf(context) },
      ...{ person: subject.person, sections, ground, personsView, statement, relationship },
      policyVersion: decisions.policyVersion,
      agencies: agenciesOf(opened, subject),
    });
    return shown(id, context, info.path);
  });

export const endBreakGlass: Resolver<{ id: string }> = (_root, { id }, context, info) =>
  withOutageRefusals(context, async () => {
    const { now, caller } = context;
    const glass = await context.breakGlass.find({ opener: caller }, id, now);
    if (!glass) return noSuchAct('break-glass', context);
    const { policyVersion } = await context.decisionsAt('NONE');
    const outcomes = glass.sections.flatMap((section) =>
      glass.agencies.map(({ agency, records }) => ({ ...outcome(section, agency, 'ENDED'), records })),
    );
    if (glass.state === 'OPEN')
      await context.breakGlass.end(glass, now, (act) =>
        actEntry(context, policyVersion, 'BREAK_GLASS', glass, outcomes, act),
      );
    return shown(id, context, info.path);
  });

export const confirmBreakGlass: Resolver<{ id: string; present: boolean; why: string }> = (
  _root,
  { id, present, why },
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    const { caller, now } = context;
    const text = checkWords('why', why);
    const glass = await glassForOfficer(id, context);
    if (glass?.opener.organisation !== caller.organisation) return noSuchAct('break-glass', context);
    const { policyVersion } = await context.decisionsAt('NONE');
    const outcomes = [outcome('break-glass', caller.organisation, present ? 'PRESENT' : 'NOT_PRESENT')];
    await refusedAsInput(() =>
      context.breakGlass.confirm(glass, { by: caller, present, why: text }, now, (act) =>
        actEntry(context, policyVersion, 'REVIEW', glass, outcomes, act),
      ),
    );
    return shown(id, context, info.path);
  });

export const reviewBreakGlass: Resolver<{
  id: string;
  finding: ReviewFinding;
  personTold: PersonTold;
  why: string;
}> = (_root, { id, finding, personTold, why }, context, info) =>
  withOutageRefusals(context, async () => {
    const { caller, now } = context;
    const text = checkWords('why', why);
    const glass = await glassForOfficer(id, context);
    const agency = caller.organisation;
    if (!glass?.agencies.some((one) => one.agency === agency)) return noSuchAct('break-glass', context);
    const { policyVersion } = await context.decisionsAt('NONE');
    const records = glass.agencies.find((one) => one.agency === agency)?.records ?? [];
    const outcomes = glass.sections.map((section) => ({
      ...{ ...outcome(section, agency, finding), records },
      reason: personTold,
    }));
    await refusedAsInput(() =>
      context.breakGlass.review(glass, { by: caller, agency, finding, personTold, why: text }, now, (act) =>
        actEntry(context, policyVersion, 'REVIEW', glass, outcomes, act),
      ),
    );
    return shown(id, context, info.path);
  });

export const breakGlassGrants: Resolver<{
  state?: GlassState | null;
  first: number;
  after?: string | null;
}> = (_root, { state = null, first, after = null }, context, info) =>
  withOutageRefusals(context, async () => {
    checkFirst('breakGlassGrants', first);
    const seer = seerOf(context);
    const page = { state, first, after, now: context.now };
    const { items, next } = await context.breakGlass.list(seer, page, (people) =>
      context.mayGovern ? context.subjects.keptFrom(people) : Promise.resolve(new Set<string>()),
    );
    context.ledger.addActs(info.path);
    return { items: items.map((glass) => publicGlass(glass, context)), next };
  });

/** The statement, as it is kept. Throws BAD_USER_INPUT for what no policy needs to be asked about. */
function checkOpening({ sections, ground, personsView, statement }: OpenArguments): string {
  if (sections.length === 0) throw requestError('BAD_USER_INPUT', 'sections names no section to open');
  if (ground === 'LACKS_CAPACITY' && personsView !== 'UNABLE')
    throw requestError(
      'BAD_USER_INPUT',
      'LACKS_CAPACITY is for somebody who cannot say what they want: personsView must be UNABLE',
    );
  return checkAccount('statement', statement);
}

/** From policy and caller alone, before anybody is looked for: each section is opened by some agency, on this ground. */
async function refuseWhatIsNotOffered(
  sections: readonly string[],
  ground: Ground,
  context: GatewayContext,
): Promise<void> {
  const decisions = await context.decisionsAt('VERIFIED');
  const offersOf = (section: string) =>
    (context.catalogue.sections.get(section)?.suppliers ?? []).flatMap(
      (agency) => decisions.section(agency, section).breakGlass ?? [],
    );
  for (const section of sections) {
    const offers = offersOf(section);
    const grounds = [...new Set(offers.flatMap((one) => one.grounds))];
    if (grounds.includes(ground)) continue;
    // What the register keeps is a word of ours, never what somebody typed.
    const named = context.catalogue.sections.has(section) ? section : 'unknown';
    await context.record([refusedAct(context, decisions.policyVersion, named, 'NOT_LISTED')]);
    if (offers.length > 0)
      throw requestError(
        'BAD_USER_INPUT',
        `No agency opens ${section} on the ground ${ground}. Grounds: ${grounds.join(', ')}.`,
      );
    const openable = [...context.catalogue.sections.keys()].filter((one) => offersOf(one).length > 0);
    throw requestError(
      'BAD_USER_INPUT',
      `No agency opens ${section.slice(0, 100)} to you by break-glass. What can be opened: ${openable.join(', ') || 'nothing'}.`,
    );
  }
}

interface OpenedSection {
  section: string;
  agency: string;
  fields: readonly string[];
  conditions: readonly string[];
  outcome: RegisterOutcome;
}

/** What `decide` gives of these sections as if they were open: by which agencies, and which fields. */
function openedBy(
  decisions: Decisions,
  sections: readonly string[],
  { catalogue }: GatewayContext,
): readonly OpenedSection[] {
  return sections.flatMap((section) =>
    (catalogue.sections.get(section)?.suppliers ?? []).flatMap((agency) => {
      const { opened, level, rule } = decisions.section(agency, section);
      if (opened === null) return [];
      const { gateways = [], conditions = [] } = rule ?? {};
      const written = { ...outcome(section, agency, 'OPENED'), level, gateways, rule: decidingRule(rule) };
      return [{ section, agency, fields: opened, conditions, outcome: written }];
    }),
  );
}

type NewGlass = Parameters<GatewayContext['breakGlass']['open']>[0];

function agenciesOf(opened: readonly OpenedSection[], { links }: Subject): NewGlass['agencies'] {
  const agencies = new Map<string, { fields: string[]; records: readonly string[] }>();
  for (const { section, agency, fields } of opened) {
    const known = agencies.get(agency) ?? { fields: [], records: links.get(agency) ?? [] };
    known.fields.push(...fields.map((field) => `${section}.${field}`));
    agencies.set(agency, known);
  }
  return agencies;
}

/** The person is seen, and not so tied that anybody opens anything. */
async function notTied(
  subject: Subject,
  section: string,
  decisions: Decisions,
  context: GatewayContext,
): Promise<GraphQLError> {
  const reason = 'RELATIONSHIP_UNVERIFIED';
  await context.record([refusedAct(context, decisions.policyVersion, section, reason, subject)]);
  const agency = context.catalogue.sections.get(section)?.suppliers[0] ?? null;
  return new GraphQLError(
    'Break-glass needs a reference that is live, that you are on, and that its own system can show now. Call the desk.',
    {
      extensions: {
        ...{ code: 'WITHHELD', reason, agency, section },
        contact: agency && deskOf(agency, section, decisions, context),
      },
    },
  );
}

async function openOrRefuse(
  subject: Subject,
  [first = '']: readonly string[],
  decisions: Decisions,
  opened: readonly OpenedSection[],
  context: GatewayContext,
  glass: NewGlass,
): Promise<string> {
  const { caller, now } = context;
  const outcomes = opened.map((one) => ({ ...one.outcome, records: subject.links.get(one.agency) ?? [] }));
  const conditions = opened.flatMap((one) => one.conditions);
  try {
    return await context.breakGlass.open(glass, now, (act) =>
      actEntry(context, decisions.policyVersion, 'BREAK_GLASS', subject, outcomes, act, conditions),
    );
  } catch (error) {
    if (!(error instanceof ActRefused)) throw error;
    const refusal = refusedAct(context, decisions.policyVersion, first, error.why, subject);
    if (error.why === 'ALREADY_OPEN') {
      await context.record([refusal]);
      throw requestError('BAD_USER_INPUT', `${error.message}.`);
    }
    await context.breakGlass.refused(refusal, caller, now);
    const contacts = opened.map(({ agency, section }) => deskOf(agency, section, decisions, context));
    const desks = contacts.map(({ desk, phone, email }) => `${desk}, ${phone ?? email}`);
    throw requestError('QUERY_REFUSED', `${error.message}. Call ${[...new Set(desks)].join('; or ')}.`, {
      limit: error.why === 'A_DAY' ? MOST_A_DAY : MOST_OPEN,
      counts: error.why,
      contacts,
    });
  }
}

/**
 * An act that concerns the officer's organisation, and nobody from whom they are kept. Null else, whatever the cause.
 * Throws QUERY_REFUSED for their own act: they know of it.
 */
async function glassForOfficer(id: string, context: GatewayContext) {
  const { caller, now } = context;
  const glass = await context.breakGlass.find({ officerOf: caller.organisation }, id, now);
  const kept = await context.subjects.keptFrom(glass ? [glass.person] : []);
  if (!glass || kept.has(glass.person)) return null;
  if (isOpener(glass, caller))
    throw requestError('QUERY_REFUSED', 'You opened it yourself: another officer gives their word on it.');
  return glass;
}

async function shown(
  id: string,
  context: GatewayContext,
  path: Parameters<GatewayContext['ledger']['addActs']>[0],
) {
  const seer = context.mayGovern ? seerOf(context) : { opener: context.caller };
  const glass = await context.breakGlass.find(seer, id, context.now);
  if (!glass) return noSuchAct('break-glass', context);
  context.ledger.addActs(path);
  return publicGlass(glass, context);
}

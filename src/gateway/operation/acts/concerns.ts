import { GraphQLError, type GraphQLFieldResolver } from 'graphql';
import type { Concern, ConcernKind, NewConcern } from '../../../acts/wishes/concerns.ts';
import { requestError } from '../../../errors.ts';
import type { RegisterOutcome } from '../../../register/entry.ts';
import type { GatewayContext } from '../../request/context.ts';
import type { InfoPath } from '../../request/ledger.ts';
import { notAvailable } from '../finding.ts';
import { actEntry, refusedAct } from '../register-entries.ts';
import {
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
import {
  CONCERN_STATES,
  isSubject,
  listedFor,
  publicConcern,
  type QueueState,
  tiedPerson,
} from './wishes.ts';

type Resolver<Args> = GraphQLFieldResolver<unknown, GatewayContext, Args>;
interface PageArguments {
  state?: QueueState | null;
  first: number;
  after?: string | null;
}

export const recordObjection: Resolver<{ person: string; section: string; agency: string; why: string }> = (
  _root,
  { person, section, agency, why },
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    const text = checkWords('why', why);
    checkSupplier(section, agency, context);
    const subject = await tiedPerson(person, section, context);
    if (!subject) return notAvailable(context);
    const records = subject.links.get(agency) ?? [];
    const of = { kind: 'OBJECTION', agency, section, field: null, row: null, records, why: text } as const;
    return raised({ ...of, person: subject.person, relationship: subject.relationship }, context, info.path);
  });

export const reportMistake: Resolver<{ record: string; section: string; field: string; why: string }> = (
  _root,
  { record, section, field, why },
  context,
  info,
) =>
  withOutageRefusals(context, async () => {
    const text = checkWords('why', why);
    checkField(section, field, context);
    const found = await context.subjects.byRecord(record);
    if (!found) {
      context.ledger.refusals += 1;
      return notAvailable(context);
    }
    const { subject, agency, row } = found;
    const decisions = subject.decisions(agency);
    const reason = decisions.withholds(agency, section, field);
    if (reason !== null) {
      await context.record([refusedAct(context, decisions.policyVersion, section, reason, subject)]);
      throw new GraphQLError('A mistake is reported in what you are shown, and this is withheld from you.', {
        extensions: {
          ...{ code: 'WITHHELD', reason, agency, section },
          contact: deskOf(agency, section, decisions, context),
        },
      });
    }
    const records = subject.links.get(agency) ?? [];
    const of = { kind: 'MISTAKE', agency, section, field, row, records, why: text } as const;
    return raised({ ...of, person: subject.person, relationship: subject.relationship }, context, info.path);
  });

export const decideObjection: Resolver<{ id: string; upheld: boolean; why: string }> = (
  _root,
  { id, upheld, why },
  context,
  info,
) => answered('OBJECTION', { id, agreed: upheld, why }, context, info.path);

export const answerMistake: Resolver<{ id: string; corrected: boolean; why: string }> = (
  _root,
  { id, corrected, why },
  context,
  info,
) => answered('MISTAKE', { id, agreed: corrected, why }, context, info.path);

export const objections: Resolver<PageArguments> = (_root, page, context, info) =>
  listed('OBJECTION', 'objections', page, context, info.path);

export const mistakes: Resolver<PageArguments> = (_root, page, context, info) =>
  listed('MISTAKE', 'mistakes', page, context, info.path);

/** What an agency's own schema says is no secret: whoever mistypes it is told what there is. */
function checkSupplier(section: string, agency: string, { catalogue }: GatewayContext): void {
  const suppliers = checkSection(section, catalogue).suppliers;
  if (!suppliers.includes(agency))
    throw requestError(
      'BAD_USER_INPUT',
      `${agency.slice(0, 100)} supplies nothing of ${section}. Who does: ${suppliers.join(', ')}.`,
    );
}

function checkSection(section: string, { sections }: GatewayContext['catalogue']) {
  const known = sections.get(section);
  if (known) return known;
  throw requestError(
    'BAD_USER_INPUT',
    `There is no section ${section.slice(0, 100)}. Sections: ${[...sections.keys()].join(', ')}.`,
  );
}

function checkField(section: string, field: string, { catalogue }: GatewayContext): void {
  const { fields } = checkSection(section, catalogue);
  if (!fields.has(field))
    throw requestError(
      'BAD_USER_INPUT',
      `${section} has no field ${field.slice(0, 100)}. Fields: ${[...fields.keys()].join(', ')}.`,
    );
}

type Raised = Omit<NewConcern, 'raisedBy' | 'bySubject' | 'purpose' | 'reference'>;

async function raised(concern: Raised, context: GatewayContext, path: InfoPath) {
  const { caller, purpose, now, policies } = context;
  const { kind } = concern;
  let id = '';
  await refusedAsInput(async () => {
    id = await context.concerns.raise(
      {
        ...concern,
        ...{ raisedBy: caller, bySubject: isSubject(context) },
        ...{ purpose: purpose ?? '', reference: referenceOf(context) },
      },
      now,
      (act) => actEntry(context, policies.version, kind, concern, [outcomeOf(concern, 'RAISED')], act),
    );
  });
  return shown(kind, id, context, path);
}

async function answered(
  kind: ConcernKind,
  { id, agreed, why }: { id: string; agreed: boolean; why: string },
  context: GatewayContext,
  path: InfoPath,
) {
  return withOutageRefusals(context, async () => {
    const { caller, now, policies } = context;
    const text = checkWords('why', why);
    const concern = await context.concerns.find(kind, id);
    const kept = await context.subjects.keptFrom(concern ? [concern.person] : []);
    if (concern?.agency !== caller.organisation || kept.has(concern.person))
      return noSuchAct(kind.toLowerCase(), context);
    if (isThemselves(concern.raisedBy, caller))
      throw requestError('QUERY_REFUSED', 'It is your own: another officer gives their word on it.');
    const state = CONCERN_STATES[kind][agreed ? 'agreed' : 'not agreed'];
    await refusedAsInput(() =>
      context.concerns.answer(concern, { by: caller, agreed, why: text }, now, (act) =>
        actEntry(context, policies.version, kind, concern, [outcomeOf(concern, state)], act),
      ),
    );
    return shown(kind, id, context, path);
  });
}

function listed(
  kind: ConcernKind,
  field: string,
  { state = null, first, after = null }: PageArguments,
  context: GatewayContext,
  path: InfoPath,
) {
  return withOutageRefusals(context, async () => {
    checkFirst(field, first);
    const states = CONCERN_STATES[kind];
    const ofOtherKind = state !== null && !Object.values(states).includes(state);
    const agreed = state === null ? undefined : state === 'WAITING' ? null : state === states.agreed;
    const page = ofOtherKind
      ? { items: [], next: null }
      : await context.concerns.list(
          { kind, agency: context.caller.organisation, agreed },
          { first, after },
          listedFor(context),
        );
    context.ledger.addActs(path);
    return { items: page.items.map((concern) => publicConcern(concern, context)), next: page.next };
  });
}

const outcomeOf = (
  { section, agency, field }: Pick<Concern, 'section' | 'agency' | 'field'>,
  state: string,
): RegisterOutcome => ({ ...outcome(section, agency, state), reason: field });

async function shown(kind: ConcernKind, id: string, context: GatewayContext, path: InfoPath) {
  const concern = await context.concerns.find(kind, id);
  if (!concern) return noSuchAct(kind.toLowerCase(), context);
  context.ledger.addActs(path);
  return publicConcern(concern, context);
}

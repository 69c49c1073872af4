import { type GraphQLFieldResolver, type GraphQLResolveInfo, getNamedType, isCompositeType } from 'graphql';
import { partsOf } from '../../../adapters/contract.ts';
import type { FeedState, Subject } from '../../person-index/records/types.ts';
import type { CatalogueSection, SectionDecision } from '../../sharing/policy/types.ts';
import { type AnswerReason, UNAVAILABLE_REASONS, type UnavailableReason } from '../../states.ts';
import type { AgencyAnswer, SectionAnswer } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { pathKeys } from '../request/ledger.ts';
import { HELPERS, isReleased, type SectionRequest } from '../request/prune.ts';
import { type SectionSelection, sectionSelection } from '../request/selection.ts';
import { whoMayKnow } from '../request/who-may-know.ts';

/** Resolves `Person.<section>`: asks every supplier at once and keeps what each said. Never null, never throws for an agency. */
export function sectionResolver(section: CatalogueSection): GraphQLFieldResolver<Subject, GatewayContext> {
  return async (subject, _args, context, info): Promise<SectionAnswer> => {
    const type = getNamedType(info.returnType);
    if (!isCompositeType(type)) throw new Error(`${section.name} is not a section`);
    const selection = selectionOnce(info, () => sectionSelection(info.fieldNodes, type, info));
    const question = { section: section.name, type, nodes: info.fieldNodes, selection };
    const suppliers = suppliersOf(section, selection);
    const answers = await Promise.all(
      suppliers.map((agency) => askAgency(agency, subject, question, context, info)),
    );
    const agencies = new Map(answers.map((answer) => [answer.agency, answer]));
    const answer: SectionAnswer = { subject, section, path: pathKeys(info.path), selection, agencies };
    context.ledger.addAnswer(info.path, answer);
    await context.turns.take(itemsIn(answers));
    return answer;
  };
}

/** About how many objects the answers hold: each of them has fields that are resolved. */
function itemsIn(answers: readonly AgencyAnswer[]): number {
  let items = 1;
  for (const { parts } of answers)
    for (const part of parts)
      for (const value of Object.values(part)) items += Array.isArray(value) ? value.length : 0;
  return items;
}

/** Agencies that supply a field asked, in their fixed order; all of the section's where only its standing is asked. */
function suppliersOf(section: CatalogueSection, asked: SectionSelection): readonly string[] {
  if (asked.fields.length === 0) return section.suppliers;
  return section.suppliers.filter((agency) =>
    asked.fields.some(({ path }) => section.fields.get(path)?.suppliers.includes(agency)),
  );
}

/** graphql-js keeps one array of nodes for all people of a list within one execution: so the question is read once for all. */
const selectionByNodes = new WeakMap<readonly unknown[], { variables: unknown; asked: SectionSelection }>();
function selectionOnce(info: GraphQLResolveInfo, make: () => SectionSelection): SectionSelection {
  const known = selectionByNodes.get(info.fieldNodes);
  if (known?.variables === info.variableValues) return known.asked;
  const asked = make();
  selectionByNodes.set(info.fieldNodes, { variables: info.variableValues, asked });
  return asked;
}

/**
 * What one agency says of one section of one person. Whether it is asked at all follows from policy, caller and
 * relationship alone; only then is anything of the person looked at.
 */
export async function askAgency(
  agency: string,
  subject: Subject,
  question: SectionRequest,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<AgencyAnswer> {
  const decisions = subject.decisions(agency);
  const decision = decisions.section(agency, question.section);
  if (decision.level === null)
    return {
      ...agencyAnswer(decision, 'WITHHELD', decision.reason),
      beside: await whoMayKnow(decision, context),
    };
  // Who gets nothing of what is asked by their level, permit or not, is told so without using one.
  if (question.requires && !releasesAny(agency, subject, question, context))
    return agencyAnswer(decision, 'WITHHELD', 'LEVEL');
  // Before anything of the agency is looked at: it is used by who asks, whatever comes back.
  const permit = decision.review && subject.permit(agency, question.section);
  if (permit && !(await context.permits.use(permit)))
    return agencyAnswer({ ...decision, level: null }, 'WITHHELD', 'NEEDS_REVIEW');
  if (!releasesAny(agency, subject, question, context)) return agencyAnswer(decision, 'WITHHELD', 'LEVEL');

  const down = context.agencies.get(agency).unavailable();
  if (down) return agencyAnswer(decision, 'UNAVAILABLE', down);
  const feed = context.subjects.feed(agency);
  if (!feed.asOf) return agencyAnswer(decision, 'UNAVAILABLE', 'STARTING');
  if (feed.overdue) return agencyAnswer(decision, 'UNAVAILABLE', 'FAILED');
  const { emptyAsUnlinked = false } = context.agencies.get(agency).adapter;
  const linked = subject.links.get(agency) ?? [];
  if (linked.length === 0) {
    if (subject.candidates.has(agency) && !hidesLinks(decision, emptyAsUnlinked))
      return agencyAnswer(decision, 'POSSIBLE_MATCH_ONLY', null);
    if (!emptyAsUnlinked && decision.ownSite === null) return unlinked(decision, feed);
  }
  // Where a link alone says too much, whoever has none is asked about too: by the same statements, which fail alike.
  const records = linked.length > 0 ? linked : [context.authority.standIn(agency, subject)];
  try {
    await hideOthers(agency, subject, question, context);
    const parts = await context.loaders.load(agency, records, decisions, question, context, info);
    const present = parts.some((part) => part[HELPERS.present] === true);
    if (parts.length === 0 || (!present && emptyAsUnlinked)) return unlinked(decision, feed);
    const times = parts
      .map((part) => part[HELPERS.asOf])
      .filter((time): time is string => typeof time === 'string');
    return {
      ...agencyAnswer(decision, present ? 'DISCLOSED' : 'NOT_HELD', present ? null : 'NONE_IN_SCOPE'),
      asOf: times.sort().at(-1) ?? null,
      retrievedAt: context.now.toISOString(),
      parts,
    };
  } catch (error) {
    const told = toldOf(error);
    const stood = told === null ? decision : { ...decision, message: told };
    return agencyAnswer(stood, 'UNAVAILABLE', failureReason(error, agency, context));
  }
}

/**
 * A link alone would say too much, and a linked person may be answered as one whom nobody knows: so is one who is only
 * perhaps linked.
 */
function hidesLinks({ rows, ownSite }: SectionDecision, emptyAsUnlinked: boolean): boolean {
  return ownSite !== null || (emptyAsUnlinked && Object.keys(rows).length > 0);
}

/** With no data field asked (`state` alone), the level of the section is enough to ask whether there is anything. */
function releasesAny(
  agency: string,
  subject: Subject,
  question: SectionRequest,
  context: GatewayContext,
): boolean {
  const { fields } = question.selection;
  if (fields.length === 0) return true;
  return fields.some(({ path }) => isReleased(path, agency, subject.decisions(agency), question, context));
}

/** While the agency's records wait to be matched, one of them may be this person's. */
function unlinked(decision: SectionDecision, { asOf, matching }: FeedState): AgencyAnswer {
  if (matching) return agencyAnswer(decision, 'UNAVAILABLE', 'STARTING');
  return { ...agencyAnswer(decision, 'NOT_HELD', 'NO_LINKED_RECORD'), asOf: asOf?.toISOString() ?? null };
}

function agencyAnswer(
  decision: SectionDecision,
  state: AgencyAnswer['state'],
  reason: AnswerReason | null,
): AgencyAnswer {
  const level = state === 'WITHHELD' ? null : decision.level;
  return {
    agency: decision.agency,
    state,
    level,
    reason,
    decision,
    asOf: null,
    retrievedAt: null,
    beside: null,
    parts: [],
  };
}

/** Some sections have rows about other people: those who are hidden from this caller must be known before any is read. */
async function hideOthers(
  agency: string,
  subject: Subject,
  { section }: SectionRequest,
  { agencies, authority, subjects }: GatewayContext,
): Promise<void> {
  const fields = Object.values(agencies.get(agency).adapter.sections[section] ?? {});
  if (!fields.flatMap(partsOf).some(({ source }) => source.otherPerson)) return;
  authority.hide(agency, await subjects.hiddenRelatives(subject, agency));
}

/**
 * Why an agency could not answer, from whatever came back through delegation. What is not the agency's own word
 * that it is unavailable is a fault of ours or of its data: it stands in the log by name, as an error, and is told as FAILED.
 */
function failureReason(error: unknown, agency: string, context: GatewayContext): UnavailableReason {
  for (const cause of causes(error)) {
    const reason = (cause as { reason?: unknown }).reason;
    const known = UNAVAILABLE_REASONS.find((one) => one === reason);
    if (known) return known;
  }
  context.fault(
    agency,
    `answer could not be used: ${[...causes(error)].map((one) => one.name).join(' from ')}`,
  );
  return 'FAILED';
}

/** What the caller hears of a failure in place of the policy's message; null where the state says enough. */
function toldOf(error: unknown): string | null {
  for (const cause of causes(error)) {
    const { told } = cause as { told?: unknown };
    if (typeof told === 'string') return told;
  }
  return null;
}

function* causes(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return;
  yield error;
  const { cause, originalError, errors } = error as Error & {
    originalError?: unknown;
    errors?: readonly unknown[];
  };
  for (const inner of [cause, originalError, ...(errors ?? [])]) if (inner !== error) yield* causes(inner);
}

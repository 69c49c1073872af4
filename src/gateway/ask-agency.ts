import type { GraphQLResolveInfo } from 'graphql';
import { partsOf } from '../../adapters/contract.ts';
import type { Subject } from '../person-index/types.ts';
import type { SectionDecision } from '../sharing/types.ts';
import { failureReason } from './agency-failure.ts';
import type { AgencyAnswer, AnswerReason } from './answers.ts';
import type { GatewayContext } from './context.ts';
import type { SectionQuestion } from './loaders.ts';
import { HELPERS } from './prune.ts';

/**
 * What one agency says of one section of one person. Whether it is asked at all follows from policy, caller and
 * relationship alone; only then is anything of the person looked at.
 */
export async function askAgency(
  agency: string,
  subject: Subject,
  question: SectionQuestion,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): Promise<AgencyAnswer> {
  const decisions = subject.decisions(agency);
  const decision = decisions.section(agency, question.section);
  if (decision.level === null) return standing(decision, 'WITHHELD', decision.reason);
  if (!releasesAny(agency, subject, question, context)) return standing(decision, 'WITHHELD', 'LEVEL');

  const down = context.agencies.get(agency).unavailable();
  if (down) return standing(decision, 'UNAVAILABLE', down);
  const feed = context.subjects.feed(agency);
  if (!feed.asOf) return standing(decision, 'UNAVAILABLE', 'STARTING');
  if (feed.overdue) return standing(decision, 'UNAVAILABLE', 'FAILED');
  const records = subject.links.get(agency) ?? [];
  if (records.length === 0) {
    if (subject.candidates.has(agency)) return standing(decision, 'POSSIBLE_MATCH_ONLY', null);
    return unlinked(decision, feed.asOf);
  }
  try {
    await hideOthers(agency, subject, question, context);
    const parts = await context.loaders.load(agency, records, decisions, question, context, info);
    const present = parts.some((part) => part[HELPERS.present] === true);
    if (!present && context.agencies.get(agency).adapter.emptyAsUnlinked)
      return unlinked(decision, feed.asOf);
    const times = parts
      .map((part) => part[HELPERS.asOf])
      .filter((time): time is string => typeof time === 'string');
    return {
      ...standing(decision, present ? 'DISCLOSED' : 'NOT_HELD', present ? null : 'NONE_IN_SCOPE'),
      asOf: times.sort().at(-1) ?? null,
      retrievedAt: context.now.toISOString(),
      parts,
    };
  } catch (error) {
    return standing(decision, 'UNAVAILABLE', failureReason(error, agency, context));
  }
}

/** With no data field asked (`state` alone), the level of the section is enough to ask whether there is anything. */
function releasesAny(
  agency: string,
  subject: Subject,
  { section, asked }: SectionQuestion,
  { catalogue }: GatewayContext,
): boolean {
  if (asked.fields.length === 0) return true;
  const fields = catalogue.sections.get(section)?.fields;
  return asked.fields.some(
    ({ path }) =>
      fields?.get(path)?.suppliers.includes(agency) &&
      subject.decisions(agency).withholds(agency, section, path) === null,
  );
}

const unlinked = (decision: SectionDecision, asOf: Date): AgencyAnswer => ({
  ...standing(decision, 'NOT_HELD', 'NO_LINKED_RECORD'),
  asOf: asOf.toISOString(),
});

function standing(
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
    parts: [],
  };
}

/** Some sections have rows about other people: those who are hidden from this caller must be known before any is read. */
async function hideOthers(
  agency: string,
  subject: Subject,
  { section }: SectionQuestion,
  { agencies, authority, subjects }: GatewayContext,
): Promise<void> {
  const fields = Object.values(agencies.get(agency).adapter.sections[section] ?? {});
  if (!fields.flatMap(partsOf).some(({ source }) => source.otherPerson)) return;
  authority.hide(agency, await subjects.hiddenRelatives(subject, agency));
}

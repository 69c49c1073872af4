import type { CountableWord } from '../../cohort/countables.ts';
import { type CohortQuestion, questionText, wordsOf } from '../../cohort/filter.ts';
import type { Subject } from '../../person-index/records/types.ts';
import type { Decision } from '../../person-index/review/make-decision.ts';
import type { SeenPerson } from '../../person-index/review/types.ts';
import type {
  DecidingRule,
  EntryKind,
  RegisterEntry,
  RegisteredAct,
  RegisterOutcome,
} from '../../register/entry.ts';
import type { PolicyRule, Relationship } from '../../sharing/policy/types.ts';
import { sectionsShownToSubject } from '../../sharing/shown-to-subject.ts';
import type { SectionAnswer } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import type { Contents, SearchMade } from '../request/ledger.ts';

/** What the register keeps of one request: an entry for each person in the response, each search and what was refused. */
export function registerEntries(
  context: GatewayContext,
  { people, answers, searches, reviewed }: Contents,
  policyVersion: string,
): RegisterEntry[] {
  const answersOf = new Map<Subject, SectionAnswer[]>(people.map((subject) => [subject, []]));
  for (const answer of answers) answersOf.get(answer.subject)?.push(answer);
  return [
    ...[...answersOf].map(([subject, given]) => disclosure(subject, given, context, policyVersion)),
    ...reviewEntries(reviewed, policyVersion, context),
    ...searchEntries(context, searches, policyVersion),
    ...Array.from({ length: context.ledger.refusals }, () => nobody(context, policyVersion)),
  ];
}

/** One entry for each search, aliases included, those refused and those that came to nothing as well. */
export function searchEntries(
  context: GatewayContext,
  searches: readonly SearchMade[],
  policyVersion: string,
): RegisterEntry[] {
  return searches.map(({ field, state, reason }) =>
    state === 'NOT_AVAILABLE'
      ? nobody(context, policyVersion)
      : entryOf(context, policyVersion, 'SEARCH', null, [{ ...lookup(field, state), reason }]),
  );
}

/** An id or number that was answered with nobody. */
const nobody = (context: GatewayContext, policyVersion: string): RegisterEntry =>
  entryOf(context, policyVersion, 'REFUSAL', null, [lookup('person', 'NOT_AVAILABLE')]);

/** The entry of a request that was refused before any person was looked for. */
export function refusedRequest(context: GatewayContext, policyVersion: string, code: string): RegisterEntry {
  const outcomes = [{ ...lookup('request', 'WITHHELD'), reason: code }];
  return entryOf(context, policyVersion, 'REFUSAL', null, outcomes);
}

/** The entry of an act, or of a word on one, with what the register keeps of it. */
export function actEntry(
  context: GatewayContext,
  policyVersion: string,
  kind: Extract<EntryKind, 'BREAK_GLASS' | 'REVIEW' | 'RELAY' | 'CONSENT' | 'OBJECTION' | 'MISTAKE'>,
  of: { person: string; relationship: Relationship },
  outcomes: readonly RegisterOutcome[],
  act: RegisteredAct,
  conditions: readonly string[] = [],
): RegisterEntry {
  const { person, relationship } = of;
  return {
    ...callerOfEntry(context),
    ...{ kind, policyVersion, person, relationship, outcomes, act },
    regime: regimeIn(conditions),
    ...(outcomes.some(({ state }) => state === 'OPENED') && {
      shownToSubject: shownToSubject(context, outcomes),
    }),
  };
}

/**
 * The entry of somebody's reading the register: what they read, by which filters, and the record's number if there was such a
 * record. Nothing that they typed, which could be anything.
 */
export function reportEntry(
  context: GatewayContext,
  policyVersion: string,
  section: 'register' | 'registerStatement' | 'barriers' | 'accessHistory',
  { filters, records = [] }: { filters: readonly string[]; records?: readonly string[] },
): RegisterEntry {
  const { organisation } = context.caller;
  const reason = filters.toSorted().join(', ') || null;
  const outcome = { section, agency: organisation, state: 'READ', level: null, reason, asOf: null, records };
  return entryOf(context, policyVersion, 'REPORT', null, [outcome]);
}

/** What was counted: a cohort, or what nobody can read in a field of an agency. */
type Counted = CohortQuestion | { unreadable: CountableWord; agency: string };

/**
 * The entry of a count: for each agency and section that it rests on the filter and the dimensions as they were meant, and never
 * the result. `records` has nobody's.
 */
export function aggregateEntry(
  context: GatewayContext,
  policyVersion: string,
  counted: Counted,
): RegisterEntry {
  const outcome = (agency: string, section: string, reason: string): RegisterOutcome => ({
    ...{ section, agency, state: 'COUNTED', level: null, reason, asOf: null },
  });
  const outcomes =
    'unreadable' in counted
      ? [outcome(counted.agency, counted.unreadable.section, `unreadable: ${counted.unreadable.name}`)]
      : wordsOf(counted).flatMap(({ section, suppliers }, at, words) =>
          words.findIndex((one) => one.section === section) === at
            ? [...suppliers.keys()].map((agency) => outcome(agency, section, questionText(counted)))
            : [],
        );
  return entryOf(context, policyVersion, 'AGGREGATE', null, outcomes);
}

/** The entry of an act that was refused, though the person may be seen or before anybody was looked for. */
export function refusedAct(
  context: GatewayContext,
  policyVersion: string,
  section: string,
  reason: string,
  subject: Subject | null = null,
): RegisterEntry {
  const outcomes = [{ ...lookup(section, 'WITHHELD'), reason }];
  return entryOf(context, policyVersion, 'REFUSAL', subject, outcomes);
}

/** The entry of something done with policies, or with the register on their account; its outcomes name whose they are. */
export const policyEntry = (
  context: Parameters<typeof callerOfEntry>[0],
  kind: Extract<EntryKind, 'POLICY' | 'WITHDRAWAL' | 'REPORT' | 'REFUSAL'>,
  policyVersion: string,
  outcomes: readonly RegisterOutcome[],
): RegisterEntry => ({
  ...callerOfEntry(context),
  ...{ kind, policyVersion, outcomes },
  ...{ regime: null, relationship: null, person: null },
});

function disclosure(
  subject: Subject,
  answers: readonly SectionAnswer[],
  context: GatewayContext,
  policyVersion: string,
): RegisterEntry {
  const outcomes = answers.flatMap(outcomesOf);
  return {
    ...entryOf(context, policyVersion, 'DISCLOSURE', subject, outcomes),
    regime: regimeOf(answers),
    shownToSubject: shownToSubject(context, outcomes),
  };
}

function entryOf(
  context: GatewayContext,
  policyVersion: string,
  kind: EntryKind,
  subject: Subject | null,
  outcomes: readonly RegisterOutcome[],
): RegisterEntry {
  return {
    ...callerOfEntry(context),
    kind,
    policyVersion,
    regime: null,
    relationship: subject?.relationship ?? null,
    person: subject?.person ?? null,
    outcomes,
  };
}

function outcomesOf({ subject, section, agencies }: SectionAnswer): RegisterOutcome[] {
  return [...agencies.values()].map(({ agency, state, level, reason, asOf, decision }) => ({
    section: section.name,
    agency,
    state,
    level,
    reason,
    asOf,
    gateways: decision.rule?.gateways ?? [],
    rule: decidingRule(decision.rule),
    records: subject.links.get(agency) ?? [],
    ...(decision.opened && level !== null && { opened: true as const }),
  }));
}

/** Of the rule as \`decide\` names it, what the register keeps. */
export const decidingRule = (rule: PolicyRule | null): DecidingRule | null =>
  rule && { file: rule.file, line: rule.line };

/** Whether the person is ever told of it, and of which sections: see \`sectionsShownToSubject\`. */
const shownToSubject = (
  { caller, purpose }: Pick<GatewayContext, 'caller' | 'purpose'>,
  outcomes: readonly RegisterOutcome[],
): readonly string[] | null =>
  sectionsShownToSubject(
    caller,
    purpose,
    outcomes.map(({ section }) => section),
  );

/** Part 3 (law enforcement) of the DPA 2018 if any rule relied on says so; Part 2 if one does; else not stated. */
function regimeOf(answers: readonly SectionAnswer[]): RegisterEntry['regime'] {
  return regimeIn(
    answers.flatMap((answer) =>
      [...answer.agencies.values()].flatMap((one) => one.decision.rule?.conditions ?? []),
    ),
  );
}

const regimeIn = (conditions: readonly string[]): RegisterEntry['regime'] =>
  conditions.includes('PART3') ? 'PART3' : conditions.includes('PART2') ? 'PART2' : null;

function lookup(section: string, state: string): RegisterOutcome {
  return { section, agency: 'person-index', state, level: null, reason: null, asOf: null };
}

/** Who asked, when and why, as every entry has it. */
export function callerOfEntry({
  requestId,
  now,
  caller,
  purpose,
  reference,
}: Pick<GatewayContext, 'requestId' | 'now' | 'caller' | 'purpose' | 'reference'>) {
  return {
    requestId,
    at: now.toISOString(),
    sub: caller.sub,
    name: caller.name,
    role: caller.role,
    organisation: caller.organisation,
    site: caller.site,
    staff: caller.staff,
    issuer: caller.issuer,
    client: caller.client,
    actor: caller.actor,
    purpose,
    reference: reference && `${reference.agency}:${reference.value}`,
  };
}

/**
 * The entries of a decision: one for each person it speaks of, with the agencies whose records they are, and whether it is
 * the first word, which waits, or the second.
 */
export function decisionEntries(
  { pair, verdict, effective, confirming, people }: Decision,
  relationship: Relationship,
  policyVersion: string,
  context: Parameters<typeof callerOfEntry>[0],
): RegisterEntry[] {
  const reason = effective ? (confirming ? 'CONFIRMS' : null) : 'AWAITING_CONFIRMATION';
  const outcomes = pair.map(({ agency, record }) => ({
    records: [record],
    section: 'link',
    agency,
    state: verdict,
    level: null,
    reason,
    asOf: null,
  }));
  return people.map((person) => ({
    ...callerOfEntry(context),
    kind: 'DECISION',
    policyVersion,
    regime: null,
    relationship,
    person,
    outcomes,
  }));
}

/** The entries of the people whose features stood side by side in tasks. */
function reviewEntries(
  seen: readonly SeenPerson[],
  policyVersion: string,
  context: GatewayContext,
): RegisterEntry[] {
  return seen.map(({ person, relationship, agencies }) => {
    const outcomes = agencies.map(({ agency, level, rule, records }) => ({
      ...{ section: 'identity', agency, state: 'DISCLOSED', level, reason: null, asOf: null },
      gateways: rule?.gateways ?? [],
      rule: decidingRule(rule),
      records,
    }));
    return {
      ...callerOfEntry(context),
      ...{ kind: 'DISCLOSURE' as const, policyVersion, relationship, person, outcomes },
      regime: null,
      shownToSubject: shownToSubject(context, outcomes),
    };
  });
}

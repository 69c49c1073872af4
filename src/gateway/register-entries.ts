import type { Subject } from '../person-index/types.ts';
import type { EntryKind, RegisterEntry, RegisterOutcome } from '../register/entry.ts';
import type { SectionAnswer } from './answers.ts';
import { askerOf } from './asker.ts';
import type { GatewayContext } from './context.ts';
import { reviewEntries } from './review-entries.ts';

/** What the register keeps of one request: an entry for each person in the response, each search and what was refused. */
export async function registerEntries(context: GatewayContext): Promise<RegisterEntry[]> {
  const { ledger } = context;
  const { policyVersion } = await context.decisionsAt('NONE');
  const entry = (
    kind: EntryKind,
    subject: Subject | null,
    outcomes: readonly RegisterOutcome[],
  ): RegisterEntry => ({
    ...askerOf(context),
    kind,
    policyVersion,
    regime: null,
    relationship: subject?.relationship ?? null,
    person: subject?.person ?? null,
    outcomes,
  });
  return [
    ...[...ledger.people].map((subject) => disclosure(subject, context, entry)),
    ...reviewEntries(ledger.reviewed, policyVersion, context),
    ...ledger.searches.map((outcome) => entry('SEARCH', null, [lookup('findPeople', outcome)])),
    ...Array.from({ length: ledger.refusals }, () =>
      entry('REFUSAL', null, [lookup('person', 'NOT_AVAILABLE')]),
    ),
  ];
}

/** The entry of a request that was refused before any person was looked for. */
export function refusedRequest(context: GatewayContext, policyVersion: string, code: string): RegisterEntry {
  const outcomes = [{ ...lookup('request', 'WITHHELD'), reason: code }];
  return {
    ...askerOf(context),
    kind: 'REFUSAL',
    policyVersion,
    regime: null,
    relationship: null,
    person: null,
    outcomes,
  };
}

function disclosure(
  subject: Subject,
  { ledger }: GatewayContext,
  entry: (kind: EntryKind, subject: Subject, outcomes: readonly RegisterOutcome[]) => RegisterEntry,
): RegisterEntry {
  const answers = ledger.answers.filter((answer) => answer.subject === subject);
  return { ...entry('DISCLOSURE', subject, answers.flatMap(outcomesOf)), regime: regimeOf(answers) };
}

function outcomesOf({ section, agencies }: SectionAnswer): RegisterOutcome[] {
  return [...agencies.values()].map(({ agency, state, level, reason, asOf, decision }) => ({
    section: section.name,
    agency,
    state,
    level,
    reason,
    asOf,
    gateways: decision.rule?.gateways ?? [],
  }));
}

/** Part 3 (law enforcement) of the DPA 2018 if any rule relied on says so; Part 2 if one does; else not stated. */
function regimeOf(answers: readonly SectionAnswer[]): RegisterEntry['regime'] {
  const conditions = answers.flatMap((answer) =>
    [...answer.agencies.values()].flatMap((one) => one.decision.rule?.conditions ?? []),
  );
  return conditions.includes('PART3') ? 'PART3' : conditions.includes('PART2') ? 'PART2' : null;
}

function lookup(section: string, state: string): RegisterOutcome {
  return { section, agency: 'person-index', state, level: null, reason: null, asOf: null };
}

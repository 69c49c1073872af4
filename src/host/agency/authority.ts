/** What a question may read at an agency's own host: decided anew, by the agency's own files. */
import type { Authority, RecordAuthority } from '../../compile/plan/authority.ts';
import { decide } from '../../sharing/decide.ts';
import type { Catalogue, Decisions, SectionDecision } from '../../sharing/policy/types.ts';
import { type HostPolicy, stricterSection } from '../../sharing/stricter.ts';
import type { QuestionContext, QuestionPeople } from '../wire/question.ts';
import { HostRefusal } from '../wire/refusal.ts';

export interface DecidingHost extends HostPolicy {
  agency: string;
  catalogue: Catalogue;
}

/**
 * Only the records that the question names under its signature are in it, each with what the agency's own policy gives
 * of them, and never more than the gateway wants.
 * @throws HostRefusal where nobody is named as the asker, or their organisation may not hold their role
 */
export function questionAuthority(
  host: DecidingHost,
  { caller, purpose, people, hidden, at, requestId }: QuestionContext,
  { signal, note }: { signal: AbortSignal; note(problem: string): void },
): Authority {
  if (!caller || purpose === null) throw new HostRefusal('NOT_UNDERSTOOD');
  const role = host.policy.roles.get(caller.role);
  if (!role?.organisations.includes(caller.organisation)) throw new HostRefusal('OTHER_ORGANISATION');
  const now = new Date(at);
  const records = new Map<string, RecordAuthority>();
  for (const each of people) {
    const { placeShield, keys, standIns } = each;
    const decisions = decisionsFor(host, each, { caller, purpose, now });
    for (const key of keys) records.set(key, { decisions, placeShield });
    for (const key of standIns) records.set(key, { decisions, placeShield, standIn: true });
  }
  return {
    ...{ now, signal, requestId },
    of: (agency, record) => (agency === host.agency ? (records.get(record) ?? null) : null),
    hidden: () => hidden,
    note: (_agency, problem) => note(problem),
  };
}

function decisionsFor(
  { agency: own, policy, withdrawn, catalogue }: DecidingHost,
  { relationship, standing, ownCaseload, openings, wishes, sections }: QuestionPeople,
  {
    caller,
    purpose,
    now,
  }: { caller: { role: string; organisation: string; site: string | null }; purpose: string; now: Date },
): Decisions {
  const { role, organisation, site } = caller;
  const decided = decide({
    ...{
      caller: { role, organisation, site },
      purpose,
      relationship,
      standing,
      ownCaseload,
      openings,
      wishes,
    },
    ...{ policy, catalogue, withdrawn, now },
  });
  const made = new Map<string, SectionDecision>();
  const section = (agency: string, name: string): SectionDecision => {
    const before = made.get(name);
    if (before) return before;
    const mine = decided.section(agency, name);
    const wanted = sections[name];
    // What the gateway does not say that it wants is not given.
    const both: SectionDecision =
      wanted === undefined || agency !== own
        ? { ...mine, level: null, reason: 'NOT_LISTED' }
        : stricterSection(mine, { ...mine, ...wanted, reason: null }, now);
    made.set(name, both);
    return both;
  };
  return {
    ...decided,
    section,
    withholds(agency, name, field) {
      const { level, reason } = section(agency, name);
      if (level === null) return reason ?? 'NOT_LISTED';
      return decided.withholds(agency, name, field);
    },
  };
}

import { RegisterEntryError } from './errors.ts';

/**
 * DECISION: a human's word on who is who; its outcomes name the agencies whose records the two are, and the verdict.
 * WITHDRAWAL: somebody withdrew a sharing agreement (WITHDRAWN) or took that back (TAKEN_BACK); its outcomes name the
 * agencies whose agreement it is, and its `reason` agreement and version.
 * RETENTION: a record left the person index (LEFT), since its agency has not fed it for the period that is the outcome's
 * `reason`; `asOf` is when it was last fed, or found to be fed no longer. Or entries were shrunk to their
 * hashes since their period was over (EXPIRED, `reason` is the batch), or the words of acts were taken out (WORDS_GONE).
 * BREAK_GLASS: somebody opened (OPENED) or ended (ENDED) it; its outcomes name the agencies whose policies opened which
 * sections, on which legal gateway, whether or not they hold anything. REVIEW: an agency's word on it afterwards; and where
 * somebody of an agency decides before, that they were asked (ASKED), and what they said (PERMITTED, DENIED).
 * CONSENT: a person's consent was RECORDED, CONFIRMED by the agency whose data it is about, or WITHDRAWN; `reason` is purpose
 * and authority. OBJECTION, MISTAKE: somebody raised it with an agency (RAISED), or the agency answered (UPHELD, NOT_UPHELD,
 * CORRECTED, NOT_CORRECTED); of a mistake `reason` is the field.
 * RELAY: what somebody recorded of it, and what came of it. POLICY: a change of the rules other
 * than a withdrawal; a record was held, so that nothing about it shrinks (HELD), or released (RELEASED), `reason` is the
 * hold. REPORT: somebody read the register, or answered from it in writing (ANSWERED). AGGREGATE: somebody counted; without
 * the result.
 */
export type EntryKind =
  | 'DISCLOSURE'
  | 'SEARCH'
  | 'REFUSAL'
  | 'DECISION'
  | 'WITHDRAWAL'
  | 'RETENTION'
  | 'BREAK_GLASS'
  | 'REVIEW'
  | 'CONSENT'
  | 'RELAY'
  | 'OBJECTION'
  | 'MISTAKE'
  | 'POLICY'
  | 'REPORT'
  | 'AGGREGATE';

/** The line of an agency's policy file, at the entry's policy version, that decided. `file` from the project's root. */
export interface DecidingRule {
  readonly file: string;
  readonly line: number;
}

/** What one agency said, or was not asked, of one section. Never a field value. */
export interface RegisterOutcome {
  readonly section: string;
  readonly agency: string;
  /** Source state: DISCLOSED, NOT_HELD, WITHHELD, … */
  readonly state: string;
  readonly level: string | null;
  readonly reason: string | null;
  /** When what was released was last known to be true, ISO 8601 UTC. */
  readonly asOf: string | null;
  readonly gateways?: readonly string[];
  readonly rule?: DecidingRule | null;
  /** The agency's own numbers of the person's records, as they were linked then: whether or not it was asked or gave anything. */
  readonly records?: readonly string[];
  /** It was given through break-glass. Left out where it was not. */
  readonly opened?: true;
}

/** An act that an entry is of, as far as the register keeps it: what people wrote stands outside. */
export interface RegisteredAct {
  readonly id: string;
  readonly ground: string | null;
  readonly personsView: string | null;
  /** SHA-256 in hex over a salt and what was written, both kept beside the act. */
  readonly digest: string | null;
  /** Of a relay: which field of the section was passed on, never what it says, and to whom on the same reference. */
  readonly item?: string;
  readonly to?: { readonly organisation: string; readonly staff: string };
}

/** One per request and person, or per search or refusal. */
export interface RegisterEntry {
  readonly requestId: string;
  /** ISO 8601 in UTC with milliseconds, as `Date.toISOString` gives it. */
  readonly at: string;
  readonly kind: EntryKind;
  /** Who asked: the token's `sub` and `name`, role, organisation (agency id) and site within it. */
  readonly sub: string;
  readonly name: string | null;
  readonly role: string | null;
  readonly organisation: string | null;
  readonly site: string | null;
  /** By which number their organisation's own logs know them; null for commands. */
  readonly staff?: string | null;
  /** Who gave the token, to which client of theirs, and which system acted for the login, or as itself. */
  readonly issuer?: string | null;
  readonly client?: string | null;
  readonly actor?: string | null;
  readonly purpose: string | null;
  readonly reference: string | null;
  readonly regime: 'PART2' | 'PART3' | null;
  readonly relationship: string | null;
  /** Internal person id; null for searches and refusals that found nobody. */
  readonly person: string | null;
  readonly policyVersion: string;
  readonly outcomes: readonly RegisterOutcome[];
  /** Of acts alone. */
  readonly act?: RegisteredAct;
  /**
   * The sections that the person is shown they were asked about, in \`accessHistory\`; null where they are never shown the entry.
   * Fixed now, so that nothing appears late or vanishes. Entries without it are never shown.
   */
  readonly shownToSubject?: readonly string[] | null;
}

/**
 * The entry as it is hashed and kept: known fields only, in order of name, without white space.
 * Whatever else an object carries is left behind, so that no value can slip in with it.
 * @throws RegisterEntryError
 */
export function canonicalEntry(entry: RegisterEntry): string {
  check(entry);
  return JSON.stringify({
    act: entry.act && canonicalAct(entry.act),
    actor: entry.actor,
    at: entry.at,
    client: entry.client,
    issuer: entry.issuer,
    kind: entry.kind,
    name: entry.name,
    organisation: entry.organisation,
    outcomes: entry.outcomes.map(canonicalOutcome),
    person: entry.person,
    policyVersion: entry.policyVersion,
    purpose: entry.purpose,
    reference: entry.reference,
    regime: entry.regime,
    relationship: entry.relationship,
    requestId: entry.requestId,
    role: entry.role,
    shownToSubject: entry.shownToSubject ?? undefined,
    site: entry.site,
    staff: entry.staff,
    sub: entry.sub,
  });
}

const canonicalAct = ({ id, ground, personsView, digest, item, to }: RegisteredAct) => ({
  digest,
  ground,
  id,
  item,
  personsView,
  to: to && { organisation: to.organisation, staff: to.staff },
});

function canonicalOutcome(outcome: RegisterOutcome) {
  return {
    agency: outcome.agency,
    asOf: outcome.asOf,
    gateways: outcome.gateways,
    level: outcome.level,
    opened: outcome.opened,
    reason: outcome.reason,
    records: outcome.records,
    rule: outcome.rule && { file: outcome.rule.file, line: outcome.rule.line },
    section: outcome.section,
    state: outcome.state,
  };
}

/** What is kept beside the entry for look-ups must come back from the store exactly as it went in. */
function check({ at, requestId, person }: RegisterEntry): void {
  const time = new Date(at);
  if (Number.isNaN(time.getTime()) || time.toISOString() !== at) {
    throw new RegisterEntryError('time', 'must be ISO 8601 in UTC with milliseconds');
  }
  if (!PLAIN.test(requestId)) throw new RegisterEntryError('request id', 'must be plain text');
  if (person !== null && !PLAIN.test(person)) throw new RegisterEntryError('person id', 'must be plain text');
}
const PLAIN = /^[\x20-\x7e]{1,200}$/;

/** `RegisterKind` of the public schema: a withdrawal is a change of policy, and else each kind is its own. */
export type RegisterKind = Exclude<EntryKind, 'WITHDRAWAL'>;

export const registerKind = (kind: EntryKind): RegisterKind => (kind === 'WITHDRAWAL' ? 'POLICY' : kind);

/** The kinds of entry that are told as this one. */
export const entryKinds = (kind: RegisterKind): readonly EntryKind[] =>
  kind === 'POLICY' ? ['POLICY', 'WITHDRAWAL'] : [kind];

import { type Duration, readDuration } from '../../adapters/contract/durations.ts';
import { decide } from './decide.ts';
import { fieldsOf } from './matrix.ts';
import type { AgencyPolicy, Grant, LegalGateway, Policies, ShareEntry } from './policy/policies.ts';
import {
  type Catalogue,
  type Decisions,
  type Opening,
  PLACES,
  type PolicyCaller,
  type ReferenceStanding,
  type Relationship,
  type RowConditions,
  type SectionDecision,
  type Wishes,
} from './policy/types.ts';
import { consentFor } from './rules/consent.ts';
import { countingBasis } from './rules/counting.ts';
import { grantOf } from './rules/grant.ts';

/** A policy, with the agreements that are withdrawn as it names them. */
export interface PolicySide {
  policy: Policies;
  withdrawn: ReadonlySet<string>;
}

export interface PolicyPair {
  before: PolicySide;
  after: PolicySide;
  catalogue: Catalogue;
  now: Date;
}

/** What becomes of one section of one agency for one role at one purpose. */
export interface SectionChange {
  agency: string;
  role: string;
  purpose: string;
  section: string;
  /** What the file says of it, in words. */
  before: string;
  after: string;
  /** Dotted paths that somebody of the role would newly be given, or not be given any more, in whatever circumstances. */
  fieldsOpened: readonly string[];
  fieldsClosed: readonly string[];
  /** More is given than before: fields, or rows. */
  opensMore: boolean;
  /** As the proposed file cites them; where it grants nothing any more, as the present one does. */
  gateways: readonly string[];
}

/** Something of a file that is no rule of one section. */
export interface OtherChange {
  agency: string;
  words: string;
  opensMore: boolean;
}

export interface PolicyComparison {
  sections: readonly SectionChange[];
  others: readonly OtherChange[];
}

/**
 * What would be otherwise under another policy, for the agencies named. Asks `decide` of both in all circumstances there are,
 * so that whatever opens more in any of them is found, whichever word of the files does it.
 */
export function comparePolicies(comparison: PolicyPair, agencies: Iterable<string>): PolicyComparison {
  const all = [...agencies];
  return {
    sections: all.flatMap((agency) => sectionChanges(comparison, agency)),
    others: all.flatMap((agency) => otherChanges(comparison, agency)),
  };
}

/** Whether anything of it gives more than before: such a change takes two people. */
export const opensMore = ({ sections, others }: PolicyComparison): boolean =>
  sections.some((one) => one.opensMore) || others.some((one) => one.opensMore);

function sectionChanges(comparison: PolicyPair, agency: string): SectionChange[] {
  const { before, after, catalogue } = comparison;
  const grants = [before, after].flatMap(({ policy }) => policy.agencies.get(agency)?.grants ?? []);
  const pairs = new Map(grants.map(({ role, purpose }) => [`${role} ${purpose}`, { role, purpose }]));
  const sections = [...catalogue.sections.values()].filter(({ suppliers }) => suppliers.includes(agency));
  return [...pairs.values()].flatMap(({ role, purpose }) => {
    const cases = casesOf(comparison, agency, role, purpose);
    const [was, is] = [before, after].map(({ policy }) => grantOf(policy, agency, role, purpose));
    return sections.flatMap(({ name }) => {
      const found = cases.map(([one, other]) => compareDecisions(catalogue, agency, name, one, other));
      const change = {
        ...{ agency, role, purpose, section: name },
        before: entryWords(was, name),
        after: entryWords(is, name),
        fieldsOpened: leavesOf(union(found.map(({ opened }) => opened))),
        fieldsClosed: leavesOf(union(found.map(({ closed }) => closed))),
        opensMore: found.some(({ more }) => more),
        gateways: (is ?? was)?.gateways.map(({ cite }) => cite) ?? [],
      };
      const same = change.before === change.after && !found.some(({ more, less }) => more || less);
      return same ? [] : [change];
    });
  });
}

const union = (lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];

/** Without lists and objects of which something is named as well. */
const leavesOf = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));

/** Every circumstance in which somebody of the role may ask, decided by both policies. */
function casesOf(
  comparison: PolicyPair,
  agency: string,
  role: string,
  purpose: string,
): (readonly [Decisions, Decisions])[] {
  const { before, after } = comparison;
  const organisations = union(
    [before, after].map(({ policy }) => policy.roles.get(role)?.organisations ?? []),
  );
  const grants = [before, after].flatMap(({ policy }) => grantOf(policy, agency, role, purpose) ?? []);
  const openable = grants.flatMap(({ share }) =>
    [...share].flatMap(([section, { breakGlass, review }]): Opening[] => [
      ...(breakGlass?.grounds ?? []).map((ground) => ({ section, ground, personsView: 'UNABLE' as const })),
      ...(review ? [{ section, level: 'FULL' as const }] : []),
    ]),
  );
  return organisations.flatMap((organisation) =>
    PLACES.flatMap((place) =>
      [true, false].flatMap((consent) =>
        (['VERIFIED', 'CLAIMED', 'UNVERIFIED'] as const).flatMap((relationship) => {
          const wishes = { consented: consent, objected: [] };
          const asked = { caller: { role, organisation, site: null }, purpose, relationship, wishes };
          const standing = { place, consent };
          const closed = bothSides(comparison, agency, { ...asked, standing });
          if (relationship === 'UNVERIFIED' || openable.length === 0) return [closed];
          const open = openable.map((one) =>
            bothSides(comparison, agency, { ...asked, standing, openings: [one] }),
          );
          return [closed, ...open];
        }),
      ),
    ),
  );
}

type Asked = {
  caller: PolicyCaller;
  purpose: string;
  relationship: Relationship;
  standing: ReferenceStanding;
  wishes: Wishes;
  openings?: readonly Opening[];
};

/**
 * The same question to both. What is proposed is judged from the day on which its agreement begins: else a file that begins
 * later would seem to give nothing.
 */
export function bothSides(
  { before, after, catalogue, now }: PolicyPair,
  agency: string,
  asked: Asked,
): readonly [Decisions, Decisions] {
  const begins = new Date(`${after.policy.agencies.get(agency)?.agreement.from ?? ''}T12:00:00Z`);
  const then = begins > now ? begins : now;
  const question = { ...asked, catalogue, openings: asked.openings ?? [] };
  return [decide({ ...question, ...before, now }), decide({ ...question, ...after, now: then })];
}

/** What of a section one decision gives and the other does not. */
export function compareDecisions(
  catalogue: Catalogue,
  agency: string,
  section: string,
  before: Decisions,
  after: Decisions,
): { opened: readonly string[]; closed: readonly string[]; more: boolean; less: boolean } {
  const fields = fieldsOf(catalogue, agency, section);
  const given = (decisions: Decisions) =>
    new Set(fields.filter((path) => decisions.withholds(agency, section, path) === null));
  const [was, is] = [given(before), given(after)];
  const opened = [...is].filter((path) => !was.has(path));
  const closed = [...was].filter((path) => !is.has(path));
  const [old, now] = [before.section(agency, section), after.section(agency, section)];
  const both = old.level !== null && now.level !== null;
  return {
    ...{ opened, closed },
    more: opened.length > 0 || (both && !isWithin(now, old)),
    less: closed.length > 0 || (both && !isWithin(old, now)),
  };
}

/** Whether the rows of one decision are surely among those of the other. */
function isWithin(narrow: SectionDecision, wide: SectionDecision): boolean {
  return Object.entries(wide.rows).every(([name, value]) => {
    const own = narrow.rows[name];
    if (own === undefined) return false;
    const allowed: readonly unknown[] = [value].flat();
    return [own].flat().every((one) => allowed.includes(one)) || isNoLonger(own, value);
  });
}

/** Whether a duration is surely no longer than another, in months and in days. */
function isNoLonger(one: unknown, other: unknown): boolean {
  const [own, most] = [one, other].map((written) => readDuration(String(written)));
  if (!own || !most) return false;
  const months = ({ years, months: more }: Duration) => years * 12 + more;
  const days = ({ weeks, days: more }: Duration) => weeks * 7 + more;
  return months(own) <= months(most) && days(own) <= days(most);
}

const NOTHING = 'nothing is granted';

/** What a file says of a section, in words. */
function entryWords(grant: Grant | undefined, section: string): string {
  const entry = grant?.share.get(section);
  if (!grant || !entry) return NOTHING;
  const { access, breakGlass, review, scope, discloseSource } = entry;
  const meanwhile = grant.unverified.get(section)?.toLowerCase();
  return [
    access,
    scope,
    breakGlass && `opens ${breakGlass.opens.join(', ')} on ${breakGlass.grounds.join(', ')}`,
    review && `a ${review.decides} decides within ${review.answerWithinHours} hours`,
    rowWords(entry),
    grant.claim && givesAnything(entry) && 'a claimed relationship is enough',
    meanwhile && `${meanwhile} while the reference cannot be checked`,
    givesAnything(entry) && CONSENT_IN_WORDS[consentFor(section, { entry, grant }, false) ?? 'none'],
    (discloseSource || grant.discloseSource) && givesAnything(entry) && 'shows its source',
    givesAnything(entry) && `on ${grant.gateways.map(gatewayWords).join(', ')}`,
  ]
    .filter(Boolean)
    .join('; ');
}

const CONSENT_IN_WORDS = {
  none: null,
  required: 'with consent',
  recorded: 'with consent that its own staff recorded or its officer confirmed',
} as const;

const givesAnything = ({ access }: ShareEntry): boolean => access !== 'withheld' && access !== 'sealed';

const gatewayWords = ({ cite, place }: LegalGateway): string =>
  place === null ? cite : `${cite} (${place.toLowerCase()})`;

const rowWords = ({ rows }: { rows: RowConditions }): string =>
  Object.entries(rows)
    .map(([name, value]) => `${name} ${[value].flat().join(' or ')}`)
    .join(', ');

/** What is not of one section: who is bound, from when to when, what the person index may hold. */
function otherChanges({ before, after }: PolicyPair, agency: string): OtherChange[] {
  const [was, is] = [before.policy.agencies.get(agency), after.policy.agencies.get(agency)];
  if (!was || !is) return [];
  const found: OtherChange[] = [];
  const add = (words: string, opens: boolean) => found.push({ agency, words, opensMore: opens });
  const compare = (what: string, of: (policy: AgencyPolicy) => string, opens: boolean) => {
    if (of(was) !== of(is)) add(`${what}: ${of(was)} → ${of(is)}`, opens);
  };
  // Whose officers sign it hangs on the controller.
  compare('controller', ({ controller }) => controller, true);
  compare('characteristic section', ({ characteristic }) => characteristic, false);
  compare('agreement', ({ agreement: { id, version } }) => `${id} version ${version}`, false);
  const [old, now] = [was.agreement, is.agreement];
  for (const party of now.parties)
    if (!old.parties.includes(party)) add(`${party} becomes a party to the agreement`, true);
  for (const party of old.parties)
    if (!now.parties.includes(party)) add(`${party} is no party to the agreement any more`, false);
  compare('agreement from', ({ agreement }) => agreement.from, now.from < old.from);
  compare('agreement review', ({ agreement }) => agreement.review, false);
  const ends = ({ agreement }: AgencyPolicy) => agreement.end ?? 'no end';
  compare('agreement end', ends, old.end !== null && (now.end === null || now.end > old.end));
  for (const feature of is.index.share)
    if (!was.index.share.includes(feature)) add(`the person index may hold ${feature}`, true);
  for (const feature of was.index.share)
    if (!is.index.share.includes(feature)) add(`the person index may not hold ${feature} any more`, false);
  const keepsNoLonger = isNoLonger(is.index.retain, was.index.retain);
  compare('the person index keeps a record no longer fed for', ({ index }) => index.retain, !keepsNoLonger);
  const [kept, nowKept] = [was.register.retain, is.register.retain];
  const forgetsNoLater = nowKept !== null && (kept === null || isNoLonger(nowKept, kept));
  compare(
    'the register keeps entries for',
    ({ register }) => register.retain ?? 'no end',
    kept !== nowKept && !forgetsNoLater,
  );
  for (const field of is.aggregates?.share ?? [])
    if (!was.aggregates?.share.includes(field)) add(`analysts may count by ${field}`, true);
  for (const field of was.aggregates?.share ?? [])
    if (!is.aggregates?.share.includes(field)) add(`analysts may not count by ${field} any more`, false);
  compare('counting rests on', (policy) => countingBasis(policy) ?? 'nothing', false);
  compare('the person index rests on', ({ index }) => index.gateways.join(', '), false);
  return found;
}

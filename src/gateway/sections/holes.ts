import type { GraphQLError } from 'graphql';
import type { Contact } from '../../../adapters/contract.ts';
import type { Decisions } from '../../sharing/policy/types.ts';
import { type AnswerReason, HOLE_URGENCY, type HoleState } from '../../states.ts';
import type { AgencyAnswer, SectionAnswer } from '../request/answers.ts';
import { isKnown, withheldField, worstFirst } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import type { Contents } from '../request/ledger.ts';
import type { SectionSelection } from '../request/selection.ts';
import { mayBePassedOn } from '../request/who-may-know.ts';
import { MissingPerson } from './hole-error.ts';

/** One thing that an answer does not say, so that nobody takes it for "none". */
export interface Hole {
  /** Response path of the section, or of a field within it; `*` stands for every entry of a list of people. */
  path: readonly (string | number)[];
  /** Null where a person as a whole is not there, and where an agency could not be looked at for people. */
  section: string | null;
  agency: string | null;
  state: HoleState;
  reason: AnswerReason | null;
  contact: Contact | null;
  /** Who on the caller's reference may know, in words; left out where nobody may. */
  message?: string;
}

/** With more people than this, holes are folded: one for each section, agency, state and reason. */
const FOLDED_ABOVE = 5;
/** With more holes than this that differ in nothing but the item of a list, they are told as one. */
const MANY_ALIKE = 5;

/**
 * Every hole of a response, what could not be asked first; what the policy withholds from everybody alike last.
 * `errors` and what the response holds in the order of the document.
 */
export function holesOf(
  context: GatewayContext,
  errors: readonly GraphQLError[],
  { answers, notLookedAt, unreadable }: Pick<Contents, 'answers' | 'notLookedAt' | 'unreadable'>,
): Hole[] {
  const people = new Set(answers.map((answer) => answer.subject));
  const missing = errors.flatMap(missingPerson);
  const unlooked = notLookedAt.map(
    ({ path, agency, reason }): Hole => ({
      ...{ path, section: null, agency, state: 'UNAVAILABLE', reason },
      contact: context.agencies.contact(agency, null, context.now),
    }),
  );
  const holes = [
    ...unlooked,
    ...missing,
    ...answers.flatMap((answer) => sectionHoles(answer, context)),
    ...unreadableHoles(unreadable, context),
  ];
  const folded = people.size + missing.length > FOLDED_ABOVE ? fold(holes) : holes;
  return folded.sort(urgentFirst);
}

/** Values that could not be read; those of many items of one list, alike but for the item, as one. */
function unreadableHoles(unreadable: Contents['unreadable'], context: GatewayContext): Hole[] {
  const alike = new Map<string, Hole[]>();
  for (const { path, value } of unreadable) {
    const depth = value.section.path.length;
    const folded = path.map((key, at) => (at > depth && typeof key === 'number' ? '*' : key));
    const key = JSON.stringify([folded, value.answer.agency]);
    const one = hole(value.answer, path, value.section.section.name, context);
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return [...alike].flatMap(([key, same]) => {
    const [first] = same;
    return same.length > MANY_ALIKE && first
      ? [{ ...first, path: JSON.parse(key)[0] as Hole['path'] }]
      : same;
  });
}

function missingPerson({ path = [], extensions, originalError }: GraphQLError): Hole[] {
  if (!(originalError instanceof MissingPerson)) return [];
  const { section, agency, reason, contact } = extensions as unknown as Omit<Hole, 'path' | 'state'>;
  return [{ path, section, agency, state: 'NOT_AVAILABLE', reason, contact }];
}

function sectionHoles(answer: SectionAnswer, context: GatewayContext): Hole[] {
  const { section, path, agencies } = answer;
  if (agencies.size === 0) return [uncovered(section.name, path)];
  const ofAgencies = [...agencies.values()].sort(worstFirst).flatMap((one) => {
    if (!isKnown(one)) return [hole(one, path, section.name, context)];
    return openFields(answer, one).map(({ at, why }) =>
      hole({ ...one, ...why }, [...path, ...at], section.name, context),
    );
  });
  const unsupplied = answer.selection.fields.filter((field) => suppliersOf(answer, field.path).length === 0);
  return [
    ...ofAgencies,
    ...outermost(unsupplied).map((one) => uncovered(section.name, [...path, ...one.response])),
  ];
}

function uncovered(section: string, path: Hole['path']): Hole {
  return { path, section, agency: null, state: 'NOT_COVERED', reason: null, contact: null };
}

const suppliersOf = ({ section }: SectionAnswer, path: string): readonly string[] =>
  section.fields.get(path)?.suppliers ?? [];

interface OpenField {
  path: string;
  at: readonly string[];
  why: Pick<AgencyAnswer, 'state' | 'reason'>;
}
const openFieldsKept = new WeakMap<SectionSelection, WeakMap<Decisions, Map<string, readonly OpenField[]>>>();

/**
 * Fields asked of an agency that answered, but that its level does not reach, or that its items have not. It follows from
 * what is asked and decided, and is the same for everybody of one query who is under the same decisions.
 */
function openFields(answer: SectionAnswer, agencyAnswer: AgencyAnswer): readonly OpenField[] {
  const { selection, subject } = answer;
  const decisions = subject.decisions(agencyAnswer.agency);
  const byDecisions =
    openFieldsKept.get(selection) ?? new WeakMap<Decisions, Map<string, readonly OpenField[]>>();
  openFieldsKept.set(selection, byDecisions);
  const byAgency = byDecisions.get(decisions) ?? new Map<string, readonly OpenField[]>();
  byDecisions.set(decisions, byAgency);
  const open = byAgency.get(agencyAnswer.agency) ?? findOpenFields(answer, agencyAnswer);
  byAgency.set(agencyAnswer.agency, open);
  return open;
}

function findOpenFields(answer: SectionAnswer, agencyAnswer: AgencyAnswer): readonly OpenField[] {
  const open = answer.selection.fields.flatMap(({ path, response }): OpenField[] => {
    const suppliers = suppliersOf(answer, path);
    const holder = suppliersOf(answer, path.slice(0, Math.max(0, path.lastIndexOf('.'))));
    const expected =
      suppliers.includes(agencyAnswer.agency) ||
      (suppliers.length > 0 && holder.includes(agencyAnswer.agency));
    const why = expected ? withheldField(answer, agencyAnswer.agency, path) : null;
    return why?.state === 'WITHHELD' || why?.state === 'NOT_COVERED'
      ? [{ path, at: response, why: { state: why.state, reason: why.reason } }]
      : [];
  });
  return outermost(open);
}

/** Of nested fields the outermost: what is within is as open. */
function outermost<Asked extends { path: string }>(fields: readonly Asked[]): readonly Asked[] {
  const paths = new Set(fields.map(({ path }) => path));
  return fields.filter(({ path }) => !holdersOf(path).some((holder) => paths.has(holder)));
}

/** `items.contact.desk` → `items.contact`, `items`. */
function holdersOf(path: string): string[] {
  const names = path.split('.');
  return names.slice(1).map((_, at) => names.slice(0, names.length - 1 - at).join('.'));
}

function hole(
  agencyAnswer: AgencyAnswer,
  path: Hole['path'],
  section: string,
  { agencies, now }: GatewayContext,
): Hole {
  const { agency, state, reason, decision, beside } = agencyAnswer;
  if (state === 'DISCLOSED') throw new Error(`${section} of ${agency} is disclosed, and no hole`);
  return {
    ...{ path, section, agency, state, reason },
    contact: agencies.contact(agency, decision.desk, now),
    ...(beside !== null && mayBePassedOn(reason) && { message: beside }),
  };
}

function fold(holes: readonly Hole[]): Hole[] {
  const folded = new Map<string, Hole>();
  for (const one of holes) {
    const path = one.path.map((key) => (typeof key === 'number' ? '*' : key));
    const key = JSON.stringify([path, one.section, one.agency, one.state, one.reason]);
    if (!folded.has(key)) folded.set(key, { ...one, path });
  }
  return [...folded.values()];
}

/** The array's own order stands where urgency is equal. Constant gaps of a policy (NOT_LISTED) come after its other refusals. */
function urgentFirst(one: Hole, other: Hole): number {
  const rank = ({ state, reason }: Hole) => HOLE_URGENCY[state] * 2 + (reason === 'NOT_LISTED' ? 1 : 0);
  return rank(one) - rank(other);
}

import type { GraphQLError } from 'graphql';
import type { Contact } from '../../adapters/contract.ts';
import type { AgencyAnswer, AnswerReason, AnswerState, SectionAnswer } from './answers.ts';
import { isKnown, worstFirst } from './answers.ts';
import type { GatewayContext } from './context.ts';
import { MissingPerson } from './missing-person.ts';
import { withheldField } from './withheld-field.ts';

/** One thing that an answer does not say, so that nobody takes it for "none". */
export interface Hole {
  /** Response path of the section, or of a field within it; `*` stands for every entry of a list of people. */
  path: readonly (string | number)[];
  /** Null where a person as a whole is not there. */
  section: string | null;
  agency: string | null;
  state: AnswerState | 'NOT_AVAILABLE';
  reason: AnswerReason | null;
  contact: Contact | null;
}

/** With more people than this, holes are folded: one for each section, agency, state and reason. */
const FOLDED_ABOVE = 5;

/** Every hole of a response, what could not be asked first; what the policy withholds from everybody alike last. */
export function holesOf(context: GatewayContext, errors: readonly GraphQLError[]): Hole[] {
  const { answers } = context.ledger;
  const people = new Set(answers.map((answer) => answer.subject));
  const missing = errors.flatMap(missingPerson);
  const holes = [...missing, ...answers.flatMap((answer) => sectionHoles(answer, context))];
  const folded = people.size + missing.length > FOLDED_ABOVE ? fold(holes) : holes;
  return folded.sort(urgentFirst);
}

function missingPerson({ path = [], extensions, originalError }: GraphQLError): Hole[] {
  if (!(originalError instanceof MissingPerson)) return [];
  const { section, agency, reason, contact } = extensions as unknown as Omit<Hole, 'path' | 'state'>;
  return [{ path, section, agency, state: 'NOT_AVAILABLE', reason, contact }];
}

function sectionHoles(answer: SectionAnswer, context: GatewayContext): Hole[] {
  const { section, path, agencies } = answer;
  if (agencies.size === 0) return [uncovered(section.name, path)];
  const said = [...agencies.values()].sort(worstFirst).flatMap((one) => {
    if (!isKnown(one)) return [hole(one, path, section.name, context)];
    return openFields(answer, one).map(({ at, why }) => hole(why, [...path, ...at], section.name, context));
  });
  const unsupplied = answer.asked.fields.filter((field) => suppliersOf(answer, field.path).length === 0);
  return [
    ...said,
    ...outermost(unsupplied).map((one) => uncovered(section.name, [...path, ...one.response])),
  ];
}

function uncovered(section: string, path: Hole['path']): Hole {
  return { path, section, agency: null, state: 'NOT_COVERED', reason: null, contact: null };
}

const suppliersOf = ({ section }: SectionAnswer, path: string): readonly string[] =>
  section.fields.get(path)?.suppliers ?? [];

/** Fields asked of an agency that answered, but that its level does not reach, or that its items have not. */
function openFields(answer: SectionAnswer, said: AgencyAnswer) {
  const open = answer.asked.fields.flatMap(({ path, response }) => {
    const suppliers = suppliersOf(answer, path);
    const holder = suppliersOf(answer, path.slice(0, Math.max(0, path.lastIndexOf('.'))));
    const expected =
      suppliers.includes(said.agency) || (suppliers.length > 0 && holder.includes(said.agency));
    const why = expected ? withheldField(answer, said.agency, path) : null;
    return why?.state === 'WITHHELD' || why?.state === 'NOT_COVERED' ? [{ path, at: response, why }] : [];
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
  said: AgencyAnswer,
  path: Hole['path'],
  section: string,
  { agencies, now }: GatewayContext,
): Hole {
  const { agency, state, reason, decision } = said;
  return { path, section, agency, state, reason, contact: agencies.contact(agency, decision.desk, now) };
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

const URGENCY: readonly Hole['state'][] = [
  'UNAVAILABLE',
  'NOT_AVAILABLE',
  'POSSIBLE_MATCH_ONLY',
  'NOT_HELD',
  'WITHHELD',
  'NOT_COVERED',
];
/** The array's own order stands where urgency is equal. Constant gaps of a policy (NOT_LISTED) come after its other refusals. */
function urgentFirst(one: Hole, other: Hole): number {
  const rank = ({ state, reason }: Hole) => URGENCY.indexOf(state) * 2 + (reason === 'NOT_LISTED' ? 1 : 0);
  return rank(one) - rank(other);
}

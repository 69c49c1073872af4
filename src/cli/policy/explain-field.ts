import { explainDecision, explanationText } from '../../sharing/explain.ts';
import { anotherParty } from '../../sharing/matrix.ts';
import { ANALYST, PERSON_DIMENSIONS } from '../../sharing/policy/policies.ts';
import type { Relationship } from '../../sharing/policy/types.ts';
import { countingBasis, countingStops } from '../../sharing/rules/counting.ts';
import {
  type LoadedPolicy,
  loadedPolicy,
  type PolicyCommandDeps,
  requireKnown,
  UsageError,
  withdrawalsInForce,
} from './deps.ts';

export interface ExplainFlags {
  role: string;
  purpose: string;
  /** `crisisPlan.whatHelps`, or a section alone. */
  field: string;
  agency?: string;
  relationship: string;
  place?: string;
  organisation?: string;
  consent?: boolean;
}

const RELATIONSHIPS = ['VERIFIED', 'CLAIMED', 'UNVERIFIED', 'NONE'] as const;
const PLACES = ['PUBLIC', 'DWELLING'] as const;

/**
 * `policy explain`: what becomes of a field, and the line of the file that says so. For flags that are left out, every
 * case is tried.
 */
export async function explainField(deps: PolicyCommandDeps, flags: ExplainFlags): Promise<number> {
  const loaded = await loadedPolicy(deps);
  const inForce = async () => (await withdrawalsInForce(deps, loaded.policy))?.withdrawn ?? new Set<string>();
  if (flags.role === ANALYST.role && flags.purpose === ANALYST.purpose)
    return explainCounting(deps, loaded, flags, await inForce());
  const question = questionOf(loaded, flags);
  const withdrawn = await inForce();
  const { suppliers } = question;
  if (suppliers.length === 0) deps.out(`${flags.field}: no agency supplies it (NOT_COVERED)\n`);
  for (const agency of suppliers)
    deps.out(`${answersOf(deps.now(), loaded, flags, question, agency, withdrawn).join('\n\n')}\n\n`);
  return 0;
}

/** Of a field that analysts count by: which agency lets it be counted today, by which line, and on what that rests. */
function explainCounting(
  deps: PolicyCommandDeps,
  loaded: LoadedPolicy,
  flags: ExplainFlags,
  withdrawn: ReadonlySet<string>,
): number {
  const { policy, catalogue } = loaded;
  const { agency, ...ofAnyAgency } = flags;
  const { field } = flags;
  if (agency !== undefined) requireKnown('agency', agency, catalogue.agencies.keys());
  const ofPerson = Object.keys(PERSON_DIMENSIONS);
  if (field.startsWith('person.')) requireKnown('field of person', field, ofPerson);
  const of = [...catalogue.agencies.values()].filter(
    ({ counting }) => counting?.fields.has(field) || ofPerson.includes(field),
  );
  if (of.length === 0) {
    questionOf(loaded, ofAnyAgency);
    deps.out(`${field}: no agency can count it\n`);
  }
  for (const { id, name } of of) {
    if (agency !== undefined && agency !== id) continue;
    const own = policy.agencies.get(id);
    const organisation = flags.organisation ?? anotherParty(policy, id);
    const stops = countingStops({ policy, organisation, withdrawn, now: deps.now() }, id, field);
    const line = own?.aggregates ? `${own.file}:${own.aggregates.line}` : (own?.file ?? id);
    deps.out(
      stops === null
        ? `${name} lets ${field} be counted, and never who anybody is (${line}; ${own && countingBasis(own)})\n`
        : `${name} does not let ${field} be counted (${line}; ${stops})\n`,
    );
  }
  return 0;
}

interface FieldQuestion {
  section: string;
  field: string | null;
  suppliers: readonly string[];
}

function questionOf({ policy, catalogue }: LoadedPolicy, flags: ExplainFlags): FieldQuestion {
  requireKnown('role', flags.role, policy.roles.keys());
  requireKnown('purpose', flags.purpose, policy.purposes.keys());
  requireKnown('relationship', flags.relationship, RELATIONSHIPS);
  if (flags.place !== undefined) requireKnown('place', flags.place, PLACES);
  const [name = '', ...path] = flags.field.split('.');
  const section = catalogue.sections.get(requireKnown('section', name, catalogue.sections.keys()));
  const field = path.length === 0 ? null : path.join('.');
  if (field !== null) requireKnown(`field of ${name}`, field, section?.fields.keys() ?? []);
  const suppliers = (field === null ? section?.suppliers : section?.fields.get(field)?.suppliers) ?? [];
  if (flags.agency === undefined) return { section: name, field, suppliers };
  requireKnown('agency', flags.agency, catalogue.agencies.keys());
  if (!suppliers.includes(flags.agency)) {
    throw new UsageError(
      `${flags.agency} does not supply ${flags.field}. Who does: ${suppliers.join(', ') || 'nobody'}`,
    );
  }
  return { section: name, field, suppliers: [flags.agency] };
}

/** One answer, or one for each place and kind of caller where that makes a difference. */
function answersOf(
  now: Date,
  { policy, catalogue }: LoadedPolicy,
  flags: ExplainFlags,
  { section, field }: FieldQuestion,
  agency: string,
  withdrawn: ReadonlySet<string>,
): readonly string[] {
  const places = PLACES.filter((place) => flags.place === undefined || place === flags.place);
  const organisations =
    flags.organisation === undefined ? [anotherParty(policy, agency), agency] : [flags.organisation];
  const asked = { policy, catalogue, agency, section, field, purpose: flags.purpose };
  const cases = places.flatMap((place) =>
    organisations.map((organisation) => ({
      place,
      caller: organisation === agency ? 'its own staff' : 'staff of another party',
      text: explanationText(
        explainDecision({
          ...asked,
          caller: { role: flags.role, organisation, site: null },
          relationship: flags.relationship as Relationship,
          standing: { place, consent: flags.consent ?? null },
          wishes: { consented: flags.consent === true, objected: [] },
          withdrawn,
          now,
        }),
      ),
    })),
  );
  return foldedCases(cases);
}

interface ExplainedCase {
  place: string;
  caller: string;
  text: string;
}

/** Each different text once, headed by when it holds: nothing where it always does, else no more than matters. */
function foldedCases(cases: readonly ExplainedCase[]): readonly string[] {
  const texts = [...new Set(cases.map(({ text }) => text))];
  if (texts.length === 1) return texts;
  return texts.map((text) => `${headOf(cases, text)}:\n${text}`);
}

function headOf(cases: readonly ExplainedCase[], text: string): string {
  const held = cases.filter((one) => one.text === text);
  const always = (key: 'place' | 'caller', value: string) =>
    cases.every((one) => one[key] !== value || one.text === text);
  const heads = held.map(({ place, caller }) => {
    if (always('place', place)) return `${place} place`;
    if (always('caller', caller)) return `asked by ${caller}`;
    return `${place} place, asked by ${caller}`;
  });
  return [...new Set(heads)].join('; ');
}

import { explain } from '../../sharing/explain.ts';
import { explanationText } from '../../sharing/explain-text.ts';
import { anotherParty } from '../../sharing/matrix.ts';
import type { Relationship } from '../../sharing/types.ts';
import { type LoadedPolicy, loadedPolicy, type PolicyCommandDeps, UsageError } from './deps.ts';
import { foldedCases } from './folded-cases.ts';
import { knownWord } from './known.ts';

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

/** `policy explain`: what becomes of a field, and the line of the file that says so. What is not said is tried both ways. */
export async function explainField(deps: PolicyCommandDeps, flags: ExplainFlags): Promise<number> {
  const loaded = await loadedPolicy(deps);
  const question = checked(loaded, flags);
  const { suppliers } = question;
  if (suppliers.length === 0) deps.out(`${flags.field}: no agency supplies it (NOT_COVERED)\n`);
  for (const agency of suppliers)
    deps.out(`${answersOf(deps, loaded, flags, question, agency).join('\n\n')}\n\n`);
  return 0;
}

interface Checked {
  section: string;
  field: string | null;
  suppliers: readonly string[];
}

function checked({ policy, catalogue }: LoadedPolicy, flags: ExplainFlags): Checked {
  knownWord('role', flags.role, policy.roles.keys());
  knownWord('purpose', flags.purpose, policy.purposes.keys());
  knownWord('relationship', flags.relationship, RELATIONSHIPS);
  if (flags.place !== undefined) knownWord('place', flags.place, PLACES);
  const [name = '', ...path] = flags.field.split('.');
  const section = catalogue.sections.get(knownWord('section', name, catalogue.sections.keys()));
  const field = path.length === 0 ? null : path.join('.');
  if (field !== null) knownWord(`field of ${name}`, field, section?.fields.keys() ?? []);
  const suppliers = (field === null ? section?.suppliers : section?.fields.get(field)?.suppliers) ?? [];
  if (flags.agency === undefined) return { section: name, field, suppliers };
  knownWord('agency', flags.agency, catalogue.agencies.keys());
  if (!suppliers.includes(flags.agency)) {
    throw new UsageError(
      `${flags.agency} does not supply ${flags.field}. Who does: ${suppliers.join(', ') || 'nobody'}`,
    );
  }
  return { section: name, field, suppliers: [flags.agency] };
}

/** One answer, or one for each place and kind of asker where that makes a difference. */
function answersOf(
  deps: PolicyCommandDeps,
  { policy, catalogue }: LoadedPolicy,
  flags: ExplainFlags,
  { section, field }: Checked,
  agency: string,
): readonly string[] {
  const places = PLACES.filter((place) => flags.place === undefined || place === flags.place);
  const organisations =
    flags.organisation === undefined ? [anotherParty(policy, agency), agency] : [flags.organisation];
  const asked = { policy, catalogue, agency, section, field, purpose: flags.purpose };
  const cases = places.flatMap((place) =>
    organisations.map((organisation) => ({
      place,
      asker: organisation === agency ? 'its own staff' : 'staff of another party',
      text: explanationText(
        explain({
          ...asked,
          asker: { role: flags.role, organisation, site: null },
          relationship: flags.relationship as Relationship,
          standing: { place, consent: flags.consent ?? null },
          withdrawn: new Set(),
          now: deps.now(),
        }),
      ),
    })),
  );
  return foldedCases(cases);
}

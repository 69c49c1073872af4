import type { WithheldReason } from '../states.ts';
import type { Finding } from '../yaml/finding.ts';
import { decide } from './decide.ts';
import { type AgencyPolicy, type Grant, levelOf, type Policies } from './policy/policies.ts';
import type { Catalogue, Opening } from './policy/types.ts';

const UNABLE = { personsView: 'UNABLE' } as const;

/**
 * Sections that a grant lists and nobody can ever be shown: no organisation that may hold the role gets them, at any
 * place, with the relationship proven, consent recorded, the agreement in force, the glass broken where there is one and
 * permission given where somebody decides. Less is shared than written, so the file may come into force; whoever keeps it should know.
 */
export function neverTold(policy: Policies, catalogue: Catalogue): readonly Finding[] {
  return [...policy.agencies.values()].flatMap((agency) =>
    agency.grants.flatMap((grant) => {
      const sections = [...grant.share].flatMap(([section, { access, breakGlass, review }]) => {
        if (levelOf(access) === null && breakGlass === null && review === null) return [];
        const openings: Opening[] = (breakGlass?.grounds ?? []).map((ground) => ({
          ...{ section, ground },
          ...UNABLE,
        }));
        if (review) openings.push({ section, level: 'FULL' });
        const reason = everRefused(policy, catalogue, agency, grant, section, openings);
        return reason === null ? [] : [{ section, reason }];
      });
      const reasons = [...new Set(sections.map(({ reason }) => reason))];
      return reasons.map((reason) => {
        const names = sections.filter((one) => one.reason === reason).map(({ section }) => section);
        const message = `${grant.role} at ${grant.purpose} is never told ${names.join(', ')}: ${whyNever(policy, agency, grant, reason)}`;
        return { file: agency.file, line: grant.line, message };
      });
    }),
  );
}

/** Null if somebody can be told; else the reason nearest to being told, of all who may hold the role. */
function everRefused(
  policy: Policies,
  catalogue: Catalogue,
  { agency, agreement }: AgencyPolicy,
  { role, purpose }: Grant,
  section: string,
  openings: readonly Opening[],
): WithheldReason | null {
  const organisations = policy.roles.get(role)?.organisations ?? [];
  let reason: WithheldReason | null = null;
  for (const organisation of organisations) {
    for (const place of ['PUBLIC', 'DWELLING'] as const) {
      const decision = decide({
        caller: { role, organisation, site: null },
        ...{ purpose, policy, catalogue, relationship: 'VERIFIED', withdrawn: new Set<string>() },
        ...{ standing: { place, consent: true }, openings, wishes: { consented: true, objected: [] } },
        now: new Date(`${agreement.from}T12:00:00Z`),
      }).section(agency, section);
      if (decision.level !== null) return null;
      // Glass that stays shut, and a permit that opens nothing, are of an agency that may not appear.
      const shut = decision.reason === 'NEEDS_BREAK_GLASS' || decision.reason === 'NEEDS_REVIEW';
      const why = shut ? 'NOT_LISTED' : decision.reason;
      if (reason === null || why !== 'AGREEMENT_NOT_IN_FORCE') reason = why;
    }
  }
  return reason;
}

function whyNever(
  policy: Policies,
  { agency, characteristic }: AgencyPolicy,
  { role, share }: Grant,
  reason: WithheldReason,
): string {
  const gate = share.get(characteristic)?.access ?? 'withheld';
  const hasNoStaff = !policy.roles.get(role)?.organisations.includes(agency);
  if (reason === 'AGREEMENT_NOT_IN_FORCE')
    return `no organisation of a ${role} is a party to the agreement. Name one in "parties", or take the grant out`;
  if (reason === 'OTHER_ORGANISATION_ONLY')
    return `own is for the agency's own staff, and ${agency} has no ${role} (schema/purposes.yaml). Give a level, or withheld`;
  if (reason === 'NOT_LISTED' && (levelOf(gate) === null || (gate === 'own' && hasNoStaff)))
    return `${characteristic} is ${gate} in this grant, and whoever may not know of ${characteristic} does not see the agency. Give ${characteristic} a level, say "discloseSource: true", or write withheld for what is never told`;
  if (reason === 'NOT_LISTED')
    return 'each kind of service belongs to a section that is kept back in this grant. Give one of those a level, or write withheld';
  return 'no gateway of law that it cites carries it. Cite another, or take the grant out';
}

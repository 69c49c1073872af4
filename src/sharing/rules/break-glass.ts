import type { Grant } from '../policy/policies.ts';
import type { GlassOpening, PolicyRule } from '../policy/types.ts';

/** Whether an opening of these fields reaches this one: it is one of them, within one, or what holds one. */
export const opensField = (opened: readonly string[], path: string): boolean =>
  opened.some((one) => one === path || path.startsWith(`${one}.`) || one.startsWith(`${path}.`));

/** Vital interests: UK GDPR Article 6(1)(d) with 9(2)(c), for whoever can neither consent nor refuse while their life is at risk. */
const VITAL_INTERESTS = {
  gateways: ['UK GDPR Art. 6(1)(d)'],
  conditions: ['Article 6: 6(1)(d)', 'Article 9: 9(2)(c)'],
} as const;
/** Overriding public interest: Article 6(1)(e) with 9(2)(g), DPA 2018 Schedule 1 paragraph 18. */
const PUBLIC_INTEREST = {
  gateways: ['overriding public interest'],
  conditions: ['Article 6: 6(1)(e)', 'Article 9: 9(2)(g) Sch 1 para 18'],
} as const;

/**
 * On what an opening rests, by the person's view: whoever is able to say is asked, and vital interests do not serve where they
 * can consent, even if they refuse; nor for a risk to others. The regime stays that of the grant.
 */
export function legalGatewayOf(
  { ground, personsView }: GlassOpening,
  { conditions }: Grant,
): Pick<PolicyRule, 'gateways' | 'conditions'> {
  const ownLife = ground === 'LACKS_CAPACITY' || ground === 'RISK_TO_SELF';
  const basis = personsView === 'UNABLE' && ownLife ? VITAL_INTERESTS : PUBLIC_INTEREST;
  const regime = conditions.filter((one) => one === 'PART2' || one === 'PART3');
  return { gateways: basis.gateways, conditions: [...basis.conditions, ...regime] };
}

/** How far a gateway of law reaches: in which nations, for which kinds of body, and since when. */

export const NATIONS = ['England', 'Wales', 'Scotland', 'Northern Ireland'] as const;
export type Nation = (typeof NATIONS)[number];

/**
 * Kinds of body, in words that mean the same in every place. What one place learnt is passed on in these, and names no
 * agency.
 */
export const BODIES = {
  'police-force': 'police force',
  'mental-health-trust': 'NHS mental health trust',
  'hospital-trust': 'NHS hospital trust',
  'ambulance-trust': 'NHS ambulance trust',
  'primary-care': 'primary care and community health service',
  'childrens-services-authority': 'children’s services authority',
  'adult-care-authority': 'adult social care authority',
  'housing-authority': 'housing authority or landlord',
  schools: 'schools',
  'benefits-department': 'Department for Work and Pensions',
  'probation-service': 'probation service',
  'youth-justice-service': 'youth justice service',
  'fire-service': 'fire and rescue service',
  'domestic-abuse-service': 'domestic abuse service',
  'substance-use-service': 'substance use service',
} as const;
export type Body = keyof typeof BODIES;
export const BODY_WORDS = Object.keys(BODIES) as readonly Body[];

/** What purposes.yaml says of one gateway of law, under `law`. */
export interface LegalReach {
  cite: string;
  extent: readonly Nation[];
  /** Who may give information on it. */
  bodies: 'any' | readonly Body[];
  /** In force from this day, `YYYY-MM-DD`; null where nobody can name one, as for common law. */
  from: string | null;
  /** When somebody last read the law itself for this; null where nobody has said. */
  checkedOn: string | null;
}

/** Why a gateway carries nothing for this body in this place on this day, in words; null where it does. */
export function reachStops(
  { extent, bodies, from }: LegalReach,
  body: Body,
  nation: Nation,
  today: string,
): string | null {
  if (!extent.includes(nation)) return `does not extend to ${nation}`;
  if (bodies !== 'any' && !bodies.includes(body)) return `does not extend to a body of the kind ${body}`;
  return from !== null && from > today ? `is not in force before ${from}` : null;
}

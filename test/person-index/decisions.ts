import type { Catalogue, Decisions, Relationship, RowConditions } from '../../src/sharing/policy/types.ts';
import type { Level } from '../../src/states.ts';

const AGENCIES = ['police', 'mental-health', 'housing'] as const;
const SECTIONS = ['identity', 'identifiers', 'warningMarkers'] as const;

/** Three agencies that all supply three sections. */
export const CATALOGUE: Catalogue = {
  agencies: new Map(
    AGENCIES.map((id) => [
      id,
      { id, name: id, nhsBody: false, desks: [], rowConditions: new Map(), serviceKinds: [] },
    ]),
  ),
  sections: new Map(SECTIONS.map((name) => [name, { name, suppliers: [...AGENCIES], fields: new Map() }])),
};

/** What is granted: `agency/section` → level, or level and rows. `/section` grants it for every agency. */
export type Granted = Readonly<
  Record<string, Level | { level: Level; rows: RowConditions; ownSite?: string }>
>;
export type GrantedAt = Partial<Record<Relationship, Granted>>;

/** Everything to a verified relationship, and warning markers and identity to a claimed one. */
export const GENEROUS: GrantedAt = {
  VERIFIED: { '/identity': 'FULL', '/identifiers': 'FULL', '/warningMarkers': 'FULL' },
  CLAIMED: { '/identity': 'FULL', '/identifiers': 'FULL', '/warningMarkers': 'FULL' },
  UNVERIFIED: { '/warningMarkers': 'SUMMARY' },
};

export function decisionsOf(
  granted: GrantedAt,
  relationship: Relationship,
  ownOrganisation: string | null,
): Decisions {
  return {
    relationship,
    policyVersion: 'test',
    section(agency, section) {
      const at = granted[agency === ownOrganisation ? 'VERIFIED' : relationship] ?? {};
      const entry = at[`${agency}/${section}`] ?? at[`/${section}`];
      const level = typeof entry === 'string' ? entry : (entry?.level ?? null);
      return {
        agency,
        section,
        level,
        reason: level === null ? 'NOT_LISTED' : null,
        scope: null,
        message: null,
        desk: null,
        rows: typeof entry === 'object' ? entry.rows : {},
        ownSite: (typeof entry === 'object' && entry.ownSite) || null,
        breakGlass: null,
        review: null,
        opened: null,
        rule: null,
      };
    },
    withholds(agency, section) {
      return this.section(agency, section).reason;
    },
  };
}

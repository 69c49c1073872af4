import type { Decisions, RowConditions } from '../sharing/policy/types.ts';

/** What is released of a section. */
export interface Release {
  /** Fields that are withheld although the section is released: dotted paths, each with all below it. */
  without?: readonly string[];
  rows?: RowConditions;
  ownSite?: string;
}

/** Decisions that release these sections and nothing else, as no policy would: for what asks an agency without one. */
export function releasing(sections: Readonly<Record<string, Release>>): Decisions {
  return {
    relationship: 'VERIFIED',
    policyVersion: 'none',
    section: (agency, section) => {
      const release = sections[section];
      return {
        agency,
        section,
        level: release ? 'FULL' : null,
        reason: release ? null : 'NOT_LISTED',
        scope: null,
        message: null,
        desk: null,
        rows: release?.rows ?? {},
        ownSite: release?.ownSite ?? null,
        breakGlass: null,
        review: null,
        opened: null,
        rule: null,
      };
    },
    withholds: (_agency, section, path) => {
      const release = sections[section];
      if (!release) return 'NOT_LISTED';
      return release.without?.some((one) => path === one || path.startsWith(`${one}.`)) ? 'LEVEL' : null;
    },
  };
}

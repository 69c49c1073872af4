import { decide } from '../../../src/sharing/decide.ts';
import type { Policies } from '../../../src/sharing/policy/policies.ts';
import {
  type Catalogue,
  GROUNDS,
  type Opening,
  type Relationship,
  type SectionDecision,
} from '../../../src/sharing/policy/types.ts';

export interface Pair {
  role: string;
  purpose: string;
}

/** What is given to somebody: who asks, how they are tied, at which place → what is decided, and of which fields. */
export interface Answer {
  key: string;
  decision: SectionDecision;
  fields: readonly string[];
}

interface Askers {
  /** Besides the agency's own. */
  organisations: readonly string[];
  relationships: readonly Relationship[];
}
const EVERYBODY: Askers = {
  organisations: ['police', 'childrens-services', 'nobody'],
  relationships: ['VERIFIED', 'CLAIMED', 'UNVERIFIED', 'NONE'],
};
/** Where many policies are asked. */
export const FEWER: Askers = {
  organisations: ['police', 'nobody'],
  relationships: ['VERIFIED', 'UNVERIFIED'],
};

/**
 * What a policy gives at these roles and purposes, to an agency's own staff, to another party and to no party. Whoever is
 * given nothing of a section has no answer here: of many thousands hardly any is, and each would have to be written down.
 */
export function answersOf(
  policy: Policies,
  catalogue: Catalogue,
  pairs: readonly Pair[],
  { organisations, relationships }: Askers = EVERYBODY,
): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  const openings = [...catalogue.sections.keys()].flatMap((section): Opening[] => [
    ...GROUNDS.map((ground) => ({ section, ground, personsView: 'UNABLE' as const })),
    { section, level: 'FULL' },
  ]);
  for (const { role, purpose } of pairs)
    for (const agency of catalogue.agencies.keys())
      for (const organisation of [...new Set([agency, ...organisations])])
        for (const relationship of relationships)
          for (const place of ['PUBLIC', 'DWELLING', null] as const)
            for (const [how, consent, opened, wishes] of [
              ['consent on the reference', true, [], null],
              ['no consent', false, [], null],
              ['all opened', true, openings, null],
              ['consent recorded here', null, [], { consented: true, objected: [] }],
              ['an objection', true, [], { consented: true, objected: [...catalogue.sections.keys()] }],
            ] as const) {
              const decisions = decide({
                ...{ policy, catalogue, purpose, relationship, withdrawn: new Set(), openings: opened },
                ...(wishes && { wishes }),
                caller: { role, organisation, site: null },
                standing: { place, consent },
                now: new Date('2026-11-30T12:00:00Z'),
              });
              for (const { name, fields, suppliers } of catalogue.sections.values()) {
                if (!suppliers.includes(agency)) continue;
                const decision = decisions.section(agency, name);
                if (decision.level === null) continue;
                const given = [...fields.keys()].filter(
                  (path) => decisions.withholds(agency, name, path) === null,
                );
                const key = `${agency} ${name} to ${role} of ${organisation} at ${purpose}, ${relationship} ${place} ${how}`;
                answers.set(key, { key, decision, fields: given });
              }
            }
  return answers;
}

/** Every role at every purpose at which it may ask. */
export const pairsOf = (policy: Policies): readonly Pair[] =>
  [...policy.purposes.values()].flatMap(({ id, roles }) => roles.map((role) => ({ role, purpose: id })));

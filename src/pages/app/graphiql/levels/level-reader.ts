import type { ExecutionResult, IntrospectionQuery } from 'graphql';
import type { Ask } from '../../page/ask.ts';
import { described, type FieldLevels, fieldLevels } from './described.ts';
import { notKnown, type PlannedField } from './level-words.ts';
import { type SectionsQuery, sectionsQuery } from './sections-query.ts';

/** From policy alone: no person is looked at. */
const LEVELS = /* GraphQL */ `query LevelsOfFields($everything: String!) {
  disclosurePlan(query: $everything) {
    fields { path agency { id } state level needs reason opens }
  }
}
`;

/**
 * Reads what the caller of the moment may have of each field, and puts it into the schema that the editor and the docs
 * explorer are given. Of one caller at a time: nothing of the one before is kept.
 */
export function levelReader(ask: Ask, agencies: Readonly<Record<string, string>>) {
  let introspection: IntrospectionQuery | null = null;
  let everything: SectionsQuery | null = null;
  let shown: FieldLevels = new Map();
  let drawsAgain = false;
  return {
    /** Answers the editor's question for the schema: from the gateway, or where only the levels are others, from what it answered. */
    async schema(fetched: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
      if (!drawsAgain || introspection === null) {
        const answer = await fetched();
        if (!answer.data?.__schema) return answer;
        introspection = answer.data as unknown as IntrospectionQuery;
        everything = sectionsQuery(introspection);
      }
      return { data: { ...described(introspection, shown) } };
    },
    /** What the caller may have; why it is not known, where the gateway does not say. */
    async read(): Promise<FieldLevels> {
      if (everything === null) return new Map();
      try {
        const { disclosurePlan } = await ask<{ disclosurePlan: { fields: readonly PlannedField[] } }>(
          LEVELS,
          {
            everything: everything.query,
          },
        );
        return fieldLevels(everything, disclosurePlan.fields, agencies);
      } catch (error) {
        const words = notKnown((error as Error).message);
        return new Map([...everything.fieldAt.values()].map((field) => [field, words]));
      }
    },
    /** Shows these from now on. `introspect` makes the editor ask for the schema anew. */
    show(levels: FieldLevels, introspect: () => unknown): void {
      if (levels.size === 0 && shown.size === 0) return;
      shown = levels;
      drawsAgain = true;
      introspect();
      drawsAgain = false;
    },
  };
}
export type LevelReader = ReturnType<typeof levelReader>;

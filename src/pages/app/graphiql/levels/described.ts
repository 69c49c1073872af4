import type { IntrospectionQuery } from 'graphql';
import { type LevelWords, levelInWords, type PlannedField } from './level-words.ts';
import type { SectionsQuery } from './sections-query.ts';

/** `Tenancy.from` → whether the caller may have it. */
export type FieldLevels = ReadonlyMap<string, LevelWords>;

const DEPENDS: LevelWords = {
  badge: 'Depends on the section',
  details: 'Look at the field of the section in which you ask for it.',
};

/** What is planned of every field of the schema that a section reaches; of a type that sections share, only what is the same in all. */
export function fieldLevels(
  { fieldAt }: SectionsQuery,
  planned: readonly PlannedField[],
  agencies: Readonly<Record<string, string>>,
): FieldLevels {
  const within = new Map<string, PlannedField[]>();
  for (const one of planned) {
    const names = one.path.split('.');
    for (const end of names.keys()) {
      const path = names.slice(0, end + 1).join('.');
      const there = within.get(path);
      if (there) there.push(one);
      else within.set(path, [one]);
    }
  }
  const levels = new Map<string, LevelWords>();
  for (const [path, field] of fieldAt) {
    const words = levelInWords(within.get(path) ?? [], agencies);
    const other = levels.get(field);
    if (words === null) continue;
    levels.set(field, other === undefined || other.details === words.details ? words : DEPENDS);
  }
  return levels;
}

/**
 * The schema with what the caller may have in front of each field's description: as text it stands in the docs explorer,
 * in completion and over a field alike.
 */
export function described(introspection: IntrospectionQuery, levels: FieldLevels): IntrospectionQuery {
  const { __schema } = introspection;
  const types = __schema.types.map((type) =>
    type.kind !== 'OBJECT'
      ? type
      : {
          ...type,
          fields: type.fields.map((field) => {
            const words = levels.get(`${type.name}.${field.name}`);
            return words ? { ...field, description: inFront(words, field.description ?? '') } : field;
          }),
        },
  );
  return { __schema: { ...__schema, types } };
}

/** Lists of fields show the first paragraph alone: the badge is in it, beside what the field means. */
function inFront({ badge, details }: LevelWords, description: string): string {
  const [first = '', ...others] = description.split(/\n\s*\n/);
  return [`**${badge}** ${first}`, ...others, details].join('\n\n');
}

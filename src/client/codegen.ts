/**
 * `sightline/client/codegen`: how graphql-codegen types a front end's own documents, so that a section's fields can be
 * read only where it is disclosed. Needs `graphql`, which graphql-codegen brings along; the client itself does not.
 */
import {
  buildASTSchema,
  type DocumentNode,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** The scalars as they are on the wire. Without these they would be typed as anything at all. */
export const scalars = { Date: 'string', DateTime: 'string', JSON: 'Record<string, unknown>' } as const;

interface TransformOptions<File> {
  /** The schema that the documents are of. */
  schema: DocumentNode;
  documents: readonly File[];
}

/** Asks for `state` in every section that a document reads: by it the client's types tell what can be read. */
export function withStates<File extends { document?: DocumentNode }>({
  schema,
  documents,
}: TransformOptions<File>): File[] {
  const types = new TypeInfo(buildASTSchema(schema, { assumeValid: true }));
  const addState = visitWithTypeInfo(types, {
    SelectionSet(node) {
      if (!isSection(types.getParentType()) || node.selections.some(isState)) return;
      return { ...node, selections: [STATE, ...node.selections] };
    },
  });
  return documents.map((file) =>
    file.document ? { ...file, document: visit(file.document, addState) } : file,
  );
}

const STATE: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'state' } };

/** Under its own name, and for every caller: one with a directive may be left out. */
const isState = (node: SelectionNode): boolean =>
  node.kind === Kind.FIELD && node.name.value === 'state' && !node.alias && !node.directives?.length;

function isSection(type: unknown): boolean {
  if (isInterfaceType(type)) return type.name === 'Section';
  return isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Section');
}

/**
 * What graphql-codegen makes of a front end's documents: an entry of `generates`. Each document is a string with the
 * types of its variables and its answer.
 */
export const sightlineTypes = {
  preset: 'client' as const,
  // A masked fragment hides the state as well.
  presetConfig: { fragmentMasking: false },
  config: {
    scalars,
    strictScalars: true,
    enumsAsTypes: true,
    useTypeImports: true,
    documentMode: 'string' as const,
  },
  documentTransforms: [{ transform: withStates }],
};

/**
 * `sightline/client/codegen`: how graphql-codegen is to type a front end's own documents. Needs `graphql`, which
 * graphql-codegen brings along; the client itself does not.
 */

/** The scalars as they are on the wire. Without these they would be typed as anything at all. */
export const scalars = { Date: 'string', DateTime: 'string', JSON: 'Record<string, unknown>' } as const;

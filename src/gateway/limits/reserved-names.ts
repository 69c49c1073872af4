/** What the gateway itself asks of an agency beside the query, by these names. */
const HELPER_FIELDS: ReadonlySet<string> = new Set(['key', 'present', 'otherPerson']);
/** Names that give an object a meaning in JavaScript, beyond those that every object has. */
const MEANINGFUL: ReadonlySet<string> = new Set(['then', 'catch', 'finally', 'toJSON', 'prototype']);
/** Under these, queries of one moment are folded into one. */
const FOLDING = /^_?(v|graphqlTools)?\d+_/i;

/** Names that no query may give to a value: each could change what is joined to what, or what a result is. */
export function isReservedName(name: string): boolean {
  return (
    name.startsWith('__') ||
    name.startsWith('sightline') ||
    FOLDING.test(name) ||
    HELPER_FIELDS.has(name) ||
    MEANINGFUL.has(name) ||
    name in Object.prototype
  );
}

import type { EntryKind } from './entry.ts';

/** `RegisterKind` of the public schema: a withdrawal is a change of policy, and else each kind is its own. */
export type RegisterKind = Exclude<EntryKind, 'WITHDRAWAL'>;

export const registerKind = (kind: EntryKind): RegisterKind => (kind === 'WITHDRAWAL' ? 'POLICY' : kind);

/** The kinds of entry that are told as this one. */
export const entryKinds = (kind: RegisterKind): readonly EntryKind[] =>
  kind === 'POLICY' ? ['POLICY', 'WITHDRAWAL'] : [kind];

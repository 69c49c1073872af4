import { type Contact, type Hole, holesWithin } from '../../../client/hole.ts';

/** What every section says of itself, whatever it is about. */
export interface SectionData {
  state: string;
  sources: readonly SourceData[];
}
export interface SourceData {
  agency: { id: string; name: string };
  state: string;
  level: string | null;
  reason: string | null;
  scope: string | null;
  message: string | null;
  contact: Contact | null;
  asOf: string | null;
}

/** Where a row comes from, and when it was last known to be true. */
export interface RowSource {
  agency: { id: string; name: string };
  record: string;
  asOf: string | null;
}

/** Of a person's answer, the gaps of one section. */
export const holesOf = (section: string, holes: readonly Hole[]): readonly Hole[] =>
  holesWithin(holes, ['person', section]);

/** Of a section's gaps, those at a field or around it: while there is one, null there is not "none". */
export const holesAt = (field: string, holes: readonly Hole[]): readonly Hole[] =>
  holes.filter(({ path }) => {
    const [, , at] = typeof path === 'string' ? path.split('.') : path;
    return at === undefined || at === field;
  });

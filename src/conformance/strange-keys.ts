import type { AnyAdapter, AnyAgencyDatabase } from '../../adapters/contract.ts';

/** What is nobody's key, and may break or widen a statement that took it for text of its own. */
export const STRANGE_KEYS: readonly string[] = [
  "' or 1=1 --",
  "x' or 'a'='a",
  '" or ""="',
  "'; select 1; --",
  '1 or 1=1',
  '%',
  '_',
  '*',
  '\\',
  "\\' or 1=1 --",
  '9'.repeat(99),
];
/** … and what is no reference of any agency. */
export const STRANGE_REFERENCES: readonly string[] = [
  ...STRANGE_KEYS,
  ...['', ' ', '26/999999', 'R9999999', 'H99-99999', '99999999', '\0'],
];
/** A number of staff that nobody has. */
const NOBODY = 'NOBODY';

/** Those of the strange references that the agency takes for one of its own. */
export async function referencesTaken(
  { reference }: Pick<AnyAdapter, 'reference'>,
  db: AnyAgencyDatabase,
  now: Date,
): Promise<string[]> {
  const taken: string[] = [];
  for (const strange of STRANGE_REFERENCES)
    if ((await reference.find(db, strange, now)) !== null) taken.push(JSON.stringify(strange));
  return taken;
}

/** What is wrong with the caseloads of strangers: whoever is on one, of these people or of nobody. */
export async function caseloadFaults(
  { reference }: Pick<AnyAdapter, 'reference'>,
  db: AnyAgencyDatabase,
  people: readonly string[],
  now: Date,
): Promise<string[]> {
  const faults: string[] = [];
  for (const staff of [NOBODY, "x' or 'a'='a\0", ...STRANGE_KEYS]) {
    const theirs = await reference.caseload(db, staff, people, now);
    if (theirs.length > 0) faults.push(`${theirs.length} people for staff ${JSON.stringify(staff)}`);
  }
  const ofNobody = await reference.caseload(db, NOBODY, [], now);
  if (ofNobody.length > 0) faults.push(`${ofNobody.length} people where none were asked about`);
  return faults;
}

import { type ColumnOf, isPast, type ReferenceSource } from '../contract.ts';
import type { ProbationTables } from './tables.ts';

/** Anything else is no case reference number, and no text for a database either. */
const CASE_REFERENCE_NUMBER = /^[A-Z]\d{6}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const reads: readonly ColumnOf<ProbationTables>[] = [
  'OFFENDER.CRN',
  'OFFENDER_MANAGER.CRN',
  'OFFENDER_MANAGER.STAFF_CD',
  'OFFENDER_MANAGER.END_DT',
];

export const reference: ReferenceSource<ProbationTables> = {
  description: 'The case reference number of somebody under supervision, such as X000214.',
  reads,
  /** Live as long as somebody supervises; on it are those who do. */
  async find(db, crn, now) {
    if (!CASE_REFERENCE_NUMBER.test(crn)) return null;
    const context = { now, note: () => {} };
    const [found, managers] = await Promise.all([
      db.selectFrom('OFFENDER').select('CRN').where('CRN', '=', crn).executeTakeFirst(),
      db.selectFrom('OFFENDER_MANAGER').select(['STAFF_CD', 'END_DT']).where('CRN', '=', crn).execute(),
    ]);
    if (!found) return null;
    const current = managers.filter((one) => isPast(one.END_DT, context) === false);
    const staff = [...new Set(current.map((one) => one.STAFF_CD?.trim() ?? ''))]
      .filter((one) => one !== '')
      .map((one) => ({ organisation: 'probation', staff: one }));
    return { live: current.length > 0, place: null, consent: null, staff, people: [found.CRN] };
  },
  async caseload(db, staff, people, now) {
    if (people.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const context = { now, note: () => {} };
    const rows = await db
      .selectFrom('OFFENDER_MANAGER')
      .select(['CRN', 'END_DT'])
      .where('CRN', 'in', people)
      .where('STAFF_CD', '=', staff)
      .execute();
    const current = rows.filter((row) => isPast(row.END_DT, context) === false);
    return [...new Set(current.map((row) => row.CRN))];
  },
};

import {
  type ColumnOf,
  type DecodeContext,
  isPast,
  type Kysely,
  meaning,
  type ReferenceFacts,
  type ReferenceSource,
} from '../contract.ts';
import { CONSULTATION_STATUSES } from './codes.ts';
import type { PrimaryCareTables } from './tables.ts';

/** Anything else is no reference of ours, and no text for a database either. */
const CONSULTATION = /^EP-\d{1,9}$/;
const CASELOAD = /^HV-\d{1,9}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const CONSULTED = ['CONS_ID', 'PATIENT_ID', 'STAFF_ID', 'STAT_CD', 'CLOSE_DT'] as const;
const reads: readonly ColumnOf<PrimaryCareTables>[] = [
  ...CONSULTED.map((name) => `CONSULTATION.${name}` as const),
  'HV_CASELOAD.CASE_ID',
  'HV_CASELOAD.STAFF_ID',
  'HV_CASELOAD.END_DT',
  'HV_MEMBER.CASE_ID',
  'HV_MEMBER.PATIENT_ID',
];

export const reference: ReferenceSource<PrimaryCareTables> = {
  description:
    'A consultation, such as EP-000170, or a family on a health visitor’s list, such as HV-000019.',
  reads,
  async find(db, written, now) {
    const context = { now, note: () => {} };
    if (CONSULTATION.test(written)) return consultation(db, written, context);
    return CASELOAD.test(written) ? visitedFamily(db, written, context) : null;
  },
  async caseload(db, staff, people, now) {
    if (people.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const context = { now, note: () => {} };
    const [consulted, visited] = await Promise.all([
      consultedBy(db, staff, people, context),
      visitedBy(db, staff, people, context),
    ]);
    return [...new Set([...consulted, ...visited])];
  },
};

const isOpen = (row: { STAT_CD: unknown; CLOSE_DT: unknown }, context: DecodeContext): boolean =>
  meaning(CONSULTATION_STATUSES)(row.STAT_CD, context) === 'OPEN' && isPast(row.CLOSE_DT, context) === false;

const onIt = (written: string | null): ReferenceFacts['staff'] => {
  const staff = written?.trim();
  return staff ? [{ organisation: 'primary-care', staff }] : [];
};

async function consultation(
  db: Kysely<PrimaryCareTables>,
  written: string,
  context: DecodeContext,
): Promise<ReferenceFacts | null> {
  const found = await db
    .selectFrom('CONSULTATION')
    .select(CONSULTED)
    .where('CONS_ID', '=', written)
    .executeTakeFirst();
  if (!found) return null;
  const live = isOpen(found, context);
  return { live, place: null, consent: null, staff: onIt(found.STAFF_ID), people: [found.PATIENT_ID] };
}

async function visitedFamily(
  db: Kysely<PrimaryCareTables>,
  written: string,
  context: DecodeContext,
): Promise<ReferenceFacts | null> {
  const [found, members] = await Promise.all([
    db
      .selectFrom('HV_CASELOAD')
      .select(['STAFF_ID', 'END_DT'])
      .where('CASE_ID', '=', written)
      .executeTakeFirst(),
    db.selectFrom('HV_MEMBER').select('PATIENT_ID').where('CASE_ID', '=', written).execute(),
  ]);
  if (!found) return null;
  return {
    live: isPast(found.END_DT, context) === false,
    place: null,
    consent: null,
    staff: onIt(found.STAFF_ID),
    people: members.map((one) => one.PATIENT_ID),
  };
}

async function consultedBy(
  db: Kysely<PrimaryCareTables>,
  staff: string,
  people: readonly string[],
  context: DecodeContext,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('CONSULTATION')
    .select(['PATIENT_ID', 'STAT_CD', 'CLOSE_DT'])
    .where('PATIENT_ID', 'in', people)
    .where('STAFF_ID', '=', staff)
    .execute();
  return rows.filter((row) => isOpen(row, context)).map((row) => row.PATIENT_ID);
}

async function visitedBy(
  db: Kysely<PrimaryCareTables>,
  staff: string,
  people: readonly string[],
  context: DecodeContext,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('HV_MEMBER')
    .innerJoin('HV_CASELOAD', 'HV_CASELOAD.CASE_ID', 'HV_MEMBER.CASE_ID')
    .select(['HV_MEMBER.PATIENT_ID', 'HV_CASELOAD.END_DT'])
    .where('HV_MEMBER.PATIENT_ID', 'in', people)
    .where('HV_CASELOAD.STAFF_ID', '=', staff)
    .execute();
  return rows.filter((row) => isPast(row.END_DT, context) === false).map((row) => row.PATIENT_ID);
}

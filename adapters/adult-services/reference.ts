import {
  type ColumnOf,
  type DecodeContext,
  isPast,
  type Kysely,
  meaning,
  type ReferenceFacts,
  type ReferenceSource,
  text,
} from '../contract.ts';
import { ALLOCATION_STATUSES, OPEN_ENQUIRY } from './codes.ts';
import type { AdultTables } from './tables.ts';

/** Anything else is no reference of ours, and no text for a database either. */
const ALLOCATION = /^AS\d{2}-\d{4,6}$/;
const ENQUIRY = /^SE\d{2}-\d{4,6}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const ALLOCATED = ['ALLOC_REF', 'ASC_ID', 'WRKR_REF', 'STAT_CD', 'END_DT'] as const;
const ENQUIRED = ['ENQ_REF', 'ASC_ID', 'LEAD_REF', 'STATUS', 'END_DT'] as const;
const reads: readonly ColumnOf<AdultTables>[] = [
  ...ALLOCATED.map((name) => `ASC_ALLOC.${name}` as const),
  ...ENQUIRED.map((name) => `S42_ENQ.${name}` as const),
];

export const reference: ReferenceSource<AdultTables> = {
  description: 'An allocation, such as AS26-0170, or a safeguarding enquiry, such as SE26-0044.',
  reads,
  async find(db, written, now) {
    const context = { now, note: () => {} };
    if (ALLOCATION.test(written)) return allocation(db, written, context);
    return ENQUIRY.test(written) ? enquiry(db, written, context) : null;
  },
  async caseload(db, staff, people, now) {
    if (people.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const context = { now, note: () => {} };
    const [allocated, enquired] = await Promise.all([
      db
        .selectFrom('ASC_ALLOC')
        .select(ALLOCATED)
        .where('WRKR_REF', '=', staff)
        .where('ASC_ID', 'in', people)
        .execute(),
      db
        .selectFrom('S42_ENQ')
        .select(ENQUIRED)
        .where('LEAD_REF', '=', staff)
        .where('ASC_ID', 'in', people)
        .execute(),
    ]);
    const open = [
      ...allocated.filter((one) => isAllocated(one, context)),
      ...enquired.filter((one) => isUnderWay(one, context)),
    ];
    return [...new Set(open.map((one) => one.ASC_ID))];
  },
};

async function allocation(
  db: Kysely<AdultTables>,
  written: string,
  context: DecodeContext,
): Promise<ReferenceFacts | null> {
  const found = await db
    .selectFrom('ASC_ALLOC')
    .select(ALLOCATED)
    .where('ALLOC_REF', '=', written)
    .executeTakeFirst();
  if (!found) return null;
  return facts(isAllocated(found, context), found.WRKR_REF, found.ASC_ID, context);
}

/** It ties the adult at risk alone: whoever is said to be the source of it is nobody's client by that. */
async function enquiry(
  db: Kysely<AdultTables>,
  written: string,
  context: DecodeContext,
): Promise<ReferenceFacts | null> {
  const found = await db
    .selectFrom('S42_ENQ')
    .select(ENQUIRED)
    .where('ENQ_REF', '=', written)
    .executeTakeFirst();
  if (!found) return null;
  return facts(isUnderWay(found, context), found.LEAD_REF, found.ASC_ID, context);
}

function facts(live: boolean, worker: unknown, person: string, context: DecodeContext): ReferenceFacts {
  const staff = text(worker, context);
  return {
    live,
    place: null,
    consent: null,
    staff: staff === null ? [] : [{ organisation: 'adult-services', staff }],
    people: [person],
  };
}

const isAllocated = (row: { STAT_CD: unknown; END_DT: unknown }, context: DecodeContext): boolean =>
  meaning(ALLOCATION_STATUSES)(row.STAT_CD, context) === 'OPEN' && isPast(row.END_DT, context) === false;

const isUnderWay = (row: { STATUS: unknown; END_DT: unknown }, context: DecodeContext): boolean =>
  OPEN_ENQUIRY.includes(text(row.STATUS, context) ?? '') && isPast(row.END_DT, context) === false;

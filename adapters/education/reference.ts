import {
  type ColumnOf,
  type DecodeContext,
  isPast,
  type Kysely,
  meaning,
  type ReferenceFacts,
  type ReferenceSource,
} from '../contract.ts';
import { LOG_STATUSES } from './codes.ts';
import type { EducationTables } from './tables.ts';

/** Anything else is no reference of ours, and no text for a database either. */
const REFERENCE = /^SG-\d{1,9}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const LOG = ['LOG_REF', 'STUD_ID', 'DSL_REF', 'LOG_STAT', 'CLOSE_DT'] as const;
const reads: readonly ColumnOf<EducationTables>[] = [
  ...LOG.map((name) => `SAFEG_LOG.${name}` as const),
  'SAFEG_LINK.LOG_REF',
  'SAFEG_LINK.STUD_ID',
  'SCHOOL.SCHOOL',
  'SCHOOL.DSL_REF',
  'STUD.STUD_ID',
  'STUD.SCHOOL',
];

export const reference: ReferenceSource<EducationTables> = {
  description: 'A concern in the safeguarding log of a school, such as SG-000042.',
  reads,
  async find(db, written, now) {
    if (!REFERENCE.test(written)) return null;
    const [found, linked] = await Promise.all([
      db.selectFrom('SAFEG_LOG').select(LOG).where('LOG_REF', '=', written).executeTakeFirst(),
      db.selectFrom('SAFEG_LINK').select('STUD_ID').where('LOG_REF', '=', written).execute(),
    ]);
    if (!found) return null;
    return {
      live: isOpen(found, { now, note: () => {} }),
      place: null,
      consent: null,
      staff: onIt(found.DSL_REF),
      people: [...new Set([found.STUD_ID, ...linked.map((one) => one.STUD_ID)])],
    };
  },
  async caseload(db, staff, people, now) {
    if (people.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const [pupils, concerns] = await Promise.all([
      pupilsOf(db, staff, people),
      concernsOf(db, staff, people, { now, note: () => {} }),
    ]);
    return [...new Set([...pupils, ...concerns])];
  },
};

type State = { LOG_STAT: string | null; CLOSE_DT: string | null };
/** A concern whose state cannot be read proves nothing. */
const isOpen = ({ LOG_STAT, CLOSE_DT }: State, context: DecodeContext): boolean =>
  meaning(LOG_STATUSES)(LOG_STAT, context) === 'OPEN' && isPast(CLOSE_DT, context) === false;

const onIt = (lead: string | null): ReferenceFacts['staff'] => {
  const staff = lead?.trim();
  return staff ? [{ organisation: 'education', staff }] : [];
};

/** Pupils on the roll of a school whose safeguarding this member of staff leads. */
async function pupilsOf(
  db: Kysely<EducationTables>,
  staff: string,
  people: readonly string[],
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('STUD')
    .innerJoin('SCHOOL', 'SCHOOL.SCHOOL', 'STUD.SCHOOL')
    .select('STUD.STUD_ID')
    .where('STUD.STUD_ID', 'in', people)
    .where('SCHOOL.DSL_REF', '=', staff)
    .execute();
  return rows.map((row) => row.STUD_ID);
}

/** Pupils whom an open concern of this member of staff is about. */
async function concernsOf(
  db: Kysely<EducationTables>,
  staff: string,
  people: readonly string[],
  context: DecodeContext,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('SAFEG_LOG')
    .leftJoin('SAFEG_LINK', 'SAFEG_LINK.LOG_REF', 'SAFEG_LOG.LOG_REF')
    .select(['SAFEG_LOG.STUD_ID', 'SAFEG_LINK.STUD_ID as LINKED', 'SAFEG_LOG.LOG_STAT', 'SAFEG_LOG.CLOSE_DT'])
    .where('SAFEG_LOG.DSL_REF', '=', staff)
    .where((row) => row.or([row('SAFEG_LOG.STUD_ID', 'in', people), row('SAFEG_LINK.STUD_ID', 'in', people)]))
    .execute();
  const wanted = new Set(people);
  return rows
    .filter((row) => isOpen(row, context))
    .flatMap((row) => [row.STUD_ID, row.LINKED ?? ''])
    .filter((pupil) => wanted.has(pupil));
}

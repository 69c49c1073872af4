import {
  type AgencyId,
  bareCode,
  type ColumnOf,
  type DecodeContext,
  isPast,
  type Kysely,
  meaning,
  type RecordId,
  type ReferenceFacts,
  type ReferenceSource,
  text,
} from '../contract.ts';
import { CASE_STATUSES, NEITHER_PLACE, ORGANISATIONS, PLACES } from './codes.ts';
import type { PoliceTables } from './tables.ts';

/** Anything else is no occurrence number, and no text for a database either. */
const OCCURRENCE_NUMBER = /^\d{2}\/\d{1,8}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const reads = [
  'T_INCIDENT.OCC_NO',
  'T_INCIDENT.CLOSE_DTTM',
  'T_INCIDENT.PLACE_TYPE',
  'T_RESOURCE_LOG.OCC_NO',
  'T_RESOURCE_LOG.STAFF_REF',
  'T_RESOURCE_LOG.STAFF_ORG',
  'T_RESOURCE_LOG.TO_DTTM',
  'T_OCCURRENCE.OCC_NO',
  'T_OCCURRENCE.NOM_ID',
  'T_OIC.NOM_ID',
  'T_OIC.STAFF_REF',
  'T_OIC.STAT_CD',
  'T_OIC.TO_DT',
] as const satisfies readonly ColumnOf<PoliceTables>[];

export const reference: ReferenceSource<PoliceTables> = {
  description: "The incident's occurrence number, such as 26/000123.",
  reads,
  async find(db, occurrence, now) {
    if (!OCCURRENCE_NUMBER.test(occurrence)) return null;
    const context = { now, note: () => {} };
    const [incident, crew, people] = await Promise.all([
      incidentOf(db, occurrence),
      crewOf(db, occurrence, context),
      peopleOf(db, occurrence),
    ]);
    if (!incident) return null;
    // Anything written in the closing time closes it, readable or not.
    const live = text(incident.CLOSE_DTTM, context) === null;
    return { live, place: placeOf(incident.PLACE_TYPE, context), consent: null, staff: crew, people };
  },
  async caseload(db, staff, people, now) {
    if (people.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const cases = await db
      .selectFrom('T_OIC')
      .select(['NOM_ID', 'STAT_CD', 'TO_DT'])
      .where('STAFF_REF', '=', staff)
      .where('NOM_ID', 'in', people)
      .execute();
    const context = { now, note: () => {} };
    const open = cases.filter(
      (one) =>
        meaning(CASE_STATUSES)(one.STAT_CD, context) === 'OPEN' && isPast(one.TO_DT, context) === false,
    );
    return [...new Set(open.map((one) => one.NOM_ID))];
  },
};

const incidentOf = (db: Kysely<PoliceTables>, occurrence: string) =>
  db
    .selectFrom('T_INCIDENT')
    .select(['CLOSE_DTTM', 'PLACE_TYPE'])
    .where('OCC_NO', '=', occurrence)
    .executeTakeFirst();

/** Who is on it now: the log's entries without an end. Staff of an organisation that is not in the code list are on nothing. */
async function crewOf(
  db: Kysely<PoliceTables>,
  occurrence: string,
  context: DecodeContext,
): Promise<ReferenceFacts['staff']> {
  const entries = await db
    .selectFrom('T_RESOURCE_LOG')
    .select(['STAFF_REF', 'STAFF_ORG', 'TO_DTTM'])
    .where('OCC_NO', '=', occurrence)
    .execute();
  return entries.flatMap((entry) => {
    const organisation: AgencyId | null = meaning(ORGANISATIONS)(entry.STAFF_ORG, context);
    const there = text(entry.TO_DTTM, context) === null;
    return there && organisation !== null ? [{ organisation, staff: entry.STAFF_REF.trim() }] : [];
  });
}

async function peopleOf(db: Kysely<PoliceTables>, occurrence: string): Promise<readonly RecordId[]> {
  const rows = await db
    .selectFrom('T_OCCURRENCE')
    .select('NOM_ID')
    .distinct()
    .where('OCC_NO', '=', occurrence)
    .execute();
  return rows.map((row) => row.NOM_ID);
}

function placeOf(type: unknown, context: DecodeContext): ReferenceFacts['place'] {
  const code = bareCode(type, context);
  return code === null || NEITHER_PLACE.includes(code) ? null : meaning(PLACES)(code, context);
}

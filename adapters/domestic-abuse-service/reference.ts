import {
  type ColumnOf,
  type DecodeContext,
  isPast,
  type Kysely,
  meaning,
  type RecordId,
  type ReferenceSource,
  text,
} from '../contract.ts';
import { INVOLVEMENT_STATUSES } from './codes.ts';
import type { DomesticAbuseTables } from './tables.ts';

/** Anything else is no case of ours, and no text for a database either. */
const CASE_REFERENCE = /^M\d{2}-\d{4,6}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const CASE = ['REF', 'VICTIM_ID', 'IDVA_ID', 'STATUS', 'CLOSE_DT'] as const;
const reads: readonly ColumnOf<DomesticAbuseTables>[] = [
  ...CASE.map((name) => `MARAC_CASE.${name}` as const),
  'CASE_CHILD.REF',
  'CASE_CHILD.CHILD_ID',
];

/** A case ties the victim and her children. The other side is nobody's client here, so an adviser's case is no reason to look them up. */
export const reference: ReferenceSource<DomesticAbuseTables> = {
  description: 'A case of the conference, such as M26-0017.',
  reads,
  async find(db, written, now) {
    if (!CASE_REFERENCE.test(written)) return null;
    const context = { now, note: () => {} };
    const [found, children] = await Promise.all([
      db.selectFrom('MARAC_CASE').select(CASE).where('REF', '=', written).executeTakeFirst(),
      childrenOf(db, [written]),
    ]);
    if (!found) return null;
    const adviser = text(found.IDVA_ID, context);
    return {
      live: isLive(found, context),
      place: null,
      consent: null,
      staff: adviser === null ? [] : [{ organisation: 'domestic-abuse-service', staff: adviser }],
      people: [...new Set([found.VICTIM_ID, ...children])],
    };
  },
  async caseload(db, staff, people, now) {
    if (people.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const cases = await db.selectFrom('MARAC_CASE').select(CASE).where('IDVA_ID', '=', staff).execute();
    const live = cases.filter((one) => isLive(one, { now, note: () => {} }));
    const children = await childrenOf(
      db,
      live.map(({ REF }) => REF),
    );
    const supported = new Set([...live.map((one) => one.VICTIM_ID), ...children]);
    return [...new Set(people)].filter((one) => supported.has(one));
  },
};

async function childrenOf(
  db: Kysely<DomesticAbuseTables>,
  references: readonly string[],
): Promise<readonly RecordId[]> {
  if (references.length === 0) return [];
  const rows = await db.selectFrom('CASE_CHILD').select('CHILD_ID').where('REF', 'in', references).execute();
  return rows.map((row) => row.CHILD_ID);
}

/** Until it is closed, by its status or by a date; a status that cannot be read is worth nothing. */
function isLive(row: { STATUS: unknown; CLOSE_DT: unknown }, context: DecodeContext): boolean {
  const status = meaning(INVOLVEMENT_STATUSES)(row.STATUS, context);
  return (status === 'OPEN' || status === 'KNOWN') && isPast(row.CLOSE_DT, context) === false;
}

import {
  type ColumnOf,
  type DecodeContext,
  type ReferenceFacts,
  type ReferenceSource,
  text,
} from '../contract.ts';
import { isLive } from './live-claim.ts';
import type { WorkAndPensionsTables } from './tables.ts';

/** Anything else is no reference of ours, and no text for a database either. */
const REFERENCE = /^[A-Z]{2,3}-\d{1,8}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const CLAIM = ['CLAIM_REF', 'CLMNT_ID', 'PTNR_ID', 'COACH_REF', 'CLM_STAT', 'END_DT'] as const;
const reads: readonly ColumnOf<WorkAndPensionsTables>[] = CLAIM.map((name) => `CLAIM.${name}` as const);

type Claim = Pick<WorkAndPensionsTables['CLAIM'], (typeof CLAIM)[number]>;

export const reference: ReferenceSource<WorkAndPensionsTables> = {
  description: 'A claim, such as UC-000042.',
  reads,
  async find(db, written, now) {
    if (!REFERENCE.test(written)) return null;
    const context = { now, note: () => {} };
    const found = await db
      .selectFrom('CLAIM')
      .select(CLAIM)
      .where('CLAIM_REF', '=', written)
      .executeTakeFirst();
    if (!found) return null;
    return {
      live: isLive(found, context),
      place: null,
      consent: null,
      staff: onIt(found, context),
      people: partiesTo(found, context),
    };
  },
  async caseload(db, staff, people, now) {
    if (people.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const context = { now, note: () => {} };
    const claims = await db
      .selectFrom('CLAIM')
      .select(CLAIM)
      .where('COACH_REF', '=', staff)
      .where((row) => row.or([row('CLMNT_ID', 'in', people), row('PTNR_ID', 'in', people)]))
      .execute();
    const mine = claims.filter((claim) => isLive(claim, context));
    const parties = new Set(mine.flatMap((claim) => partiesTo(claim, context)));
    return people.filter((one) => parties.has(one));
  },
};

const onIt = (claim: Claim, context: DecodeContext): ReferenceFacts['staff'] => {
  const staff = text(claim.COACH_REF, context);
  return staff ? [{ organisation: 'work-and-pensions', staff }] : [];
};

function partiesTo(claim: Claim, context: DecodeContext): readonly string[] {
  const partner = text(claim.PTNR_ID, context);
  return partner === null || partner === claim.CLMNT_ID ? [claim.CLMNT_ID] : [claim.CLMNT_ID, partner];
}

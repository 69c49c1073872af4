import {
  type AgencyId,
  type ColumnOf,
  type DecodeContext,
  isPast,
  type Kysely,
  meaning,
  type ReferenceFacts,
  type ReferenceSource,
  yesNo,
} from '../contract.ts';
import { ORGANISATIONS, REFERRAL_STATUSES } from './codes.ts';
import type { MentalHealthTables } from './tables.ts';

/** Anything else is no referral, and no text for a database either. */
const REFERRAL_ID = /^[A-Z]{0,4}-?\d{1,10}$/;
/** A client's own request for their record. */
const SUBJECT_REQUEST = /^SAR-\d{1,8}$/;
const STAFF_REFERENCE = /^[\w-]{1,12}$/;

const REFERRAL = ['RefID', 'ClientID', 'WorkerID', 'StatusCd', 'CloseDT'] as const;
const STAFF = ['RefID', 'StaffID', 'StaffOrg', 'ToDT'] as const;
const REQUEST = ['ReqRef', 'ClientID', 'RequesterRef', 'IDProvenYN', 'CloseDT'] as const;
const reads: readonly ColumnOf<MentalHealthTables>[] = [
  ...REFERRAL.map((name) => `Referral.${name}` as const),
  ...STAFF.map((name) => `ReferralStaff.${name}` as const),
  ...REQUEST.map((name) => `SubjectRequest.${name}` as const),
];

export const reference: ReferenceSource<MentalHealthTables> = {
  description:
    "The referral's number, such as R2600417, or that of a person's own request, such as SAR-000018.",
  reads,
  async find(db, referral, now) {
    if (!REFERRAL_ID.test(referral)) return null;
    const context = { now, note: () => {} };
    if (SUBJECT_REQUEST.test(referral)) return subjectRequest(db, referral, context);
    const [found, others] = await Promise.all([
      db.selectFrom('Referral').select(REFERRAL).where('RefID', '=', referral).executeTakeFirst(),
      staffOn(db, referral, context),
    ]);
    if (!found) return null;
    const worker = found.WorkerID?.trim();
    const allocated = worker ? [{ organisation: 'mental-health', staff: worker }] : [];
    const beside = others.filter((one) => one.organisation !== 'mental-health' || one.staff !== worker);
    const staff = [...allocated, ...beside];
    return { live: isLive(found, context), place: null, consent: null, staff, people: [found.ClientID] };
  },
  async caseload(db, staff, people, now) {
    if (people.length === 0 || !STAFF_REFERENCE.test(staff)) return [];
    const context = { now, note: () => {} };
    const referrals = await db
      .selectFrom('Referral')
      .select(REFERRAL)
      .where('ClientID', 'in', people)
      .execute();
    const open = referrals.filter((one) => isLive(one, context));
    const beside = await referralsOf(
      db,
      staff,
      open.map(({ RefID }) => RefID),
      context,
    );
    const theirs = open.filter(({ RefID, WorkerID }) => WorkerID?.trim() === staff || beside.has(RefID));
    return [...new Set(theirs.map(({ ClientID }) => ClientID))];
  },
};

/** Only the login whose identity was proven is on it, and it ties nobody but the client. */
async function subjectRequest(
  db: Kysely<MentalHealthTables>,
  request: string,
  context: DecodeContext,
): Promise<ReferenceFacts | null> {
  const found = await db
    .selectFrom('SubjectRequest')
    .select(REQUEST)
    .where('ReqRef', '=', request)
    .executeTakeFirst();
  if (!found) return null;
  const requester = found.RequesterRef?.trim();
  const proven = yesNo(found.IDProvenYN, context) === true;
  return {
    live: proven && isPast(found.CloseDT, context) === false,
    place: null,
    consent: null,
    staff: requester ? [{ organisation: 'mental-health', staff: requester }] : [],
    people: [found.ClientID],
  };
}

const isLive = (row: { StatusCd: unknown; CloseDT: unknown }, context: DecodeContext): boolean =>
  meaning(REFERRAL_STATUSES)(row.StatusCd, context) === 'OPEN' && isPast(row.CloseDT, context) === false;

/** Who works on it beside the allocated worker. Staff of an organisation that is not in the code list are on nothing. */
async function staffOn(
  db: Kysely<MentalHealthTables>,
  referral: string,
  context: DecodeContext,
): Promise<ReferenceFacts['staff']> {
  const entries = await db.selectFrom('ReferralStaff').select(STAFF).where('RefID', '=', referral).execute();
  return entries.flatMap((entry) => {
    const organisation: AgencyId | null = meaning(ORGANISATIONS)(entry.StaffOrg, context);
    const there = entry.ToDT === null;
    return there && organisation !== null ? [{ organisation, staff: entry.StaffID.trim() }] : [];
  });
}

/** Which of these referrals a member of the trust's own staff works on beside the allocated worker. */
async function referralsOf(
  db: Kysely<MentalHealthTables>,
  staff: string,
  referrals: readonly string[],
  context: DecodeContext,
): Promise<ReadonlySet<string>> {
  if (referrals.length === 0) return new Set();
  const entries = await db
    .selectFrom('ReferralStaff')
    .select(STAFF)
    .where('RefID', 'in', referrals)
    .where('StaffID', '=', staff)
    .execute();
  const present = entries.filter(
    (entry) => entry.ToDT === null && meaning(ORGANISATIONS)(entry.StaffOrg, context) === 'mental-health',
  );
  return new Set(present.map(({ RefID }) => RefID));
}

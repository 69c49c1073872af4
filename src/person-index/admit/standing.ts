import type { RecordId, ReferenceFacts } from '../../../adapters/contract.ts';
import type { Caller, Reference } from '../../caller/types.ts';
import type { Place } from '../../sharing/policy/types.ts';
import { plain } from '../../store/prepared.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { AgencyUnavailable } from '../records/agency-unavailable.ts';
import type { ReferenceDirectory, ReferenceStandingResult } from '../records/types.ts';

export interface ReferenceWorth extends ReferenceStandingResult {
  /** Records of the issuing agency that the reference ties. */
  people: ReadonlySet<RecordId>;
  /** What the relationship to people is whom the reference does not tie. */
  untied: 'CLAIMED' | 'UNVERIFIED' | 'NONE';
}

const UNKNOWN = { place: null, consent: null } as const;
const NONE: ReferenceWorth = {
  relationship: 'NONE',
  live: false,
  standing: UNKNOWN,
  loginKnown: true,
  beside: [],
  people: new Set(),
  untied: 'NONE',
};
const UNVERIFIED: ReferenceWorth = { ...NONE, relationship: 'UNVERIFIED', untied: 'UNVERIFIED' };

/** The reference as a caller gives it in a header. */
export const referenceText = ({ agency, value }: Reference): string => `${agency}:${value}`;

/** What the request's reference is worth: by its issuing agency's own log, or by what that said earlier this shift. */
export async function referenceStanding(input: {
  store: StoreDatabase;
  references: ReferenceDirectory;
  caller: Caller;
  reference: Reference | null;
  now: Date;
  signal: AbortSignal;
}): Promise<ReferenceWorth> {
  const { reference, caller, now } = input;
  if (reference === null) return NONE;
  const said = await ask(input, reference);
  const shift = await rememberShift(input.store, caller, referenceText(reference), said, now);
  if (said === 'NONE') return { ...NONE, loginKnown: await isLoginKnown(input) };
  const isCaller = ({ organisation, staff }: ReferenceFacts['staff'][number]) =>
    organisation === caller.organisation && staff === caller.staff;
  if (said !== 'UNAVAILABLE')
    return { ...verified(said, 'CLAIMED'), beside: said.staff.filter((one) => !isCaller(one)) };
  return shift ? verified(shift, 'UNVERIFIED') : UNVERIFIED;
}

async function ask(
  { references, caller, now, signal }: Parameters<typeof referenceStanding>[0],
  { agency, value }: Reference,
): Promise<ReferenceFacts | 'NONE' | 'UNAVAILABLE'> {
  try {
    const facts = await references.find(agency, value, now, signal);
    const onIt = facts?.staff.some(
      ({ organisation, staff }) => organisation === caller.organisation && staff === caller.staff,
    );
    return facts?.live && onIt ? facts : 'NONE';
  } catch (error) {
    if (error instanceof AgencyUnavailable) return 'UNAVAILABLE';
    throw error;
  }
}

/**
 * Whoever is on no reference is told so; whoever's number is on no list of their organisation at all learns that it is their
 * sign-in that is wrong. It is about the caller alone, and asked whoever they ask for.
 */
async function isLoginKnown({
  references,
  caller,
  signal,
}: Parameters<typeof referenceStanding>[0]): Promise<boolean> {
  try {
    return await references.knowsStaff(caller.organisation, caller.staff, signal);
  } catch (error) {
    if (error instanceof AgencyUnavailable) return true;
    throw error;
  }
}

/** While the issuing system is silent nobody can be claimed anew: whether the reference still lives is not known. */
function verified(
  facts: Pick<ReferenceFacts, 'place' | 'consent' | 'people'>,
  untied: 'CLAIMED' | 'UNVERIFIED',
): ReferenceWorth {
  const standing = { place: facts.place, consent: facts.consent };
  return {
    ...{ relationship: 'VERIFIED', live: true, standing, loginKnown: true, beside: [] },
    ...{ people: new Set(facts.people), untied },
  };
}

/** How long a reference that was verified stands while its issuing system cannot be asked. */
export const SHIFT_MS = 12 * 60 * 60 * 1000;
/** A standing that is seen again sooner is not written again. */
const FRESH_MS = 60_000;

export interface ShiftStanding {
  place: Place | null;
  consent: boolean | null;
  people: readonly RecordId[];
}

/**
 * Keeps what the issuing system said of a reference for this shift, and gives what it said before. One statement,
 * whatever it said: `facts` are remembered, `NONE` forgets, `UNAVAILABLE` leaves all as it is.
 */
export async function rememberShift(
  store: StoreDatabase,
  caller: Pick<Caller, 'sub' | 'organisation'>,
  reference: string,
  answer: ReferenceFacts | 'NONE' | 'UNAVAILABLE',
  now: Date,
): Promise<ShiftStanding | null> {
  const facts = typeof answer === 'string' ? null : answer;
  const { rows } = await plain<ShiftStanding>`
    with forgotten as (
      delete from index_standing
      where sub = ${caller.sub} and organisation = ${caller.organisation} and reference = ${reference} and ${answer === 'NONE'}
    ), kept as (
      insert into index_standing as s (sub, organisation, reference, place, consent, people, verified_at)
      select ${caller.sub}, ${caller.organisation}, ${reference}, ${facts?.place ?? null}::text, ${facts?.consent ?? null}::boolean,
        ${facts?.people ?? []}::text[], ${now}::timestamptz
      where ${facts !== null} and not exists (
        select from index_standing k
        where k.sub = ${caller.sub} and k.organisation = ${caller.organisation} and k.reference = ${reference}
          and k.verified_at >= ${new Date(now.getTime() - FRESH_MS)}::timestamptz
          and (k.place, k.consent, k.people) is not distinct from
            (${facts?.place ?? null}::text, ${facts?.consent ?? null}::boolean, ${facts?.people ?? []}::text[])
      )
      on conflict (sub, organisation, reference) do update set
        place = excluded.place, consent = excluded.consent, people = excluded.people, verified_at = excluded.verified_at
      where s.verified_at < ${new Date(now.getTime() - FRESH_MS)}::timestamptz
        or (s.place, s.consent, s.people) is distinct from (excluded.place, excluded.consent, excluded.people)
    )
    select place, consent, people from index_standing
    where sub = ${caller.sub} and organisation = ${caller.organisation} and reference = ${reference}
      and verified_at > ${new Date(now.getTime() - SHIFT_MS)}::timestamptz`.execute(store);
  return rows[0] ?? null;
}

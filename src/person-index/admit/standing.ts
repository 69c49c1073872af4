import type { RecordId, ReferenceFacts } from '../../../adapters/contract.ts';
import type { Caller, Reference } from '../../caller/types.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import { AgencyUnavailable } from '../records/agency-unavailable.ts';
import type { ReferenceDirectory, ReferenceStandingResult } from '../records/types.ts';
import { rememberShift } from './shift.ts';

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

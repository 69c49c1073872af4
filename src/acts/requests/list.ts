import { type RawBuilder, sql } from 'kysely';
import type { Caller } from '../../caller/types.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { DisclosureRequest, RequestAsker, RequestState } from './types.ts';

/** Whose requests somebody may see: their own, and those that wait for their role at their agency, or did. */
export interface RequestSeer {
  asker: Pick<Caller, 'issuer' | 'sub' | 'organisation'>;
  /** Null for whoever decides nothing here. */
  decider: { agency: string; role: string } | null;
}

export interface RequestPage {
  state: RequestState | null;
  first: number;
  /** Id of the last of the page before. */
  after: string | null;
  now: Date;
}

type Row = Omit<DisclosureRequest, 'asker' | 'standing'> & RequestAsker & DisclosureRequest['standing'];

/**
 * Those of a seer, newest first, of which `shows` is true.
 * @param shows which of these the seer is shown: told in one question for what one page needs
 */
export async function listRequests(
  store: StoreDatabase,
  seer: RequestSeer,
  page: RequestPage,
  shows: (found: readonly DisclosureRequest[]) => Promise<readonly DisclosureRequest[]>,
): Promise<{ items: readonly DisclosureRequest[]; next: string | null }> {
  const items: DisclosureRequest[] = [];
  let { after } = page;
  for (;;) {
    const found = await select(store, seer, { ...page, after, first: page.first + 1 });
    items.push(...(await shows(found)));
    after = found.at(-1)?.id ?? null;
    if (found.length <= page.first || items.length > page.first) break;
  }
  const shown = items.slice(0, page.first);
  return { items: shown, next: items.length > page.first ? (shown.at(-1)?.id ?? null) : null };
}

/** Null where there is none of this id, or it is none of the seer's. */
export async function requestOf(
  store: StoreDatabase,
  seer: RequestSeer,
  id: string,
  now: Date,
): Promise<DisclosureRequest | null> {
  const page = { state: null, first: 1, after: null, now };
  const [request] = await select(store, seer, page, sql<boolean>`r.id = ${id}`);
  return request ?? null;
}

function seenBy({ asker, decider }: RequestSeer): RawBuilder<boolean> {
  const { organisation, sub, issuer } = asker;
  const own = sql<boolean>`(r.organisation = ${organisation} and r.sub = ${sub} and r.issuer is not distinct from ${issuer}::text)`;
  return decider
    ? sql<boolean>`(${own} or (r.agency = ${decider.agency} and r.decides = ${decider.role}))`
    : own;
}

/** What may stand so by what is kept; whether policy still gives it is asked of those. */
function mayStand(state: RequestState | null, now: Date): RawBuilder<boolean> {
  const used = sql<boolean>`(r.verdict = 'PERMIT' and (r.uses_left = 0 or r.until <= ${now}::timestamptz)) is true`;
  if (state === 'WAITING') return sql<boolean>`(r.verdict is null and r.answer_by > ${now}::timestamptz)`;
  if (state === 'PERMITTED') return sql<boolean>`(r.verdict = 'PERMIT' and not ${used})`;
  if (state === 'USED') return used;
  return state === 'NOT_GIVEN' ? sql<boolean>`not ${used}` : sql<boolean>`true`;
}

async function select(
  store: StoreDatabase,
  seer: RequestSeer,
  { state, first, after, now }: RequestPage,
  only: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<DisclosureRequest[]> {
  const { rows } = await sql<Row>`
    select r.id, r.issuer, r.sub, r.staff, r.name, r.role, r.organisation, r.site, r.purpose, r.reference, r.person,
      r.section, r.agency, r.why, r.relationship, r.place, r.consent, r.records, r.decides,
      r.policy_version as "policyVersion", r.asked_at as "askedAt", r.answer_by as "answerBy", r.verdict, r.reason, r.level,
      r.uses_left as "usesLeft", r.until, r.note, r.decided_at as "decidedAt"
    from disclosure_request r
    where ${seenBy(seer)} and ${mayStand(state, now)} and ${only} and (${after}::text is null or (r.asked_at, r.id) <
      (select b.asked_at, b.id from disclosure_request b where b.id = ${after}))
    order by r.asked_at desc, r.id desc limit ${first}`.execute(store);
  return rows.map(({ issuer, sub, staff, name, role, organisation, site, place, consent, ...row }) => ({
    ...row,
    asker: { issuer, sub, staff, name, role, organisation, site },
    standing: { place, consent },
  }));
}

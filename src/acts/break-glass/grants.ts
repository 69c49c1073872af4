import { type RawBuilder, sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';
import { type KeptFrom, type ListPage, visiblePage } from '../page.ts';
import type { Glass, GlassAgency, GlassReview, GlassState, Opener } from './types.ts';

/** Whose acts somebody may see: their own, or as an officer of an organisation those that concern it. */
export type Seer = { opener: Pick<Opener, 'issuer' | 'sub' | 'organisation'> } | { officerOf: string };

export interface GlassPage extends ListPage {
  state: GlassState | null;
  now: Date;
}

type Row = Omit<Glass, 'opener' | 'agencies' | 'reviews'> &
  Opener & {
    agencies: (Omit<GlassAgency, 'reviewBy'> & { reviewBy: string })[];
    reviews: (Omit<GlassReview, 'at'> & { at: string })[];
  };

/** Those of a seer, newest first, without the people who are kept from an officer. */
export function listGlass(
  store: StoreDatabase,
  seer: Seer,
  page: GlassPage,
  keptFrom: KeptFrom,
): ReturnType<typeof visiblePage<Glass>> {
  return visiblePage((after, first) => select(store, seer, { ...page, after, first }), page, keptFrom);
}

/** Null where there is none of this id, or it is none of the seer's. */
export async function glassOf(
  store: StoreDatabase,
  seer: Seer,
  id: string,
  now: Date,
): Promise<Glass | null> {
  const page = { state: null, first: 1, after: null, now };
  const [glass] = await select(store, seer, page, sql<boolean>`g.id = ${id}`);
  return glass ?? null;
}

function seenBy(seer: Seer): RawBuilder<boolean> {
  if ('officerOf' in seer)
    return sql<boolean>`(g.organisation = ${seer.officerOf} or exists (
      select from break_glass_agency a where a.glass = g.id and a.agency = ${seer.officerOf}))`;
  const { organisation, sub, issuer } = seer.opener;
  return sql<boolean>`(g.organisation = ${organisation} and g.sub = ${sub} and g.issuer is not distinct from ${issuer}::text)`;
}

async function select(
  store: StoreDatabase,
  seer: Seer,
  { state, first, after, now }: GlassPage,
  only: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<Glass[]> {
  const { rows } = await sql<Row>`
    with seen as (
      select g.*, least(g.ends_at, g.ended_at) as over_at, c.present,
        array(select agency from break_glass_agency a where a.glass = g.id and not exists (
          select from break_glass_review r where r.glass = a.glass and r.agency = a.agency and r.finding <> 'MORE_NEEDED'
        )) as awaited
      from break_glass g left join break_glass_confirmation c on c.glass = g.id
      where ${seenBy(seer)} and ${only}
    ), stated as (
      select s.*, case
        when s.over_at > ${now}::timestamptz then 'OPEN'
        when s.awaited = '{}' and s.present is not null then 'REVIEWED'
        when (s.present is null and s.confirm_by < ${now}::timestamptz) or exists (
          select from break_glass_agency a
          where a.glass = s.id and a.agency = any(s.awaited) and a.review_by < ${now}::timestamptz) then 'OVERDUE'
        else 'AWAITING_REVIEW' end as state
      from seen s
    )
    select s.id, s.state, s.issuer, s.sub, s.staff, s.name, s.role, s.organisation, s.site, s.purpose, s.reference, s.person,
      s.sections, s.ground, s.persons_view as "personsView", s.statement, s.relationship,
      s.policy_version as "policyVersion", s.opened_at as "openedAt", s.over_at as "endsAt", s.confirm_by as "confirmBy",
      s.present as confirmed,
      coalesce((select jsonb_agg(jsonb_build_object('agency', a.agency, 'fields', a.fields, 'records', a.records,
        'reviewBy', a.review_by) order by a.agency) from break_glass_agency a where a.glass = s.id), '[]') as agencies,
      coalesce((select jsonb_agg(jsonb_build_object('agency', r.agency, 'finding', r.finding, 'personTold', r.person_told,
        'why', r.why, 'name', r.name, 'at', r.at) order by r.id) from break_glass_review r where r.glass = s.id), '[]') as reviews
    from stated s
    where (${state}::text is null or s.state = ${state}) and (${after}::text is null or (s.opened_at, s.id) <
      (select b.opened_at, b.id from break_glass b where b.id = ${after}))
    order by s.opened_at desc, s.id desc limit ${first}`.execute(store);
  return rows.map(glass);
}

function glass({
  issuer,
  sub,
  staff,
  name,
  role,
  organisation,
  site,
  agencies,
  reviews,
  ...row
}: Row): Glass {
  return {
    ...row,
    opener: { issuer, sub, staff, name, role, organisation, site },
    agencies: agencies.map((one) => ({ ...one, reviewBy: new Date(one.reviewBy) })),
    reviews: reviews.map((one) => ({ ...one, at: new Date(one.at) })),
  };
}

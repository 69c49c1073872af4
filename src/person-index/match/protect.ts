import { sql } from 'kysely';
import type { StoreDatabase } from '../../store/tables.ts';

/** What records say to hide: those that are fed, and those that were until lately. */
const SAID = sql`said as not materialized (
  select agency, record, person, protections, place, place_was, household, adverse from index_record
  union all
  select agency, record, person, protections, place, place_was, household, adverse from index_gone
)`;

/** People may have become one since a record was last fed. */
async function followRedirects(store: StoreDatabase): Promise<void> {
  await sql`
    update index_gone g set person = coalesce((select survivor from index_redirect where person = g.person), g.person),
      candidates = array(
        select coalesce(d.survivor, c.person)
        from unnest(g.candidates) as c (person) left join index_redirect d on d.person = c.person)
    where person in (select person from index_redirect) or candidates && array(select person from index_redirect)`.execute(
    store,
  );
}

/**
 * Works out anew whom protections cover, from the agencies' own flags outwards. Both follow candidate links, so that
 * a record fed again by another system does not stand unprotected. A place shield also covers the household, who is
 * at the same place, and their candidates; but not the other side of an abuse case, whose address the shielded
 * person's old records may share. `owners` are the agencies whose flags did it.
 */
export async function protect(store: StoreDatabase): Promise<void> {
  await followRedirects(store);
  await sql`
    with ${SAID}, candidate as materialized (
      select distinct r.person as person, c.person as other
      from index_candidate c join index_record r on r.agency = c.agency and r.record = c.record
      union
      select person, unnest(candidates) from index_gone
    ), flagged as (
      select distinct r.person, flag.kind, r.agency as owner
      from said r cross join unnest(r.protections) as flag (kind)
      where r.protections <> '{}'
    ), followed as materialized (
      select person, kind, owner from flagged
      union select c.other, f.kind, f.owner from flagged f join candidate c on c.person = f.person
    ), shielded as (
      select f.person, f.owner, r.agency, r.record, at.place
      from followed f join said r on r.person = f.person
        -- Under both keys, while the key is being changed.
        left join lateral unnest(array_remove(array[r.place, r.place_was], null)) as at (place) on true
      where f.kind = 'PLACE_SHIELD'
    ), household as (
      select agency, record, unnest(household) as other from said where household <> '{}'
      union select agency, unnest(household), record from said where household <> '{}'
    ), near as (
      select n.person, s.person as through, s.owner
      from shielded s
        join household h on h.agency = s.agency and h.record = s.record
        join said n on n.agency = h.agency and n.record = h.other
      union
      select n.person, s.person, s.owner from shielded s join said n on n.place = s.place
      union
      select n.person, s.person, s.owner from shielded s join said n on n.place_was = s.place
    ), adverse as (
      select r.person, o.person as other
      from said r cross join unnest(r.adverse) as party (record)
        join said o on o.agency = r.agency and o.record = party.record
    ), widened as (
      select person, kind, owner from followed
      union
      select n.person, 'PLACE_SHIELD', n.owner from near n
      where not exists (
        select from adverse a
        where (a.person = n.person and a.other = n.through) or (a.person = n.through and a.other = n.person))
    ), covered as materialized (
      select person, kind, array_agg(distinct owner order by owner) as owners
      from (
        select person, kind, owner from widened
        union select c.other, w.kind, w.owner from widened w join candidate c on c.person = w.person
        where w.kind = 'PLACE_SHIELD'
      ) everyone
      -- Records that wait to be matched are nobody's yet.
      where person is not null
      group by person, kind
    ), lifted as (
      delete from index_protection p
      where not exists (select from covered c where c.person = p.person and c.kind = p.kind)
    )
    insert into index_protection (person, kind, owners) select person, kind, owners from covered
    on conflict (person, kind) do update set owners = excluded.owners
    where index_protection.owners <> excluded.owners`.execute(store);
}

/**
 * Works out anew who is kept from whom: the two sides of an abuse case, and each side from the other's household, so
 * that nobody finds a way through the children. `owners` are the agencies that hold the case.
 */
export async function keepApart(store: StoreDatabase): Promise<void> {
  await sql`
    with ${SAID}, adverse as (
      select r.person, o.person as other, r.agency as owner
      from said r cross join unnest(r.adverse) as party (record)
        join said o on o.agency = r.agency and o.record = party.record
    ), side as materialized (
      select person, other, owner from adverse union select other, person, owner from adverse
    ), household as (
      select agency, record, unnest(household) as other from said where household <> '{}'
      union select agency, unnest(household), record from said where household <> '{}'
    ), home as (
      select distinct r.person, m.person as member
      from household h
        join said r on r.agency = h.agency and r.record = h.record
        join said m on m.agency = h.agency and m.record = h.other
    ), apart as materialized (
      select person, other, array_agg(distinct owner order by owner) as owners
      from (
        select person, other, owner from side
        union select s.person, h.member, s.owner from side s join home h on h.person = s.other
      ) everyone
      where person <> other
      group by person, other
    ), ended as (
      delete from index_apart i
      where not exists (select from apart a where a.person = i.person and a.other = i.other)
    )
    insert into index_apart (person, other, owners) select person, other, owners from apart
    on conflict (person, other) do update set owners = excluded.owners
    where index_apart.owners <> excluded.owners`.execute(store);
}

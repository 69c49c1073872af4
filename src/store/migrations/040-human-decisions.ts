/**
 * What humans decided of pairs of records, and where the ids of merged people lead. Decisions are append-only by
 * triggers, so that it holds for whichever login the gateway is given: a later decision on a pair takes the place of
 * an earlier one, and erases nothing.
 */
export const up = `
create table if not exists index_decision (
  id bigint generated always as identity primary key,
  agency text not null,
  record text not null,
  other_agency text not null,
  other_record text not null,
  verdict text not null check (verdict in ('SAME', 'DIFFERENT', 'UNSURE')),
  -- False for one that waits for a second person: it takes effect by a row that confirms it.
  effective boolean not null,
  confirms bigint unique references index_decision (id),
  undoes bigint references index_decision (id),
  sub text not null check (sub <> ''),
  name text,
  organisation text not null check (organisation <> ''),
  role text not null,
  purpose text,
  reference text,
  why text not null check (why <> ''),
  at timestamptz not null,
  -- The comparisons that the person saw, as words and bits; never a value.
  shown jsonb not null,
  weight_bits double precision,
  model text not null,
  check ((agency, record) <> (other_agency, other_record)),
  check (effective or confirms is null)
);
create index if not exists index_decision_record on index_decision (agency, record);
create index if not exists index_decision_other on index_decision (other_agency, other_record);

create or replace function index_decision_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'decisions of humans are append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end $$;
create or replace trigger index_decision_append_only
  before update or delete or truncate on index_decision
  for each statement execute function index_decision_is_append_only();

create or replace function index_decision_confirms_anothers() returns trigger language plpgsql as $$
begin
  if new.confirms is not null and not exists (
    select from index_decision d
    where d.id = new.confirms and not d.effective and d.verdict = new.verdict
      and (d.agency, d.record, d.other_agency, d.other_record)
        = (new.agency, new.record, new.other_agency, new.other_record)
      and (d.organisation, d.sub) <> (new.organisation, new.sub))
  then
    raise exception 'a decision is confirmed by a second person, for the same pair and verdict'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace trigger index_decision_second_person
  before insert on index_decision
  for each row execute function index_decision_confirms_anothers();
revoke all on index_decision from public;

-- The decision in force on each pair.
create or replace view index_decision_standing as
  select distinct on (agency, record, other_agency, other_record) *
  from index_decision where effective
  order by agency, record, other_agency, other_record, id desc;

-- The last that waits for a second person on each pair, unless a later one took its place.
create or replace view index_decision_waiting as
  select * from (
    select distinct on (agency, record, other_agency, other_record) *
    from index_decision order by agency, record, other_agency, other_record, id desc
  ) latest where not effective;

create table if not exists index_redirect (
  person text primary key,
  survivor text not null
);
create index if not exists index_redirect_survivor on index_redirect (survivor);
-- The records that the person held when they were merged away: by them the id finds its way back.
create table if not exists index_redirect_record (
  person text not null references index_redirect (person) on delete cascade,
  agency text not null,
  record text not null,
  primary key (person, agency, record)
);
create index if not exists index_redirect_record_record on index_redirect_record (agency, record);

-- A task belongs to the reference on which somebody searched.
alter table index_review add column if not exists reference text;
alter table index_review drop constraint if exists index_review_pkey;
create unique index if not exists index_review_once
  on index_review (kind, people, organisation, reference) nulls not distinct;
create index if not exists index_review_reference on index_review (organisation, reference);
`;

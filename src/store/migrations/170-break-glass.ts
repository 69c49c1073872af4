/**
 * Who opened what by break-glass, and what was said of it afterwards. The disclosure register holds that it happened, and a
 * salted digest of what people wrote; their words are here alone.
 */
export const up = `
create table if not exists break_glass (
  id text primary key,
  issuer text,
  sub text not null check (sub <> ''),
  staff text not null,
  name text not null,
  role text not null,
  organisation text not null,
  site text,
  purpose text not null,
  reference text not null,
  person text not null,
  sections text[] not null check (sections <> '{}'),
  ground text not null,
  persons_view text not null,
  statement text not null check (statement <> ''),
  salt text not null,
  relationship text not null check (relationship in ('VERIFIED', 'CLAIMED')),
  policy_version text not null,
  opened_at timestamptz not null,
  ends_at timestamptz not null,
  ended_at timestamptz,
  confirm_by timestamptz not null,
  -- Of a claim: when its reference had closed, and it was looked whether the person was ever tied to it.
  looked_at timestamptz
);
create index if not exists break_glass_login on break_glass (organisation, sub, opened_at);
create index if not exists break_glass_not_looked_at on break_glass (opened_at)
  where relationship = 'CLAIMED' and looked_at is null;

-- Every agency whose policy opened any of it, whether or not it has a record of the person.
create table if not exists break_glass_agency (
  glass text not null references break_glass (id),
  agency text not null,
  -- As section.field.
  fields text[] not null,
  -- Its own numbers, as they were linked when it was opened.
  records text[] not null,
  review_by timestamptz not null,
  primary key (glass, agency)
);
create index if not exists break_glass_agency_agency on break_glass_agency (agency);

create table if not exists break_glass_review (
  id bigint generated always as identity primary key,
  glass text not null,
  agency text not null,
  finding text not null check (finding in ('JUSTIFIED', 'NOT_JUSTIFIED', 'MORE_NEEDED')),
  person_told text not null check (person_told in ('YES', 'LATER', 'NOT_SAFE')),
  why text not null check (why <> ''),
  salt text not null,
  sub text not null,
  name text not null,
  at timestamptz not null,
  foreign key (glass, agency) references break_glass_agency (glass, agency)
);
-- One finding of each agency, and before it one that more is needed.
create unique index if not exists break_glass_review_once on break_glass_review (glass, agency, (finding = 'MORE_NEEDED'));

create table if not exists break_glass_confirmation (
  glass text primary key references break_glass (id),
  present boolean not null,
  why text not null check (why <> ''),
  salt text not null,
  sub text not null,
  name text not null,
  at timestamptz not null
);

-- What an agency found not justified: whoever must be told of a breach is told within 72 hours (UK GDPR Article 33).
create table if not exists breach (
  id text primary key,
  glass text not null,
  agency text not null,
  opened_at timestamptz not null,
  tell_by timestamptz not null,
  unique (glass, agency)
);
`;

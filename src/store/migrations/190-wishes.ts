/**
 * What people want of their data: consents to a referral, objections, and mistakes that were reported. The disclosure
 * register holds that each was recorded and answered, and a salted digest of what people wrote; their words are here alone.
 */
export const up = `
create table if not exists consent (
  id text primary key,
  issuer text,
  sub text not null check (sub <> ''),
  staff text not null,
  name text not null,
  role text not null,
  organisation text not null,
  site text,
  person text not null,
  purpose text not null,
  -- The authority that the person chose.
  receiver text not null,
  reference text not null,
  evidence text not null check (evidence <> ''),
  salt text not null,
  policy_version text not null,
  recorded_at timestamptz not null,
  -- The last day on which it holds, in London; null until it is withdrawn.
  until text,
  confirm_by timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_sub text,
  withdrawn_why text,
  withdrawn_salt text
);
create index if not exists consent_person on consent (person);

-- Whose data it is about: the agency of whoever recorded it, or those that are to confirm it.
create table if not exists consent_agency (
  consent text not null references consent (id),
  agency text not null,
  -- Its own numbers of the person, as they were linked when it was recorded.
  records text[] not null,
  confirmed_at timestamptz,
  -- Null where its own staff recorded it.
  confirmed_sub text,
  confirmed_name text,
  primary key (consent, agency)
);
create index if not exists consent_agency_waiting on consent_agency (agency) where confirmed_at is null;

-- What somebody raised with the agency whose data it is about, and what the agency answered.
create table if not exists concern (
  id text primary key,
  kind text not null check (kind in ('OBJECTION', 'MISTAKE')),
  issuer text,
  sub text not null check (sub <> ''),
  staff text not null,
  name text not null,
  role text not null,
  organisation text not null,
  site text,
  -- From the login of the person themselves, which somebody else may hold.
  by_subject boolean not null,
  relationship text not null,
  purpose text not null,
  reference text not null,
  person text not null,
  agency text not null,
  section text not null,
  -- Of a mistake: the field that is wrong.
  field text,
  -- And the row that it stands in, as the agency names it.
  "row" text,
  -- The agency's own numbers of the person, as they were linked then.
  records text[] not null,
  why text not null check (why <> ''),
  salt text not null,
  at timestamptz not null,
  answer_by timestamptz not null,
  agreed boolean,
  answer_why text,
  answer_salt text,
  answer_sub text,
  answer_name text,
  answered_at timestamptz
);
create index if not exists concern_agency on concern (agency, kind, at);
create index if not exists concern_person on concern (person) where kind = 'OBJECTION';
create index if not exists concern_records on concern using gin (records) where kind = 'OBJECTION';
`;

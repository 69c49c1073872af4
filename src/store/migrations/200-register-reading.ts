/**
 * The register laid out for those who may ask it: made from its entries, and made anew from them whenever it is thrown away.
 * Nothing here is evidence; what is answered is read from the entries themselves.
 */
export const up = `
-- Up to which place of each chain it has been laid out.
create table register_reading (
  chain uuid primary key,
  seq bigint not null
);

-- One for each entry.
create table register_look (
  chain uuid not null,
  seq bigint not null,
  at timestamptz not null,
  kind text not null,
  sub text not null,
  organisation text,
  role text,
  reference text,
  person text,
  sections text[] not null,
  break_glass boolean not null,
  -- Some agency's policy withheld some of it, or the whole was refused.
  refused boolean not null,
  -- The person may be told of it.
  shown boolean not null,
  primary key (chain, seq)
);
create index register_look_at on register_look (at desc, chain desc, seq desc);
create index register_look_organisation on register_look (organisation, at desc, chain desc, seq desc);
create index register_look_sub on register_look (sub, at desc);
create index register_look_reference on register_look (reference, at) where reference is not null;
create index register_look_person on register_look (person, at desc) where person is not null;
create index register_look_acts on register_look (at desc, chain desc, seq desc) where break_glass;

-- One for each agency that an entry has an outcome of, with its own numbers of the records.
create table register_look_agency (
  agency text not null,
  at timestamptz not null,
  chain uuid not null,
  seq bigint not null,
  sections text[] not null,
  records text[] not null,
  primary key (agency, at, chain, seq)
);
create index register_look_agency_records on register_look_agency using gin (records) where records <> '{}';

-- How often each thing was asked, by day of Europe/London. Empty words stand for none: a reason where policy gave.
create table register_count (
  day text not null,
  organisation text not null,
  agency text not null,
  section text not null,
  role text not null,
  purpose text not null,
  reason text not null,
  rule text not null,
  asked bigint not null,
  primary key (day, organisation, agency, section, role, purpose, reason, rule)
);
`;

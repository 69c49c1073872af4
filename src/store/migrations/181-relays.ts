/** Who passed on which item of what was disclosed to them, and to whom: never what it says. */
export const up = `
create table relay (
  id text primary key,
  issuer text,
  sub text not null check (sub <> ''),
  staff text not null,
  name text not null,
  role text not null,
  organisation text not null,
  purpose text not null,
  reference text not null,
  person text not null,
  section text not null,
  -- A field of the section, by its name in the schema.
  item text not null,
  to_organisation text not null,
  to_staff text not null,
  why text not null check (why <> ''),
  salt text not null,
  at timestamptz not null
);
create index relay_person on relay (person, at);
`;

/**
 * Documents that front ends have registered, and how often each was asked. Texts of queries: nothing of any person, and of
 * who asked no more than the client.
 */
export const up = `
create table trusted_document (
  client text not null check (client <> ''),
  id text not null check (id <> ''),
  text text not null check (text <> ''),
  registered_at timestamptz not null,
  by_whom text not null check (by_whom <> ''),
  retired_at timestamptz,
  primary key (client, id)
);
create index trusted_document_id on trusted_document (id);
create table trusted_document_use (
  client text not null,
  id text not null,
  uses bigint not null,
  -- A day and no time: of a document that is asked rarely, the time would say when somebody asked.
  last_used text not null check (last_used ~ '^\\d{4}-\\d{2}-\\d{2}$'),
  primary key (client, id)
);
`;

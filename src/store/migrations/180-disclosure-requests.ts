/**
 * Who asked an agency to decide on a section of somebody, what it decided, and each request that used what it permitted. The
 * disclosure register holds that it happened, and a salted digest of what people wrote; their words are here alone.
 */
export const up = `
create table disclosure_request (
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
  section text not null,
  agency text not null,
  why text not null check (why <> ''),
  salt text not null,
  relationship text not null check (relationship in ('VERIFIED', 'CLAIMED')),
  -- As the reference recorded them when it was asked.
  place text,
  consent boolean,
  -- The agency's own numbers, as they were linked when it was asked.
  records text[] not null,
  -- The role that the agency's file named.
  decides text not null,
  policy_version text not null,
  asked_at timestamptz not null,
  answer_by timestamptz not null,
  verdict text check (verdict in ('PERMIT', 'DENY')),
  reason text,
  level text,
  uses_left integer check (uses_left >= 0),
  until timestamptz,
  note text check (note <> ''),
  note_salt text,
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  check ((verdict is null) = (decided_at is null) and (verdict is null) = (note is null)),
  check ((verdict = 'PERMIT') is not true or (level is not null and uses_left is not null and until is not null)),
  check ((verdict = 'DENY') is not true or reason is not null)
);
create index disclosure_request_login on disclosure_request (organisation, sub, asked_at);
create index disclosure_request_agency on disclosure_request (agency, asked_at);

-- A request that is answered anew, because something changed meanwhile, uses a permit once.
create table disclosure_use (
  request text not null references disclosure_request (id),
  request_id text not null,
  at timestamptz not null,
  primary key (request, request_id)
);
`;

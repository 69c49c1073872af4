/** Who signed which text of an agency's policy, and which texts were signed by as many as they take. */
export const up = `
create table policy_text (
  agency text not null,
  -- SHA-256 in hex of the text.
  hash text not null,
  text text not null,
  primary key (agency, hash)
);

-- Texts that were signed by as many as they take: of each agency the newest counts.
create table policy_acceptance (
  id bigint generated always as identity primary key,
  agency text not null,
  hash text not null,
  -- The acceptance that counted until then, 0 for none: signatures since then are those it rests on.
  before bigint not null,
  at timestamptz not null,
  foreign key (agency, hash) references policy_text (agency, hash)
);
create index policy_acceptance_newest on policy_acceptance (agency, id desc);

create table policy_signature (
  id bigint generated always as identity primary key,
  agency text not null,
  hash text not null,
  -- The acceptance that counted when it was signed, 0 for none.
  since bigint not null,
  -- Whether the text gives more than the one that counted: then it takes two.
  opens_more boolean not null,
  -- A login, or the agency's key, and the number by which the organisation knows its officer.
  signer text not null check (signer <> ''),
  staff text,
  name text not null,
  -- By the key: base64url over agency and hash, and the public key in PEM.
  signature text,
  public_key text,
  at timestamptz not null,
  foreign key (agency, hash) references policy_text (agency, hash),
  unique (agency, hash, since, signer)
);
`;

/** What each gateway says of the policy files it goes by: rows are its own, written over. */
export const up = `
create table if not exists policy_in_force (
  gateway text not null,
  host text not null,
  file text not null,
  agency text,
  hash text not null,
  version text not null,
  since timestamptz not null,
  seen timestamptz not null,
  stopped timestamptz,
  problem text,
  problem_since timestamptz,
  primary key (gateway, file)
);
`;

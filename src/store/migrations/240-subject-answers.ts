/**
 * What an agency decided, entry by entry, when it answered in writing who had asked about somebody. The disclosure register
 * holds that it answered, and a salted digest of this.
 */
export const up = `
create table subject_answer (
  id text primary key,
  agency text not null,
  -- Its own number of the record that was asked about.
  record text not null,
  by_whom text not null check (by_whom <> ''),
  at timestamptz not null,
  -- JSON: of each entry that was decided, its hash, whether it was given, and why.
  decisions text not null,
  salt text not null
);
create index subject_answer_record on subject_answer (agency, record);
`;

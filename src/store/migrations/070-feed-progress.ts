/**
 * What the next pass of an agency's feed goes on from. `mark` is the agency's own word for where its changes stood when
 * the last pass began, null where it tells none; `made_of` is a hash over what rows are made with: when it differs,
 * everything is read again. `index_pass` holds passes that have begun with agencies that were never fed to the end.
 */
export const up = `
alter table index_feed add column if not exists mark text;
alter table index_feed add column if not exists made_of text not null default '';
alter table index_feed add column if not exists full_at timestamptz;
alter table index_feed add column if not exists passes_since_full integer not null default 0;

create table if not exists index_pass (
  agency text primary key,
  began_at timestamptz not null,
  made_of text not null,
  -- The last record that was read and written; null once all have been, and only matching is left.
  place text,
  records integer not null
);
`;

/**
 * Alerts leave by a queue. `alert` is the id under which its receiver knows one, whichever gateway sends it and however
 * often; those that lay there before are sent too. Whoever waits for alerts is told that there are new ones.
 */
export const up = `
alter table index_outbox
  add column alert uuid not null default gen_random_uuid(),
  add column queued_at timestamptz,
  add column delivered_at timestamptz,
  add column given_up_at timestamptz;
create unique index index_outbox_alert on index_outbox (alert);
create index index_outbox_waiting on index_outbox (id) where queued_at is null;

create function sightline_alerts_waiting() returns trigger language plpgsql as $$
begin
  perform pg_notify('sightline_alerts', '');
  return null;
end $$;
create trigger index_outbox_waiting after insert on index_outbox
  for each statement execute function sightline_alerts_waiting();
`;

/**
 * Whose word a decision waits for. The store itself refuses an effective one that links more and that nobody confirmed, so
 * that no path to it can leave the second person out.
 */
export const up = `
alter table index_decision add column if not exists awaits text[] not null default '{}';

create or replace function index_decision_confirms_anothers() returns trigger language plpgsql as $$
declare
  stands text := coalesce((
    select s.verdict from index_decision_standing s
    where (s.agency, s.record, s.other_agency, s.other_record)
      = (new.agency, new.record, new.other_agency, new.other_record)), 'UNSURE');
begin
  if new.confirms is not null and not exists (
    select from index_decision d
    where d.id = new.confirms and not d.effective and d.verdict = new.verdict
      and (d.agency, d.record, d.other_agency, d.other_record)
        = (new.agency, new.record, new.other_agency, new.other_record)
      and d.sub <> new.sub and new.organisation = any (d.awaits))
  then
    raise exception 'a decision is confirmed by a second person, for the same pair and verdict, of an agency whose word it awaits'
      using errcode = 'insufficient_privilege';
  end if;
  if new.effective and new.confirms is null and new.verdict <> stands
    and (new.verdict = 'SAME' or stands = 'DIFFERENT')
  then
    raise exception 'a decision that links more is confirmed by a second person'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
`;

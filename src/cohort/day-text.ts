import { type RawBuilder, sql } from 'kysely';
import { PADDING } from '../../adapters/contract.ts';

type Text = RawBuilder<string>;

/**
 * What stands in a cell for a date, as `readTime` of the contract reads it: the day as YYYY-MM-DD, or BLANK, NO_END, FILLER
 * or JUNK. Compared byte by byte: every day stands before each of these words.
 * @param text whether the column is no date or timestamp
 */
export const dayText = (column: string, text: boolean): Text =>
  sql`(${text ? writtenDay(column) : typedDay(column)} collate "C")`;

/** Something that is told from such a text, which is decoded once for it. */
export const ofDay = <T>(column: string, text: boolean, told: (day: Text) => RawBuilder<T>): RawBuilder<T> =>
  text
    ? sql`(select ${told(sql`d`)} from (select ${dayText(column, text)} as d offset 0) as day)`
    : told(dayText(column, text));

/** Whether such a text is a day. */
export const isDayText = (day: Text): RawBuilder<boolean> => sql`${day} < ':'`;

function typedDay(column: string): Text {
  const time = sql.ref(column);
  return sql`case
    when ${time} is null then 'BLANK'
    when ${time} = 'infinity' then 'NO_END'
    when ${time} = '-infinity' then 'FILLER'
    when extract(year from ${time}) in (2999, 9999) then 'NO_END'
    when ${time} < '1900-01-01' or ${time} >= '2200-01-01' then 'JUNK'
    when to_char(${time}, 'YYYY-MM-DD') in ('1900-01-01', '1901-01-01') then 'FILLER'
    else to_char(${time}, 'YYYY-MM-DD') end`;
}

/**
 * Each step stands in a select of its own with `offset 0`, which the server does not flatten: else it would write each out
 * wherever the next names it, and decode a cell some fifty times.
 */
function writtenDay(column: string): Text {
  const cell = sql`btrim(${sql.ref(column)}, ${PADDING})`;
  // Year, month, day, hour, minute and second as they are written, in one form.
  const written = sql`case
    when shape = '00000000' then substr(w, 1, 4) || '-' || substr(w, 5, 2) || '-' || substr(w, 7, 2) || ' 000000'
    when shape in ('000000000000', '00000000000000') then substr(w, 1, 4) || '-' || substr(w, 5, 2) || '-' || substr(w, 7, 2) || ' ' || rpad(substr(w, 9), 6, '0')
    when shape = '0000-00-00' then w || ' 000000'
    when left(shape, 16) in ('0000-00-00T00:00', '0000-00-00 00:00') and (length(shape) = 16
      or substr(shape, 17) = ':00' or left(substr(shape, 17), 5) = ':00.0' and rtrim(substr(shape, 21), '0') = '')
      then substr(w, 1, 10) || ' ' || substr(w, 12, 2) || substr(w, 15, 2) || rpad(substr(w, 18, 2), 2, '0')
    when shape = '00/00/0000' then substr(w, 7, 4) || '-' || substr(w, 4, 2) || '-' || substr(w, 1, 2) || ' 000000'
    when shape = '00/00/00'
      then case when substr(w, 7, 2) < '70' then '20' else '19' end || substr(w, 7, 2) || '-' || substr(w, 4, 2) || '-' || substr(w, 1, 2) || ' 000000'
    end`;
  const lastDay = sql`case
    when substr(t, 6, 2) in ('04', '06', '09', '11') then '30'
    when substr(t, 6, 2) <> '02' then '31'
    when substr(t, 1, 4)::integer % 4 = 0 and (substr(t, 1, 4)::integer % 100 <> 0 or substr(t, 1, 4)::integer % 400 = 0) then '29'
    else '28' end`;
  const exists = sql`substr(t, 1, 4) between '1900' and '2199' and substr(t, 6, 2) between '01' and '12'
    and substr(t, 9, 2) between '01' and ${lastDay}
    and substr(t, 12, 2) <= '23' and substr(t, 14, 2) <= '59' and substr(t, 14, 2)::integer * 60 + substr(t, 16, 2)::integer < 3600`;
  return sql`(select case
    when w is null or w = '' then 'BLANK'
    when t is null then case
      when w ~* '^[+]?infinity$' then 'NO_END'
      when w ~* '^-infinity$' then 'FILLER'
      else 'JUNK' end
    when substr(t, 1, 4) in ('2999', '9999') then 'NO_END'
    when left(t, 10) in ('1900-01-01', '1901-01-01') then 'FILLER'
    when ${exists} then left(t, 10)
    else 'JUNK' end
    from (select w, ${written} as t from (select w, translate(w, '123456789', '000000000') as shape
      from (select ${cell} collate "C" as w offset 0) as cell offset 0) as shaped offset 0) as written)`;
}

/** What people wrote of an act goes twelve months after it was reviewed, answered or over. That it happened stays. */
import { type RawBuilder, sql } from 'kysely';
import type { Act } from '../../register/chain-writer.ts';
import { heldPeople, takeTurn } from '../../register/retention/holds.ts';
import { OverNoMore } from '../../register/retention/shrink.ts';
import type { StoreDatabase } from '../../store/tables.ts';

export const WORDS_KEPT = 'P12M';
/** What stands where words stood. */
const GONE = 'No longer kept.';

/** Words of one kind of act; a salt that is empty says that they are gone. */
interface Kind {
  /** As the register names what they were of. */
  readonly section: string;
  /** Selects id, ended (when it was reviewed, answered or over; null while it is not), person and agencies, of those with words. */
  readonly kept: RawBuilder<unknown>;
  /** Whether a hold that stands is of a record that the act names. */
  readonly named: RawBuilder<unknown>;
  readonly forget: readonly RawBuilder<unknown>[];
}

const namesHeldRecord = (agency: string, records: string) =>
  sql`exists (select from standing where standing.agency = ${sql.ref(agency)} and standing.record = any(${sql.ref(records)}))`;
const IDS = sql`any(select id from forgotten)`;

const KINDS: readonly Kind[] = [
  {
    section: 'breakGlass',
    // Once every agency has found whether it was justified.
    kept: sql`select g.id, g.person, array(select agency from break_glass_agency where glass = g.id) || g.organisation as agencies,
      case when not exists (
        select from break_glass_agency a where a.glass = g.id and not exists (
          select from break_glass_review r where r.glass = a.glass and r.agency = a.agency and r.finding <> 'MORE_NEEDED'))
      then greatest(g.ends_at, (select max(at) from break_glass_review where glass = g.id),
        (select at from break_glass_confirmation where glass = g.id)) end as ended
      from break_glass g where g.salt <> ''`,
    named: sql`exists (select from break_glass_agency a where a.glass = act.id and ${namesHeldRecord('a.agency', 'a.records')})`,
    forget: [
      sql`update break_glass set statement = ${GONE}, salt = '' where id = ${IDS}`,
      sql`update break_glass_review set why = ${GONE}, salt = '' where glass = ${IDS}`,
      sql`update break_glass_confirmation set why = ${GONE}, salt = '' where glass = ${IDS}`,
    ],
  },
  {
    section: 'disclosureRequest',
    // Where nobody answered, it was over when an answer was due.
    kept: sql`select id, person, array[agency, organisation] as agencies, coalesce(decided_at, answer_by) as ended
      from disclosure_request where salt <> ''`,
    named: sql`exists (select from disclosure_request d where d.id = act.id and ${namesHeldRecord('d.agency', 'd.records')})`,
    forget: [
      sql`update disclosure_request set why = ${GONE}, salt = '',
        note = case when note is not null then ${GONE}::text end, note_salt = case when note is not null then '' end
        where id = ${IDS}`,
    ],
  },
  {
    section: 'relay',
    kept: sql`select id, person, array[organisation] as agencies, at as ended from relay where salt <> ''`,
    named: sql`false`,
    forget: [sql`update relay set why = ${GONE}, salt = '' where id = ${IDS}`],
  },
  {
    section: 'consent',
    // It is evidence for as long as it holds.
    kept: sql`select c.id, c.person, array(select agency from consent_agency where consent = c.id) || c.organisation as agencies,
      least(withdrawn_at, (until::date + 1)::timestamp at time zone 'Europe/London') as ended from consent c where salt <> ''`,
    named: sql`exists (select from consent_agency a where a.consent = act.id and ${namesHeldRecord('a.agency', 'a.records')})`,
    forget: [
      sql`update consent set evidence = ${GONE}, salt = '',
        withdrawn_why = case when withdrawn_why is not null then ${GONE}::text end,
        withdrawn_salt = case when withdrawn_salt is not null then '' end where id = ${IDS}`,
    ],
  },
  {
    section: 'concern',
    kept: sql`select id, person, array[agency, organisation] as agencies, answered_at as ended from concern where salt <> ''`,
    named: sql`exists (select from concern c where c.id = act.id and ${namesHeldRecord('c.agency', 'c.records')})`,
    forget: [
      sql`update concern set why = ${GONE}, salt = '',
        answer_why = case when answer_why is not null then ${GONE}::text end,
        answer_salt = case when answer_salt is not null then '' end where id = ${IDS}`,
    ],
  },
  {
    section: 'subjectAnswer',
    kept: sql`select id, null::text as person, array[agency] as agencies, at as ended from subject_answer where salt <> ''`,
    named: sql`exists (select from subject_answer s join standing on standing.agency = s.agency and standing.record = s.record
      where s.id = act.id)`,
    forget: [sql`update subject_answer set decisions = ${GONE}, salt = '' where id = ${IDS}`],
  },
];

/** Acts of one kind whose words are over. */
export interface WordsOver {
  readonly section: string;
  readonly ids: readonly string[];
  readonly agencies: readonly string[];
}

/** So many of a kind go in one transaction. */
const WORDS_AT_ONCE = 500;

/** Of each kind, so many at most; none of what is held. The register must have been laid out. */
export async function wordsOver(
  store: StoreDatabase,
  now: Date,
  most: number | null = WORDS_AT_ONCE,
): Promise<readonly WordsOver[]> {
  const over: WordsOver[] = [];
  for (const { section, kept, named } of KINDS) {
    const { rows } = await sql<{ id: string; agencies: string[] }>`
      with ${heldPeople(now)}
      select act.id, act.agencies from (${kept}) as act
      where act.ended <= ${now}::timestamptz - ${WORDS_KEPT}::interval
        and not exists (select from held_person h where h.person = act.person) and not ${named}
      order by act.id limit ${most}`.execute(store);
    if (rows.length > 0)
      over.push({
        section,
        ids: rows.map(({ id }) => id),
        agencies: [...new Set(rows.flatMap(({ agencies }) => agencies))].sort(),
      });
  }
  return over;
}

/** Takes the words out, in the transaction that writes its entry. @throws OverNoMore where something is held meanwhile */
export const forgetWords =
  (over: readonly WordsOver[], now: Date): Act =>
  async (transaction) => {
    await takeTurn(transaction);
    if (JSON.stringify(await wordsOver(transaction, now)) !== JSON.stringify(over))
      throw new OverNoMore('What was over is held or gone by now');
    for (const { section, ids } of over)
      for (const statement of KINDS.find((kind) => kind.section === section)?.forget ?? [])
        await sql`with forgotten as (select unnest(${[...ids]}::text[]) as id) ${statement}`.execute(
          transaction,
        );
  };

import { sql } from 'kysely';
import type { StoreDatabase } from '../store/tables.ts';

/**
 * BREAK_GLASS_TO_REVIEW: to an agency whose policy opened something. BREAK_GLASS_TO_CONFIRM: to the asker's own organisation.
 * BREAK_GLASS_LIMIT: to the same, where a login went beyond a limit. NOT_PRESENT and CLAIM_NEVER_TIED: to its professional
 * standards, never to the line. BREACH: to an agency that found one not justified.
 * DISCLOSURE_TO_DECIDE: to an agency whose policy says that somebody decides, and which is asked to.
 * CONSENT_TO_CONFIRM: to an agency for whose data somebody recorded a consent to their own request. CONSENT_WITHDRAWN: to who
 * received it and to whose it was. OBJECTION_TO_DECIDE, MISTAKE_TO_ANSWER: to the agency whose data it is about.
 * AGREEMENT_WITHDRAWN: to every party of an agreement.
 */
export type AlertKind =
  | 'BREAK_GLASS_TO_REVIEW'
  | 'BREAK_GLASS_TO_CONFIRM'
  | 'BREAK_GLASS_LIMIT'
  | 'NOT_PRESENT'
  | 'CLAIM_NEVER_TIED'
  | 'BREACH'
  | 'DISCLOSURE_TO_DECIDE'
  | 'CONSENT_TO_CONFIRM'
  | 'CONSENT_WITHDRAWN'
  | 'OBJECTION_TO_DECIDE'
  | 'MISTAKE_TO_ANSWER'
  | 'AGREEMENT_WITHDRAWN';

/**
 * Puts an alert into the outbox: its kind, and which act it is about, by the act's id. Nobody's identity: the rest is read
 * signed in. Of one thing there is one alert, however often it is found. Who delivers it gives it an id and an urgency.
 * @param marks what the alert says of the act: ids, states and counts alone
 */
export async function alert(
  store: StoreDatabase,
  kind: AlertKind,
  organisation: string,
  marks: Readonly<{ act: string } & Record<string, string | number>>,
  now: Date,
): Promise<void> {
  await sql`
    insert into index_outbox (organisation, kind, at, payload, once)
    values (${organisation}, ${kind}, ${now}, ${JSON.stringify(marks)}::jsonb, ${`${kind} ${organisation} ${marks.act}`})
    on conflict (once) do nothing`.execute(store);
}

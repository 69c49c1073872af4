import { type Decoder, date, fieldsOf, isPast, noPlace, type SectionSource, text } from '../contract.ts';
import { earlyHelpDesk, safeguardingHub } from './desks.ts';
import { earlyHelpEpisode, involvement, referral } from './sources.ts';
import type { ChildrensServicesTables } from './tables.ts';

const { always, column, contact, list, lists, object } = fieldsOf<ChildrensServicesTables>();

const status: Decoder<'OPEN' | 'CLOSED' | null> = (cell, context) => {
  const ended = isPast(cell, context);
  return ended === null ? null : ended ? 'CLOSED' : 'OPEN';
};

const socialCare = {
  service: always('CHILDRENS_SOCIAL_CARE'),
  serviceName: always('Northshire children’s social care'),
  contact: contact(safeguardingHub),
  lead: object({
    name: column('DIM_WORKER.FULL_NAME', text, noPlace),
    role: column('DIM_WORKER.JOB_TITLE', text, noPlace),
    team: column('DIM_WORKER.TEAM_NAME', text, { place: true }),
    phone: column('DIM_WORKER.PHONE', text, { place: true }),
  }),
};

export const involvements: SectionSource<ChildrensServicesTables> = {
  items: lists(
    list(referral, {
      ...socialCare,
      status: column('FACT_REFERRALS.REFRL_END_DTTM', status),
      from: column('FACT_REFERRALS.REFRL_START_DTTM', date),
      to: column('FACT_REFERRALS.REFRL_END_DTTM', date),
    }),
    list(
      involvement,
      {
        ...socialCare,
        status: column('FACT_INVOLVEMENTS.END_DTTM', status),
        from: column('FACT_INVOLVEMENTS.START_DTTM', date),
        to: column('FACT_INVOLVEMENTS.END_DTTM', date),
      },
      // What is done under a referral is told by the referral, with its allocated worker.
      { where: { column: 'FACT_INVOLVEMENTS.FACT_REFERRAL_ID', isNull: true } },
    ),
    list(earlyHelpEpisode, {
      service: always('EARLY_HELP'),
      serviceName: always('Northshire early help'),
      status: column('FACT_CAF_EPISODE.END_DTTM', status),
      contact: contact(earlyHelpDesk),
      // Who leads may be of a school or a practice, and is then known to lead there by the name alone.
      lead: object({
        name: column('FACT_CAF_EPISODE.LEAD_PROF_NAME', text, { place: true }),
        role: column('FACT_CAF_EPISODE.LEAD_PROF_ROLE', text, { place: true }),
        team: column('FACT_CAF_EPISODE.LEAD_PROF_TEAM', text, { place: true }),
        phone: column('FACT_CAF_EPISODE.LEAD_PROF_TEL', text, { place: true }),
      }),
      from: column('FACT_CAF_EPISODE.START_DTTM', date),
      to: column('FACT_CAF_EPISODE.END_DTTM', date),
    }),
  ),
};

/** What analysts may be let count of the records of children's services; what is sealed is in no count. */
import { type CountableFields, type CountedRows, codeCases, hasCode } from '../contract.ts';
import { NEED_KINDS, OUTCOMES } from './codes.ts';
import { earlyHelpEpisode, enquiry, need, placement } from './sections.ts';
import type { ChildrensServicesTables } from './tables.ts';

/** One status while its rows run. */
const whileRunning = <C extends string>(status: string, end: C) => ({
  cases: (today: string): Readonly<Record<string, CountedRows<C>>> => ({
    [status]: { day: end, text: false, from: today, none: true },
  }),
  unreadable: (): CountedRows<C> => ({ day: end, text: false, junk: true }),
});

export const countable: CountableFields<ChildrensServicesTables> = {
  childSafeguarding: {
    status: {
      kind: 'ENUM',
      description: 'What runs today: early help, an enquiry under section 47, being looked after.',
      type: 'ChildStatus',
      values: ['EARLY_HELP', 'SECTION_47_ENQUIRY', 'LOOKED_AFTER'],
      parts: [
        { source: earlyHelpEpisode, ...whileRunning('EARLY_HELP', 'FACT_CAF_EPISODE.END_DTTM') },
        { source: enquiry, ...whileRunning('SECTION_47_ENQUIRY', 'FACT_S47.END_DTTM') },
        { source: placement, ...whileRunning('LOOKED_AFTER', 'FACT_CLA_PLACEMENT.END_DTTM') },
      ],
    },
  },
  needs: {
    outcome: {
      kind: 'ENUM',
      description: 'The outcome in which somebody has a need on record.',
      type: 'SupportOutcome',
      values: [...new Set(Object.values(OUTCOMES))],
      parts: [
        {
          source: need,
          where: () =>
            hasCode(
              'FACT_NEEDS.NEED_TYPE_CODE',
              Object.keys(NEED_KINDS).filter((code) => code === 'N'),
            ),
          ...codeCases('FACT_NEEDS.OUTCOME_CODE', OUTCOMES),
        },
      ],
    },
  },
};

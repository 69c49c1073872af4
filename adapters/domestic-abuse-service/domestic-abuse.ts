import {
  type Decoder,
  date,
  fieldsOf,
  integer,
  meaning,
  noPlace,
  type SectionSource,
  someTrueUnlessUnsure,
  textList,
  yesNo,
} from '../contract.ts';
import { adviser } from './adviser.ts';
import { CASE_STATUSES } from './codes.ts';
import { caseAsChild, caseAsPerpetrator, caseAsVictim } from './sources.ts';
import type { DomesticAbuseTables } from './tables.ts';

const { always, column, list, lists, value } = fieldsOf<DomesticAbuseTables>();

/** Ticks of the DASH checklist, which has 24 questions. */
const dashScore: Decoder<number | null> = (cell, context) => {
  const score = integer(cell, context);
  if (score === null || (score >= 0 && score <= 24)) return score;
  context.note('no score of the checklist');
  return null;
};

const conference = {
  caseStatus: column('MARAC_CASE.STATUS', meaning(CASE_STATUSES), noPlace),
  meetingDate: column('MARAC_CASE.MTG_DT', date),
  dashScore: column('MARAC_CASE.DASH_SCORE', dashScore),
  actions: column('MARAC_CASE.ACTION_TXT', textList, { freeText: true }),
  adviser,
};

export const domesticAbuse: SectionSource<DomesticAbuseTables> = {
  seeAlone: value(caseAsVictim, column('MARAC_CASE.SEE_ALONE', yesNo), someTrueUnlessUnsure),
  items: lists(
    list(caseAsVictim, { as: always('VICTIM'), ...conference }),
    list(caseAsChild, { as: always('CHILD'), ...conference }),
    list(caseAsPerpetrator, { as: always('PERPETRATOR'), ...conference }),
  ),
};

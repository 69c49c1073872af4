import {
  type Decoder,
  date,
  fieldsOf,
  integer,
  meaning,
  noPlace,
  type SectionSource,
  someTrueUnlessUnsure,
  text,
  textList,
  yesNo,
} from '../contract.ts';
import { CONFERENCE_STATUSES } from './codes.ts';
import { conferenceAsChild, conferenceAsPerpetrator, conferenceAsVictim } from './sources.ts';
import type { PoliceTables } from './tables.ts';

const { always, column, list, lists, value } = fieldsOf<PoliceTables>();

const ADVISER_ROLE = 'Independent domestic violence adviser';
const adviser: Decoder<unknown> = (cell, context) => {
  const name = text(cell, context);
  return name === null ? null : { name, role: ADVISER_ROLE, team: null, phone: null };
};

const conference = {
  caseStatus: column('T_MARAC.STAT_CD', meaning(CONFERENCE_STATUSES), noPlace),
  meetingDate: column('T_MARAC.MTG_DT', date),
  dashScore: column('T_MARAC.DASH_SCORE', integer),
  actions: column('T_MARAC.ACTION_TXT', textList, { freeText: true }),
  adviser: column('T_MARAC.IDVA_NM', adviser, noPlace),
};

export const domesticAbuse: SectionSource<PoliceTables> = {
  seeAlone: value(conferenceAsVictim, column('T_MARAC.SEE_ALONE_FLG', yesNo), someTrueUnlessUnsure),
  items: lists(
    list(conferenceAsVictim, { as: always('VICTIM'), ...conference }),
    list(conferenceAsChild, { as: always('CHILD'), ...conference }),
    list(conferenceAsPerpetrator, { as: always('PERPETRATOR'), ...conference }),
  ),
};

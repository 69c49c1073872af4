import { codedValue, fieldsOf, noPlace, type SectionSource, text } from '../contract.ts';
import { ASSESSMENTS, HANDLING, SOURCE_EVALUATIONS } from './codes.ts';
import { intelligenceReport } from './sources.ts';
import type { PoliceTables } from './tables.ts';

const { column, list } = fieldsOf<PoliceTables>();
const SYSTEM = '3x5x2';

export const intelligence: SectionSource<PoliceTables> = {
  items: list(intelligenceReport, {
    sourceEvaluation: column(
      'T_INTEL_RPT.SRC_EVAL',
      codedValue(SOURCE_EVALUATIONS, `${SYSTEM} source evaluation`),
      noPlace,
    ),
    assessment: column(
      'T_INTEL_RPT.INTEL_ASSESS',
      codedValue(ASSESSMENTS, `${SYSTEM} intelligence assessment`),
      noPlace,
    ),
    handling: column('T_INTEL_RPT.HANDLING', codedValue(HANDLING, `${SYSTEM} handling code`), noPlace),
    text: column('T_INTEL_RPT.IR_TXT', text, { freeText: true }),
  }),
};

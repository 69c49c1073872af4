/** Where rows about a person stand: one source for each way of reaching a table. */
import { dayDigits, EVERY_ROW, fieldsOf, flag, instant, isYes, NO_ROW, within } from '../contract.ts';
import { eventConditions } from './event-category.ts';
import type { PoliceTables } from './tables.ts';

const { column, source } = fieldsOf<PoliceTables>();

export const nominal = source({
  table: 'T_NOMINAL',
  person: 'T_NOMINAL.NOM_ID',
  record: ['T_NOMINAL.NOM_ID'],
  asOf: column('T_NOMINAL.UPD_DTTM', instant),
});

export const alias = source({
  table: 'T_ALIAS',
  person: 'T_ALIAS.NOM_ID',
  record: ['T_ALIAS.ALIAS_ID'],
  asOf: column('T_ALIAS.UPD_DTTM', instant),
});

export const telephone = source({
  table: 'T_TEL',
  person: 'T_TEL.NOM_ID',
  record: ['T_TEL.TEL_ID'],
  asOf: column('T_TEL.UPD_DTTM', instant),
  newestFirst: 'T_TEL.FROM_DT',
});

export const address = source({
  table: 'T_NOMINAL_ADDR',
  join: [{ table: 'T_ADDRESS', on: ['T_ADDRESS.ADDR_ID', 'T_NOMINAL_ADDR.ADDR_ID'] }],
  person: 'T_NOMINAL_ADDR.NOM_ID',
  record: ['T_NOMINAL_ADDR.NOM_ID', 'T_NOMINAL_ADDR.ADDR_ID', 'T_NOMINAL_ADDR.FROM_DT'],
  asOf: column('T_NOMINAL_ADDR.UPD_DTTM', instant),
  newestFirst: 'T_NOMINAL_ADDR.FROM_DT',
  rows: { current: flag('Only the current address.', isYes('T_NOMINAL_ADDR.CURR_FLG')) },
  place: true,
});

export const officerInCase = source({
  table: 'T_OIC',
  person: 'T_OIC.NOM_ID',
  record: ['T_OIC.OCC_NO', 'T_OIC.NOM_ID', 'T_OIC.STAFF_REF'],
  asOf: column('T_OIC.UPD_DTTM', instant),
  newestFirst: 'T_OIC.FROM_DT',
  service: { kind: 'POLICE' },
});

export const occurrence = source({
  table: 'T_OCCURRENCE',
  person: 'T_OCCURRENCE.NOM_ID',
  record: ['T_OCCURRENCE.OCC_NO', 'T_OCCURRENCE.NOM_ID', 'T_OCCURRENCE.ROLE_CD'],
  asOf: column('T_OCCURRENCE.UPD_DTTM', instant),
  newestFirst: 'T_OCCURRENCE.RPT_DTTM',
  rows: eventConditions,
});

export const warning = source({
  table: 'T_WARN_MKR',
  person: 'T_WARN_MKR.NOM_ID',
  record: ['T_WARN_MKR.MKR_ID'],
  asOf: column('T_WARN_MKR.UPD_DTTM', instant),
  newestFirst: 'T_WARN_MKR.START_DT',
});

export const bail = source({
  table: 'T_BAIL',
  person: 'T_BAIL.NOM_ID',
  record: ['T_BAIL.BAIL_ID'],
  asOf: column('T_BAIL.UPD_DTTM', instant),
  newestFirst: 'T_BAIL.FROM_DT',
});

export const order = source({
  table: 'T_ORDER',
  person: 'T_ORDER.NOM_ID',
  record: ['T_ORDER.ORD_ID'],
  asOf: column('T_ORDER.UPD_DTTM', instant),
  newestFirst: 'T_ORDER.FROM_DT',
});

export const missing = source({
  table: 'T_MISSING',
  person: 'T_MISSING.NOM_ID',
  record: ['T_MISSING.MISP_ID'],
  asOf: column('T_MISSING.UPD_DTTM', instant),
  newestFirst: 'T_MISSING.FROM_DTTM',
});

/** Reports with handling conditions, and those whose handling nobody wrote down, stay with the police. */
export const intelligenceReport = source({
  table: 'T_INTEL_RPT',
  person: 'T_INTEL_RPT.NOM_ID',
  record: ['T_INTEL_RPT.IR_REF'],
  asOf: column('T_INTEL_RPT.UPD_DTTM', instant),
  newestFirst: 'T_INTEL_RPT.RPT_DT',
  only: { column: 'T_INTEL_RPT.HANDLING', in: ['P', 'p'] },
  never: 'reports of handling code C',
  rows: { within: within('T_INTEL_RPT.RPT_DT', dayDigits) },
});

// The sides of a case are separate sources, so that no row can be read as that of the other side.
const conference = {
  record: ['T_MARAC.MARAC_REF'],
  asOf: column('T_MARAC.UPD_DTTM', instant),
  newestFirst: 'T_MARAC.MTG_DT',
} as const;
const VICTIM_OR_CHILD = 'Only cases in which the person is victim or child.';

export const conferenceAsVictim = source({
  ...conference,
  table: 'T_MARAC',
  person: 'T_MARAC.VICTIM_NOM_ID',
  rows: { victimOrChild: flag(VICTIM_OR_CHILD, EVERY_ROW) },
});

export const conferenceAsChild = source({
  ...conference,
  table: 'T_MARAC_CHILD',
  join: [{ table: 'T_MARAC', on: ['T_MARAC.MARAC_REF', 'T_MARAC_CHILD.MARAC_REF'] }],
  person: 'T_MARAC_CHILD.CHILD_NOM_ID',
  rows: { victimOrChild: flag(VICTIM_OR_CHILD, EVERY_ROW) },
});

export const conferenceAsPerpetrator = source({
  ...conference,
  table: 'T_MARAC',
  person: 'T_MARAC.PERP_NOM_ID',
  rows: { victimOrChild: flag(VICTIM_OR_CHILD, NO_ROW) },
});

import { date, fieldsOf, isBlank, meaning, type SectionSource, text } from '../contract.ts';
import { ORDERS } from './codes.ts';
import { bail, missing, order } from './sources.ts';
import type { PoliceTables } from './tables.ts';

const { always, column, exists, list, lists } = fieldsOf<PoliceTables>();

export const orders: SectionSource<PoliceTables> = {
  items: lists(
    list(bail, {
      kind: always('BAIL'),
      conditions: column('T_BAIL.COND_TXT', text, { freeText: true }),
      from: column('T_BAIL.FROM_DT', date),
      to: column('T_BAIL.TO_DT', date),
    }),
    list(order, {
      kind: column('T_ORDER.ORD_TYP', meaning(ORDERS)),
      conditions: column('T_ORDER.COND_TXT', text, { freeText: true }),
      from: column('T_ORDER.FROM_DT', date),
      to: column('T_ORDER.TO_DT', date),
    }),
  ),
  missing: exists(missing, notFound('MISP')),
  absentWithoutLeave: exists(missing, notFound('AWOL')),
};

function notFound(type: 'MISP' | 'AWOL') {
  const still = isBlank('T_MISSING.FOUND_DTTM' as const);
  return { all: [{ column: 'T_MISSING.MISP_TYP' as const, in: [type] }, still] };
}

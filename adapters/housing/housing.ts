import {
  codedValue,
  type Decoder,
  date,
  fieldsOf,
  isPast,
  meaning,
  newest,
  noPlace,
  pence,
  type SectionSource,
  text,
} from '../contract.ts';
import { arrearsBand, noticeStage, threatenedWithin56Days } from './bands.ts';
import { CASE_ROLES, CURRENT_TENANCY, DUTIES, TENANCY_TYPES } from './codes.ts';
import { antisocialBehaviourCase, homelessnessCase, rentAccount, tenancy } from './sources.ts';
import type { HousingTables } from './tables.ts';

const { column, columns, list, object, value } = fieldsOf<HousingTables>();

const isOpen: Decoder<boolean | null> = (cell, context) => {
  const closed = isPast(cell, context);
  return closed === null ? null : !closed;
};
const open = { column: 'hclic_case.close_dt', isNull: true } as const;
/** Whoever has no open case is owed no duty; a duty that cannot be read is not known. */
const noneWithoutCase = (values: readonly unknown[]): unknown =>
  values.length === 0 ? 'NONE' : newest(values);
const falseWithoutCase = (values: readonly unknown[]): unknown =>
  values.length === 0 ? false : newest(values);

export const housing: SectionSource<HousingTables> = {
  tenancy: value(
    tenancy,
    object({
      reference: column('tenancy.tenancy_ref', text, noPlace),
      kind: column('tenancy.ten_type', codedValue(TENANCY_TYPES, 'Northshire tenancy type'), noPlace),
      from: column('tenancy.start_dt', date),
    }),
    newest,
    { column: 'tenancy.status', in: CURRENT_TENANCY },
  ),
  arrearsBand: value(rentAccount, columns(['rent_acct.bal_amt', 'rent_acct.arrears_wks'], arrearsBand)),
  arrearsPence: value(rentAccount, column('rent_acct.bal_amt', pence)),
  noticeStage: value(rentAccount, column('rent_acct.action_cd', noticeStage)),
  homelessnessDuty: value(
    homelessnessCase,
    column('hclic_case.duty', meaning(DUTIES)),
    noneWithoutCase,
    open,
  ),
  threatenedWithin56Days: value(
    homelessnessCase,
    columns(['hclic_case.duty', 'hclic_case.loss_dt'], threatenedWithin56Days),
    falseWithoutCase,
    open,
  ),
  antisocialBehaviour: list(antisocialBehaviourCase, {
    role: column('asb_case.role', meaning(CASE_ROLES), noPlace),
    from: column('asb_case.open_dt', date),
    open: column('asb_case.close_dt', isOpen),
  }),
};

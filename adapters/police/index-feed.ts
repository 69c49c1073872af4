import type { IndexSource } from '../contract.ts';
import { recordOf } from './index-record.ts';
import { ALIAS, EXCLUSION, LINK, NOMINAL, nominalsAfter, PAIR, whatElse } from './index-rows.ts';
import type { PoliceTables } from './tables.ts';

export const index: IndexSource<PoliceTables> = {
  reads: [
    ...NOMINAL,
    'T_NOMINAL.ADDR_ID',
    'T_ADDRESS.ADDR_ID',
    ...ALIAS,
    ...LINK.map((name) => `T_NOMINAL_LINK.${name}` as const),
    ...PAIR.map((name) => `T_MARAC.${name}` as const),
    'T_MARAC.MARAC_REF',
    'T_MARAC_CHILD.MARAC_REF',
    'T_MARAC_CHILD.CHILD_NOM_ID',
    ...EXCLUSION.map((name) => `T_STAFF_EXCL.${name}` as const),
  ],
  async page(db, after, limit, note) {
    const nominals = await nominalsAfter(db, after, limit);
    const about = await whatElse(
      db,
      nominals.map((one) => one.NOM_ID),
    );
    const context = { now: new Date(), note };
    return nominals.map((one) => recordOf(one, about, context));
  },
};

import {
  bareCode,
  type Contact,
  codesMeaning,
  contactOf,
  type Decoder,
  date,
  fieldsOf,
  isPast,
  meaning,
  type SectionSource,
} from '../contract.ts';
import { AUTHORITIES, PLAN_TYPES } from './codes.ts';
import { protectionFlag } from './sources.ts';
import type { PrimaryCareTables } from './tables.ts';

const { column, columns, exists, list, lists } = fieldsOf<PrimaryCareTables>();

type Status = (typeof PLAN_TYPES)[string] | 'PREVIOUSLY_KNOWN';

/** A flag that ended says that the child was known. Where its end cannot be read, neither can be said. */
const status: Decoder<Status[] | null> = (cells, context) => {
  const [type, end] = cells as readonly unknown[];
  const plan = meaning(PLAN_TYPES)(type, context);
  const over = isPast(end, context);
  if (plan === null || over === null) return null;
  return over ? ['PREVIOUSLY_KNOWN'] : [plan];
};

const authority: Decoder<string | null> = (cell, context) =>
  meaning(AUTHORITIES)(cell, context)?.name ?? null;

/** A flag of an authority that is in no list has no desk here, and no other authority's either. */
const dutyContact: Decoder<Contact | null> = (cell, context) => {
  if (bareCode(cell, context) === null) return null;
  const found = meaning(AUTHORITIES)(cell, context);
  return found && contactOf(found.duty, context.now);
};

const LOOKED_AFTER = codesMeaning(PLAN_TYPES, ['LOOKED_AFTER']);

/**
 * Status and dates, as CP-IS carries them; never the plan. The authority that looks after a child answers for it
 * wherever it is placed, so its name gives no place away; a plan is held where the child lives, so its authority does.
 */
const flags = (place: boolean) => ({
  status: columns(['CPIS_FLAG.PLAN_TYPE', 'CPIS_FLAG.END_DT'], status),
  responsibleAuthority: column('CPIS_FLAG.LA_CODE', authority, { place }),
  dutyContact: column('CPIS_FLAG.LA_CODE', dutyContact, { place }),
  from: column('CPIS_FLAG.ST_DT', date),
  to: column('CPIS_FLAG.END_DT', date),
});

export const childSafeguarding: SectionSource<PrimaryCareTables> = {
  known: exists(protectionFlag),
  items: lists(
    list(protectionFlag, flags(false), { where: { column: 'CPIS_FLAG.PLAN_TYPE', in: LOOKED_AFTER } }),
    list(protectionFlag, flags(true), {
      where: {
        any: [
          { column: 'CPIS_FLAG.PLAN_TYPE', notIn: LOOKED_AFTER },
          { column: 'CPIS_FLAG.PLAN_TYPE', isNull: true },
        ],
      },
    }),
  ),
};

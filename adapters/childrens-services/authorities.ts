/** Local authorities that may be responsible for a child, by the codes that returns to the DfE carry. Made-up ones. */
import { bareCode, type Contact, contactOf, type Decoder, type Desk, meaning, yesNo } from '../contract.ts';
import { dutyDeskAt } from './desks.ts';

/** Ourselves, as the column writes it: blank is our own. */
export const OUR_CODES = ['', ' ', '901', '901 '];

interface Authority {
  name: string;
  /** Whom to call about a child of theirs at this moment. */
  dutyDesk(now: Date): Desk;
}

const SOUTHMERE_DUTY: Desk = {
  desk: 'Southmere Council children’s duty team',
  phone: '01632 960390',
  hours: 'Mon–Fri 08:30–17:00',
  open: { days: [1, 2, 3, 4, 5], from: '08:30', to: '17:00' },
};

export const OUR_NAME = 'Northshire County Council';
const NORTHSHIRE: Authority = { name: OUR_NAME, dutyDesk: dutyDeskAt };

const AUTHORITIES: Readonly<Record<string, Authority>> = {
  901: NORTHSHIRE,
  902: { name: 'Southmere Council', dutyDesk: () => SOUTHMERE_DUTY },
};

const authority: Decoder<Authority | null> = (code, context) =>
  bareCode(code, context) === null ? NORTHSHIRE : meaning(AUTHORITIES)(code, context);

/** Of a code alone, where a blank is ourselves. */
export const authorityName: Decoder<string | null> = (code, context) =>
  authority(code, context)?.name ?? null;

/** Of the flag that a plan is another authority's, and the code of that authority. */
export const planAuthorityName: Decoder<string | null> = (cells, context) => {
  const [elsewhere, code] = cells as readonly unknown[];
  const unnamed = bareCode(code, context) === null && yesNo(elsewhere, context) === true;
  if (!unnamed) return authorityName(code, context);
  context.note('plan of an authority that is not named');
  return null;
};

/** Our own duty desk where the authority cannot be read: they know whom to ask. */
export const dutyContact: Decoder<Contact> = (code, context) =>
  contactOf((authority(code, context) ?? NORTHSHIRE).dutyDesk(context.now), context.now);

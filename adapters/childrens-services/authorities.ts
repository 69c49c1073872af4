/** Local authorities that may be responsible for a child, by the codes that returns to the DfE carry. Made-up ones. */
import {
  bareCode,
  type Contact,
  contactOf,
  type Decoder,
  type Desk,
  meaning,
  staffed,
  yesNo,
} from '../contract.ts';

export const safeguardingHub: Desk = {
  desk: 'Multi-agency safeguarding hub',
  phone: '01632 960300',
  email: 'mash@northshire-childrens-services.example',
  hours: 'Mon–Fri 08:30–17:30',
  advice: 'At other times call the emergency duty team, 01632 960301.',
};

export const emergencyDutyTeam: Desk = {
  desk: 'Emergency duty team',
  phone: '01632 960301',
  hours: 'Mon–Sun 17:30–08:30, and all day at weekends',
};

export const earlyHelpDesk: Desk = {
  desk: 'Early help front door',
  phone: '01632 960305',
  email: 'early-help@northshire-childrens-services.example',
  hours: 'Mon–Fri 08:30–17:30',
};

export const desks = {
  'safeguarding-hub': safeguardingHub,
  'emergency-duty-team': emergencyDutyTeam,
  'early-help': earlyHelpDesk,
} as const satisfies Record<string, Desk>;

/** Who picks up about a child at this moment: the hub, and the emergency duty team whenever it is closed. */
export const dutyDeskAt = (now: Date): Desk =>
  staffed(safeguardingHub, now) ? safeguardingHub : { ...emergencyDutyTeam, open: 'always' };

/** Ourselves: blank is our own. */
export const OUR_CODES = ['', '901'];

interface Authority {
  name: string;
  /** Whom to call about a child of theirs at this moment. */
  dutyDesk(now: Date): Desk;
}

const SOUTHMERE_DUTY: Desk = {
  desk: 'Southmere Council children’s duty team',
  phone: '01632 960390',
  hours: 'Mon–Fri 08:30–17:00',
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

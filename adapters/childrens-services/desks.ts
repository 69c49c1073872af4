import { type Desk, staffed } from '../contract.ts';

const WORKING_DAYS = { days: [1, 2, 3, 4, 5], from: '08:30', to: '17:30' };

export const safeguardingHub: Desk = {
  desk: 'Multi-agency safeguarding hub',
  phone: '01632 960300',
  email: 'mash@northshire-childrens-services.example',
  hours: 'Mon–Fri 08:30–17:30',
  open: WORKING_DAYS,
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
  open: WORKING_DAYS,
};

export const desks = {
  'safeguarding-hub': safeguardingHub,
  'emergency-duty-team': emergencyDutyTeam,
  'early-help': earlyHelpDesk,
} as const satisfies Record<string, Desk>;

/** Who picks up about a child at this moment: the hub, and the emergency duty team whenever it is closed. */
export const dutyDeskAt = (now: Date): Desk =>
  staffed(safeguardingHub, now) ? safeguardingHub : { ...emergencyDutyTeam, open: 'always' };

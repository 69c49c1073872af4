import type { Desk } from '../contract.ts';

export const dutyDesk: Desk = {
  desk: 'Adult social care duty desk',
  phone: '01632 960335',
  email: 'adults-duty@northshire-adults.example',
  hours: 'Mon–Fri 08:30–17:00',
  open: { days: [1, 2, 3, 4, 5], from: '08:30', to: '17:00' },
};

export const safeguardingDesk: Desk = {
  desk: 'Safeguarding adults desk',
  phone: '01632 960336',
  hours: 'Mon–Fri 08:30–18:00',
  open: { days: [1, 2, 3, 4, 5], from: '08:30', to: '18:00' },
  advice: 'Out of hours call the emergency duty team.',
};

export const desks = {
  'duty-desk': dutyDesk,
  'safeguarding-adults': safeguardingDesk,
  'emergency-duty': {
    desk: 'Emergency duty team',
    phone: '01632 960337',
    hours: 'Mon–Sun 17:00–08:30',
    open: { days: [0, 1, 2, 3, 4, 5, 6], from: '17:00', to: '08:30' },
  },
  'data-protection': {
    desk: 'Caldicott guardian’s office',
    phone: '01632 960338',
    email: 'caldicott@northshire-adults.example',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  },
} as const satisfies Record<string, Desk>;

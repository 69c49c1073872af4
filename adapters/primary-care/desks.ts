import type { Desk } from '../contract.ts';

export const primaryCareDesk: Desk = {
  desk: 'Primary care information desk',
  phone: '01632 960600',
  email: 'information@northshire-primary-care.example',
  hours: 'Mon–Fri 08:00–18:30',
  open: { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:30' },
  advice: 'At other times call the out-of-hours doctor.',
};

export const communityDesk: Desk = {
  desk: 'Health visitors’ and school nurses’ duty desk',
  phone: '01632 960622',
  hours: 'Mon–Fri 09:00–17:00',
  open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
};

export const desks = {
  'information-desk': primaryCareDesk,
  'community-desk': communityDesk,
  'out-of-hours-doctor': {
    desk: 'Out-of-hours doctor, line for professionals',
    phone: '01632 960601',
    hours: 'Mon–Fri 18:30–08:00, and all day at weekends',
  },
  'caldicott-guardian': {
    desk: 'Caldicott guardian',
    phone: '01632 960602',
    email: 'caldicott@northshire-primary-care.example',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  },
} as const satisfies Record<string, Desk>;

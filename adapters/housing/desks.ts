import type { Desk } from '../contract.ts';

export const housingDesk: Desk = {
  desk: 'Housing officers’ duty desk',
  phone: '01632 960500',
  email: 'housing-duty@northshire-housing.example',
  hours: 'Mon–Fri 08:30–17:00',
  open: { days: [1, 2, 3, 4, 5], from: '08:30', to: '17:00' },
};

export const housingOptions: Desk = {
  desk: 'Housing options',
  phone: '01632 960501',
  hours: 'Mon–Fri 09:00–16:30',
  open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '16:30' },
  advice: 'For anybody who is homeless or may be within 56 days.',
};

export const desks = {
  'duty-desk': housingDesk,
  'housing-options': housingOptions,
  'out-of-hours': {
    desk: 'Emergency housing line',
    phone: '01632 960502',
    hours: 'Mon–Sun 17:00–08:30',
    open: { days: [0, 1, 2, 3, 4, 5, 6], from: '17:00', to: '08:30' },
  },
  'data-protection': {
    desk: 'Data protection officer',
    phone: '01632 960503',
    email: 'dpo@northshire-housing.example',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  },
} as const satisfies Record<string, Desk>;

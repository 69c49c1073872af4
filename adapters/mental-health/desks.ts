import type { Desk } from '../contract.ts';

export const crisisLine: Desk = {
  desk: 'Mental health crisis line for professionals',
  phone: '01632 960200',
  hours: '24 hours',
  open: 'always',
  advice: 'A practitioner can talk to you while you are with the person.',
};

export const desks = {
  'crisis-line': crisisLine,
  'caldicott-guardian': {
    desk: 'Caldicott guardian',
    phone: '01632 960201',
    email: 'caldicott@northshire-mental-health.example',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  },
  safeguarding: {
    desk: 'Safeguarding team',
    phone: '01632 960202',
    email: 'safeguarding@northshire-mental-health.example',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  },
  'on-call-manager': {
    desk: 'On-call manager',
    phone: '01632 960203',
    hours: 'Mon–Sun 17:00–09:00',
    open: { days: [0, 1, 2, 3, 4, 5, 6], from: '17:00', to: '09:00' },
  },
} as const satisfies Record<string, Desk>;

import type { Desk } from '../contract.ts';

export const adviceLine: Desk = {
  desk: 'Domestic abuse advice line',
  phone: '01632 960955',
  email: 'advice@northshire-das.example',
  hours: '24 hours',
  open: 'always',
  advice: 'Ask for the adviser on duty. Never ring a client back from a number that shows.',
};

export const desks = {
  'advice-line': adviceLine,
  'safeguarding-lead': {
    desk: 'Safeguarding lead of the domestic abuse service',
    phone: '01632 960956',
    email: 'safeguarding@northshire-das.example',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
    advice: 'Decides each time whether and what to share.',
  },
} as const satisfies Record<string, Desk>;

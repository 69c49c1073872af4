import type { Desk } from '../contract.ts';

export const partnershipDesk: Desk = {
  desk: 'Jobcentre partnership desk',
  phone: '01632 960800',
  email: 'partnership@northshire-jobcentres.example',
  hours: 'Mon–Fri 09:00–17:00',
  open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  advice: 'Puts you through to the work coach.',
};

export const desks = {
  'partnership-desk': partnershipDesk,
  'vulnerable-customers': {
    desk: 'Advanced customer support',
    phone: '01632 960810',
    hours: 'Mon–Fri 08:00–18:00',
    open: { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' },
    advice: 'For anybody whose safety hangs on a payment.',
  },
  'data-protection': {
    desk: 'Data protection team',
    phone: '01632 960811',
    email: 'data-protection@northshire-jobcentres.example',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  },
} as const satisfies Record<string, Desk>;

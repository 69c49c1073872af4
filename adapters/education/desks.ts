import type { Desk } from '../contract.ts';

/** One number for all schools: which school a pupil is at is for those to hear who may. */
export const safeguardingDesk: Desk = {
  desk: 'Education safeguarding service',
  phone: '01632 960700',
  email: 'education-safeguarding@northshire-schools.example',
  hours: 'Mon–Fri 08:00–17:00',
  open: { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' },
  advice: 'Puts you through to the designated safeguarding lead of the school.',
};

export const desks = {
  'safeguarding-service': safeguardingDesk,
  'attendance-team': {
    desk: 'School attendance support team',
    phone: '01632 960710',
    hours: 'Mon–Fri 09:00–16:30',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '16:30' },
  },
  'data-protection': {
    desk: 'Data protection officer',
    phone: '01632 960711',
    email: 'dpo@northshire-schools.example',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  },
} as const satisfies Record<string, Desk>;

import type { Desk } from '../contract.ts';

export const dutyDesk: Desk = {
  desk: 'Probation duty desk',
  phone: '01632 960900',
  email: 'duty@northshire-probation.example',
  hours: 'Mon–Fri 09:00–17:00',
  open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  advice: 'In an emergency call 999.',
};

export const desks = {
  'duty-desk': dutyDesk,
  'youth-justice': {
    desk: 'Youth justice duty worker',
    phone: '01632 960905',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  },
  'out-of-hours': {
    desk: 'Probation on-call manager',
    phone: '01632 960906',
    hours: 'Mon–Fri 17:00–09:00, and all day at weekends',
  },
  'data-protection': {
    desk: 'Data protection officer',
    phone: '01632 960907',
    email: 'dpo@northshire-probation.example',
    hours: 'Mon–Fri 09:00–17:00',
    open: { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' },
  },
} as const satisfies Record<string, Desk>;

import type { Desk } from '../contract.ts';

export const controlRoom: Desk = {
  desk: 'Northshire Police control room',
  phone: '01632 960400',
  hours: '24 hours',
  open: 'always',
  advice: 'Give the incident number. In an emergency call 999.',
};

export const desks = {
  'control-room': controlRoom,
  'duty-desk': {
    desk: 'Duty inspector',
    phone: '01632 960401',
    hours: '24 hours',
    open: 'always',
    advice: 'For safety before a visit.',
  },
  'public-protection': {
    desk: 'Public protection unit',
    phone: '01632 960402',
    email: 'public-protection@northshire-police.example',
    hours: 'Mon–Sun 07:00–23:00',
    open: { days: [0, 1, 2, 3, 4, 5, 6], from: '07:00', to: '23:00' },
  },
  'information-sharing': {
    desk: 'Information sharing desk',
    phone: '01632 960403',
    email: 'sharing@northshire-police.example',
    hours: 'Mon–Fri 08:00–18:00',
    open: { days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00' },
  },
} as const satisfies Record<string, Desk>;

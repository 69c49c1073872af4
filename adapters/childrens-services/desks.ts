import type { Desk } from '../contract.ts';

export const safeguardingHub: Desk = {
  desk: 'Multi-agency safeguarding hub',
  phone: '01632 960300',
  email: 'mash@northshire-childrens-services.example',
  hours: 'Mon–Fri 08:30–17:30',
  open: { days: [1, 2, 3, 4, 5], from: '08:30', to: '17:30' },
  advice: 'At other times call the emergency duty team.',
};

export const desks = {
  'safeguarding-hub': safeguardingHub,
  'emergency-duty-team': {
    desk: 'Emergency duty team',
    phone: '01632 960301',
    hours: 'Mon–Sun 17:30–08:30, and all day at weekends',
  },
} as const satisfies Record<string, Desk>;

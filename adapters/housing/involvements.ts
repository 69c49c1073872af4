import {
  type Decoder,
  date,
  fieldsOf,
  isPast,
  meaning,
  noPlace,
  type SectionSource,
  text,
} from '../contract.ts';
import { TENANCY_STATUSES } from './codes.ts';
import { housingDesk, housingOptions } from './desks.ts';
import { homelessnessCase, tenancy } from './sources.ts';
import type { HousingTables } from './tables.ts';

const { always, column, contact, list, lists, object } = fieldsOf<HousingTables>();

const caseStatus: Decoder<'OPEN' | 'CLOSED' | null> = (cell, context) => {
  const closed = isPast(cell, context);
  return closed === null ? null : closed ? 'CLOSED' : 'OPEN';
};

export const involvements: SectionSource<HousingTables> = {
  items: lists(
    list(tenancy, {
      service: always('HOUSING_TENANCY'),
      serviceName: always('Northshire Borough Council housing'),
      status: column('tenancy.status', meaning(TENANCY_STATUSES)),
      contact: contact(housingDesk),
      lead: object({
        name: column('patch.officer_name', text, noPlace),
        role: always('Housing officer'),
        team: column('patch.patch_name', text, { place: true }),
        phone: column('patch.officer_tel', text, { place: true }),
      }),
      from: column('tenancy.start_dt', date),
      to: column('tenancy.end_dt', date),
    }),
    list(homelessnessCase, {
      service: always('HOMELESSNESS'),
      serviceName: always('Northshire Borough Council housing options'),
      status: column('hclic_case.close_dt', caseStatus),
      contact: contact(housingOptions),
      lead: object({
        name: column('hclic_case.officer_name', text, noPlace),
        role: always('Homelessness officer'),
        team: always('Housing options'),
        phone: column('hclic_case.officer_tel', text, { place: true }),
      }),
      from: column('hclic_case.applic_dt', date),
      to: column('hclic_case.close_dt', date),
    }),
  ),
};

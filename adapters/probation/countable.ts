/** What analysts may be let count of probation's records. */
import { type CountableFields, codeCases } from '../contract.ts';
import { SERVICES } from './codes.ts';
import { manager } from './sections.ts';
import type { ProbationTables } from './tables.ts';

export const countable: CountableFields<ProbationTables> = {
  involvements: {
    service: {
      kind: 'ENUM',
      description: 'The service that supervises somebody today: probation or youth justice.',
      type: 'ServiceKind',
      values: ['PROBATION', 'YOUTH_JUSTICE'],
      parts: [
        {
          source: manager,
          where: (today) => ({ day: 'OFFENDER_MANAGER.END_DT', text: false, from: today, none: true }),
          ...codeCases('TEAM.SVC_CD', SERVICES),
        },
      ],
    },
  },
};

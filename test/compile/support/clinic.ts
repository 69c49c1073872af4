import { buildASTSchema, parse } from 'graphql';
import {
  type AnyAdapter,
  date,
  defineAdapter,
  newest,
  onlyOf,
  text,
  wordsOf,
} from '../../../adapters/contract.ts';
import { withHelperFields } from '../../../src/compile/plan/helper-fields.ts';

/** A small agency of two tables, with everything that a field table can say. */
export interface ClinicTables {
  T_PERSON: {
    P_ID: string;
    NAME: string;
    BORN: string | null;
    POSTCODE: string | null;
    PLAN_TXT: string | null;
    AGREED: string;
    UPD: string;
  };
  T_VISIT: {
    V_NO: number;
    P_ID: string;
    KIND: string;
    ON_DT: Date | string;
    SITE: string;
    NOTE: string | null;
    SEALED: string;
  };
}

const { day, source, column, columns, always, object, list, lists, value, exists } = wordsOf<ClinicTables>();

const updated = column('T_PERSON.UPD', (cell) => (cell === null ? null : new Date(`${cell}T00:00:00Z`)));
const agreed = {
  agreed: {
    description: 'Text that the person agreed to share.',
    takes: 'flag' as const,
    predicate: () => ({ column: 'T_PERSON.AGREED' as const, in: ['Y'] }),
    masksOnly: true,
  },
};
const person = source({
  table: 'T_PERSON',
  person: 'T_PERSON.P_ID',
  record: ['T_PERSON.P_ID'],
  asOf: updated,
  rows: agreed,
});
const home = source({ table: 'T_PERSON', person: 'T_PERSON.P_ID', record: ['T_PERSON.P_ID'], place: true });
const visit = source({
  table: 'T_VISIT',
  person: 'T_VISIT.P_ID',
  record: ['T_VISIT.V_NO'],
  newestFirst: day('T_VISIT.ON_DT'),
  asOf: column('T_VISIT.ON_DT', (cell) => new Date(`${cell}T00:00:00Z`)),
  only: { column: 'T_VISIT.SEALED', notIn: ['Y'] },
  site: 'T_VISIT.SITE',
  service: { column: 'T_VISIT.KIND', kinds: { CRISIS: ['C'], COMMUNITY: ['M', 'N'] } },
  rows: {
    kind: {
      description: 'Kinds of visit.',
      takes: { values: ['C', 'M', 'N'] },
      predicate: (kinds) => ({ column: 'T_VISIT.KIND', in: kinds as string[] }),
    },
  },
});

/** Two lists of one item type, from the same row. */
function number(system: 'ID' | 'PLAN', from: 'T_PERSON.P_ID' | 'T_PERSON.PLAN_TXT') {
  const systems = ['ID', 'PLAN'] as const;
  return list(
    person,
    { system: always(system), value: column(from, text) },
    {
      where: { column: from, isNull: false },
      rows: { system: onlyOf('Only numbers of these systems.', systems, system) },
    },
  );
}

export const clinic: AnyAdapter = defineAdapter<ClinicTables>({
  id: 'clinic',
  name: 'Clinic',
  nhsBody: true,
  coverage: 'Everybody, always',
  contact: { desk: 'Desk' },
  desks: {},
  sections: {
    profile: {
      known: exists(person),
      name: value(person, column('T_PERSON.NAME', text)),
      born: value(person, column('T_PERSON.BORN', date)),
      postcode: value(person, column('T_PERSON.POSTCODE', text, { place: true })),
      agreement: value(
        person,
        object({
          given: column('T_PERSON.AGREED', (cell) => cell === 'Y'),
          text: column('T_PERSON.PLAN_TXT', text, { freeText: true }),
        }),
      ),
    },
    plan: { exists: exists(person), extract: value(person, column('T_PERSON.PLAN_TXT', text), newest) },
    visits: {
      any: exists(visit),
      items: list(
        visit,
        {
          date: column('T_VISIT.ON_DT', date),
          kind: column('T_VISIT.KIND', (cell) => KINDS[String(cell).trim()] ?? String(cell)),
          note: column('T_VISIT.NOTE', text, { freeText: true }),
          desk: columns(['T_VISIT.SITE', 'T_VISIT.KIND'], ([site]) => ({
            desk: `Desk ${site}`,
            phone: null,
          })),
        },
        { since: (day) => ({ column: 'T_VISIT.ON_DT', from: day }) },
      ),
    },
    numbers: { items: lists(number('ID', 'T_PERSON.P_ID'), number('PLAN', 'T_PERSON.PLAN_TXT')) },
    homes: { items: list(home, { postcode: column('T_PERSON.POSTCODE', text), kind: always('HOME') }) },
  },
  serviceKinds: ['CRISIS', 'COMMUNITY'],
  sites: { people: visit, scope: 'own clinic only' },
  index: { reads: [], page: async () => [] },
  reference: {
    ...{ description: 'none', form: /^$/, reads: [], staffNumbers: ['T_PERSON.P_ID'] },
    ...{ find: async () => null, caseload: async () => [] },
  },
});

const KINDS: Record<string, string> = { C: 'CRISIS', M: 'COMMUNITY', N: 'COMMUNITY' };

export const clinicSdl = parse(`
  scalar Date
  type Query {
    profile(keys: [ID!]!): [Profile]!
    plan(keys: [ID!]!): [Plan]!
    visits(keys: [ID!]!): [Visits]!
    homes(keys: [ID!]!): [Homes]!
    numbers(keys: [ID!]!): [Numbers]!
  }
  type Profile { known: Boolean name: String born: Date postcode: String agreement: Agreement }
  type Agreement { given: Boolean text: String }
  type Plan { exists: Boolean extract: String }
  type Visits { any: Boolean items(since: Date, first: Int = 3): [Visit!] truncated: Boolean }
  type Visit { date: Date kind: VisitKind note: String desk: Desk }
  enum VisitKind { CRISIS COMMUNITY }
  type Desk { desk: String! phone: String }
  type Homes { items: [Home!] }
  type Numbers { items: [Number!] }
  type Number { system: String value: String }
  type Home { postcode: String kind: String }
`);

export const clinicSchema = buildASTSchema(withHelperFields(clinicSdl, clinic));

/** A row condition reads a date, a code and a flag as the decoder does that shows it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter as adultServices } from '../../adapters/adult-services/index.ts';
import { type AnyAdapter, isoInLondon } from '../../adapters/contract.ts';
import { adapter as domesticAbuseService } from '../../adapters/domestic-abuse-service/index.ts';
import { adapter as education } from '../../adapters/education/index.ts';
import { adapter as housing } from '../../adapters/housing/index.ts';
import { adapter as mentalHealth } from '../../adapters/mental-health/index.ts';
import { adapter as police } from '../../adapters/police/index.ts';
import { adapter as primaryCare } from '../../adapters/primary-care/index.ts';
import { adapter as probation } from '../../adapters/probation/index.ts';
import { adapter as workAndPensions } from '../../adapters/work-and-pensions/index.ts';
import type { Release } from '../../src/conformance/releasing.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';
import { askAgency } from './support/ask-agency.ts';
import { insert } from './support/rows.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
type Row = Readonly<Record<string, unknown>>;
type Written = readonly (readonly [table: string, row: Row])[];

/** Opens an agency without rows for the tests around; `answer` asks it about one section of one person. */
function agencyOf(adapter: AnyAdapter) {
  let agency: TestAgency;
  let last = 0;
  const notes: string[] = [];
  beforeAll(async () => {
    agency = await openEmptyAgency(adapter.id);
    await agency.grant(adapter);
  });
  afterAll(() => agency.close());
  return {
    notes,
    /** A number that no other row of the test has. */
    next: () => {
      last += 1;
      return String(last);
    },
    async write(rows: Written) {
      for (const [table, row] of rows) await insert(agency.admin, table, row);
    },
    async answer(person: string, section: string, fields: string, release: Release = {}) {
      notes.length = 0;
      const data = await askAgency(agency, adapter, `{ ${section}(keys: ["${person}"]) { ${fields} } }`, {
        now: NOW,
        sections: { [section]: release },
        note: (problem) => notes.push(problem),
      });
      return data[section][0];
    },
    async record(person: string) {
      for (let after: string | null = null; ; ) {
        const page = await adapter.index.page(agency.reader, after, 100, () => {});
        const found = page.find((one) => one.record === person);
        if (found || page.length === 0) return found;
        after = page.at(-1)?.record ?? null;
      }
    },
  };
}

const OPEN_ENDED_DAYS = [null, '2999-12-31', '9999-12-31', 'infinity', '1900-01-01', '1901-01-01'];

describe('a homelessness case', () => {
  const council = agencyOf(housing);
  const caseOf = async (row: Row) => {
    const id = council.next();
    await council.write([
      ['hclic_case', { case_ref: id, duty: 'PREV', loss_dt: '01/12/2026', ...row }],
      ['hclic_person', { case_ref: id, tenant_no: id }],
    ]);
    return council.answer(id, 'housing', 'homelessnessDuty threatenedWithin56Days');
  };

  it.each([...OPEN_ENDED_DAYS, '2026-11-22', '2026-12-31'])('that is closed on %s is open', async (end) => {
    expect(await caseOf({ close_dt: end })).toEqual({
      homelessnessDuty: 'PREVENTION',
      threatenedWithin56Days: true,
    });
  });

  it('that was closed yesterday leaves no duty', async () => {
    expect(await caseOf({ close_dt: '2026-11-21' })).toEqual({
      homelessnessDuty: 'NONE',
      threatenedWithin56Days: false,
    });
  });
});

describe('somebody who went missing', () => {
  const force = agencyOf(police);
  const personOf = async (row: Row) => {
    const id = force.next();
    await force.write([['T_MISSING', { MISP_ID: id, NOM_ID: id, MISP_TYP: 'MISP', ...row }]]);
    return force.answer(id, 'orders', 'missing absentWithoutLeave');
  };

  it.each([null, '', '    ', '190001010000', '190101010000', '999912312359', '29991231', '31/12/9999'])(
    'is missing still where the time of finding is %s',
    async (found) => {
      expect(await personOf({ FOUND_DTTM: found })).toEqual({ missing: true, absentWithoutLeave: false });
    },
  );

  it.each(['misp', 'Misp', 'MISP'])('is missing where the kind is %s', async (kind) => {
    expect(await personOf({ MISP_TYP: kind })).toEqual({ missing: true, absentWithoutLeave: false });
  });

  it.each(['202611220100', '20261122', '22/11/26', '22/11/2026'])('is found at %s', async (found) => {
    expect(await personOf({ FOUND_DTTM: found })).toEqual({ missing: false, absentWithoutLeave: false });
  });

  it('may be missing where nobody can read when they were found', async () => {
    expect(await personOf({ FOUND_DTTM: 'soon' })).toEqual({ missing: null, absentWithoutLeave: false });
    expect(force.notes.join()).toContain('T_MISSING.FOUND_DTTM: not a date');
    expect(force.notes.join()).not.toContain('soon');
  });

  it('may be missing or absent where nobody can read the kind', async () => {
    expect(await personOf({ MISP_TYP: 'MSPI' })).toEqual({ missing: null, absentWithoutLeave: null });
    expect(force.notes.join()).toContain('T_MISSING.MISP_TYP: unknown code');
    expect(await personOf({ MISP_TYP: 'MSPI', FOUND_DTTM: '202611220100' })).toEqual({
      missing: false,
      absentWithoutLeave: false,
    });
  });
});

describe('police events of the last twelve months', () => {
  const force = agencyOf(police);
  const eventsOn = async (dates: readonly (string | null)[], fields: string, release: Release = {}) => {
    const person = force.next();
    await force.write(
      dates.map((day, index) => [
        'T_OCCURRENCE',
        { OCC_NO: `${person}/${index}`, NOM_ID: person, ROLE_CD: 'V', OCC_TYPE: 'THF', RPT_DTTM: day },
      ]),
    );
    return force.answer(person, 'policeEvents', fields, release);
  };
  const days = (answer: { items: { date: string | null }[] }) =>
    answer.items.map(({ date }) => date?.slice(0, 10) ?? null);
  const WITHIN = { rows: { within: 'P12M' } };

  it('are those whose date is that young, in whatever form it is written', async () => {
    const written = [
      '31/12/19',
      '01/11/2026',
      '202511220309',
      '202511220310',
      '22/11/2025',
      '21/11/2025',
      '20260701',
    ];
    expect(days(await eventsOn(written, 'items { date }', WITHIN))).toEqual([
      '2026-11-01',
      '2026-07-01',
      '2025-11-22',
      '2025-11-22',
    ]);
  });

  it('are none of those whose date nobody can read, and that is noted without the value', async () => {
    const written = ['31/02/2026', 'last week', null, '', '190001010000'];
    const answer = await eventsOn(written, 'items { date } present truncated', WITHIN);
    expect(answer).toEqual({ items: [], present: false, truncated: false });
    expect(force.notes).toContainEqual(expect.stringContaining('T_OCCURRENCE.RPT_DTTM: no such date'));
    expect(force.notes).toContainEqual(expect.stringContaining('T_OCCURRENCE.RPT_DTTM: not a date'));
    expect(force.notes.join()).not.toMatch(/31\/02|last week/);
  });

  it('that a caller asks for since a day are those since that day', async () => {
    const written = ['31/12/19', '01/11/2026', '202610312359', '20261101', '02/11/26'];
    expect(days(await eventsOn(written, 'items(since: "2026-11-01") { date }'))).toEqual([
      '2026-11-02',
      '2026-11-01',
      '2026-11-01',
    ]);
  });

  it('come newest first by their date, are cut to the newest and say that there are more', async () => {
    const written = ['31/12/19', '01/11/2026', '202610312359', '99991231', '05/11/26'];
    const answer = await eventsOn(written, 'items(first: 2) { date } truncated');
    expect(days(answer)).toEqual(['2026-11-05', '2026-11-01']);
    expect(answer.truncated).toBe(true);
    expect(days(await eventsOn(written, 'items { date }'))).toEqual([
      '2026-11-05',
      '2026-11-01',
      '2026-10-31',
      '2019-12-31',
      null,
    ]);
  });

  it('are known to exist only if one of them is that young', async () => {
    expect(await eventsOn(['31/12/19'], 'present', WITHIN)).toEqual({ present: false });
    expect(await eventsOn(['31/12/19', '01/11/2026'], 'present', WITHIN)).toEqual({ present: true });
  });
});

/** An address marked as current, of a new person, in each agency that has such a mark. */
const CURRENT: readonly [
  AnyAdapter,
  (id: string, end: string | null, mark: string) => Written,
  asText?: true,
][] = [
  [
    police,
    (id, end, mark) => [
      ['T_ADDRESS', { ADDR_ID: id, POSTCODE: 'ZZ1 1AA' }],
      ['T_NOMINAL_ADDR', { NOM_ID: id, ADDR_ID: id, FROM_DT: '20190101', TO_DT: end, CURR_FLG: mark }],
    ],
    true,
  ],
  [
    mentalHealth,
    (id, end, mark) => [
      ['Client', { ClientID: id }],
      ['ClientAddress', { AddressID: id, ClientID: id, Postcode: 'ZZ1 1AA', EndDT: end, CurrentYN: mark }],
    ],
  ],
  [
    education,
    (id, end, mark) => [
      ['STUD', { STUD_ID: id }],
      ['STUD_ADDR', { ADDR_ID: id, STUD_ID: id, POSTCODE: 'ZZ1 1AA', END_DT: end, CURR_FLG: mark }],
    ],
    true,
  ],
  [
    workAndPensions,
    (id, end, mark) => [
      ['CLMNT', { CLMNT_ID: id, NINO: `QQ${id}` }],
      ['ADDR', { ADDR_ID: id, NINO: `QQ${id}`, POSTCODE: 'ZZ1 1AA', END_DT: end, CURR_FLG: mark }],
    ],
    true,
  ],
  [
    primaryCare,
    (id, end, mark) => [
      ['PATIENT', { PATIENT_ID: id }],
      ['PATIENT_ADDR', { ADDR_ID: id, PATIENT_ID: id, POSTCODE: 'ZZ1 1AA', END_DT: end, CURR_YN: mark }],
    ],
  ],
  [
    adultServices,
    (id, end, mark) => [
      ['ASC_CLIENT', { ASC_ID: id }],
      ['ASC_ADDR', { ADDR_ID: id, ASC_ID: id, POSTCODE: 'ZZ1 1AA', TO_DT: end, CURR_YN: mark }],
    ],
  ],
  [
    probation,
    (id, end, mark) => [
      ['OFFENDER', { CRN: id }],
      [
        'OFFENDER_ADDRESS',
        {
          ADDRESS_ID: id,
          CRN: id,
          POSTCODE: 'ZZ1 1AA',
          TO_DT: end,
          STATUS_CD: mark === 'Y' ? 'M' : mark === 'y' ? 'm' : 'P',
        },
      ],
    ],
  ],
  [
    housing,
    (id, end, mark) => [
      ['prop', { prop_ref: id, postcode: 'ZZ1 1AA' }],
      [
        'tenancy',
        { tenancy_ref: id, prop_ref: id, end_dt: end, status: mark === 'Y' ? 'C' : mark === 'y' ? 'c' : 'F' },
      ],
      ['tenant', { tenant_no: id, tenancy_ref: id }],
    ],
  ],
];

/** What is shown and released of an address of a new person, and what the index is fed; the police feed what the nominal itself names. */
function addressesOf([adapter, written, asText]: (typeof CURRENT)[number]) {
  const agency = agencyOf(adapter);
  const day = (iso: string | null) => (asText ? (iso?.replaceAll('-', '') ?? null) : iso);
  return {
    agency,
    home: adapter === police ? null : 'ZZ11AA',
    async shown(end: string | null, mark: string) {
      const id = agency.next();
      await agency.write(written(id, day(end), mark));
      const fields = 'items { current postcode }';
      const all = await agency.answer(id, 'addresses', fields);
      const current = await agency.answer(id, 'addresses', fields, { rows: { current: true } });
      const fed = adapter === police ? null : ((await agency.record(id))?.postcode ?? null);
      return { current: all.items[0]?.current, released: current.items.length, fed };
    },
  };
}

describe.each(CURRENT)('an address that $id marks as current', (...address) => {
  const { shown, home } = addressesOf(address);

  it('is none once it has ended: not shown as one, not released as one, not fed as one', async () => {
    expect(await shown('2020-06-30', 'Y')).toEqual({ current: false, released: 0, fed: null });
  });

  it.each([null, '2999-12-31', '9999-12-31', '1900-01-01', '2131-01-01'])(
    'is one while its end is %s',
    async (end) => {
      expect(await shown(end, 'Y')).toEqual({ current: true, released: 1, fed: home });
      expect(await shown(end, 'y')).toEqual({ current: true, released: 1, fed: home });
    },
  );

  it('is one until the end of its last day', async () => {
    expect(await shown('2026-11-22', 'Y')).toMatchObject({ current: true, released: 1 });
    expect(await shown('2026-11-21', 'Y')).toMatchObject({ current: false, released: 0 });
  });

  it('is none where the mark says so', async () => {
    expect(await shown(null, 'N')).toEqual({ current: false, released: 0, fed: null });
  });
});

describe.each(CURRENT.filter(([, , asText]) => asText))(
  'an address of $id, whose dates are text',
  (...address) => {
    const { shown, agency } = addressesOf(address);

    it('is neither current nor not where its end cannot be read: not released, not fed, and noted', async () => {
      expect(await shown('20261341', 'Y')).toEqual({ current: null, released: 0, fed: null });
      expect(agency.notes.join()).toContain('no such date');
    });
  },
);

/** An involvement that is open by its status, with its end, of a new person. */
const OPEN: readonly [AnyAdapter, (id: string, end: string | null) => Written, asText?: true][] = [
  [
    police,
    (id, end) => [['T_OIC', { OCC_NO: id, NOM_ID: id, STAFF_REF: 'P1', STAT_CD: 'o', TO_DT: end }]],
    true,
  ],
  [
    mentalHealth,
    (id, end) => [['Referral', { RefID: id, ClientID: id, TeamType: 'A02', StatusCd: 'o', CloseDT: end }]],
  ],
  [
    housing,
    (id, end) => [
      ['tenancy', { tenancy_ref: id, end_dt: end, status: 'c' }],
      ['tenant', { tenant_no: id, tenancy_ref: id }],
    ],
  ],
  [education, (id, end) => [['ENROL', { ENROL_ID: id, STUD_ID: id, ENR_STAT: 'c', END_DT: end }]], true],
  [
    workAndPensions,
    (id, end) => [['CLAIM', { CLAIM_REF: id, CLMNT_ID: id, CLM_STAT: 'l', END_DT: end }]],
    true,
  ],
  [
    primaryCare,
    (id, end) => [
      ['PATIENT', { PATIENT_ID: id }],
      ['PRACT_REG', { REG_ID: id, PATIENT_ID: id, STAT_CD: 'r', DEDUCT_DT: end }],
    ],
  ],
  [adultServices, (id, end) => [['ASC_ALLOC', { ALLOC_REF: id, ASC_ID: id, STAT_CD: 'a', END_DT: end }]]],
  [
    domesticAbuseService,
    (id, end) => [['MARAC_CASE', { REF: id, VICTIM_ID: id, STATUS: 'open', CLOSE_DT: end }]],
  ],
];

describe.each(OPEN)('an involvement that $id has as open', (adapter, written, asText) => {
  const agency = agencyOf(adapter);
  const day = (iso: string) => (asText ? iso.replaceAll('-', '') : iso);
  const status = async (end: string | null) => {
    const id = agency.next();
    await agency.write(written(id, end));
    return (await agency.answer(id, 'involvements', 'items { status }')).items.map((one: Row) => one.status);
  };

  it('is closed once its end is past', async () => {
    expect(await status(day('2020-06-30'))).toEqual(['CLOSED']);
  });

  it.each([null, '2999-12-31', '9999-12-31', '1900-01-01', '2026-11-22', '2031-01-01'])(
    'is open while its end is %s',
    async (end) => {
      expect(await status(end === null ? null : day(end))).toEqual(['OPEN']);
    },
  );
});

describe('what is worked out from an open case', () => {
  const trust = agencyOf(mentalHealth);
  const schools = agencyOf(education);
  const council = agencyOf(housing);
  const adults = agencyOf(adultServices);
  const probationService = agencyOf(probation);
  const practices = agencyOf(primaryCare);

  it('a trust is not open to somebody whose referral has ended, nor is its team theirs', async () => {
    await trust.write([
      ['Team', { TeamID: 'T1', TeamName: 'Crisis team' }],
      ['Referral', { RefID: 'R1', ClientID: 'A', TeamID: 'T1', StatusCd: 'O', CloseDT: '2020-06-30' }],
      ['Referral', { RefID: 'R2', ClientID: 'B', TeamID: 'T1', StatusCd: 'o', CloseDT: 'infinity' }],
    ]);
    expect(await trust.answer('A', 'mentalHealth', 'openToService team { desk }')).toEqual({
      openToService: false,
      team: null,
    });
    expect(await trust.answer('B', 'mentalHealth', 'openToService team { desk }')).toEqual({
      openToService: true,
      team: { desk: 'Crisis team' },
    });
  });

  it('a medicine whose course has ended is not one that the patient takes', async () => {
    const medicine = (id: string, end: string | null) =>
      ['Medication', { MedID: id, ClientID: 'A', DrugName: id, EndDT: end }] as const;
    await trust.write([
      medicine('ended', '2020-06-30'),
      medicine('taken', null),
      medicine('open', '9999-12-31'),
    ]);
    const { medication } = await trust.answer('A', 'clinical', 'medication { name }');
    expect(medication.map((one: Row) => one.name).toSorted()).toEqual(['open', 'taken']);
  });

  it('a school is no more a pupil’s once the enrolment has ended', async () => {
    await schools.write([
      ['SCHOOL', { SCHOOL: '9010001', SCH_NAME: 'Old School' }],
      ['ENROL', { ENROL_ID: '1', STUD_ID: 'A', SCHOOL: '9010001', ENR_STAT: 'C', END_DT: '20200630' }],
      ['ENROL', { ENROL_ID: '2', STUD_ID: 'B', SCHOOL: '9010001', ENR_STAT: 'c ', END_DT: '31122999' }],
      ['ENROL', { ENROL_ID: '3', STUD_ID: 'D', SCHOOL: '9010001', ENR_STAT: 'c ', END_DT: '99991231' }],
    ]);
    const school = async (pupil: string) =>
      (await schools.answer(pupil, 'education', 'school { name }')).school;
    expect(await school('A')).toBeNull();
    expect(await school('B')).toBeNull();
    expect(await school('D')).toEqual({ name: 'Old School' });
  });

  it('marks of a year whose end is past are none of the current year, whatever its flag', async () => {
    await schools.write([
      ['ACAD_YR', { YR_CD: '1920', END_DT: '20200722', CURR_FLG: 'Y' }],
      ['ACAD_YR', { YR_CD: '2627', END_DT: '20270722', CURR_FLG: 'y' }],
      ['STUD', { STUD_ID: 'M' }],
      ['ATT_MARK', { STUD_ID: 'M', SESS_DATE: '20200203', AMPM: 'AM', CODE: 'O', YR_CD: '1920' }],
      ['ATT_MARK', { STUD_ID: 'M', SESS_DATE: '20261102', AMPM: 'AM', CODE: '/', YR_CD: '2627' }],
    ]);
    expect(await schools.answer('M', 'education', 'attendancePercent')).toEqual({ attendancePercent: 100 });
  });

  it('a tenancy that has ended is not somebody’s tenancy', async () => {
    await council.write([
      ['tenancy', { tenancy_ref: 'OLD', status: 'C', end_dt: '2020-06-30' }],
      ['tenant', { tenant_no: 'A', tenancy_ref: 'OLD' }],
    ]);
    expect(await council.answer('A', 'housing', 'tenancy { reference }')).toEqual({ tenancy: null });
  });

  it('a safeguarding enquiry that has ended is not under way', async () => {
    const enquiry = (id: string, end: string | null) =>
      ['S42_ENQ', { ENQ_REF: id, ASC_ID: id, STATUS: 'Enq', END_DT: end }] as const;
    await adults.write([enquiry('A', '2020-06-30'), enquiry('B', '2999-12-31')]);
    expect((await adults.answer('A', 'involvements', 'items { status }')).items).toEqual([]);
    expect((await adults.answer('B', 'involvements', 'items { status }')).items).toEqual([
      { status: 'OPEN' },
    ]);
  });

  it('a registration or an arrangement that has no end is in force', async () => {
    for (const [index, end] of OPEN_ENDED_DAYS.entries())
      await probationService.write([
        [
          'REGISTRATION',
          { REG_ID: `R${index}`, CRN: `X${index}`, CODE: 'weap', DEREG_DT: end, VICTIM_YN: 'n' },
        ],
        ['MAPPA', { MAPPA_ID: `M${index}`, CRN: `X${index}`, LEVEL_NO: '2', END_DT: end }],
      ]);
    await probationService.write([
      ['REGISTRATION', { REG_ID: 'E', CRN: 'XE', CODE: 'WEAP', DEREG_DT: '2020-06-30', VICTIM_YN: 'N' }],
      ['MAPPA', { MAPPA_ID: 'E', CRN: 'XE', LEVEL_NO: '2', END_DT: '2020-06-30' }],
    ]);
    for (const index of OPEN_ENDED_DAYS.keys()) {
      expect((await probationService.answer(`X${index}`, 'warningMarkers', 'items { type }')).items).toEqual([
        { type: 'WEAPONS' },
      ]);
      expect(await probationService.answer(`X${index}`, 'publicProtection', 'level')).toEqual({ level: 2 });
    }
    expect((await probationService.answer('XE', 'warningMarkers', 'items { type }')).items).toEqual([]);
    expect(await probationService.answer('XE', 'publicProtection', 'level')).toEqual({ level: null });
  });

  it('a medicine that nobody stopped is taken', async () => {
    await practices.write([
      ['PATIENT', { PATIENT_ID: 'A' }],
      ...OPEN_ENDED_DAYS.map(
        (end, index) =>
          [
            'MEDICATION',
            { MED_ID: `${index}`, PATIENT_ID: 'A', DRUG_NM: `${end}`, SENS_YN: 'n', STOP_DT: end },
          ] as const,
      ),
      [
        'MEDICATION',
        { MED_ID: 'E', PATIENT_ID: 'A', DRUG_NM: 'stopped', SENS_YN: 'N', STOP_DT: '2020-06-30' },
      ],
    ]);
    const { medication } = await practices.answer('A', 'clinical', 'medication { name }');
    expect(medication.map((one: Row) => one.name).toSorted()).toEqual(OPEN_ENDED_DAYS.map(String).toSorted());
  });
});

describe('notes before a moment', () => {
  const trust = agencyOf(mentalHealth);

  it('are those that were written before it by the clock of London, in the hour that autumn repeats too', async () => {
    const written = [
      '2026-10-25 00:59',
      '2026-10-25 01:10',
      '2026-10-25 01:50',
      '2026-10-25 02:00',
      '1900-01-01 00:00',
    ];
    await trust.write(
      written.map((at, index) => [
        'ProgNote',
        { NoteID: `${index}`, ClientID: 'A', NoteDT: at, Txt: 'Seen', ThirdPartyYN: 'n', LegalPrivYN: '0' },
      ]),
    );
    const all = await trust.answer('A', 'clinical', 'notes { writtenAt }');
    for (const moment of [
      '2026-10-25T00:15:00Z',
      '2026-10-25T01:15:00Z',
      '2026-10-25T02:00:00Z',
      '2026-10-25T02:00:01Z',
    ]) {
      const before = await trust.answer(
        'A',
        'clinical',
        `notes(before: "${isoInLondon(new Date(moment))}") { writtenAt }`,
      );
      expect(before.notes, moment).toEqual(
        all.notes.filter(
          ({ writtenAt }: { writtenAt: string | null }) =>
            writtenAt && Date.parse(writtenAt) < Date.parse(moment),
        ),
      );
    }
  });
});

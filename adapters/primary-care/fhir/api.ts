/** The practice system asked by FHIR R4: the same words and the same policy as of its tables, as far as FHIR can say them. */
import {
  type AgencyApi,
  ApiFailure,
  type Cells,
  type ExecutorAuthority,
  type RecordId,
  type RowsQuestion,
  tableByTable,
} from '../../contract.ts';
import type { PrimaryCareTables } from '../tables.ts';
import { clientOf, searchAll } from './search.ts';
import { TABLES } from './tables.ts';

/** A key that is no id of FHIR is nobody's there, and would be another search. */
const ID = /^[A-Za-z0-9.-]{1,64}$/;
/** Keys of one search: servers put an end to how long one may be. */
const AT_ONCE = 100;
const PATIENT = 'PATIENT.';

/** Rows of a table, with the patient's own columns beside them where those are asked too. */
async function rowsOf(asked: RowsQuestion, authority: ExecutorAuthority): Promise<readonly Cells[]> {
  const own = await searched(asked, authority);
  const patient = asked.columns.filter((column) => column.startsWith(PATIENT));
  if (asked.table === 'PATIENT' || patient.length === 0) return own.map((row) => only(row, asked.columns));
  const by = 'PATIENT.PATIENT_ID';
  const whose = `${asked.table}.PATIENT_ID`;
  const keys = [...new Set(own.map((row) => String(row[whose] ?? '')))];
  const patients = await searched({ table: 'PATIENT', columns: [by, ...patient], by, keys }, authority);
  const byId = new Map(patients.map((row) => [row[by], row]));
  return own.map((row) => only({ ...row, ...byId.get(row[whose]) }, asked.columns));
}

async function searched(
  { table, by, keys }: RowsQuestion,
  authority: ExecutorAuthority,
): Promise<readonly Cells[]> {
  const how = TABLES[table];
  const search = how?.by[by];
  if (!how || !search) throw new ApiFailure('API_NOT_UNDERSTOOD');
  const known = keys.filter((key) => ID.test(key));
  const rows: Cells[] = [];
  for (let at = 0; at < known.length; at += AT_ONCE) {
    const some = known.slice(at, at + AT_ONCE);
    const _elements = ['id', 'meta', ...how.elements].join(',');
    const resources = await searchAll(how.resource, { ...search(some), _elements }, authority);
    rows.push(...resources.flatMap((resource) => how.rows(resource as never)));
  }
  return rows;
}

const only = (row: Cells, columns: readonly string[]): Cells =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));

/** Resources that a record of the index is made of, and whose they are. */
const FED = [
  ['Patient', (one: { id?: string }) => [one.id]],
  [
    'RelatedPerson',
    (one: { patient?: { reference?: string }; identifier?: { value?: string }[] }) => [
      one.patient?.reference?.replace(/^Patient\//, ''),
      ...(one.identifier ?? []).map(({ value }) => value),
    ],
  ],
  [
    'Flag',
    (one: { subject?: { reference?: string } }) => [one.subject?.reference?.replace(/^Patient\//, '')],
  ],
] as const;

/** More records than this since the last pass are better read with all the others. */
const MOST_CHANGES = 5_000;
/** What a server writes may be seen some time after its stamp: so much before the newest is told again, in milliseconds. */
const MARGIN_MS = 60_000;

async function changedSince(mark: string, authority: ExecutorAuthority) {
  if (Number.isNaN(Date.parse(mark))) throw new SyntaxError('no mark of a feed by _lastUpdated');
  const records = new Set<RecordId>();
  let newest = Date.parse(mark);
  for (const [resourceType, recordsOf] of FED) {
    const found = await searchAll(resourceType, { _lastUpdated: `ge${mark}` }, authority);
    for (const resource of found) {
      for (const record of recordsOf(resource as never)) if (record) records.add(record);
      newest = Math.max(newest, Date.parse(resource.meta?.lastUpdated ?? mark) - MARGIN_MS);
    }
  }
  if (records.size > MOST_CHANGES) throw new Error('more has changed than is worth going after one by one');
  return { records: [...records], mark: new Date(newest).toISOString() };
}

export const api: AgencyApi<PrimaryCareTables> = {
  columns: {
    PATIENT: [
      ...([
        'PATIENT_ID',
        'NHS_NO',
        'PDS_SEC',
        'PRACT_ODS',
        'SURNAME',
        'FORENAME',
        'KNOWN_AS',
        'DOB',
        'DOB_EST',
      ] as const),
      ...([
        'SEX',
        'ETHNIC_CD',
        'LANG_CD',
        'INTERP_YN',
        'COMM_NEEDS',
        'DECD_YN',
        'MERGED_TO',
        'LAST_UPD',
      ] as const),
    ],
    PATIENT_ADDR: [
      ...(['ADDR_ID', 'PATIENT_ID', 'ADDR1', 'ADDR2', 'TOWN', 'POSTCODE', 'UPRN', 'ADDR_TYPE'] as const),
      ...(['START_DT', 'END_DT', 'CURR_YN', 'LAST_UPD'] as const),
    ],
    PATIENT_TEL: ['TEL_ID', 'PATIENT_ID', 'TEL_TYPE', 'TEL_NO', 'START_DT', 'LAST_UPD'],
    PATIENT_REL: ['REL_ID', 'PATIENT_ID', 'REL_PATIENT_ID', 'SAME_HSE'],
    PATIENT_EXCL: ['PATIENT_ID', 'STAFF_ID'],
    PRACTICE: ['PRACT_ODS', 'PRACT_NM', 'TEL_NO'],
    STAFF: ['STAFF_ID', 'STAFF_NM', 'JOB_TITLE', 'TEL_NO'],
    TEAM: ['TEAM_CD', 'TEAM_NM'],
    PRACT_REG: ['REG_ID', 'PATIENT_ID', 'PRACT_ODS', 'STAT_CD', 'REG_DT', 'DEDUCT_DT', 'LAST_UPD'],
    PROBLEM: ['PROB_ID', 'PATIENT_ID', 'SNOMED_ID', 'TERM', 'STAT_CD', 'SENS_YN', 'ONSET_DT', 'LAST_UPD'],
    MEDICATION: ['MED_ID', 'PATIENT_ID', 'DRUG_NM', 'DOSE_TXT', 'SENS_YN', 'START_DT', 'STOP_DT', 'LAST_UPD'],
    ALLERGY: ['ALLERGY_ID', 'PATIENT_ID', 'SUBSTANCE', 'REACTION', 'LAST_UPD'],
    // Of an encounter FHIR has no note, and so none of what keeps notes from others.
    CONSULTATION: ['CONS_ID', 'PATIENT_ID', 'STAFF_ID', 'STAT_CD', 'CLOSE_DT'],
    HV_CASELOAD: ['CASE_ID', 'SVC_CD', 'STAFF_ID', 'TEAM_CD', 'START_DT', 'END_DT', 'LAST_UPD'],
    HV_MEMBER: ['CASE_ID', 'PATIENT_ID'],
    CPIS_FLAG: ['FLAG_ID', 'PATIENT_ID', 'PLAN_TYPE', 'ST_DT', 'END_DT', 'LA_CODE', 'LAST_UPD'],
  },
  executor: tableByTable(rowsOf),
  async records(authority) {
    const patients = await searchAll('Patient', { _elements: 'id' }, authority);
    if (patients.some(({ id }) => id === undefined)) throw new ApiFailure('API_PARTLY_READ');
    return patients.flatMap(({ id }) => id ?? []);
  },
  changes: {
    by: 'TIMESTAMP',
    /** By the server's own clock. */
    async mark(authority) {
      const { headers } = await authority.fetch('metadata', { headers: { accept: 'application/fhir+json' } });
      const now = Date.parse(headers.get('date') ?? '');
      if (Number.isNaN(now)) throw new ApiFailure('API_NOT_UNDERSTOOD');
      return new Date(now - MARGIN_MS).toISOString();
    },
    since: changedSince,
  },
  staff: 'STAFF.STAFF_ID',
  async probe(authority) {
    const capability = await clientOf(authority).capabilityStatement();
    if ((capability as { resourceType?: string }).resourceType !== 'CapabilityStatement')
      throw new ApiFailure('API_NOT_UNDERSTOOD');
  },
};

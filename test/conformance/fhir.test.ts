/** Primary care asked by FHIR and by SQL, over the same rows: the same words, the same answers where both can say it. */
import type { ExecutionResult } from '@graphql-tools/utils';
import { buildASTSchema, type GraphQLObjectType, getNamedType, isObjectType, parse } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AnyAgencyDatabase, IndexRecord } from '../../adapters/contract.ts';
import { api } from '../../adapters/primary-care/fhir/api.ts';
import { adapter } from '../../adapters/primary-care/index.ts';
import { insertRows } from '../../fixtures/insert.ts';
import type { Misbehaviour } from '../../fixtures/primary-care/fhir/server.ts';
import { primaryCareRows } from '../../fixtures/primary-care/rows.ts';
import { type AgencyApiAccess, openAgencyApi } from '../../src/compile/api/agency-api.ts';
import { askedThroughApi } from '../../src/compile/api/supplied.ts';
import { createExecutor } from '../../src/compile/executor.ts';
import type { Authority, RecordAuthority } from '../../src/compile/plan/authority.ts';
import { withHelperFields } from '../../src/compile/plan/helper-fields.ts';
import { type Release, releasing } from '../../src/conformance/releasing.ts';
import { agencySdl } from '../../src/gateway/schema/agency-sdl.ts';
import { readVocabulary } from '../../src/gateway/schema/vocabulary.ts';
import { projectRoot } from '../../src/project-root.ts';
import { type RunningFhir, startFhir } from '../support/fhir-server.ts';
import { testServer } from '../support/postgres.ts';
import { scenarioWorld } from '../support/scenario-world.ts';
import { SILENT } from '../support/silent-log.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const throughFhir = askedThroughApi(adapter, api as never);
const sdl = agencySdl(throughFhir, readVocabulary(projectRoot()));
const schema = buildASTSchema(withHelperFields(parse(sdl), throughFhir), { assumeValidSDL: true });
const MAYA = '70018';

let agency: TestAgency;
let fhir: RunningFhir;
let access: AgencyApiAccess;
let faults: string[] = [];
let everybody: string[] = [];

const open = (more: { statementTimeoutMs?: number } = {}) =>
  openAgencyApi({
    ...{ agency: 'primary-care', api: api as never, url: fhir.url, statementTimeoutMs: 60_000 },
    ...{ maxConnections: 8, queueLimit: 200 },
    log: {
      ...SILENT,
      error: (fields) => void faults.push(String((fields as { problem?: unknown }).problem)),
    },
    ...more,
  });

beforeAll(async () => {
  agency = await openEmptyAgency('primary-care');
  await agency.grant(adapter);
  await insertRows(agency.admin, primaryCareRows(NOW)(scenarioWorld(40)));
  const { url } = await testServer();
  const [{ name }] = (await agency.admin.query('select current_database() as name')).rows;
  fhir = await startFhir(url(name));
  access = open();
  const { rows } = await agency.admin.query('select "PATIENT_ID" as id from "PATIENT" order by 1');
  everybody = rows.map(({ id }) => id);
});
afterEach(async () => {
  faults = [];
  await fhir.misbehave();
});
afterAll(async () => {
  await access?.close();
  await fhir?.close();
  await agency?.close();
});

interface Asking {
  sections?: Readonly<Record<string, Release>>;
  shielded?: boolean;
  of?: (record: string) => RecordAuthority | null;
}

async function ask(
  way: 'FHIR' | 'SQL',
  document: string,
  { sections = {}, shielded = false, of }: Asking = {},
) {
  const whole = Object.fromEntries(Object.keys(adapter.sections).map((section) => [section, {}]));
  const decisions = releasing({ ...whole, ...sections });
  const authority: Authority = {
    ...{ now: NOW, signal: new AbortController().signal, requestId: 'test' },
    of: (_agency, record) => (of ? of(record) : { decisions, placeShield: shielded }),
    hidden: () => [],
    note: () => {},
  };
  const executor = createExecutor(
    way === 'FHIR'
      ? { adapter: throughFhir, schema, database: access }
      : { adapter, schema, database: agency.database },
  );
  const request = { document: parse(document), variables: {}, context: { authority } };
  return (await executor(request)) as ExecutionResult;
}

/** All that FHIR supplies of a section, but which row it is. */
function allOf(section: string, keys: readonly string[]): string {
  const fields = (type: GraphQLObjectType): string =>
    Object.values(type.getFields())
      .filter(({ name }) => !['key', 'source', 'ranks'].includes(name))
      .map(({ name, type: of }) => {
        const inner = getNamedType(of);
        return isObjectType(inner) ? `${name} { ${fields(inner)} }` : name;
      })
      .join(' ');
  const root = schema.getQueryType()?.getFields()[section];
  return `{ ${section}(keys: ${JSON.stringify(keys)}) { ${fields(getNamedType(root?.type) as GraphQLObjectType)} } }`;
}
const SECTIONS = Object.keys(throughFhir.sections);
const answered = ({ data, errors = [] }: ExecutionResult) => ({
  data,
  unreadable: errors.map(({ path }) => path?.join('.')).sort(),
});

describe('by FHIR as by SQL', () => {
  it.each(SECTIONS)('%s is the same of everybody, what cannot be read too', async (section) => {
    const document = allOf(section, everybody);
    const bySql = answered(await ask('SQL', document));
    expect(JSON.stringify(bySql)).toContain('"present":true');
    expect(answered(await ask('FHIR', document))).toEqual(bySql);
  });

  const conditions: [string, Asking][] = [
    ['addresses', { sections: { addresses: { rows: { current: true } } } }],
    ['involvements', { sections: { involvements: { rows: { service: ['HEALTH_VISITING'] } } } }],
    ['clinical', { sections: { clinical: { ownSite: 'Y99001' } } }],
    ['identity', { sections: { identity: { ownSite: 'Y99002' } } }],
    ['addresses', { shielded: true }],
    ['involvements', { shielded: true }],
    ['mentalHealth', { shielded: true }],
    ['contact', { shielded: true }],
  ];
  it.each(conditions)(
    '%s is the same under row conditions, sites and shields: %j',
    async (section, asking) => {
      const document = allOf(section, everybody);
      expect(answered(await ask('FHIR', document, asking))).toEqual(
        answered(await ask('SQL', document, asking)),
      );
    },
  );

  it('the person index is fed the same of everybody', async () => {
    const records = async (way: typeof adapter, db: AnyAgencyDatabase) => {
      const all: IndexRecord[] = [];
      for (;;) {
        const page = await way.index.page(db, all.at(-1)?.record ?? null, 50, () => {});
        if (page.length === 0)
          return all.map(inOrder).sort((one, other) => (one.record < other.record ? -1 : 1));
        all.push(...page);
      }
    };
    const inOrder = (record: IndexRecord) => ({
      ...record,
      related: [...record.related].sort((one, other) => (one.record < other.record ? -1 : 1)),
      excludedStaff: [...record.excludedStaff].sort(),
    });
    const feed = access.feed({ statementMs: 60_000, signal: new AbortController().signal });
    expect(await records(throughFhir, feed as unknown as AnyAgencyDatabase)).toEqual(
      await records(adapter, agency.reader),
    );
  });

  it('references and caseloads are the same', async () => {
    const reader = access.reader(new AbortController().signal) as unknown as AnyAgencyDatabase;
    const { rows } = await agency.admin.query(
      'select "CONS_ID" as id, "STAFF_ID" as staff from "CONSULTATION" union select "CASE_ID", "STAFF_ID" from "HV_CASELOAD" order by 1',
    );
    const some = [...rows.slice(0, 3), ...rows.slice(-3), { id: 'EP-999999', staff: 'XX' }];
    expect(new Set(some.map(({ id }) => id.slice(0, 2))).size).toBe(2);
    for (const { id, staff } of some) {
      const facts = (found: Awaited<ReturnType<typeof adapter.reference.find>>) =>
        found && { ...found, people: [...found.people].sort() };
      expect(facts(await throughFhir.reference.find(reader, id, NOW)), id).toEqual(
        facts(await adapter.reference.find(agency.reader, id, NOW)),
      );
      if (staff === null) continue;
      expect(await throughFhir.reference.caseload(reader, staff, everybody, NOW), staff).toEqual(
        await adapter.reference.caseload(agency.reader, staff, everybody, NOW),
      );
    }
  });
});

describe('what FHIR cannot say', () => {
  it('is not supplied: notes, high risk, disability, whether a number is safe, how to get in touch safely', () => {
    for (const gone of ['type ProgressNote', 'highRisk', 'disability', 'safe:', 'safeContact'])
      expect(sdl, gone).not.toContain(gone);
    for (const said of ['type Diagnosis', 'type Allergy', 'type Medication', 'type ChildSafeguardingRecord'])
      expect(sdl, said).toContain(said);
  });

  it('is a hole where only a year or a month is known, and never none', async () => {
    await agency.admin.query('update "PROBLEM" set "ONSET_DT" = $2 where "PATIENT_ID" = $1', [
      MAYA,
      '2019-04',
    ]);
    await agency.admin.query('update "PATIENT" set "DOB" = $2 where "PATIENT_ID" = $1', [
      everybody[1],
      '1985',
    ]);
    const clinical = await ask('FHIR', `{ clinical(keys: ["${MAYA}"]) { diagnoses { from } } }`);
    expect(clinical.errors?.map(({ path }) => path?.join('.'))).toContain('clinical.0.diagnoses.0.from');
    const identity = await ask('FHIR', `{ identity(keys: ["${everybody[1]}"]) { dateOfBirth } }`);
    expect(identity.errors?.map(({ path }) => path?.join('.'))).toEqual(['identity.0.dateOfBirth']);
  });

  it('is sealed where nobody says that it is not', async () => {
    await agency.admin.query(`update "PROBLEM" set "SENS_YN" = null where "PATIENT_ID" = '${MAYA}'`);
    const { data } = await ask('FHIR', `{ clinical(keys: ["${MAYA}"]) { present diagnoses { from } } }`);
    expect(data).toMatchObject({ clinical: [{ diagnoses: [] }] });
  });
});

describe('a FHIR server that does not answer as it should', () => {
  const both = `{ clinical(keys: ["${MAYA}"]) { allergies { substance } } }`;
  const kinds: [Misbehaviour['kind'], string][] = [
    ['another-patient', 'FAILED'],
    ['outcome', 'FAILED'],
    ['error-entry', 'FAILED'],
    ['no-resource', 'FAILED'],
    ['refuse', 'FAILED'],
    ['redirect', 'FAILED'],
    ['elsewhere', 'FAILED'],
    ['huge', 'TOO_LARGE'],
  ];
  it.each(kinds)('is unavailable, never "none": %s', async (kind, reason) => {
    await fhir.misbehave({ type: 'AllergyIntolerance', kind });
    await expect(ask('FHIR', both)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', reason });
    expect(faults).toEqual(
      kind === 'another-patient' ? ['ALLERGY: rows of others than were asked about'] : [],
    );
    expect((await ask('FHIR', both)).data).toEqual({
      clinical: [{ allergies: [{ substance: 'Penicillin' }] }],
    });
  });

  it('is waited for where it is busy, and cut off where it drips', async () => {
    await fhir.misbehave({ type: 'AllergyIntolerance', kind: 'busy' });
    expect((await ask('FHIR', both)).data).toEqual({
      clinical: [{ allergies: [{ substance: 'Penicillin' }] }],
    });
    await access.close();
    access = open({ statementTimeoutMs: 1_500 });
    await fhir.misbehave({ type: 'AllergyIntolerance', kind: 'drip' });
    await expect(ask('FHIR', both)).rejects.toMatchObject({ reason: 'TIMED_OUT' });
    await access.close();
    access = open();
  });

  it.each([
    '70018,70026',
    '70018|x',
    '70018&patient=70026',
    '*',
    '%',
    '../Patient/70018',
    '70018\n',
    "' or 1=1 --",
    '',
    ' ',
  ])('gives nobody for a key that is no id: %j', async (key) => {
    const document = `{ identity(keys: [${JSON.stringify(key)}]) { present name } clinical(keys: [${JSON.stringify(key)}]) { present } }`;
    expect((await ask('FHIR', document)).data).toEqual({
      identity: [{ present: false, name: null }],
      clinical: [{ present: false }],
    });
    expect(faults).toEqual([]);
  });
});

describe('what has changed', () => {
  it('is told by _lastUpdated, of the patient, their relatives and flags, and is nobody where nothing has', async () => {
    const changes = throughFhir.index.changes;
    const db = access.feed({ statementMs: 60_000, signal: new AbortController().signal });
    const feed = db as unknown as AnyAgencyDatabase;
    const mark = (await changes?.mark(feed)) ?? '';
    expect(Date.parse(mark)).toBeGreaterThan(Date.parse('2026-01-01'));
    const before = '2026-11-22T03:00:00.000Z';
    expect(await changes?.since(feed, before, 250)).toEqual({ records: [], mark: before });
    await agency.admin.query(
      `update "PATIENT" set "LAST_UPD" = '2026-11-22 03:05:00' where "PATIENT_ID" = '${MAYA}'`,
    );
    const told = await changes?.since(feed, before, 250);
    expect(told?.records).toEqual([MAYA]);
    expect(told?.mark).toBe('2026-11-22T03:04:00.000Z');
    const [record] = (await changes?.records(feed, [MAYA], () => {})) ?? [];
    expect(record?.record).toBe(MAYA);
    await expect(changes?.since(feed, 'no mark', 250)).rejects.toThrow();
  });
});

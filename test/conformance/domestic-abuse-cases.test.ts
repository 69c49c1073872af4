import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adapter } from '../../adapters/domestic-abuse-service/index.ts';
import { domesticAbuseRows } from '../../fixtures/domestic-abuse-service/rows.ts';
import { insertRows } from '../../fixtures/insert.ts';
import { policeRows } from '../../fixtures/police/rows.ts';
import { scenarioWorld } from '../support/scenario-world.ts';
import { openEmptyAgency, type TestAgency } from './support/agency.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const LEILA = '91383';
const SAMI = '91384';
const DEAN = '90214';

let agency: TestAgency;
beforeAll(async () => {
  agency = await openEmptyAgency('domestic-abuse-service');
  await agency.grant(adapter);
  await insertRows(agency.admin, domesticAbuseRows(NOW)(scenarioWorld()));
});
afterAll(() => agency.close());

describe('the charity’s cases', () => {
  it('tie the victim and her children to her adviser, never the other side', async () => {
    const facts = await adapter.reference.find(agency.reader, 'M26-0017', NOW);
    expect(facts).toMatchObject({
      live: true,
      consent: null,
      staff: [{ organisation: 'domestic-abuse-service', staff: 'IDVA07' }],
    });
    expect([...(facts?.people ?? [])].sort()).toEqual([LEILA, SAMI, '91385']);
  });

  it('make a caseload of victims and children, without the other side', async () => {
    const all = [LEILA, SAMI, '91385', DEAN, '90018', '90021'];
    const caseload = (staff: string) => adapter.reference.caseload(agency.reader, staff, all, NOW);
    expect(await caseload('IDVA07')).toEqual([LEILA, SAMI, '91385', '90018']);
    expect(await caseload('IDVA11')).toEqual([]);
  });

  it.each([
    ['CLSD', null, false],
    ['RVW', null, true],
    ['REF', null, true],
    ['RVW', '2026-11-01', false],
    ['??', null, false],
  ])('of status %s, closed on %s, are live: %s', async (status, closed, live) => {
    await agency.admin.query(
      `update "MARAC_CASE" set "STATUS" = $1, "CLOSE_DT" = $2 where "REF" = 'M26-0009'`,
      [status, closed],
    );
    expect(await adapter.reference.find(agency.reader, 'M26-0009', NOW)).toMatchObject({ live });
  });

  it('agree with what the police hold of the same conference', () => {
    const ours = domesticAbuseRows(NOW)(scenarioWorld());
    const theirs = policeRows(NOW)(scenarioWorld());
    const day = (text: string | null | undefined) => text?.split('/').toReversed().join('') ?? null;
    const named = (idva: unknown) => ours.IDVA.find(({ IDVA_ID }) => IDVA_ID === idva)?.IDVA_NM;
    const cases = ours.MARAC_CASE.filter(({ REF }) => REF?.startsWith('M26-')).map((one) => ({
      reference: one.REF,
      status: one.STATUS,
      meeting: day(one.MTG_DT),
      dash: one.DASH_SCORE,
      actions: one.ACTION_TXT,
      adviser: named(one.IDVA_ID),
      children: ours.CASE_CHILD.filter(({ REF }) => REF === one.REF).length,
    }));
    const conferences = theirs.T_MARAC.map((one) => ({
      reference: one.MARAC_REF,
      status: one.STAT_CD,
      meeting: one.MTG_DT,
      dash: one.DASH_SCORE,
      actions: one.ACTION_TXT,
      adviser: one.IDVA_NM,
      children: theirs.T_MARAC_CHILD.filter(({ MARAC_REF }) => MARAC_REF === one.MARAC_REF).length,
    }));
    const byReference = (one: { reference: string | undefined }, other: { reference: string | undefined }) =>
      (one.reference ?? '').localeCompare(other.reference ?? '');
    expect(cases.toSorted(byReference)).toEqual(conferences.toSorted(byReference));
  });
});

describe('what the charity feeds to the person index', () => {
  const feed = async () => {
    const records = await adapter.index.page(agency.reader, null, 1000, () => {});
    return new Map(records.map((one) => [one.record, one]));
  };

  it('keeps the two sides apart, each way round, children with their mother', async () => {
    const fed = await feed();
    expect(fed.get(LEILA)?.adverse).toEqual([DEAN]);
    expect(fed.get(SAMI)?.adverse).toEqual([DEAN]);
    expect([...(fed.get(DEAN)?.adverse ?? [])].sort()).toEqual([LEILA, SAMI, '91385']);
    expect(fed.get(DEAN)?.related).toEqual([]);
    expect(fed.get(SAMI)?.related).toEqual([{ record: LEILA, sameHousehold: true }]);
    expect(fed.get(LEILA)?.excludedStaff).toEqual(['HO214']);
  });

  it('hides the places of a victim in a refuge and of her children, and of nobody on the other side', async () => {
    const fed = await feed();
    for (const id of [LEILA, SAMI, '91385']) expect(fed.get(id)?.protections, id).toEqual(['PLACE_SHIELD']);
    for (const id of [DEAN, '90018', '90021']) expect(fed.get(id)?.protections, id).toEqual([]);
  });

  it.each([
    ['?', ['PLACE_SHIELD']],
    ['1', ['PLACE_SHIELD']],
    [' ', []],
    ['N', []],
  ])('takes a refuge flag of %j for %j', async (flag, protections) => {
    await agency.admin.query(`update "MARAC_CASE" set "REFUGE_YN" = $1 where "REF" = 'M26-0017'`, [flag]);
    expect((await feed()).get(SAMI)?.protections).toEqual(protections);
    await agency.admin.query(`update "MARAC_CASE" set "REFUGE_YN" = 'Y' where "REF" = 'M26-0017'`);
  });
});

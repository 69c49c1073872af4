/** What a count asks of each agency, and what it says where one, the store, or the counting key is away. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { isByTheClock } from '../support/statement-log.ts';

let sightline: Sightline;
let housing: TcpProxy;
let store: TcpProxy;
beforeAll(async () => {
  const proxied = async (url: string) => {
    const behind = new URL(url);
    const proxy = await startProxy(behind.hostname, Number(behind.port));
    behind.hostname = '127.0.0.1';
    behind.port = String(proxy.port);
    return { proxy, url: behind.href };
  };
  sightline = await startSightline({
    agencyTimeoutMs: 3_000,
    // A login's usual share is thirty a minute, and a quick machine asks more of these.
    cohortRate: { perMinute: 10_000, perHour: 10_000 },
    async agencyUrls(own) {
      const { proxy, url } = await proxied(own.housing as string);
      housing = proxy;
      return { ...own, housing: url };
    },
    async storeUrl(own) {
      const { proxy, url } = await proxied(own);
      store = proxy;
      return url;
    },
  });
});
afterEach(() => {
  housing.delay(0);
  housing.restore();
  store.restore();
});
afterAll(async () => {
  await sightline?.close();
  await housing?.close();
  await store?.close();
});

const ask = (where: string, by: readonly string[] = []): Promise<Answer> =>
  sightline.ask(
    'analyst',
    `{ cohort(where: ${where}, by: [${by.join(', ')}]) { people { value suppressed } groups { people { value } }
      sources { agency { id } state reason message asOf } method } }`,
    { reference: null },
  );
const ARREARS = '{ housing: { arrearsBand: { is: OVER_8_WEEKS } } }';
const BOTH = `{ housing: { arrearsBand: { is: OVER_8_WEEKS } }, benefits: { activeSanction: { is: true } } }`;
const WOMEN = '{ person: { sex: { is: FEMALE } } }';

describe('an agency is asked by one statement for each table, of the columns that the fields are made from', () => {
  const asked = async (where: string, by: readonly string[] = []) => {
    // Where the server's own log cannot be read nobody can tell.
    if (!sightline.statements) return null;
    const { result, statements } = await sightline.statements.during(() => ask(where, by));
    expect(result.errors).toEqual([]);
    return statements
      .filter((one) => !isByTheClock(one) && /\bmet\b/.test(one.sql))
      .map(({ agency, sql }) => ({
        agency,
        columns: [
          ...new Set([...sql.matchAll(/"(\w+)"\."(\w+)"/g)].map(([, table, column]) => `${table}.${column}`)),
        ].toSorted(),
      }))
      .toSorted((one, other) => (one.agency < other.agency ? -1 : 1));
  };
  test('two fields of one table', async () => {
    const police = await asked(
      '{ policeEvents: { category: { is: DOMESTIC_ABUSE }, role: { is: VICTIM } } }',
      ['POLICE_EVENTS_MONTH'],
    );
    expect(police).toEqual(
      police && [
        {
          agency: 'police',
          columns: ['DA_FLG', 'MH_FLG', 'NOM_ID', 'OCC_TYPE', 'ROLE_CD', 'RPT_DTTM'].map(
            (one) => `T_OCCURRENCE.${one}`,
          ),
        },
      ],
    );
  });

  test('fields of two agencies', async () => {
    const two = await asked(BOTH);
    expect(two).toEqual(
      two && [
        {
          agency: 'housing',
          columns: [
            'rent_acct.arrears_wks',
            'rent_acct.bal_amt',
            'rent_acct.tenancy_ref',
            'tenant.tenancy_ref',
            'tenant.tenant_no',
          ],
        },
        {
          agency: 'work-and-pensions',
          columns: ['CLMNT.CLMNT_ID', 'CLMNT.NINO', 'SANCTION.DAYS', 'SANCTION.NINO', 'SANCTION.ST_DT'],
        },
      ],
    );
  });

  test('an agency of which nothing is asked, not at all', async () => {
    expect((await asked(WOMEN)) ?? []).toEqual([]);
  });
});

describe.each([
  ['is down', () => housing.cut(), 'FAILED'],
  ['answers too slowly', () => housing.delay(4_000), 'TIMED_OUT'],
  ['hangs', () => housing.stall(), 'TIMED_OUT'],
] as const)('while housing %s', (_how, breaks, reason) => {
  test('a count that rests on it is not told, and says what it lacks', async () => {
    breaks();
    const { cohort } = (await ask(BOTH)).data;
    expect(cohort.people).toEqual({ value: null, suppressed: true });
    expect(cohort.sources).toEqual([
      expect.objectContaining({
        agency: { id: 'housing' },
        state: 'UNAVAILABLE',
        reason,
        asOf: null,
        message: expect.stringContaining('could not be asked'),
      }),
      expect.objectContaining({ agency: { id: 'work-and-pensions' }, state: 'DISCLOSED' }),
    ]);
    expect(cohort.method).toMatch(/housing could not be asked: what rests on it is not told/);
    expect(cohort.method).not.toMatch(/Counted over:[^.]*housing/);
  });

  test('a total that does not rest on it is told, without the groups that do', async () => {
    const whole = (await ask(WOMEN)).data.cohort;
    breaks();
    const { cohort } = (await ask(WOMEN, ['HOUSING_ARREARS_BAND'])).data;
    expect(cohort.people).toEqual(whole.people);
    expect(cohort.groups).toEqual([]);
    expect(cohort.sources).toContainEqual(
      expect.objectContaining({ agency: { id: 'housing' }, state: 'UNAVAILABLE', reason }),
    );
    expect(cohort.method).toMatch(/housing could not be asked/);
  });
});

test('once housing answers again it is counted again', async () => {
  await expect
    .poll(async () => (await ask(ARREARS)).data.cohort.sources[0].state, { timeout: 60_000 })
    .toBe('DISCLOSED');
});

describe('by a counting key that is not the store’s', () => {
  const file = () => join(sightline.dataDir, 'counting.key');
  const refused = async (message: RegExp) => {
    const answer = await ask(WOMEN);
    expect(answer.data?.cohort ?? null).toBeNull();
    expect(answer.errors[0]?.extensions.code).toBe('QUERY_REFUSED');
    expect(answer.errors[0]?.message).toMatch(message);
  };

  test('nothing is counted: one that is lost, and one that is another', async () => {
    const before = await ask(WOMEN);
    const key = readFileSync(file());
    rmSync(file());
    await refused(/Nothing can be counted here now: counting\.key is lost: restore it from its backup/);
    writeFileSync(file(), Buffer.alloc(32, 7).toString('base64'));
    await refused(/counting\.key is not the secret by which this store has counted so far/);
    writeFileSync(file(), 'short');
    await refused(/at least 32 bytes/);
    writeFileSync(file(), key);
    expect((await ask(WOMEN)).data.cohort).toEqual(before.data.cohort);
  });
});

test('while the store is away nobody is counted', async () => {
  store.cut();
  const answer = await ask(WOMEN);
  expect(answer.data?.cohort ?? null).toBeNull();
  expect(answer.errors[0]?.extensions.code).toBe('REGISTER_UNAVAILABLE');
});

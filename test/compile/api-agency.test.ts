/** The agency of docs/api-agency.md, as it stands there, asked through its API over a socket. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExecutionResult } from '@graphql-tools/utils';
import { buildASTSchema, parse } from 'graphql';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AnyAdapter, AnyAgencyApi, AnyAgencyDatabase } from '../../adapters/contract.ts';
import { type AgencyApiAccess, openAgencyApi } from '../../src/compile/api/agency-api.ts';
import { askedThroughApi } from '../../src/compile/api/supplied.ts';
import { createExecutor } from '../../src/compile/executor.ts';
import type { Authority, RecordAuthority } from '../../src/compile/plan/authority.ts';
import { withHelperFields } from '../../src/compile/plan/helper-fields.ts';
import { releasing } from '../../src/conformance/releasing.ts';
import { agencySdl } from '../../src/gateway/schema/agency-sdl.ts';
import { readVocabulary } from '../../src/gateway/schema/vocabulary.ts';
import { projectRoot } from '../../src/project-root.ts';
import { SILENT } from '../support/silent-log.ts';
import { type AdviceCentre, startAdviceCentre } from './support/advice-centre.ts';

const root = projectRoot();
const NOW = new Date('2026-11-22T03:10:00Z');
const page = readFileSync(join(root, 'docs/api-agency.md'), 'utf8');
const [, file = '', text = ''] = /^`(adapters\/[\w/.-]+)`:\n\n```ts\n([\s\S]*?)^```$/m.exec(page) ?? [];
const folder = mkdtempSync(join(tmpdir(), 'sightline-api-agency-'));
mkdirSync(dirname(join(folder, file)), { recursive: true });
writeFileSync(join(folder, file), text);
symlinkSync(join(root, 'adapters/contract.ts'), join(folder, 'adapters/contract.ts'));
const written: { adapter: AnyAdapter } = await import(
  /* @vite-ignore */ pathToFileURL(join(folder, file)).href
);
const api = (await written.adapter.api?.()) as AnyAgencyApi;
const adapter = askedThroughApi(written.adapter, api);
const schema = buildASTSchema(withHelperFields(parse(agencySdl(adapter, readVocabulary(root))), adapter), {
  assumeValidSDL: true,
});
afterAll(() => rmSync(folder, { recursive: true }));

const client = (id: string, surname: string, more: Record<string, unknown> = {}) => ({
  ...{
    id,
    forename: 'Ada',
    surname,
    born: '1990-02-03',
    sex: 'F',
    hidden: null,
    changed: '2026-11-01 10:00:00',
  },
  ...more,
});
const advice = (number: string, whose: string, opened: string, more: Record<string, unknown> = {}) => ({
  ...{ number, client: whose, worker: 'AD01', name: 'Flo Rowan', state: 'OPEN', opened },
  ...more,
});

let centre: AdviceCentre;
let access: AgencyApiAccess;
let faults: string[];
const open = (more: Partial<Parameters<typeof openAgencyApi>[0]> = {}) =>
  openAgencyApi({
    ...{ agency: adapter.id, api, url: centre.url, token: 'secret', statementTimeoutMs: 5_000 },
    ...{ maxConnections: 4, queueLimit: 50, probeEveryMs: 20 },
    log: {
      ...SILENT,
      error: (fields) => void faults.push(String((fields as { problem?: unknown }).problem)),
    },
    ...more,
  });
beforeAll(async () => {
  centre = await startAdviceCentre('secret');
});
beforeEach(() => {
  faults = [];
  centre.rows.clients = ['1', '2', '3', '4', '5'].map((id) => client(id, `Surname ${id}`));
  centre.rows.cases = [
    advice('AC-00001', '1', '2026-01-02'),
    advice('AC-00002', '1', '2026-03-04', { state: 'SHUT' }),
    advice('AC-00003', '2', '2026-02-01'),
    advice('AC-00004', '1', '2026-02-03'),
  ];
  centre.rows.barred = [{ client: '3', worker: 'AD02' }];
  access = open();
});
afterEach(async () => {
  centre.instead = null;
  centre.asked.length = 0;
  centre.left.length = 0;
  await access.close();
});
afterAll(() => centre.close());

interface Asking {
  of?: (record: string) => RecordAuthority | null;
  signal?: AbortSignal;
}
const whole = releasing({ identity: {}, involvements: {} });

async function ask(document: string, { of, signal }: Asking = {}): Promise<ExecutionResult> {
  const authority: Authority = {
    ...{ now: NOW, signal: signal ?? new AbortController().signal, requestId: 'test' },
    of: (_agency, record) => (of ?? (() => ({ decisions: whole, placeShield: false })))(record),
    hidden: () => [],
    note: () => {},
  };
  const executor = createExecutor({ adapter, schema, database: access });
  const request = { document: parse(document), variables: {}, context: { authority } };
  return (await executor(request)) as ExecutionResult;
}

const CASES = '{ involvements(keys: ["1"]) { present items { status from lead { name role } } } }';
const instead = (answer: (response: ServerResponse, path: string) => boolean | undefined) => {
  centre.instead = ({ url = '' }, response) => answer(response, url) !== false && !url.endsWith('/status');
};

describe('the agency that the page shows', () => {
  it('is whole in under a hundred lines', () => {
    expect(text.split('\n').length).toBeLessThan(100);
    expect(text.length).toBeGreaterThan(1_000);
  });

  it('answers by the words of its columns, newest first, page after page', async () => {
    const { data } = await ask(CASES);
    expect(data).toEqual({
      involvements: [
        {
          present: true,
          items: [
            { status: 'CLOSED', from: '2026-03-04', lead: { name: 'Flo Rowan', role: 'Adviser' } },
            { status: 'OPEN', from: '2026-02-03', lead: { name: 'Flo Rowan', role: 'Adviser' } },
            { status: 'OPEN', from: '2026-01-02', lead: { name: 'Flo Rowan', role: 'Adviser' } },
          ],
        },
      ],
    });
    expect(centre.asked).toContain('/v1/cases?client=1&page=1');
  });

  it('asks each table once, however many people and roots, and of nobody else', async () => {
    await ask(
      '{ a: identity(keys: ["1","2"]) { name } b: identity(keys: ["2"]) { name } involvements(keys: ["1"]) { present } }',
    );
    expect(centre.asked.filter((path) => path.startsWith('/v1/clients'))).toEqual(['/v1/clients?id=1&id=2']);
    expect(centre.asked.filter((path) => path.startsWith('/v1/cases') && !path.includes('page='))).toEqual([
      '/v1/cases?client=1',
    ]);
  });

  it('is asked of nobody whom the request has not resolved, and of no field that is withheld', async () => {
    const of = (record: string) => (record === '1' ? { decisions: whole, placeShield: false } : null);
    await expect(ask('{ identity(keys: ["1","2"]) { name } }', { of })).rejects.toMatchObject({
      code: 'KEY_NOT_RESOLVED',
    });
    const decisions = releasing({ identity: { without: ['name'] } });
    await expect(
      ask('{ identity(keys: ["1"]) { name } }', { of: () => ({ decisions, placeShield: false }) }),
    ).rejects.toMatchObject({ code: 'FIELD_NOT_PERMITTED' });
    expect(centre.asked.filter((path) => path !== '/v1/status')).toEqual([]);
  });

  it('feeds the person index with everybody, in order, and says who is kept from whom', async () => {
    const db = access.feed({ statementMs: 5_000, signal: new AbortController().signal });
    const records = [];
    for (let after: string | null = null; ; ) {
      const got = await adapter.index.page(db as unknown as AnyAgencyDatabase, after, 2, () => {});
      if (got.length === 0) break;
      records.push(...got);
      after = got.at(-1)?.record ?? null;
    }
    expect(records.map(({ record }) => record)).toEqual(['1', '2', '3', '4', '5']);
    expect(records[2]?.excludedStaff).toEqual(['AD02']);
    expect(records[0]?.names).toEqual([{ givenName: 'Ada', familyName: 'Surname 1', kind: 'CURRENT' }]);
  });

  it('proves its references and caseloads', async () => {
    const db = access.reader(new AbortController().signal) as unknown as AnyAgencyDatabase;
    const { reference } = adapter;
    expect(await reference.find(db, 'AC-00001', NOW)).toMatchObject({
      ...{ live: true, people: ['1'], staff: [{ organisation: 'advice-centre', staff: 'AD01' }] },
    });
    expect(await reference.find(db, 'AC-99999', NOW)).toBeNull();
    expect(await reference.caseload(db, 'AD01', ['1', '2', '3'], NOW)).toEqual(['1', '2']);
    expect(await reference.caseload(db, 'AD02', ['1'], NOW)).toEqual([]);
  });
});

describe('what an API gives that it was not asked', () => {
  it('goes no further where it is about somebody else, and nothing of that table is taken for "none"', async () => {
    instead((response, path) => {
      if (!path.startsWith('/v1/cases')) return false;
      response.end(JSON.stringify({ items: [advice('AC-00003', '2', '2026-02-01')] }));
    });
    const mixed = '{ identity(keys: ["1"]) { name } }';
    const [cases, identity] = await Promise.allSettled([ask(CASES), ask(mixed)]);
    expect(cases).toMatchObject({
      status: 'rejected',
      reason: { reason: 'FAILED', code: 'SOURCE_UNAVAILABLE' },
    });
    expect(identity).toMatchObject({ value: { data: { identity: [{ name: 'Ada Surname 1' }] } } });
    expect(faults).toEqual(['cases: rows of others than were asked about']);
  });

  it('leaves the other sections of the same request as they are', async () => {
    instead((response, path) => {
      if (!path.startsWith('/v1/cases')) return false;
      response.writeHead(500).end('{}');
    });
    const authority: Authority = {
      ...{ now: NOW, signal: new AbortController().signal, requestId: 'test' },
      of: () => ({ decisions: whole, placeShield: false }),
      hidden: () => [],
      note: () => {},
    };
    const executor = createExecutor({ adapter, schema, database: access });
    const one = (document: string) =>
      executor({
        document: parse(document),
        variables: {},
        context: { authority },
      }) as Promise<ExecutionResult>;
    const [cases, identity] = await Promise.allSettled([
      one(CASES),
      one('{ identity(keys: ["1"]) { name } }'),
    ]);
    expect(cases).toMatchObject({ status: 'rejected', reason: { reason: 'FAILED' } });
    expect(identity).toMatchObject({ value: { data: { identity: [{ name: 'Ada Surname 1' }] } } });
  });

  it('is a hole where a value is no cell', async () => {
    centre.rows.clients = [client('1', 'Surname', { sex: { of: 'somebody' } })];
    const { data, errors } = await ask('{ identity(keys: ["1"]) { name sex } }');
    expect(data).toEqual({ identity: [{ name: 'Ada Surname', sex: null }] });
    expect(errors?.map(({ path }) => path)).toEqual([['identity', 0, 'sex']]);
    expect(faults).toEqual(['clients.sex is no text, number, date or flag']);
  });
});

describe('an API that does not answer as it should', () => {
  const failing: [string, (response: ServerResponse) => void, string][] = [
    ['refuses', (response) => response.writeHead(403).end('{}'), 'FAILED'],
    ['says something else than JSON', (response) => response.end('<html>hello</html>'), 'FAILED'],
    ['says something else than a list', (response) => response.end('{"message":"none"}'), 'FAILED'],
    ['breaks off', (response) => void response.write('{"items":[', () => response.destroy()), 'FAILED'],
    [
      'leads to another host',
      (response) => response.end(JSON.stringify({ items: [], next: 'http://127.0.0.2:9/v1/cases' })),
      'FAILED',
    ],
    [
      'leads out of its own path',
      (response) => response.end(JSON.stringify({ items: [], next: '../admin/cases' })),
      'FAILED',
    ],
    [
      'redirects',
      (response) => response.writeHead(302, { location: 'http://127.0.0.2:9/v1/cases' }).end(),
      'FAILED',
    ],
    [
      'is too large',
      (response) => {
        response.on('error', () => {});
        const piece = Buffer.alloc(1024 * 1024, 32);
        const more = () => {
          while (!response.destroyed && response.write(piece));
          if (!response.destroyed) response.once('drain', more);
        };
        more();
      },
      'TOO_LARGE',
    ],
    [
      'is busy for longer than anybody waits',
      (response) => response.writeHead(429, { 'retry-after': '3600' }).end(),
      'FAILED',
    ],
  ];

  it.each(failing)('is unavailable, never none, where it %s', async (_what, answer, reason) => {
    instead((response, path) => {
      if (!path.startsWith('/v1/cases')) return false;
      answer(response);
    });
    await expect(ask(CASES)).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE', reason });
    expect(centre.asked.filter((path) => path.startsWith('/v1/cases')).length).toBe(1);
  });

  it('is asked again when it said', async () => {
    let times = 0;
    instead((response, path) => {
      if (!path.startsWith('/v1/cases?client=1') || path.includes('page=')) return false;
      times += 1;
      if (times > 2) return false;
      response
        .writeHead(times === 1 ? 429 : 503, {
          'retry-after': times === 1 ? '0' : 'Thu, 01 Jan 1970 00:00:00 GMT',
        })
        .end();
    });
    const { data } = await ask(CASES);
    expect(data).toMatchObject({ involvements: [{ present: true }] });
    expect(times).toBe(3);
  });

  it('is cut off where it drips', async () => {
    await access.close();
    access = open({ statementTimeoutMs: 300 });
    const timers: NodeJS.Timeout[] = [];
    instead((response, path) => {
      if (!path.startsWith('/v1/cases')) return false;
      timers.push(setInterval(() => response.write(' '), 20));
    });
    await expect(ask(CASES)).rejects.toMatchObject({ reason: 'TIMED_OUT' });
    await expect.poll(() => centre.left).toContain('/v1/cases');
    for (const timer of timers) clearInterval(timer);
  });

  it('is let go when whoever asked has gone', async () => {
    const stop = new AbortController();
    instead((_response, path) => {
      if (!path.startsWith('/v1/cases')) return false;
      stop.abort();
    });
    await expect(ask(CASES, { signal: stop.signal })).rejects.toMatchObject({ reason: 'FAILED' });
    await expect.poll(() => centre.left).toContain('/v1/cases');
    expect(access.state()).toBe('UP');
  });

  it('is down after three failures, told so at once, and back when its probe is answered', async () => {
    centre.instead = (_request, response) => {
      response.writeHead(500).end();
      return true;
    };
    await expect.poll(() => access.state()).toBe('DOWN');
    expect(access.why()).toBe('its API failed (5xx)');
    const before = centre.asked.filter((path) => path !== '/v1/status').length;
    await expect(ask(CASES)).rejects.toMatchObject({ reason: 'FAILED' });
    expect(centre.asked.filter((path) => path !== '/v1/status').length).toBe(before);
    centre.instead = null;
    await expect.poll(() => access.state()).toBe('UP');
  });

  it('is named as refusing the login', async () => {
    await access.close();
    access = open({ token: 'another' });
    await expect.poll(() => access.why()).toBe('its API refuses the login (401); see <AGENCY>_API_TOKEN');
  });

  it('is asked so many things at once, and no more', async () => {
    await access.close();
    access = open({ maxConnections: 1, queueLimit: 1 });
    await ask(CASES);
    const held: ServerResponse[] = [];
    instead((response, path) => {
      if (!path.startsWith('/v1/cases')) return false;
      held.push(response);
    });
    const outcomes = Promise.allSettled([ask(CASES), ask(CASES), ask(CASES)]);
    await expect.poll(() => held.length).toBe(1);
    centre.instead = null;
    held[0]?.end(JSON.stringify({ items: [] }));
    const reasons = (await outcomes).map((one) =>
      one.status === 'rejected' ? one.reason.cause?.code : one.status,
    );
    expect(reasons.sort()).toEqual(['QUEUE_FULL', 'fulfilled', 'fulfilled']);
  });
});

describe('what an API cannot say', () => {
  const without = (table: string, column: string): AnyAgencyApi => ({
    ...api,
    columns: {
      ...api.columns,
      [table]: api.columns[table]?.filter((name: string) => name !== column),
    } as never,
  });

  it('is not supplied', () => {
    const less = askedThroughApi(written.adapter, without('cases', 'name'));
    expect(agencySdl(less, readVocabulary(root))).toContain('role: String');
    expect(agencySdl(less, readVocabulary(root))).not.toMatch(/type Professional \{\s+name/);
  });

  it('takes the list with it where nobody could tell which of its rows there are', () => {
    const less = askedThroughApi(written.adapter, without('cases', 'opened'));
    expect(Object.keys(less.sections)).not.toContain('involvements');
  });

  it('lets no gateway start where it is who is kept from whom, or whose case it is', () => {
    expect(() => askedThroughApi(written.adapter, without('barred', 'worker'))).toThrow(/barred\.worker/);
    expect(() => askedThroughApi(written.adapter, without('clients', 'hidden'))).toThrow(/clients\.hidden/);
    expect(() => askedThroughApi(written.adapter, without('cases', 'worker'))).toThrow(/cases\.worker/);
  });
});

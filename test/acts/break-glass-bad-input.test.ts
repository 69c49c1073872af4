/** What is wrong about an opening, an end or a word on one: a clear refusal, nothing half done, and nothing disclosed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { found, glassOf, maya } from '../scenarios/break-glass.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { rows } from '../support/rows.ts';
import { type Answer, personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const NIGHT = Date.parse('2026-12-24T03:00:00Z');
const minutes = (count: number) => count * 60_000;
let at = NIGHT;
let policy: PolicyRoot;
let sightline: Sightline;
let store: TcpProxy;
/** The store itself, past the wire that a test cuts. */
let direct = '';
beforeAll(async () => {
  policy = await policyRoot();
  // Trust and practice open on these two grounds alone.
  for (const agency of ['mental-health', 'primary-care']) {
    const file = `adapters/${agency}/sharing.yaml`;
    const grounds = 'grounds: [RISK_TO_SELF, RISK_TO_CHILD, RISK_TO_OTHERS, LACKS_CAPACITY]';
    policy.write(file, policy.read(file).replaceAll(grounds, 'grounds: [RISK_TO_SELF, LACKS_CAPACITY]'));
  }
  sightline = await startSightline({
    root: policy.root,
    now: () => new Date(at),
    async storeUrl(url) {
      direct = url;
      const address = new URL(url);
      store = await startProxy(address.hostname, Number(address.port));
      address.hostname = '127.0.0.1';
      address.port = String(store.port);
      return address.href;
    },
  });
});
afterAll(async () => {
  await sightline?.close();
  await store?.close();
  policy?.drop();
});

const glass = glassOf(() => sightline);
const { ask, open, end, confirm, review } = glass;
const person = async () => found(await ask(maya())).id as string;
const opened = async () => {
  const answer = await open(await person());
  expect(answer.errors).toEqual([]);
  return answer.data.breakGlass.id as string;
};
const clinical = async () => found(await ask(maya())).clinical;
const kept = () =>
  rows(
    direct,
    `select (select count(*)::int from break_glass) as opened,
       (select count(*)::int from break_glass where ended_at is not null) as ended,
       (select count(*)::int from break_glass_confirmation) as confirmed,
       (select count(*)::int from break_glass_review) as reviewed,
       (select count(*)::int from index_outbox where kind like 'BREAK_GLASS%') as alerts`,
    [],
  );
/** All that is told: status and errors, besides where in the answer it stands. */
const told = ({ status, errors }: Answer) => ({
  status,
  errors: errors.map(({ message, extensions }) => ({ message, extensions })),
});

describe('an id that is unknown, of no form, or somebody else’s', () => {
  const NONE = [randomUUID(), 'x', '', '0', "' or true --", '￿'.repeat(300)];

  test('is one refusal, whichever it is and whatever is asked of it, and nothing changes', async () => {
    const foreign = await opened();
    const before = await kept();
    const acts: Record<string, (id: string) => Promise<Answer>> = {
      'the nurse ends it': (id) => end(id, 'triage-nurse'),
      'another organisation confirms it': (id) => confirm('housing', id),
      'an agency that opened nothing reviews it': (id) => review('housing', id),
    };
    for (const [what, act] of Object.entries(acts)) {
      const refusal = told(await act(foreign));
      expect(refusal.errors, what).toMatchObject([
        { message: 'There is no such break-glass that you may see.', extensions: { code: 'NOT_AVAILABLE' } },
      ]);
      for (const id of NONE) expect(told(await act(id)), `${what}: ${id.slice(0, 20)}`).toEqual(refusal);
    }
    expect(await kept()).toEqual(before);
    expect((await clinical()).state).toBe('DISCLOSED');
    await end(foreign);
  });

  test('is no place from which a list goes on', async () => {
    for (const after of NONE) {
      const answer = await glass.own('response-officer', `(after: ${JSON.stringify(after)})`);
      expect(answer.text).not.toMatch(/syntax|uuid|break_glass/);
      expect([200, 400]).toContain(answer.status);
    }
    for (const first of [0, -1, 51]) {
      const answer = await glass.own('response-officer', `(first: ${first})`);
      expect(answer.errors[0]).toMatchObject({
        message: `breakGlassGrants takes first from 1 to 50; ${first} was given`,
        extensions: { code: 'QUERY_REFUSED' },
      });
    }
  });
});

describe('one’s own', () => {
  test('is confirmed and reviewed by nobody who opened it, in whatever role they come', async () => {
    const id = await opened();
    const before = await kept();
    const officer = personaOf('governance-officer', {
      organisation: 'police',
      sub: 'PC4417',
      name: 'Chris Marlow',
    });
    const token = await sightline.tokens.issue(officer);
    for (const act of [
      `confirmBreakGlass(id: "${id}", present: true, why: "I was there.")`,
      `reviewBreakGlass(id: "${id}", finding: JUSTIFIED, personTold: YES, why: "It was needed.")`,
    ]) {
      const answer = await sightline.askAs(token, `mutation { ${act} { id } }`, { purpose: 'governance' });
      expect(answer.errors[0]).toMatchObject({
        message: 'You opened it yourself: another officer gives their word on it.',
        extensions: { code: 'QUERY_REFUSED' },
      });
    }
    expect(await kept()).toEqual(before);
    expect((await confirm('police', id)).errors).toEqual([]);
    await end(id);
  });
});

describe('what is said', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' \t\n '],
    ['more than anybody reads', 'a'.repeat(2_001)],
  ])('%s is no statement, and no reason of an officer', async (_, words) => {
    const id = await opened();
    const before = await kept();
    const says = { extensions: { code: 'BAD_USER_INPUT' } };
    const statement = await open(await person(), { statement: words });
    expect(statement.errors[0]).toMatchObject({
      message: expect.stringMatching(/^statement must say/),
      ...says,
    });
    const reviewed = await review('mental-health', id, 'JUSTIFIED', words);
    expect(reviewed.errors[0]).toMatchObject({
      message: expect.stringMatching(/^why must say why/),
      ...says,
    });
    const confirmed = await glass.asOfficer(
      'police',
      'mutation ($id: ID!, $why: String!) { confirmBreakGlass(id: $id, present: true, why: $why) { id } }',
      { id, why: words },
    );
    expect(confirmed.errors[0]).toMatchObject({
      message: expect.stringMatching(/^why must say why/),
      ...says,
    });
    expect(await kept()).toEqual(before);
    await end(id);
  });

  test('a ground on which nobody opens it is refused, and the grounds are named', async () => {
    const before = await kept();
    const answer = await open(await person(), { ground: 'RISK_TO_OTHERS', view: 'OBJECTS' });
    expect(answer.errors[0]).toMatchObject({
      message:
        'No agency opens clinical on the ground RISK_TO_OTHERS. Grounds: RISK_TO_SELF, LACKS_CAPACITY.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(await kept()).toEqual(before);
    expect(await clinical()).toMatchObject({ state: 'WITHHELD', medication: null });
  });

  test('a section named twice is opened once', async () => {
    const answer = await open(await person(), { sections: ['clinical', 'clinical'] });
    expect(answer.data.breakGlass).toMatchObject({ sections: ['clinical'], state: 'OPEN' });
    await end(answer.data.breakGlass.id);
  });
});

test('a reference that has ended opens nothing: as of a person who is not seen', async () => {
  const id = await person();
  const before = await kept();
  const closing = (when: string | null) =>
    sightline.sql('police', `update "T_INCIDENT" set "CLOSE_DTTM" = $1 where "OCC_NO" = '26/000123'`, [when]);
  await closing('202612240200');
  const ended = await open(id);
  const nobody = await open('x');
  await closing(null);
  expect(told(ended)).toEqual(told(nobody));
  expect(ended.errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
  expect(await kept()).toEqual(before);
});

test('a clock that jumps shows nothing before it was opened, and nothing longer than 30 minutes after', async () => {
  const id = await opened();
  const states: Record<number, string> = {
    [-1_440]: 'WITHHELD',
    [-1]: 'WITHHELD',
    29: 'DISCLOSED',
    31: 'WITHHELD',
  };
  for (const [minute, state] of Object.entries(states)) {
    at = NIGHT + minutes(Number(minute));
    expect([minute, (await clinical()).state]).toEqual([minute, state]);
  }
  at = NIGHT;
  await end(id);
});

test('while the store is away nothing is opened, ended or said; afterwards each is done once', async () => {
  const someone = await person();
  const answersAgain = async () => {
    // An act waits for what the register had put aside meanwhile.
    await expect.poll(() => sightline.app.register.status().mode, { timeout: 60_000 }).toBe('STORE');
    await expect.poll(async () => (await ask(maya())).status, { timeout: 60_000 }).toBe(200);
  };
  const away = async (act: () => Promise<Answer>) => {
    const before = await kept();
    store.cut();
    const answer = await act();
    store.restore();
    expect(answer.status).toBe(503);
    expect(answer.text).not.toMatch(/Sertraline|break_glass|ECONN/);
    await answersAgain();
    expect(await kept()).toEqual(before);
  };
  await away(() => open(someone));
  expect(await clinical()).toMatchObject({ state: 'WITHHELD', medication: null });

  const id = await opened();
  await away(() => confirm('police', id));
  expect((await confirm('police', id)).data.confirmBreakGlass).toMatchObject({ confirmed: true });
  await away(() => review('mental-health', id));
  expect((await review('mental-health', id)).data.reviewBreakGlass.reviews).toHaveLength(1);
  await away(() => end(id));
  expect((await end(id)).data.endBreakGlass.state).not.toBe('OPEN');
});

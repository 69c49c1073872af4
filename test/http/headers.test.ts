import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Served, serve } from './support/served-gateway.ts';

const QUERY = { query: '{ viewer { name } }' };
let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.close());

describe('Sharing-Reference', () => {
  it.each([
    ['police:26/000123', { agency: 'police', value: '26/000123' }],
    ['mental-health:R 26:18', { agency: 'mental-health', value: 'R 26:18' }],
    ['', null],
  ])('%s is understood', async (text, reference) => {
    expect((await served.post(QUERY, { 'sharing-reference': text })).status).toBe(200);
    expect(served.asked.at(-1)?.asking.reference).toEqual(reference);
  });

  it.each([
    ['26/000123', /<agency>:<its own case or incident number>.*police, mental-health/],
    ['police:', /<agency>/],
    [`police:${'1'.repeat(65)}`, /64/],
    ['police:26\t000123', /printable/],
    ['police:26é', /printable/],
    ['narnia:26/000123', /no agency.*police, mental-health/],
    ['__proto__:1', /<agency>/],
  ])('%s is refused, and the form told', async (text, why) => {
    const answer = await served.post(QUERY, { 'sharing-reference': text });
    expect(answer.status).toBe(400);
    expect(answer.json.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(answer.json.errors[0].message).toMatch(why);
  });
});

describe('Sharing-Errors', () => {
  it.each([
    [null, false],
    ['holes', true],
  ])('%s is understood', async (text, holesOnly) => {
    await served.post(QUERY, { 'sharing-errors': text });
    expect(served.asked.at(-1)?.operation.holesOnly).toBe(holesOnly);
  });

  it('is refused when it is anything else', async () => {
    const answer = await served.post(QUERY, { 'sharing-errors': 'none' });
    expect([answer.status, answer.json.errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT']);
  });
});

it('carries the purpose as it was given, for the policy to judge', async () => {
  await served.post(QUERY, { 'sharing-purpose': ' mental-health-crisis ' });
  expect(served.asked.at(-1)?.asking.purpose).toBe('mental-health-crisis');
});

/** A governance officer is told that the register is whole, and nothing of any entry. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sightline, startSightline } from '../support/sightline.ts';
import { glassOf, maya } from './break-glass.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
  await ask(maya('crisisPlan { whatHelps }'));
});
afterAll(() => sightline?.close());

const { ask, asOfficer } = glassOf(() => sightline);
const STATEMENT = `query ($from: DateTime, $to: DateTime) {
  registerStatement(from: $from, to: $to) { from to entries whole findings heads keyFingerprint checked notChecked } }`;
const statement = async (variables = {}, organisation = 'housing') =>
  (await asOfficer(organisation, STATEMENT, variables)).data?.registerStatement;

describe('registerStatement', () => {
  test('says that it is whole, by which heads and which key', async () => {
    // The first head is signed some seconds after the first entry.
    await expect.poll(async () => (await statement())?.entries).toBeGreaterThan(0);
    const told = await statement();
    expect(told).toMatchObject({ from: null, to: null, whole: true, findings: [] });
    expect(told.heads).toEqual([
      expect.stringMatching(/^chain \S+: \d+ entries, root \S{44}, signed 20\S+Z$/),
    ]);
    expect(told.keyFingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(told.checked.length).toBeGreaterThan(2);
    expect(told.notChecked.join(' ')).toContain('wrote down every disclosure');
  });

  test('tells every agency the same, and nobody anything of an entry', async () => {
    const past = { to: '2020-01-01T00:00:00Z' };
    const [one, other] = [await statement(past, 'housing'), await statement(past, 'mental-health')];
    expect(one.heads).toEqual(other.heads);
    expect(JSON.stringify(one)).not.toMatch(/PC4417|crisisPlan|26\/000123/);
  });

  test('is itself registered, for whoever asked', async () => {
    await statement({ from: '2026-01-01T00:00:00Z' });
    const rows = await sightline.store(
      `select entry from register_entry where entry::jsonb ->> 'kind' = 'REPORT' order by at desc, seq desc limit 1`,
    );
    expect(JSON.parse(String(rows[0]?.entry))).toMatchObject({
      kind: 'REPORT',
      organisation: 'housing',
      outcomes: [{ section: 'registerStatement', agency: 'housing', state: 'READ', reason: 'from' }],
    });
  });

  test.each(['response-officer', 'analyst', 'data-subject', 'triage-nurse'])(
    'is not for the %s',
    async (persona) => {
      const answer = await sightline.ask(persona, '{ registerStatement { entries whole } }');
      expect(answer.data?.registerStatement ?? null).toBeNull();
      expect(answer.errors).toHaveLength(1);
    },
  );

  test('refuses a moment that there is not, by its name', async () => {
    const answer = await asOfficer('housing', STATEMENT, { from: 'yesterday' });
    expect(answer.errors[0]?.message).toMatch(/from|DateTime/);
  });
});

/** An officer withdraws an agreement of their own controller by their login, once they have seen what hangs on it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { policyCommand } from '../../src/cli/policy.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import { openStore } from '../../src/store/store.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

let root: PolicyRoot;
let sightline: Sightline;
beforeAll(async () => {
  root = await policyRoot();
  sightline = await startSightline({ root: root.root });
});
afterAll(async () => {
  await sightline?.close();
  root?.drop();
});

/** `dryRun` as the query has it; left out where it is not said. */
const withdrawal = async (
  organisation: string,
  id: string,
  dryRun: boolean | undefined,
  why = 'The board wants to look at it again.',
) =>
  sightline.askAs(
    await sightline.tokens.issue(
      personaOf('governance-officer', { organisation, sub: `IG-${organisation}` }),
    ),
    `mutation ($id: ID!, $why: String!) { withdrawAgreement(id: $id, why: $why${dryRun === undefined ? '' : `, dryRun: ${dryRun}`})
      { agreement version at by why references } }`,
    { purpose: 'governance', variables: { id, why } },
  );
const state = async () => ({
  register: (await sightline.store('select count(*)::integer as n from register_entry'))[0]?.n,
  withdrawn: await sightline.store('select agreement, version from agreement_withdrawal'),
  alerts: (await sightline.store(`select organisation from index_outbox where kind = 'AGREEMENT_WITHDRAWN'`))
    .length,
});
const events = () => sightline.ask('response-officer', maya('policeEvents { state items { category } }'));

describe('a dry run', () => {
  test('names the live references of one’s own organisation that lose something, and changes nothing', async () => {
    expect(found(await events()).policeEvents.state).toBe('DISCLOSED');
    const before = await state();
    for (const dryRun of [undefined, true]) {
      const { data, errors } = await withdrawal('police', 'NS-ISA-014', dryRun);
      expect(errors).toEqual([]);
      expect(data.withdrawAgreement).toMatchObject({
        ...{ agreement: 'NS-ISA-014', version: 3, at: null, by: null },
        references: ['police:26/000123'],
      });
    }
    expect(await state()).toEqual(before);
    expect(found(await events()).policeEvents.state).toBe('DISCLOSED');
  });

  test('names no reference that another organisation issued, whatever was given on it', async () => {
    await sightline.ask('response-officer', maya('crisisPlan { whatHelps }'));
    const { data } = await withdrawal('mental-health', 'NS-ISA-021', true);
    expect(data.withdrawAgreement.references).toEqual([]);
  });

  test('at the terminal names the references in use, and changes nothing', async () => {
    const before = await state();
    let out = '';
    const refused = () => Promise.reject(new Error('A dry run writes nothing'));
    const command = policyCommand({
      ...{ root: root.root, confirm: null, now: () => new Date(), user: 'ada' },
      catalogue: async () => sightline.app.catalogue,
      adapters: async () => [],
      openStore: async () => openStore(sightline.storeUrl),
      ...{ record: refused, recordWith: refused, policyKey: refused },
      out: (text) => {
        out += text;
      },
      err: () => {},
      exit: () => {},
    });
    await command.parseAsync(['withdraw', 'NS-ISA-014', '--dry-run'], { from: 'user' });
    expect(out).toMatch(/References in use that lose something: .*police:26\/000123/);
    expect(await state()).toEqual(before);
  });
});

describe('nobody else', () => {
  test('another controller’s agreement and one that nobody knows: one refusal, and nothing is changed', async () => {
    const before = await state();
    const answers = [
      await withdrawal('police', 'NS-ISA-021', false),
      await withdrawal('police', 'NS-ISA-999', false),
      await withdrawal('police', 'NS-ISA-021', true),
    ];
    for (const { data, errors } of answers) {
      expect(data?.withdrawAgreement ?? null).toBeNull();
      expect(errors[0]).toMatchObject({
        ...{ message: 'There is no such agreement that you may see.' },
        extensions: { code: 'NOT_AVAILABLE' },
      });
    }
    const after = await state();
    expect({ ...after, register: null }).toEqual({ ...before, register: null });
  });

  test('no role but a governance officer, and that one not without a reason', async () => {
    const before = await state();
    for (const { persona, purpose } of PERSONAS) {
      if (persona === 'governance-officer') continue;
      const { errors } = await sightline.ask(
        persona,
        'mutation { withdrawAgreement(id: "NS-ISA-021", why: "I would like to", dryRun: false) { version } }',
        { purpose },
      );
      expect([persona, errors[0]?.extensions.code]).toEqual([persona, 'PURPOSE_NOT_PERMITTED']);
    }
    for (const why of ['', '   ', '…'])
      expect((await withdrawal('police', 'NS-ISA-014', false, why)).errors[0]?.extensions.code).toBe(
        'BAD_USER_INPUT',
      );
    expect((await state()).withdrawn).toEqual(before.withdrawn);
  });
});

describe('withdrawn', () => {
  test('holds with the next request; it is registered, and every party is told once', async () => {
    const { data, errors } = await withdrawal('police', 'NS-ISA-014', false);
    expect(errors).toEqual([]);
    expect(data.withdrawAgreement).toMatchObject({ version: 3, at: expect.any(String), by: 'Miriam Cope' });
    await expect
      .poll(async () => {
        const answer = await events();
        return found(answer)?.policeEvents.state ?? answer.errors[0]?.extensions.reason;
      })
      .toBe('WITHHELD');
    const [entry] = await sightline.store(
      `select entry from register_entry where entry::jsonb->>'kind' = 'WITHDRAWAL'`,
    );
    expect(JSON.parse(entry?.entry as string)).toMatchObject({
      ...{ sub: 'IG-police', organisation: 'police' },
      outcomes: [{ agency: 'police', state: 'WITHDRAWN', reason: 'NS-ISA-014 version 3' }],
    });
    expect(entry?.entry).not.toContain('The board');
    const told = await sightline.store(
      `select organisation, payload from index_outbox where kind = 'AGREEMENT_WITHDRAWN' order by organisation`,
    );
    expect(told.map(({ organisation }) => organisation)).toEqual([...sightline.app.agencies.ids].sort());
    expect(JSON.stringify(told)).not.toMatch(/NS-ISA|Cope|board/);
  });

  test('cannot be withdrawn twice: it says so, and tells nobody again', async () => {
    const before = await state();
    const { errors } = await withdrawal('police', 'NS-ISA-014', false);
    expect(errors[0]?.message).toBe('NS-ISA-014 is withdrawn already, up to version 3.');
    expect(await state()).toEqual(before);
  });
});

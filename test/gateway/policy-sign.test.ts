/** A text of a policy is signed by its own controller: one signature, and two people where it gives more. */
import { createPublicKey, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { policyKey } from '../../src/acts/policy-key.ts';
import { signedWords } from '../../src/acts/policy-signing.ts';
import { actFromTerminal, recordFromTerminal } from '../../src/cli/operator-register.ts';
import { policyCommand } from '../../src/cli/policy.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';
import { SILENT } from '../support/silent-log.ts';

const TRUST = 'adapters/mental-health/sharing.yaml';
const POLICE = 'adapters/police/sharing.yaml';
const EXTRACT = `      crisisPlan:
        level: summary
        rows: { agreedExtract: true }
        scope: extracts the person agreed to share
        call: crisis-line
      clinical: # what they take`;

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

const STATUS = '{ policyStatus { agency { id } hash signedBy signaturesMissing } }';
const SIGN = `mutation ($hash: String!) { signPolicy(hash: $hash) { agency { id } hash signedBy signaturesMissing } }`;
const asOfficer = async (
  organisation: string,
  number: number,
  query: string,
  variables: Record<string, unknown> = {},
) =>
  sightline.askAs(
    await sightline.tokens.issue(
      personaOf('governance-officer', {
        ...{
          organisation,
          sub: `IG-${organisation}-${number}`,
          name: `Officer ${number} of ${organisation}`,
        },
      }),
    ),
    query,
    { purpose: 'governance', variables },
  );
const statusOf = async (organisation: string) =>
  (await asOfficer(organisation, 1, STATUS)).data.policyStatus.find(
    (one: { agency: { id: string } }) => one.agency.id === organisation,
  );
const sign = async (organisation: string, number: number, hash?: string) =>
  asOfficer(organisation, number, SIGN, { hash: hash ?? (await statusOf(organisation)).hash });
const registered = async () =>
  (await sightline.store('select entry from register_entry order by at, chain, seq'))
    .map(({ entry }) => JSON.parse(entry as string))
    .filter(({ kind }) => kind === 'POLICY');

/** Runs `sightline policy …` on this gateway's store, with a register and keys of its own. */
async function policy(...words: string[]) {
  const said = { out: '', err: '', code: -1 };
  const register = ({ db }: Store) => ({
    ...{ db, dataDir: sightline.dataDir, registerSigningKey: null, log: SILENT, now: () => new Date() },
  });
  const command = policyCommand({
    ...{ root: root.root, confirm: null, now: () => new Date(), user: 'ada' },
    catalogue: async () => sightline.app.catalogue,
    adapters: async () => [],
    openStore: async () => openStore(sightline.storeUrl),
    record: (store, entries) => recordFromTerminal(register(store), entries),
    recordWith: (store, ...act) => actFromTerminal(register(store), ...act),
    policyKey: (agency) => policyKey(sightline.dataDir, agency, null, 'A_KEY'),
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    exit: (code) => {
      said.code = code;
    },
  });
  await command.parseAsync(words, { from: 'user' });
  return said;
}

describe('what is in force and nobody signed yet', () => {
  test('takes one signature, which stands in the register, by whom and of which text', async () => {
    const before = await statusOf('mental-health');
    expect(before).toMatchObject({ signedBy: [], signaturesMissing: 1 });
    const { data, errors } = await sign('mental-health', 1);
    expect(errors).toEqual([]);
    expect(data.signPolicy).toEqual({
      ...{ agency: { id: 'mental-health' }, hash: before.hash },
      ...{ signedBy: ['Officer 1 of mental-health'], signaturesMissing: 0 },
    });
    expect(await registered()).toMatchObject([
      {
        ...{ sub: 'IG-mental-health-1', organisation: 'mental-health' },
        outcomes: [{ section: 'policy', agency: 'mental-health', state: 'SIGNED', reason: before.hash }],
      },
    ]);
  });

  test('a second officer may sign it too; the same one twice is refused, and nothing is registered', async () => {
    const { errors } = await sign('mental-health', 1);
    expect(errors[0]?.message).toBe('You signed this text already; somebody else signs it next.');
    expect(await registered()).toHaveLength(1);
    const { data } = await sign('mental-health', 2);
    expect(data.signPolicy.signedBy).toEqual(['Officer 1 of mental-health', 'Officer 2 of mental-health']);
  });
});

describe('a text that gives more than the one signed before', () => {
  test('takes two people: not one twice, not one by two logins of one number', async () => {
    root.change(
      TRUST,
      EXTRACT,
      '      crisisPlan: { level: full, call: crisis-line }\n      clinical: # what they take',
    );
    expect(await statusOf('mental-health')).toMatchObject({ signedBy: [], signaturesMissing: 2 });
    expect((await sign('mental-health', 1)).data.signPolicy).toMatchObject({ signaturesMissing: 1 });
    expect((await sign('mental-health', 1)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const { hash } = await statusOf('mental-health');
    const another = `update policy_signature set signer = 'login of another issuer' where hash = $1`;
    await sightline.store(another, [hash]);
    const again = await sign('mental-health', 1);
    expect(again.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect(await statusOf('mental-health')).toMatchObject({ signaturesMissing: 1 });
    const { data } = await sign('mental-health', 2);
    expect(data.signPolicy).toMatchObject({
      ...{ signaturesMissing: 0, signedBy: ['Officer 1 of mental-health', 'Officer 2 of mental-health'] },
    });
  });

  test('put back is another text that nobody signed since, and one signature is enough', async () => {
    root.restore();
    expect(await statusOf('mental-health')).toMatchObject({ signedBy: [], signaturesMissing: 1 });
    expect((await sign('mental-health', 1)).data.signPolicy).toMatchObject({ signaturesMissing: 0 });
  });
});

describe('at the terminal', () => {
  test('an agency signs with its own key, which anybody can check; status names it', async () => {
    const { out, code } = await policy('sign', 'police', '--yes');
    expect([out, code]).toEqual([expect.stringMatching(/one signature is enough\.\nSigned\. It counts/), 0]);
    const [row] = await sightline.store(`select * from policy_signature where agency = 'police'`);
    const { hash } = await statusOf('police');
    expect(
      verify(
        null,
        signedWords({ agency: 'police', hash }),
        createPublicKey(row?.public_key as string),
        Buffer.from(row?.signature as string, 'base64url'),
      ),
    ).toBe(true);
    expect((await policy('status')).out).toMatch(
      /police: .*\n.*\n {2}signed by {4}the agency’s key \S{43}\n/,
    );
    expect((await registered()).at(-1)).toMatchObject({
      ...{ sub: 'terminal:ada', outcomes: [{ agency: 'police', state: 'SIGNED', reason: hash }] },
    });
  });

  test('of a text that gives more, the key is one of two, once, and an officer the other', async () => {
    root.change(POLICE, 'category: [MENTAL_HEALTH, DOMESTIC_ABUSE], within: P12M', 'within: P12M');
    await expect.poll(async () => (await statusOf('police')).signaturesMissing).toBe(2);
    expect((await policy('sign', 'police', '--yes')).out).toMatch(
      /two people sign it.*\nSigned\. Somebody else/s,
    );
    const again = await policy('sign', 'police', '--yes');
    expect([again.code, again.err]).toEqual([
      1,
      expect.stringMatching(/signed this text already.*Nothing has been/),
    ]);
    expect((await sign('police', 1)).data.signPolicy).toMatchObject({ signaturesMissing: 0 });
    root.restore();
  });

  test('without a terminal to ask at, wants --yes, and signs nothing', async () => {
    const before = (await registered()).length;
    const { code } = await policy('sign', 'housing');
    expect(code).toBe(2);
    expect((await registered()).length).toBe(before);
  });

  test('a file that does not load is not signed: exit 1, with its line', async () => {
    root.change(TRUST, 'claim: allowed # a stranger at 3am', 'claim: perhaps');
    const { code, err } = await policy('sign', 'mental-health', '--yes');
    root.restore();
    expect([code, err]).toEqual([1, expect.stringMatching(/mental-health\/sharing\.yaml:\d+: /)]);
  });
});

describe('nobody else signs', () => {
  test('another controller’s text, one that nobody knows and none: one refusal, and nothing is signed', async () => {
    const { hash } = await statusOf('housing');
    const before = (await registered()).length;
    const answers = await Promise.all(
      [hash, hash.replace(/./, '0'), ''].map((one) => sign('police', 1, one)),
    );
    for (const { data, errors } of answers) {
      expect(data?.signPolicy ?? null).toBeNull();
      expect(errors[0]).toMatchObject({
        ...{ message: 'There is no such text of a policy that you may see.' },
        extensions: { code: 'NOT_AVAILABLE' },
      });
    }
    expect(new Set(answers.map(({ errors }) => JSON.stringify(errors))).size).toBe(1);
    expect((await registered()).length).toBe(before);
    expect(await statusOf('housing')).toMatchObject({ signedBy: [] });
  });

  test('no role but a governance officer, and that one at no other purpose', async () => {
    const { hash } = await statusOf('housing');
    for (const { persona, purpose } of PERSONAS) {
      if (persona === 'governance-officer') continue;
      const { errors } = await sightline.ask(persona, SIGN, { purpose, variables: { hash } });
      expect([persona, errors[0]?.extensions.code]).toEqual([persona, 'PURPOSE_NOT_PERMITTED']);
    }
    expect(await statusOf('housing')).toMatchObject({ signedBy: [] });
  });
});

/** Where signatures are required, what nobody signed is in force for nobody, whatever stands on disk. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findAdapters } from '../../src/adapters-found.ts';
import { policyInForce } from '../../src/cli/policy/deps.ts';
import { projectRoot } from '../../src/project-root.ts';
import { textHash } from '../../src/sharing/files/load.ts';
import { registerPeriods } from '../../src/sharing/policy/policies.ts';
import { migrate } from '../../src/store/migrate.ts';
import { writeSignature } from '../../src/store/policy-signatures.ts';
import { openStore } from '../../src/store/store.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const TRUST = 'adapters/mental-health/sharing.yaml';
const AGREED = `      crisisPlan:
        level: summary
        rows: { agreedExtract: true }
        scope: extracts the person agreed to share
        call: crisis-line
      clinical: # what they take`;
const WIDER = '      crisisPlan: { level: full, call: crisis-line }\n      clinical: # what they take';
const NARROWER = '      crisisPlan: withheld\n      clinical: # what they take';

let root: PolicyRoot;
let sightline: Sightline;
beforeAll(async () => {
  root = await policyRoot();
  sightline = await startSightline({ root: root.root, policySignatures: true, storeUrl: signedStore });
});
afterEach(() => root.restore());
afterAll(async () => {
  await sightline?.close();
  root?.drop();
});

/** A store in which every agency's text is signed as it is shipped. */
async function signedStore(url: string): Promise<string> {
  await migrate(url);
  const store = openStore(url);
  for (const { id } of await findAdapters(projectRoot())) {
    const text = root.read(`adapters/${id}/sharing.yaml`);
    const by = { signer: 'login of before', staff: null, name: 'whoever signed it before', signed: null };
    await store.db.transaction().execute((transaction) =>
      writeSignature(transaction, { agency: id, hash: textHash(text), text }, by, {
        ...{ since: '0', opensMore: false, accepts: true, at: new Date() },
      }),
    );
  }
  await store.close();
  return url;
}

const level = async () =>
  (
    await sightline.ask(
      'response-officer',
      `{ policyMatrix(role: "response-officer", purpose: "mental-health-crisis", agency: "mental-health", section: "crisisPlan") { level } }`,
    )
  ).data.policyMatrix[0].level;
const asOfficer = async (organisation: string, number: number, query: string, variables = {}) =>
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
const status = async () =>
  (
    await asOfficer(
      'mental-health',
      1,
      '{ policyStatus { agency { id } hash signedBy waiting { hash signedBy signaturesMissing opensMore } } }',
    )
  ).data.policyStatus.find(({ agency }: { agency: { id: string } }) => agency.id === 'mental-health');
const sign = (organisation: string, number: number, hash: string) =>
  asOfficer(organisation, number, 'mutation ($hash: String!) { signPolicy(hash: $hash) { hash signedBy } }', {
    hash,
  });
const warned = (from: number) =>
  sightline.logged
    .slice(from)
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => /is not signed, or does not load/.test(msg));

describe('what is done at the terminal', () => {
  test.each([
    [true, undefined],
    [false, 'P1Y'],
  ])(
    'goes by the texts that were signed where that is required (%j), and not by what lies there',
    async (required, stated) => {
      root.change(TRUST, '\ngrants:\n', '\nregister: { retain: P1Y }\n\ngrants:\n');
      const store = openStore(sightline.storeUrl);
      const policy = await policyInForce(
        {
          ...{ root: root.root, signaturesRequired: () => required },
          catalogue: async () => sightline.app.catalogue,
        },
        store,
      ).finally(() => store.close());
      expect(registerPeriods(policy).get('mental-health')).toBe(stated);
    },
  );
});

describe('a text that gives more', () => {
  test('is in force for nobody until two have signed it; it is said by log and status', async () => {
    const logged = sightline.logged.length;
    expect(await level()).toBe('summary');
    root.change(TRUST, AGREED, WIDER);
    expect(await level()).toBe('summary');
    const { hash, waiting } = await status();
    expect(waiting).toEqual([
      { hash: textHash(root.read(TRUST)), signedBy: [], signaturesMissing: 2, opensMore: true },
    ]);
    expect(hash).not.toBe(waiting[0].hash);
    expect(warned(logged)).toMatchObject([{ level: 40, findings: [{ file: TRUST, line: 1 }] }]);
    const wider = waiting[0].hash;
    expect((await sign('mental-health', 1, wider)).errors).toEqual([]);
    expect((await sign('mental-health', 1, wider)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await sign('police', 1, wider)).errors[0]?.extensions.code).toBe('NOT_AVAILABLE');
    expect(await level()).toBe('summary');
    expect((await status()).waiting).toMatchObject([{ signaturesMissing: 1 }]);
    expect((await sign('mental-health', 2, wider)).errors).toEqual([]);
    await expect.poll(level).toBe('full');
    expect(await status()).toMatchObject({
      ...{ hash: wider, waiting: [], signedBy: ['Officer 1 of mental-health', 'Officer 2 of mental-health'] },
    });
  });

  test('stays in force though the file before is put back, until that is signed: by one, as it gives less', async () => {
    expect(await level()).toBe('full');
    const { waiting } = await status();
    expect(waiting).toMatchObject([{ signedBy: [], signaturesMissing: 1, opensMore: false }]);
    expect((await sign('mental-health', 3, waiting[0].hash)).errors).toEqual([]);
    await expect.poll(level).toBe('summary');
    expect((await status()).waiting).toEqual([]);
  });
});

test('a text that gives less takes one signature, and not none', async () => {
  root.change(TRUST, AGREED, NARROWER);
  expect(await level()).toBe('summary');
  const { waiting } = await status();
  expect(waiting).toMatchObject([{ signaturesMissing: 1, opensMore: false }]);
});

test('a text that does not load cannot be signed, and is named with its line', async () => {
  const logged = sightline.logged.length;
  root.change(TRUST, AGREED, AGREED.replace('summary', 'everything'));
  expect(await level()).toBe('summary');
  expect((await status()).waiting).toEqual([]);
  expect(JSON.stringify(warned(logged))).toMatch(/everything/);
  expect((await sign('mental-health', 1, textHash(root.read(TRUST)))).errors[0]?.extensions.code).toBe(
    'NOT_AVAILABLE',
  );
});

test('another agency’s change is not held up by one that waits', async () => {
  root.change(TRUST, AGREED, NARROWER);
  expect((await status()).waiting).toHaveLength(1);
  root.change('adapters/police/sharing.yaml', 'review: ', 'review:  ');
  const [waiting] = (
    await asOfficer('police', 1, '{ policyStatus { agency { id } waiting { hash } } }')
  ).data.policyStatus.flatMap((one: { agency: { id: string }; waiting: { hash: string }[] }) =>
    one.agency.id === 'police' ? one.waiting : [],
  );
  expect((await sign('police', 1, waiting.hash)).errors).toEqual([]);
  await expect
    .poll(
      async () =>
        (await asOfficer('police', 1, '{ policyStatus { agency { id } hash } }')).data.policyStatus.find(
          (one: { agency: { id: string } }) => one.agency.id === 'police',
        ).hash,
    )
    .toBe(waiting.hash);
  expect(await level()).toBe('summary');
});

test('a gateway does not start on an agency whose text nobody ever signed, and names it', async () => {
  await expect(startSightline({ root: root.root, policySignatures: true })).rejects.toThrow(
    /adapters\/police\/sharing\.yaml:1: nobody ever signed a text of it/,
  );
});

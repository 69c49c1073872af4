import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { contextWithoutCaller } from '../../src/host/gateway/host-client.ts';
import { openTransport } from '../../src/host/gateway/transport.ts';
import { publicKeys, type SigningKey } from '../../src/host/wire/key-files.ts';
import type { QuestionClaims } from '../../src/host/wire/question.ts';
import { parsedJson, readAnswer, signAnswer, signQuestion } from '../../src/host/wire/signing.ts';
import { projectRoot } from '../../src/project-root.ts';
import { databaseOfRun } from '../support/made-once.ts';
import { rows } from '../support/rows.ts';
import { keyIn, unknownKey } from './support/between.ts';
import {
  type HostFiles,
  type HostProcess,
  hostFiles,
  keysOf,
  startHost,
  tlsFile,
} from './support/host-process.ts';

const POLICE = 'police';
let files: HostFiles;
let host: HostProcess;
let addresses: { databaseUrl: string; storeUrl: string };
let known: { instance: string; policy: string };

beforeAll(async () => {
  files = await hostFiles(POLICE);
  addresses = {
    databaseUrl: await databaseOfRun('signed_police'),
    storeUrl: await databaseOfRun('signed_store'),
  };
  await rows(
    addresses.databaseUrl,
    readFileSync(join(projectRoot(), 'fixtures/police/schema.sql'), 'utf8'),
    [],
  );
  host = await startHost(files, addresses);
  const { instance, policy } = (await ask('policy', {})) as typeof known;
  known = { instance, policy };
});
afterAll(async () => {
  await host?.stop();
  files?.dispose();
});

const endpoint = (url: string, change: object = {}) =>
  openTransport({ url, caFile: tlsFile('authority.pem'), certFile: null, certKeyFile: null, ...change });

interface Asking {
  agency?: string;
  key?: SigningKey;
  now?: Date;
  host?: QuestionClaims['host'];
  context?: Partial<QuestionClaims['context']>;
}

function question(op: QuestionClaims['op'], body: object, asking: Asking = {}): Promise<string> {
  const { agency = POLICE, key = keyIn(files.keyFile), now = new Date(), context } = asking;
  const of = op === 'policy' ? null : known;
  const about = { ...contextWithoutCaller('v', new Date()), ...context };
  return signQuestion(
    agency,
    { op, host: asking.host ?? of, context: about },
    JSON.stringify(body),
    key,
    now,
  );
}

/** What the host answers, under its signature. Rejects with HostRefusal where it says why there is nothing. */
async function send(text: string, transport = endpoint(host.url)): Promise<unknown> {
  const answer = await transport.post(text, new AbortController().signal).finally(() => transport.close());
  return parsedJson(
    await readAnswer(
      POLICE,
      text,
      answer,
      publicKeys(files.hostKeysFile, () => {}),
      new Date(),
    ),
  );
}

const ask = async (op: QuestionClaims['op'], body: object, asking: Asking = {}) =>
  send(await question(op, body, asking));
const MINUTE_MS = 60_000;

describe('a host answers a question once, now, to the gateway that it knows, for its own agency', () => {
  test('and says what it decides by', async () => {
    const said = await ask('policy', {});
    expect(said).toMatchObject({ ...known, withdrawn: [] });
    expect(Object.keys((said as { texts: object }).texts)).toEqual([
      'schema/purposes.yaml',
      'adapters/police/sharing.yaml',
    ]);
  });

  test('not twice', async () => {
    const asked = await question('policy', {});
    await send(asked);
    await expect(send(asked)).rejects.toMatchObject({ code: 'REPLAYED' });
  });

  test('not one of another process, so that none from before a restart is answered', async () => {
    const before = { ...known, instance: 'the process before' };
    await expect(ask('staff', { staff: 'X1' }, { host: before })).rejects.toMatchObject({
      code: 'RESTARTED',
    });
  });

  test.each<[string, Asking, string]>([
    ['that is over', { now: new Date(Date.now() - MINUTE_MS) }, 'EXPIRED'],
    ['of the future', { now: new Date(Date.now() + 10 * MINUTE_MS) }, 'NOT_YET'],
    ['for another agency', { agency: 'housing' }, 'OTHER_AUDIENCE'],
    ['of a request that began long ago', { context: { at: '2020-01-01T00:00:00.000Z' } }, 'EXPIRED'],
    ['of a request that has not begun', { context: { at: '2120-01-01T00:00:00.000Z' } }, 'NOT_YET'],
  ])('not one %s', async (_what, asking, code) => {
    await expect(ask('policy', {}, asking)).rejects.toMatchObject({ code });
  });

  test('not one by a key that it was not told of', async () => {
    await expect(ask('policy', {}, { key: unknownKey() })).rejects.toMatchObject({
      code: 'SIGNATURE_UNKNOWN',
    });
  });

  test('not one with another body than was signed', async () => {
    const asked = JSON.parse(await question('staff', { staff: 'X1' }));
    const altered = JSON.stringify({ ...asked, body: JSON.stringify({ staff: 'X2' }) });
    await expect(send(altered)).rejects.toMatchObject({ code: 'ALTERED' });
  });

  test('not one that was decided by another policy', async () => {
    const other = { ...known, policy: 'the one before' };
    await expect(ask('staff', { staff: 'X1' }, { host: other })).rejects.toMatchObject({
      code: 'POLICY_CHANGED',
    });
  });
});

describe('a host decides again, whatever the gateway has decided', () => {
  const OFFICER = {
    ...{ sub: 'po-1', name: 'P. Officer', staff: 'P1', organisation: POLICE, role: 'response-officer' },
    ...{ site: null, issuer: null, client: null, actor: null },
  };
  const people = (section: string) => ({
    ...{ relationship: 'VERIFIED' as const, standing: { place: 'PUBLIC' as const, consent: null } },
    ...{ ownCaseload: false, openings: [], wishes: { consented: false, objected: [] }, placeShield: false },
    ...{ keys: ['40018'], standIns: [] },
    sections: { [section]: { level: 'FULL' as const, rows: {}, ownSite: null, opened: null } },
  });
  const asking = (section: string, change: object = {}): Asking => ({
    context: {
      ...{ caller: OFFICER, purpose: 'mental-health-crisis', reference: 'police:26/000123' },
      people: [people(section)],
      ...change,
    },
  });
  const document = (section: string, fields: string, key = '40018') => ({
    requests: [
      {
        document: `query ($k: [ID!]!) { ${section}(keys: $k) { key present ${fields} } }`,
        variables: { k: [key] },
      },
    ],
  });

  test('what its policy gives is answered, and stands in its register', async () => {
    const answer = await ask(
      'answer',
      document('warningMarkers', 'items { type }'),
      asking('warningMarkers'),
    );
    expect(answer).toMatchObject({ results: [{ unreadable: [] }] });
    const found = await rows(
      addresses.storeUrl,
      'select entry::text as entry from register_entry order by seq',
      [],
    );
    expect(JSON.parse(String(found.at(-1)?.entry))).toMatchObject({
      ...{ kind: 'DISCLOSURE', sub: 'po-1', reference: 'police:26/000123' },
      outcomes: [{ section: 'warningMarkers', state: 'NOT_HELD', records: ['40018'] }],
    });
  });

  test.each<[string, object, Asking]>([
    [
      'a record that is not named under the signature',
      document('warningMarkers', '', '1'),
      asking('warningMarkers'),
    ],
    ['a section that the gateway does not say it wants', document('orders', ''), asking('warningMarkers')],
    [
      'a section that the policy gives nobody in that role',
      document('warningMarkers', ''),
      asking('warningMarkers', {
        caller: { ...OFFICER, role: 'general-practitioner', organisation: 'primary-care' },
        purpose: 'early-help',
      }),
    ],
  ])('not %s', async (_what, body, of) => {
    await expect(ask('answer', body, of)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    const found = await rows(
      addresses.storeUrl,
      'select entry::text as entry from register_entry order by seq',
      [],
    );
    expect(JSON.parse(String(found.at(-1)?.entry))).toMatchObject({
      ...{ kind: 'REFUSAL', outcomes: [{ state: 'WITHHELD', reason: 'NOT_PERMITTED' }] },
    });
  });

  test('nor anything to a role that the asker’s organisation does not hold', async () => {
    const of = asking('warningMarkers', { caller: { ...OFFICER, organisation: 'housing' } });
    await expect(ask('answer', document('warningMarkers', ''), of)).rejects.toMatchObject({
      code: 'OTHER_ORGANISATION',
    });
  });
});

describe('an answer stands for its own question alone', () => {
  const readBy = async (signed: (asked: string) => Promise<string>) => {
    const asked = await question('policy', {});
    return readAnswer(
      POLICE,
      asked,
      await signed(asked),
      publicKeys(files.hostKeysFile, () => {}),
      new Date(),
    );
  };
  const hostKey = () => keyIn(join(files.folder, 'data/host/police.pem'));
  const yes = { body: '{}', refused: null };

  test.each<[string, (asked: string) => Promise<string>]>([
    ['to another question', () => signAnswer(POLICE, 'another', yes, hostKey(), new Date())],
    ['of another agency', (asked) => signAnswer('housing', asked, yes, hostKey(), new Date())],
    ['by another key', (asked) => signAnswer(POLICE, asked, yes, unknownKey(), new Date())],
    ['of long ago', (asked) => signAnswer(POLICE, asked, yes, hostKey(), new Date(Date.now() - MINUTE_MS))],
    ['without a signature', async () => '{"results":[]}'],
  ])('not one %s', async (_what, signed) => {
    await expect(readBy(signed)).rejects.toMatchObject({ code: 'ANSWER_UNVERIFIED' });
  });
});

test('a gateway’s key is changed while both run: each that the host’s file names holds, and no longer than that', async () => {
  const data = join(files.keyFile, '../..');
  const old = keyIn(files.keyFile);
  writeFileSync(files.gatewayKeysFile, await keysOf(POLICE, 'gateway', data, '--next'));
  const now = await keysOf(POLICE, 'gateway', data, '--rotate');
  const look = async (key: SigningKey) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    return ask('policy', {}, { key });
  };
  await expect(look(old)).resolves.toMatchObject(known);
  await expect(look(keyIn(files.keyFile))).resolves.toMatchObject(known);
  writeFileSync(files.gatewayKeysFile, now);
  await expect(look(old)).rejects.toMatchObject({ code: 'SIGNATURE_UNKNOWN' });
  await expect(look(keyIn(files.keyFile))).resolves.toMatchObject(known);
});

describe('a wrong certificate is named', () => {
  const failing = async (url: string, change: object = {}) =>
    endpoint(url, change)
      .post('{}', new AbortController().signal)
      .then(
        () => 'answered',
        (error: Error) => error.message,
      );

  test('by an authority that is not trusted', async () => {
    expect(await failing(host.url, { caFile: tlsFile('another.pem') })).toMatch(
      /by nobody that is trusted here/,
    );
  });

  test('for another name', async () => {
    const server = createServer({
      cert: readFileSync(tlsFile('elsewhere.pem')),
      key: readFileSync(tlsFile('elsewhere.key')),
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await failing(`https://127.0.0.1:${port}`)).toMatch(/for another name than its address/);
  });

  test('none shown to a host that asks for one, and the right one let in', async () => {
    await host.stop();
    const settings = { TLS_CLIENT_CA_FILE: tlsFile('authority.pem') };
    const mutual = await startHost(files, { ...addresses, settings });
    expect(await failing(mutual.url)).not.toBe('answered');
    const shown = { certFile: tlsFile('here.pem'), certKeyFile: tlsFile('here.key') };
    await expect(
      send(await question('policy', {}, { key: keyIn(files.keyFile) }), endpoint(mutual.url, shown)),
    ).resolves.toMatchObject({
      policy: known.policy,
    });
    await mutual.stop();
    host = await startHost(files, addresses);
  });
});

test('without what it needs it does not start, and says what that is', async () => {
  const without = startHost(files, { ...addresses, settings: { TLS_CERT_FILE: '', GATEWAY_KEYS_FILE: '' } });
  await expect(without).rejects.toThrow(
    /TLS_CERT_FILE is missing: a host needs it[\s\S]*GATEWAY_KEYS_FILE is missing/,
  );
});

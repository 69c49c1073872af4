/** Scenario 8: the trust withdraws its agreement while an answer under it is on its way. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../../src/conformance/tcp-proxy.ts';
import { BIN } from '../support/running-program.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';

const run = promisify(execFile);
let sightline: Sightline;
let trust: TcpProxy;
beforeAll(async () => {
  sightline = await startSightline({
    // Until it is withdrawn, whatever else the machine has to do.
    agencyTimeoutMs: 600_000,
    async agencyUrls(urls) {
      const url = new URL(urls['mental-health'] as string);
      trust = await startProxy(url.hostname, Number(url.port));
      url.port = String(trust.port);
      return { ...urls, 'mental-health': url.href };
    },
  });
});
afterAll(async () => {
  await sightline?.close();
  await trust?.close();
});

const MAYA = `{ findPeople(by: { familyName: "Kerr", givenName: "Maya", dateOfBirth: "2002-03-14" }) { people { person {
  crisisPlan { state exists whatHelps }
  warningMarkers { items { type source { agency { id } } } }
} } } }`;
const person = (answer: Answer) => answer.data.findPeople.people[0].person;
const suppliers = (answer: Answer): Set<string> =>
  new Set(
    person(answer).warningMarkers.items.map(
      (item: { source: { agency: { id: string } } }) => item.source.agency.id,
    ),
  );
const sightlineCommand = (...words: string[]) =>
  run(process.execPath, [BIN, ...words], {
    env: { ...process.env, DATABASE_URL: sightline.storeUrl, DATA_DIR: sightline.dataDir },
  });

test('what was disclosed before is disclosed, and stands in the register', async () => {
  const answer = await sightline.ask('triage-nurse', MAYA);
  expect(person(answer).crisisPlan).toMatchObject({ state: 'DISCLOSED', exists: true });
  expect(suppliers(answer)).toContain('mental-health');
});

test('the answer that is under way stops at the trust’s part, without waiting for it, and the others’ arrive', async () => {
  trust.stall();
  const asked = sightline.ask('triage-nurse', MAYA);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const dry = await sightlineCommand('policy', 'withdraw', 'NS-ISA-021', '--dry-run');
  expect(dry.stdout).toMatch(/triage-nurse/);
  await sightlineCommand('policy', 'withdraw', 'NS-ISA-021', '--why', 'scenario', '--by', 'M. Cope', '--yes');
  const answer = await asked;
  expect(person(answer).crisisPlan).toEqual({ state: 'WITHHELD', exists: null, whatHelps: null });
  expect(answer.errors.find(({ path }) => path?.at(-1) === 'exists')?.extensions).toMatchObject({
    code: 'WITHHELD',
    reason: 'AGREEMENT_WITHDRAWN',
    agency: 'mental-health',
  });
  expect(suppliers(answer)).toContain('police');
  expect(suppliers(answer)).not.toContain('mental-health');
});

test('every request after it is denied by that agreement, though the trust could answer again', async () => {
  trust.restore();
  for (const persona of ['triage-nurse', 'response-officer']) {
    const answer = await sightline.ask(persona, MAYA);
    expect(person(answer).crisisPlan).toEqual({ state: 'WITHHELD', exists: null, whatHelps: null });
    expect(answer.text).toContain('AGREEMENT_WITHDRAWN');
  }
});

test('the register remains: the disclosures before, the denials after, one whole chain', async () => {
  const rows = await sightline.store('select entry from register_entry order by seq');
  const outcomes = rows
    .map(({ entry }) => JSON.parse(entry as string))
    .flatMap(({ outcomes = [] }) => outcomes)
    .filter(({ section }: { section: string }) => section === 'crisisPlan')
    .map(({ state, reason }: { state: string; reason: string | null }) => reason ?? state);
  expect(outcomes[0]).toBe('DISCLOSED');
  expect(new Set(outcomes.slice(1))).toEqual(new Set(['AGREEMENT_WITHDRAWN']));
  const { stdout } = await sightlineCommand('register', 'verify', '--data-dir', sightline.dataDir);
  expect(stdout).toMatch(/whole/);
});

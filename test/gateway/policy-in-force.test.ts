/** What an agency writes in its file, or takes back, holds for the next answer; a withdrawal for those under way. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { withdraw } from '../../src/store/withdrawals.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

const TRUST = 'adapters/mental-health/sharing.yaml';
const AGREED = `      crisisPlan:
        level: summary
        rows: { agreedExtract: true }
        scope: extracts the person agreed to share
        call: crisis-line
      clinical: { level: break-glass, call: crisis-line } # the nurse may relay one item`;

let root: PolicyRoot;
let sightline: Sightline;
beforeAll(async () => {
  root = await policyRoot();
  sightline = await startSightline({ root: root.root });
});
afterEach(() => root.restore());
afterAll(async () => {
  await sightline?.close();
  root?.drop();
});

const officer = (fields: string) => sightline.ask('response-officer', maya(fields));
const versionOf = async (answer: Answer) => {
  const rows = await sightline.store('select entry from register_entry where request_id = $1', [
    answer.headers.get('x-request-id'),
  ]);
  return new Set(rows.map(({ entry }) => JSON.parse(entry as string).policyVersion)).values().next().value;
};

describe('one line of a file', () => {
  test('takes away with the next answer, and gives back with the one after', async () => {
    const plan = 'crisisPlan { state exists whatHelps }';
    expect(found(await officer(plan)).crisisPlan).toMatchObject({ state: 'DISCLOSED', exists: true });
    root.change(TRUST, AGREED, '      crisisPlan: withheld\n      clinical: withheld');
    const withheld = await officer(plan);
    expect(found(withheld).crisisPlan).toEqual({ state: 'WITHHELD', exists: null, whatHelps: null });
    expect(withheld.errors[0]?.extensions.reason).toBe('NOT_LISTED');
    root.restore();
    expect(found(await officer(plan)).crisisPlan).toMatchObject({ state: 'DISCLOSED', exists: true });
  });

  test('narrows the rows, and says so in the scope', async () => {
    const events = 'policeEvents { items(first: 50) { category } sources { scope } }';
    root.change(
      'adapters/police/sharing.yaml',
      'rows: { category: [MENTAL_HEALTH, DOMESTIC_ABUSE], within: P12M }\n        scope: mental-health and domestic-abuse incidents of the last 12 months',
      'rows: { category: [DOMESTIC_ABUSE] }\n        scope: domestic-abuse incidents',
    );
    const { policeEvents } = found(await sightline.ask('triage-nurse', maya(events)));
    expect(new Set(policeEvents.items.map(({ category }: { category: string }) => category))).toEqual(
      new Set(['DOMESTIC_ABUSE']),
    );
    expect(policeEvents.sources).toEqual([{ scope: expect.stringMatching(/^domestic-abuse incidents/) }]);
  });

  test('makes a new version of the policy, which the register names', async () => {
    const before = await versionOf(await officer('crisisPlan { exists }'));
    root.change(TRUST, AGREED, '      crisisPlan: exists\n      clinical: withheld');
    const after = await versionOf(await officer('crisisPlan { exists }'));
    expect(after).toMatch(/^\w{8,}/);
    expect(after).not.toBe(before);
    root.restore();
    expect(await versionOf(await officer('crisisPlan { exists }'))).toBe(before);
  });
});

describe('a file that does not load', () => {
  test.each([
    ['an unknown level', AGREED, '      crisisPlan: everything\n      clinical: withheld', /everything/],
    ['a section left out', AGREED, '      crisisPlan: withheld', /clinical/],
    ['no YAML at all', AGREED, '   : [', /./],
  ])(
    '(%s) leaves the one before in force and is loudly logged, with file and line',
    async (_what, from, to, said) => {
      const before = await officer('crisisPlan { state exists }');
      const logged = sightline.logged.length;
      root.change(TRUST, from, to);
      const after = await officer('crisisPlan { state exists }');
      expect(after.data).toEqual(before.data);
      expect(await versionOf(after)).toBe(await versionOf(before));
      const errors = sightline.logged
        .slice(logged)
        .map((line) => JSON.parse(line))
        .filter(({ level }) => level >= 50);
      expect(errors).toHaveLength(1);
      expect(errors[0].msg).toMatch(/one before stays in force/);
      expect(errors[0].findings[0]).toMatchObject({ file: TRUST, line: expect.any(Number) });
      expect(JSON.stringify(errors[0].findings)).toMatch(said);
    },
  );
});

describe('an agreement that is withdrawn', () => {
  const QUESTION =
    'crisisPlan { state exists } warningMarkers { items { type source { agency { id } } } sources { agency { id } state reason } }';
  const withdrawn = (version: number) =>
    withdraw(sightline.app.store.db, {
      agreement: 'NS-ISA-021',
      version,
      at: new Date(),
      by: 'caldicott',
      why: 'a test of withdrawal',
    });

  test('stops what is under way, down to the statement, and lets the others’ data through', async () => {
    const locker = new pg.Client({ connectionString: await adminUrl('mental-health') });
    await locker.connect();
    try {
      await locker.query('begin; lock table "CarePlan" in access exclusive mode');
      const asked = sightline.ask('triage-nurse', maya(QUESTION));
      await expect.poll(waiting, { timeout: 4_000 }).toBe(1);
      await withdrawn(2);
      const answer = await asked;
      expect(answer.status).toBe(200);
      expect(found(answer).crisisPlan).toEqual({ state: 'WITHHELD', exists: null });
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'WITHHELD', reason: 'AGREEMENT_WITHDRAWN' });
      const { items, sources } = found(answer).warningMarkers;
      const from = new Set(
        items.map((item: { source: { agency: { id: string } } }) => item.source.agency.id),
      );
      expect(from).toEqual(new Set(['housing', 'police']));
      expect(sources).toContainEqual({
        agency: { id: 'mental-health' },
        state: 'WITHHELD',
        reason: 'AGREEMENT_WITHDRAWN',
      });
      await expect.poll(waiting, { timeout: 2_000 }).toBe(0);
    } finally {
      await locker.end();
    }
  });

  test('gives nothing to the next request, asks the agency nothing, and is told before it is asked', async () => {
    const work = () =>
      sightline.ask('triage-nurse', maya('mentalHealth { state openToService } crisisPlan { state }'));
    const { result, statements } = sightline.statements
      ? await sightline.statements.during(work)
      : { result: await work(), statements: [] };
    expect(found(result)).toEqual({
      mentalHealth: { state: 'WITHHELD', openToService: null },
      crisisPlan: { state: 'WITHHELD' },
    });
    expect(statements.filter(({ agency }) => agency === 'mental-health')).toEqual([]);
    const mayAsk = await sightline.ask(
      'triage-nurse',
      '{ viewer { mayAsk { section agency { id } reason } } }',
    );
    const trust = mayAsk.data.viewer.mayAsk.filter(
      (one: { agency: { id: string } }) => one.agency.id === 'mental-health',
    );
    expect(new Set(trust.map(({ reason }: { reason: string }) => reason))).toEqual(
      new Set(['AGREEMENT_WITHDRAWN']),
    );
  });

  test('stands in the register as the reason', async () => {
    const answer = await sightline.ask('triage-nurse', maya('crisisPlan { exists }'));
    const [, entry] = await sightline
      .store('select entry from register_entry where request_id = $1 order by seq', [
        answer.headers.get('x-request-id'),
      ])
      .then((rows) =>
        rows
          .map((row) => JSON.parse(row.entry as string))
          .toSorted((one) => (one.kind === 'SEARCH' ? -1 : 1)),
      );
    expect(entry.outcomes).toMatchObject([
      { section: 'crisisPlan', state: 'WITHHELD', reason: 'AGREEMENT_WITHDRAWN' },
    ]);
  });

  test('is lifted by a higher version, signed again', async () => {
    root.change(TRUST, 'version: 2', 'version: 3');
    const answer = await sightline.ask('triage-nurse', maya('crisisPlan { state exists }'));
    expect(found(answer).crisisPlan).toEqual({ state: 'DISCLOSED', exists: true });
  });

  /** Statements of the gateway's login at the trust that wait for a lock. */
  async function waiting(): Promise<number> {
    const rows = await sightline.sql(
      'mental-health',
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`,
    );
    return rows.length;
  }
});

/** The address by which `sql` reaches an agency, for a connection of one's own. */
async function adminUrl(agency: string): Promise<string> {
  const [row] = await sightline.sql(agency, 'select current_database() as name');
  const url = new URL(inject('postgres').admin);
  url.pathname = `/${row?.name}`;
  return url.href;
}

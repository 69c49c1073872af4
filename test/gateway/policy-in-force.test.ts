/** What an agency writes in its file, or takes back, holds for the next answer; a withdrawal for those under way. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { policyCommand } from '../../src/cli/policy.ts';
import { openStore } from '../../src/store/store.ts';
import { takeBack, withdraw } from '../../src/store/withdrawals.ts';
import { type PolicyRoot, policyRoot } from '../support/policy-root.ts';
import { type Answer, type Sightline, startSightline } from '../support/sightline.ts';
import { found, maya } from './support/people.ts';

const TRUST = 'adapters/mental-health/sharing.yaml';
const AGREED = `      crisisPlan:
        level: summary
        rows: { agreedExtract: true }
        scope: extracts the person agreed to share
        call: crisis-line
      clinical: # what they take, and what would harm them; never why: the nurse may relay one item
        level: break-glass
        opens: [medication, allergies]
        grounds: [RISK_TO_SELF, RISK_TO_CHILD, RISK_TO_OTHERS, LACKS_CAPACITY]
        call: crisis-line`;

/** These commands sign nothing. */
const unasked = () => Promise.reject(new Error('It is asked for nothing here'));
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

describe('policy status', () => {
  const status = async (...flags: string[]) => {
    const said = { out: '', err: '', code: -1 };
    const command = policyCommand({
      root: root.root,
      catalogue: async () => sightline.app.catalogue,
      adapters: async () => [],
      openStore: async () => openStore(sightline.storeUrl),
      record: async () => {},
      confirm: null,
      now: () => new Date(),
      user: 'ada',
      recordWith: unasked,
      policyKey: unasked,
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
    await command.parseAsync(['status', ...flags], { from: 'user' });
    return said;
  };
  const ofTrust = async () => {
    const { out, code } = await status();
    const all = out.split(/^(?=\S)/m);
    return { text: all.find((part) => part.startsWith('mental-health: ')) ?? '', code, all };
  };

  test('says of each agency what is in force since when and where, its agreement and review', async () => {
    await expect.poll(async () => (await ofTrust()).code, { timeout: 20_000 }).toBe(0);
    const { text, code, all } = await ofTrust();
    expect(all).toHaveLength(11);
    expect(text).toMatch(
      /^mental-health: adapters\/mental-health\/sharing\.yaml\n {2}in force +[0-9a-f]{16} since \d{4}-\S+Z on \S+, seen /,
    );
    expect(text).toMatch(/agreement +NS-ISA-021 version 2, from 2026-01-05, review 2027-01-05/);
    expect(text).not.toMatch(/withdrawn|does not load|not yet/);
    expect(code).toBe(0);
  });

  test('a changed file is in force there within a second or two, though nobody asks anything', async () => {
    const before = (await ofTrust()).text;
    const logged = sightline.logged.length;
    root.change(TRUST, AGREED, '      crisisPlan: withheld\n      clinical: withheld');
    await expect.poll(async () => (await ofTrust()).code, { timeout: 20_000 }).toBe(0);
    const after = (await ofTrust()).text;
    const hash = (text: string) => /in force +(\S+)/.exec(text)?.[1];
    expect(hash(after)).not.toBe(hash(before));
    const news = sightline.logged.slice(logged).map((line) => JSON.parse(line));
    expect(news.filter(({ msg }) => msg === 'a changed policy is in force')).toMatchObject([{ level: 30 }]);
  });

  test('a file that does not load is named with line and fault, the text before stays, and it is exit 1', async () => {
    const before = (await ofTrust()).text;
    root.change(TRUST, AGREED, '      crisisPlan: everything\n      clinical: withheld');
    await expect.poll(async () => (await ofTrust()).text, { timeout: 20_000 }).toMatch(/refused it at/);
    const { text, code } = await ofTrust();
    expect(text).toMatch(/does not load {2}adapters\/mental-health\/sharing\.yaml:\d+: .*everything/);
    expect(text).toMatch(/refused it at \d{4}-\S+Z: line \d+: .*everything/);
    expect(/in force +(\S+)/.exec(text)?.[1]).toBe(/in force +(\S+)/.exec(before)?.[1]);
    expect(code).toBe(1);
    root.restore();
    await expect.poll(async () => (await ofTrust()).code, { timeout: 20_000 }).toBe(0);
  });

  test('gives the same as JSON, and says so where no store can be read', async () => {
    const { files } = JSON.parse((await status('--json')).out);
    expect(files.find(({ agency }: { agency: string }) => agency === 'mental-health')).toMatchObject({
      agreement: { id: 'NS-ISA-021' },
      inForce: [{ hash: expect.stringMatching(/^[0-9a-f]{64}$/), problem: null }],
      withdrawn: [],
      problems: [],
    });
  });
});

describe('an agreement that is withdrawn by mistake and taken back', () => {
  const MISTAKE = { agreement: 'NS-ISA-021', by: 'caldicott', why: 'the wrong agreement' };
  const plan = async () => found(await officer('crisisPlan { state exists }')).crisisPlan;
  const lines = (from: number) => sightline.logged.slice(from).map((line) => JSON.parse(line));

  test('is denied in between, released after, and the log says both, without who or why', async () => {
    const logged = sightline.logged.length;
    await withdraw(sightline.app.store.db, { ...MISTAKE, version: 2, at: new Date() });
    await expect.poll(plan).toEqual({ state: 'WITHHELD', exists: null });
    const between = await officer('crisisPlan { state exists }');
    await takeBack(sightline.app.store.db, { ...MISTAKE, at: new Date() }, async () => {});
    await expect.poll(plan).toEqual({ state: 'DISCLOSED', exists: true });
    const said = lines(logged).filter(({ agreement }) => agreement === 'NS-ISA-021');
    expect(said).toMatchObject([
      { level: 40, version: 2, msg: 'an agreement was withdrawn' },
      { level: 40, msg: 'the withdrawal of an agreement was taken back' },
    ]);
    expect(JSON.stringify(said)).not.toMatch(/caldicott|wrong/);
    const [row] = await sightline.store(
      "select entry from register_entry where request_id = $1 and entry like '%crisisPlan%'",
      [between.headers.get('x-request-id')],
    );
    expect(JSON.parse(row?.entry as string).outcomes).toMatchObject([
      { section: 'crisisPlan', state: 'WITHHELD', reason: 'AGREEMENT_WITHDRAWN' },
    ]);
  });

  test('what is under way when it is taken back finishes as it was decided: denied', async () => {
    await withdraw(sightline.app.store.db, { ...MISTAKE, version: 2, at: new Date() });
    await expect.poll(plan).toEqual({ state: 'WITHHELD', exists: null });
    const locker = new pg.Client({ connectionString: await adminUrl('police') });
    await locker.connect();
    try {
      await locker.query('begin; lock table "T_WARN_MKR" in access exclusive mode');
      const asked = officer('crisisPlan { state exists } warningMarkers { items { type } }');
      await expect.poll(waitingAtPolice).toBe(1);
      await takeBack(sightline.app.store.db, { ...MISTAKE, at: new Date() }, async () => {});
      await expect.poll(plan).toEqual({ state: 'DISCLOSED', exists: true });
      await locker.query('rollback');
      expect(found(await asked).crisisPlan).toEqual({ state: 'WITHHELD', exists: null });
    } finally {
      await locker.end();
    }
  });

  async function waitingAtPolice(): Promise<number> {
    const rows = await sightline.sql(
      'police',
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and state = 'active'`,
    );
    return rows.length;
  }
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
      await expect.poll(waiting).toBe(1);
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
      await expect.poll(waiting).toBe(0);
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

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { indexCommand } from '../../src/cli/index-command.ts';
import type { RegisterEntry } from '../../src/register/entry.ts';
import { KEYS, minutesAfter, openWorld, type World } from './world.ts';

const MAYA = { name: 'Maya Kerr', dateOfBirth: '2002-03-14' };
const BORN = { dateOfBirth: '1996-12-05' };
let world: World;
let recorded: RegisterEntry[];
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.empty();
  recorded = [];
  await world.feedAll({
    police: [{ record: '1', ...MAYA, nino: 'QQ000001A' }],
    housing: [{ record: 't1', ...MAYA, nino: 'QQ000002B' }],
  });
});

async function review(words: string, { user = 'ops', broken = false } = {}) {
  let [said, complained, code] = ['', '', -1];
  const command = indexCommand({
    open: async () => ({
      store: world.store,
      agencies: ['police', 'housing', 'mental-health'],
      refresh: async () => new Map(),
      changesBy: new Map(),
      keys: KEYS,
      learn: async () => 'm1',
      policyVersion: () => 'v1',
      record: async (entries) => {
        if (broken) throw Object.assign(new Error('away'), { name: 'Away', code: 'REGISTER_UNAVAILABLE' });
        recorded.push(...entries);
      },
      close: async () => {},
    }),
    now: () => minutesAfter(1),
    user,
    out: (text) => {
      said += text;
    },
    err: (text) => {
      complained += text;
    },
    columns: null,
    exit: (given) => {
      code = given;
    },
  });
  await command.parseAsync(
    ['review', ...(words.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''))],
    {
      from: 'user',
    },
  );
  return { said, complained, code };
}
const taskOf = async (words = '') => /--task (\S+)/.exec((await review(words)).said)?.[1] ?? '';
const WHY = '--why "saw both passports" --for police --by "R Hale"';

describe('the list', () => {
  it('shows agencies and how features agree, and nothing of anybody', async () => {
    const { said, code } = await review('');
    expect(code).toBe(0);
    expect(said.replace(/--task \S+/, '--task …')).toBe(
      [
        'housing  and  police   OPEN (CANDIDATE)',
        '  givenName     AGREES      +7.7 ########',
        '  familyName    AGREES     +10.1 ##########',
        '  dateOfBirth   AGREES     +14.5 ##############',
        '  sex           UNKNOWN     +0.0',
        '  postcode      UNKNOWN     +0.0',
        '  NINO          DIFFERS     -5.1 -----',
        '  population    UNKNOWN     +3.0 ###',
        '  together                 +30.1 bits',
        '  not linked by any weight: each has an identifier of its own that can be trusted',
        '  --task …',
        '',
      ].join('\n'),
    );
    expect((await review('--json')).said).not.toMatch(/KERR|2002|QQ0|"1"|t1\b/i);
  });

  it('goes on where it ended', async () => {
    await world.feed('mental-health', [{ record: 'c1', name: 'Jo Pike', ...BORN, nino: 'QQ000003C' }]);
    await world.feed('police', [
      { record: '1', ...MAYA, nino: 'QQ000001A' },
      { record: '2', name: 'Jo Pike', ...BORN, nino: 'QQ000004D' },
    ]);
    const first = JSON.parse((await review('--json --limit 1')).said);
    const second = JSON.parse((await review(`--json --limit 1 --after ${first.next}`)).said);
    expect(first.tasks).toHaveLength(1);
    expect(second.tasks).toHaveLength(1);
    expect(second.tasks[0].task).not.toBe(first.tasks[0].task);
    const third = JSON.parse((await review(`--json --limit 1 --after ${second.next}`)).said);
    expect(third).toEqual({ tasks: [], next: null });
  });

  it.each(['--limit 0', '--limit many', '--after nowhere', '--task nonsense --same --why x --for police'])(
    'does not take %s',
    async (words) => {
      expect(await review(words)).toMatchObject({ said: '', code: 2 });
    },
  );
});

describe('a decision at the terminal', () => {
  it('stands, is registered for both people, and is told with who made it', async () => {
    const task = await taskOf();
    expect(await review(`--task ${task} --same ${WHY}`)).toEqual({
      said: 'SAME is recorded and waits: a second login, for housing, must say the same.\n',
      complained: '',
      code: 0,
    });
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
    const second = '--why "rang the office" --for housing';
    // One at the keyboard is one, in whosever name.
    expect((await review(`--task ${task} --same ${second} --by "Somebody Else"`)).said).toMatch(/waits/);
    await review(`--task ${task} --same ${WHY}`);
    recorded = [];
    expect(await review(`--task ${task} --same ${second}`, { user: 'other' })).toEqual({
      said: 'SAME stands, and the two are matched anew.\n',
      complained: '',
      code: 0,
    });
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
    expect(recorded).toMatchObject([
      { kind: 'DECISION', sub: 'terminal:other', role: 'operator', organisation: 'housing' },
      {
        kind: 'DECISION',
        outcomes: [
          { agency: 'housing', state: 'SAME' },
          { agency: 'police', state: 'SAME' },
        ],
      },
    ]);
    expect(recorded.flatMap(({ outcomes }) => outcomes.map(({ reason }) => reason))).toEqual(
      Array(4).fill('CONFIRMS'),
    );
    expect(JSON.stringify(recorded)).not.toContain('passport');
    expect((await review('')).said).toBe('Nothing to review here.\n');
    expect((await review('--state decided')).said).toMatch(
      /DECIDED[\s\S]*SAME by housing, operator\n[\s\S]*SAME by police, operator: waits/,
    );
  });

  it('is undone by another', async () => {
    await review(`--task ${await taskOf()} --different ${WHY}`);
    expect((await review('')).said).toBe('Nothing to review here.\n');
    const task = await taskOf('--state decided');
    expect((await review(`--task ${task} --undo ${WHY}`)).said).toMatch(/^UNSURE is recorded and waits/);
    const second = '--undo --why "rang the office" --for housing';
    expect((await review(`--task ${task} ${second}`, { user: 'other' })).said).toMatch(/^UNSURE stands/);
    expect((await review('')).said).toContain('CANDIDATE');
    expect(await world.rows('index_decision')).toHaveLength(3);
  });

  it('is tried first without changing anything', async () => {
    const { said, code } = await review(`--task ${await taskOf()} --same ${WHY} --dry-run`);
    expect([said, code]).toEqual([
      'SAME would wait for a second person of housing. Nothing has been changed.\n',
      0,
    ]);
    expect([recorded, await world.rows('index_decision')]).toEqual([[], []]);
  });

  it('that cannot be registered is not made', async () => {
    const task = await taskOf();
    expect(await review(`--task ${task} --same ${WHY}`, { broken: true })).toEqual({
      said: '',
      complained: 'away\n',
      code: 1,
    });
    expect(await world.rows('index_decision')).toEqual([]);
  });

  it('on somebody protected waits for a second login of the agency whose flag it is', async () => {
    await world.feed('housing', [{ record: 't1', ...MAYA, nino: 'QQ000002B', protections: ['PROTECTED'] }]);
    const decided = `--task ${await taskOf()} --different --why seen --for housing`;
    expect((await review(decided)).said).toMatch(/waits: a second login/);
    expect((await review(`${decided} --by "Somebody Else"`)).said).toMatch(/waits/);
    expect((await review('--state awaiting-confirmation')).said).toMatch(/waits for a second person/);
    expect((await review(decided, { user: 'other' })).said).toMatch(/^DIFFERENT stands/);
  });

  it.each([
    ['without a verdict', '--why x --for police', /one of --same/],
    ['with two', '--same --unsure --why x --for police', /one of --same/],
    ['without a reason', '--same --for police', /--why/],
    ['in nobody’s name', '--same --why x', /--for/],
    ['in the name of nobody known', '--same --why x --for nowhere', /nowhere/],
  ])('%s is none', async (_, words, complaint) => {
    const { complained, code } = await review(`--task ${await taskOf()} ${words}`);
    expect(complained).toMatch(complaint);
    expect([code, await world.rows('index_decision')]).toEqual([2, []]);
  });

  it('on records that are gone is none', async () => {
    const task = await taskOf();
    await world.feed('housing', []);
    expect(await review(`--task ${task} --same ${WHY}`)).toMatchObject({
      said: expect.stringMatching(/Nothing was decided/),
      code: 1,
    });
  });
});

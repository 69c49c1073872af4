import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GENEROUS } from './decisions.ts';
import { type Asked, incident, minutesAfter, openWorld, type World } from './world.ts';

const NOBODY = '9990009999';
const PEOPLE = {
  known: { name: 'Maya Kerr', dateOfBirth: '2002-03-14', nhs: '9990000018' },
  unrelated: { name: 'Jo Lane', dateOfBirth: '1990-01-02', nhs: '9990000026' },
  protected: {
    name: 'Pat Grey',
    dateOfBirth: '1970-05-06',
    nhs: '9990000034',
    protections: ['PROTECTED'] as const,
  },
  excluded: { name: 'Leila Haddad', dateOfBirth: '1991-07-02', nhs: '9990000042', adverse: ['dean'] },
};
const CASES = ['unrelated', 'protected', 'excluded'] as const;
/** On an incident that ties all but the unrelated, where nobody may be claimed. */
const ASKED: Asked = {
  caller: { person: { system: 'NINO', value: 'QQ000001A' } },
  facts: incident(['known', 'protected', 'excluded']),
  granted: { ...GENEROUS, CLAIMED: {} },
};
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.empty();
  await feedPeople();
});

async function feedPeople(): Promise<void> {
  const records = Object.entries(PEOPLE).map(([record, words]) => ({ record, ...words }));
  const dean = { record: 'dean', name: 'Dean Cole', dateOfBirth: '1988-11-23', nino: 'QQ000001A' };
  await world.feed('police', [...records, dean]);
}

/** The answer, and the text of every statement that was run for it. */
async function run<T>(asked: Asked, look: (request: ReturnType<World['ask']>) => Promise<T>) {
  const request = world.ask(asked);
  world.statements();
  world.calls();
  const answer = await look(request);
  return { answer, statements: world.statements().toSorted(), calls: world.calls() };
}

/** Ids of these people for the organisation and reference, as a colleague would have them who may see them all. */
async function idsOf(): Promise<Record<(typeof CASES)[number] | 'known', string>> {
  const plain = Object.entries(PEOPLE).map(([record, { name, dateOfBirth, nhs }]) => ({
    record,
    name,
    dateOfBirth,
    nhs,
  }));
  await world.feed('police', plain);
  const facts = incident(Object.keys(PEOPLE), { staff: [{ organisation: 'police', staff: 'PC9' }] });
  const request = world.ask({ caller: { sub: 'PC9' }, facts });
  const found = await Promise.all(plain.map(({ nhs }) => request.byIdentifier('NHS_NUMBER', nhs, null)));
  await feedPeople();
  return Object.fromEntries(plain.map(({ record }, at) => [record, found[at]?.id ?? ''])) as never;
}

describe.each<[string, Asked]>([
  ['with the issuing system there', ASKED],
  [
    'with the issuing system away',
    { ...ASKED, facts: 'down', granted: { ...GENEROUS, CLAIMED: {}, UNVERIFIED: {} } },
  ],
])(
  'unknown, unrelated, protected, excluded and stale are one answer by the same statements, %s:',
  (_, asked) => {
    it('person and people', async () => {
      const ids = await idsOf();
      const elsewhere =
        (
          await world
            .ask({ ...ASKED, reference: { agency: 'police', value: '26/000999' } })
            .byIdentifier('NHS_NUMBER', PEOPLE.known.nhs, null)
        )?.id ?? '';
      expect(elsewhere).not.toBe('');
      const unknown = await run(asked, (request) => request.byIds(['no-such-id']));
      expect(unknown.answer).toEqual([null]);
      expect(unknown.statements.length).toBeGreaterThan(3);
      for (const id of [...CASES.map((key) => ids[key]), elsewhere])
        expect(await run(asked, (request) => request.byIds([id]))).toEqual(unknown);
    });

    it('personByIdentifier', async () => {
      const unknown = await run(asked, (request) => request.byIdentifier('NHS_NUMBER', NOBODY, null));
      expect(unknown.answer).toBeNull();
      for (const key of CASES)
        expect(
          await run(asked, (request) => request.byIdentifier('NHS_NUMBER', PEOPLE[key].nhs, null)),
        ).toEqual(unknown);
    });

    it('findPeople', async () => {
      const unknown = await run(asked, (request) =>
        request.search({ familyName: 'Nobody', givenName: 'Such', dateOfBirth: '1990-01-02' }),
      );
      expect(unknown.answer).toMatchObject({
        outcome: 'NO_MATCH',
        people: [],
        message: expect.stringContaining('may still be known'),
      });
      expect(unknown.answer.contacts.length).toBeGreaterThan(0);
      for (const key of CASES) {
        const [givenName = '', familyName = ''] = PEOPLE[key].name.split(' ');
        expect(
          await run(asked, (request) =>
            request.search({ familyName, givenName, dateOfBirth: PEOPLE[key].dateOfBirth }),
          ),
        ).toEqual(unknown);
      }
    });
  },
);

it('runs as many statements for two hundred ids as for one', async () => {
  const { known } = await idsOf();
  const one = await run(ASKED, (request) => request.byIds([known]));
  const many = await run(ASKED, (request) =>
    request.byIds(Array.from({ length: 200 }, (_, at) => (at === 7 ? known : `stale-${at}`))),
  );
  expect(one.answer[0]?.relationship).toBe('VERIFIED');
  expect(many.answer.map((subject) => subject !== null).indexOf(true)).toBe(7);
  expect(many.statements).toEqual(one.statements);
});

it('gathers the ids that are asked for at once', async () => {
  const ids = await idsOf();
  const one = await run(ASKED, (request) => request.byIds([ids.known]));
  const apart = await run(ASKED, (request) =>
    Promise.all(Object.values(ids).map((id) => request.byIds([id]))),
  );
  expect(apart.statements).toEqual(one.statements);
});

describe('three refusals of one login in 24 hours', () => {
  const notices = async () =>
    (await world.rows<{ organisation: string; kind: string; payload: object }>('index_outbox')).filter(
      ({ kind }) => kind === 'REPEATED_DENIALS',
    );
  const refused = (minute: number, nhs = NOBODY, sub = 'PC1') =>
    world.ask({ ...ASKED, caller: { sub }, now: minutesAfter(minute) }).byIdentifier('NHS_NUMBER', nhs, null);

  it('are told to their own organisation’s governance, once, whatever the cause', async () => {
    await refused(0, PEOPLE.unrelated.nhs);
    await refused(60);
    expect(await notices()).toEqual([]);
    await refused(120, PEOPLE.protected.nhs);
    await refused(121);
    expect(await notices()).toMatchObject([
      { organisation: 'police', payload: { staff: 'PC1', denials: 3 } },
    ]);
  });

  it('do not add up across logins, nor over more than a day', async () => {
    await refused(0);
    await refused(1, NOBODY, 'PC2');
    await refused(2);
    await refused(24 * 60 + 3);
    expect(await notices()).toEqual([]);
  });

  it('count a search only where there is no reference to ask on', async () => {
    const search = (asked: Asked) =>
      world.ask(asked).search({ familyName: 'Nobody', dateOfBirth: '1990-01-02' });
    for (const _ of [1, 2, 3]) await search(ASKED);
    expect(await notices()).toEqual([]);
    for (const _ of [1, 2, 3]) await search({ ...ASKED, facts: null });
    expect(await notices()).toHaveLength(1);
  });
});

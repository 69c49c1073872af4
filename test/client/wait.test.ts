import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/client/ask.ts';
import { notAnsweredInWords } from '../../src/client/words.ts';
import { personaOf, type Sightline, startSightline } from '../support/sightline.ts';

const LIMIT = { perMinute: 3, perHour: 4, numbers: { perMinute: 3, perHour: 4 } };
let sightline: Sightline;
beforeAll(async () => {
  const searchLimits = { usual: LIMIT, emergency: { ...LIMIT, roles: [] } };
  sightline = await startSightline({ searchLimits });
});
afterAll(() => sightline?.close());

test('who has searched as often as they may is told how long to wait, and not that nobody was found', async () => {
  const { purpose, reference } = personaOf('mash-social-worker');
  const token = () => sightline.tokens.issue(personaOf('mash-social-worker'));
  const client = createClient({ url: `${sightline.url}/graphql`, token, purpose, reference });
  const search =
    'findPeople(by: { familyName: "Nemo", givenName: "Nora", dateOfBirth: "1980-01-01" }) { outcome }';
  for (let at = 0; at < LIMIT.perMinute; at += 1)
    expect((await client.ask(`{ ${search} }`)).data).toMatchObject({ findPeople: { outcome: 'NO_MATCH' } });

  const error = await client.ask(`{ ${search} }`).catch((thrown) => thrown);
  expect(error).toMatchObject({ kind: 'WAIT', code: 'QUERY_REFUSED', status: 400 });
  expect(error.waitSeconds).toBeGreaterThan(0);
  expect(notAnsweredInWords(error)).toContain(`Ask again in ${error.waitSeconds} seconds.`);
});

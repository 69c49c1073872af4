import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from './world.ts';

const MAYA = { name: 'Maya Kerr', dateOfBirth: '2002-03-14' };
let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

describe('records become one person', () => {
  it('on a verified identifier, whatever the family name has become', async () => {
    await world.feedAll({
      police: [{ record: '1', name: 'Maya Kerr', dateOfBirth: '2002-03-14', nhs: '999 000 0018' }],
      'mental-health': [{ record: 'c1', name: 'Maya Lane', nhs: '9990000018' }],
    });
    expect(await world.people()).toEqual([['mental-health c1', 'police 1']]);
  });

  it('on name and date of birth, with accents, case and hyphens aside', async () => {
    await world.feedAll({
      police: [{ record: '1', name: 'ZOË SMITH-JONES', dateOfBirth: '2002-03-14' }],
      housing: [{ record: 't1', name: 'Zoe Smithjones', dateOfBirth: '2002-03-14' }],
    });
    expect(await world.people()).toEqual([['housing t1', 'police 1']]);
  });

  it('never against an identifier of the same system that differs: a candidate on both sides', async () => {
    await world.feedAll({
      police: [{ record: '1', ...MAYA, nino: 'QQ000001A' }],
      housing: [{ record: 't1', ...MAYA, nino: 'QQ000002B' }],
    });
    expect(await world.people()).toEqual([['housing t1'], ['police 1']]);
    expect((await world.rows('index_candidate')).length).toBe(2);
  });
});

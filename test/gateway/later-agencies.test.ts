/** Roles whose own agencies have no adapter yet: they may ask what they may ask, and their references prove nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PERSONAS } from '../../src/demo/personas.ts';
import { type Sightline, startSightline } from '../support/sightline.ts';

let sightline: Sightline;
beforeAll(async () => {
  sightline = await startSightline();
});
afterAll(() => sightline?.close());

describe('purpose and reference that the demo suggests are taken together', () => {
  test.each(PERSONAS.map((one) => [one.persona, one.reference]))('%s, %s', async (persona, reference) => {
    const answer = await sightline.ask(persona, '{ viewer { reference relationship mayAsk { section } } }');
    expect(answer.errors).toEqual([]);
    expect(answer.data.viewer.reference).toBe(reference);
    const [agency = ''] = reference.split(':');
    const here = ['police', 'mental-health', 'childrens-services', 'housing'].includes(agency);
    if (!here) expect(answer.data.viewer.relationship).toBe('NONE');
  });
});

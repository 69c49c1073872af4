/** What the demo suggests to each persona: a purpose they may assert, and a live reference that they are on. */
import { beforeAll, describe, expect, test } from 'vitest';
import { PERSONAS } from '../../src/demo/personas.ts';
import { type SharedSightline, sharedSightline } from '../support/sightline.ts';

let sightline: SharedSightline;
beforeAll(async () => {
  sightline = await sharedSightline();
});

describe('purpose and reference that the demo suggests are taken together', () => {
  test.each(PERSONAS.map((one) => [one.persona, one.reference]))('%s, %s', async (persona, reference) => {
    const answer = await sightline.ask(persona, '{ viewer { reference relationship mayAsk { section } } }');
    expect(answer.errors).toEqual([]);
    expect(answer.data.viewer.reference).toBe(reference);
    // Governance and analysts see nobody, so theirs ties nobody and is on no caseload.
    const seesPeople = !['governance-officer', 'analyst'].includes(persona);
    expect(answer.data.viewer.relationship).toBe(seesPeople ? 'VERIFIED' : 'NONE');
  });
});

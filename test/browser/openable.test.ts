import { describe, expect, it } from 'vitest';
import type { Hole } from '../../src/client/hole.ts';
import { askableIn, openableIn } from '../../src/pages/app/gaps/openable.ts';

const gap = (path: Hole['path'], more: Partial<Hole> = {}): Hole => ({
  ...{ path, section: 'clinical', agency: 'mental-health', state: 'WITHHELD' },
  ...{ reason: 'NEEDS_BREAK_GLASS', contact: null },
  ...more,
});
const MAYA = { id: 'maya', identity: { name: 'Maya Kerr' }, clinical: { medication: null } };
const answer = (data: object) => ({ data });

describe('what the page offers to open', () => {
  it('is a section of the person it stands in, once, however many of its fields are missing', () => {
    const holes = [gap(['person', 'clinical', 'medication']), gap(['person', 'clinical', 'allergies'])];
    expect(openableIn(answer({ person: MAYA }), holes)).toEqual([
      { person: 'maya', name: 'Maya Kerr', section: 'clinical' },
    ]);
  });

  it('is each person’s own, in a list', () => {
    const people = [MAYA, { ...MAYA, id: 'owen', identity: null }];
    const holes = [gap('people.1.clinical'), gap('people.0.clinical')];
    expect(openableIn(answer({ people }), holes)).toEqual([
      { person: 'owen', name: null, section: 'clinical' },
      { person: 'maya', name: 'Maya Kerr', section: 'clinical' },
    ]);
  });

  it.each([
    ['of somebody whose id was not asked', { person: { clinical: {} } }, gap(['person', 'clinical'])],
    [
      'of a member of a household by the id of who was asked for',
      { person: { ...MAYA, household: { members: [{ person: { clinical: {} } }] } } },
      gap(['person', 'household', 'members', 0, 'person', 'clinical']),
    ],
    ['where the section has another name', { person: { id: 'maya', care: {} } }, gap(['person', 'care'])],
    ['where several people are folded into one gap', { people: [MAYA] }, gap('people.*.clinical')],
    ['that somebody decides on', { person: MAYA }, gap(['person', 'clinical'], { reason: 'NEEDS_REVIEW' })],
    ['that is withheld for good', { person: MAYA }, gap(['person', 'clinical'], { reason: 'LEVEL' })],
    ['that did not answer', { person: MAYA }, gap(['person', 'clinical'], { state: 'UNAVAILABLE' })],
    ['of nobody', { person: null }, gap(['person'], { section: null })],
  ])('is nothing %s', (_what, data, hole) => {
    expect(openableIn(answer(data), [hole])).toEqual([]);
  });
});

describe('what the page offers to ask an agency', () => {
  const needs = (agency: string, path: Hole['path']) => gap(path, { agency, reason: 'NEEDS_REVIEW' });

  it('is a section of the person it stands in, once for each agency that decides', () => {
    const holes = [
      needs('mental-health', ['person', 'clinical', 'diagnoses']),
      needs('mental-health', ['person', 'clinical', 'medication']),
      needs('primary-care', ['person', 'clinical']),
    ];
    expect(askableIn(answer({ person: MAYA }), holes)).toEqual(
      ['mental-health', 'primary-care'].map((agency) => ({
        ...{ person: 'maya', name: 'Maya Kerr', section: 'clinical', agency },
      })),
    );
  });

  it.each([
    [
      'of somebody whose id was not asked',
      { person: { clinical: {} } },
      needs('police', ['person', 'clinical']),
    ],
    ['that break-glass opens', { person: MAYA }, gap(['person', 'clinical'])],
    ['that is withheld for good', { person: MAYA }, gap(['person', 'clinical'], { reason: 'LEVEL' })],
  ])('is nothing %s', (_what, data, hole) => {
    expect(askableIn(answer(data), [hole])).toEqual([]);
  });
});

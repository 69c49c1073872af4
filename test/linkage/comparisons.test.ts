import { describe, expect, it } from 'vitest';
import { bornLevel } from '../../src/linkage/comparisons/agreement.ts';
import { BORN, COMPARISONS, FORENAME, ORDER, SURNAME } from '../../src/linkage/comparisons/levels.ts';
import { compareNames } from '../../src/linkage/comparisons/names.ts';
import { birthDate } from '../../src/linkage/normalise/birth-date.ts';
import { nameValue } from '../../src/linkage/normalise/name.ts';

const name = (given: string, family: string) => ({ given: nameValue(given), family: nameValue(family) });
const compared = (one: [string, string], other: [string, string]) =>
  compareNames([name(...one)], [name(...other)]);
const forename = (one: string, other: string) =>
  COMPARISONS.forename[compared([one, 'Shaw'], [other, 'Shaw']).forename - 1]?.name;
const surname = (one: string, other: string) =>
  COMPARISONS.surname[compared(['Kai', one], ['Kai', other]).surname - 1]?.name;

describe('forenames', () => {
  it.each([
    ['Maya', 'MAYA', 'EXACT'],
    ['Zoë', 'Zoe', 'EXACT'],
    ['Mary-Ann', 'Mary Ann', 'EXACT'],
    ['William', 'Bill', 'NICKNAME'],
    ['Muhammad', 'Mohammed', 'NICKNAME'],
    ['Olha Maria', 'Olha', 'PART'],
    ['James Arthur', 'Arthur', 'PART'],
    ['L', 'Leila', 'INITIAL'],
    ['Leila', 'Leyla', 'CLOSE'],
    ['Christopher', 'Chirstopher', 'CLOSE'],
    ['Ava', 'Eva', 'NEAR'],
    ['Gary', 'Mary', 'NEAR'],
    ['Dean', 'Leila', 'DIFFERENT'],
  ])('%s and %s: %s', (one, other, level) => {
    expect(forename(one, other)).toBe(level);
    expect(forename(other, one)).toBe(level);
  });
});

describe('surnames', () => {
  it.each([
    ["O'Neill", 'ONeill', 'EXACT'],
    ['Smith-Jones', 'Jones', 'PART'],
    ['Haddad', 'Hadad', 'CLOSE'],
    ['Smith', 'Smyth', 'CLOSE'],
    ['Thomson', 'Tomsen', 'NEAR'],
    ['Kerr', 'Haddad', 'DIFFERENT'],
  ])('%s and %s: %s', (one, other, level) => {
    expect(surname(one, other)).toBe(level);
    expect(surname(other, one)).toBe(level);
  });

  it('that somebody went by before agree too', () => {
    const married = [name('Maya', 'Cole'), name('Maya', 'Kerr')];
    expect(compareNames(married, [name('Maya', 'Kerr')]).surname).toBe(SURNAME.EXACT);
  });
});

it('forename and surname in each other’s place are found', () => {
  const swapped = compared(['Kerr', 'Maya'], ['Maya', 'Kerr']);
  expect(swapped).toMatchObject({ order: ORDER.SWAPPED, forename: FORENAME.EXACT, surname: SURNAME.EXACT });
  expect(compared(['Maya', 'Kerr'], ['Maya', 'Kerr']).order).toBe(ORDER.STRAIGHT);
});

describe('dates of birth', () => {
  it.each([
    ['20150519', '2015-05-19', BORN.EXACT],
    ['20150503', '20150305', BORN.SWAPPED],
    ['20150519', '20150518', BORN.ONE_EDIT],
    ['20150519', '20510519', BORN.ONE_EDIT],
    ['20150519', '20150528', BORN.TWO_PARTS],
    ['20150519', '20151128', BORN.SAME_YEAR],
    ['20150519', '19881123', BORN.DIFFERENT],
    ['2015', '20150519', BORN.YEAR_SAME],
    ['2014', '20150519', BORN.YEAR_NEAR],
    ['1988', '20150519', BORN.YEAR_DIFFERENT],
    ['19000101', '20150519', 0],
  ])('%s and %s', (one, other, level) => {
    expect(bornLevel(birthDate(one), birthDate(other))).toBe(level);
    expect(bornLevel(birthDate(other), birthDate(one))).toBe(level);
  });
});

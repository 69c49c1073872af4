/** What is on record of somebody's wishes, against the records that are linked as theirs now. */
import { expect, test } from 'vitest';
import { wishesOf } from '../../src/person-index/admit/wishes.ts';
import type { WishOnRecord } from '../../src/person-index/records/types.ts';

const MAYA = { person: 'maya', links: new Map([['trust', ['1', '2']]]) };
const consent: WishOnRecord = { person: 'maya', agency: 'trust', records: ['1'], objectsTo: null };
const objection: WishOnRecord = { ...consent, objectsTo: 'mentalHealth' };
const consented = (onRecord: WishOnRecord, of = MAYA) => wishesOf(of, [onRecord]).get('trust')?.consented;
const objected = (onRecord: WishOnRecord, of = MAYA) => wishesOf(of, [onRecord]).get('trust')?.objected;

test('a consent opens while the records that were meant are the person’s, whatever else is linked since', () => {
  expect(consented(consent)).toBe(true);
  expect(consented({ ...consent, records: ['1', '3'] })).toBeUndefined();
  expect(consented(consent, { person: 'maya', links: new Map() })).toBeUndefined();
});

test('a consent opens nothing of another person, though they share the record, nor of another agency', () => {
  expect(consented(consent, { ...MAYA, person: 'merged' })).toBeUndefined();
  expect(wishesOf(MAYA, [{ ...consent, agency: 'police' }]).get('trust')).toBeUndefined();
});

test('an objection outlives a merge, and a record that is the person’s no more', () => {
  expect(objected(objection)).toEqual(['mentalHealth']);
  expect(objected(objection, { ...MAYA, person: 'merged' })).toEqual(['mentalHealth']);
  expect(objected({ ...objection, records: ['9'] })).toEqual(['mentalHealth']);
});

test('an objection of somebody else, with no record in common, is nothing to the person', () => {
  expect(objected({ ...objection, records: ['9'] }, { ...MAYA, person: 'owen' })).toBeUndefined();
  expect(wishesOf(MAYA, [{ ...objection, agency: 'practice', person: 'owen' }]).size).toBe(0);
});

test('several are told once each, in one order', () => {
  const second = { ...objection, objectsTo: 'crisisPlan' };
  expect(wishesOf(MAYA, [objection, second, objection, consent]).get('trust')).toEqual({
    ...{ consented: true, objected: ['crisisPlan', 'mentalHealth'] },
  });
});

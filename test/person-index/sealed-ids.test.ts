import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysFrom } from '../../src/person-index/records/keys.ts';
import { createSealedIds } from '../../src/person-index/records/sealed-ids.ts';

const keys = keysFrom('01'.repeat(32), 'the tests');
const police = createSealedIds(keys, 'police', 'police:26/1');

describe('a public id', () => {
  it('is the same for the same person, opens again, and says nothing', () => {
    fc.assert(
      fc.property(fc.uuid(), (person) => {
        const token = police.seal('person', person);
        expect(token).toBe(createSealedIds(keys, 'police', 'police:26/1').seal('person', person));
        expect(token).toMatch(/^[\w-]+$/);
        expect(police.open('person', token)).toBe(person);
        expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain(person.slice(0, 8));
      }),
    );
  });

  it.each([
    ['another organisation', createSealedIds(keys, 'housing', 'police:26/1')],
    ['another reference', createSealedIds(keys, 'police', 'police:26/2')],
    ['no reference', createSealedIds(keys, 'police', null)],
    ['another key', createSealedIds(keysFrom('02'.repeat(32), 'the tests'), 'police', 'police:26/1')],
  ])('is stale for %s, and another there', (_, elsewhere) => {
    expect(elsewhere.open('person', police.seal('person', 'someone'))).toBeNull();
    expect(elsewhere.seal('person', 'someone')).not.toBe(police.seal('person', 'someone'));
  });

  it('opens while its key is the previous one, and is sealed anew under the current one', () => {
    const token = police.seal('person', 'someone');
    const during = createSealedIds(
      keysFrom('02'.repeat(32), 'the tests', '01'.repeat(32)),
      'police',
      'police:26/1',
    );
    const after = createSealedIds(keysFrom('02'.repeat(32), 'the tests'), 'police', 'police:26/1');
    expect(during.open('person', token)).toBe('someone');
    expect(during.seal('person', 'someone')).toBe(after.seal('person', 'someone'));
    expect(after.open('person', token)).toBeNull();
  });

  it('is no record’s token', () => {
    expect(police.open('person', police.seal('record', 'someone'))).toBeNull();
  });

  it('does not open when a bit of it is changed', () => {
    const bytes = Buffer.from(police.seal('person', 'someone'), 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        expect(police.open('person', changed.toString('base64url'))).toBeNull();
      }),
    );
  });

  it('has one spelling', () => {
    const token = police.seal('person', 'some');
    const others = ['=', ' ', '\n'].map((more) => token + more);
    const last = token.slice(0, -1);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const letter of alphabet) if (last + letter !== token) others.push(last + letter);
    for (const other of others) expect(police.open('person', other)).toBeNull();
  });

  it('is never an error, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (text) => {
        expect(police.open('person', text)).toBeNull();
      }),
    );
  });
});

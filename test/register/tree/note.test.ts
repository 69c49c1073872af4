/** Signed notes and checkpoints as C2SP publishes them, so that others' tools read ours. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointOrigin, openCheckpoint, signCheckpoint } from '../../../src/register/tree/checkpoint.ts';
import { leafHash } from '../../../src/register/tree/merkle.ts';
import { openNote, signNote, verifierKey } from '../../../src/register/tree/note.ts';

/** The example of https://c2sp.org/signed-note. */
const EXAMPLE = `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`;
const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const raw = Buffer.from(VKEY.split('+').slice(2).join('+'), 'base64').subarray(1);
const published = createPublicKey({
  key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
  format: 'jwk',
});

describe('the published example', () => {
  it('opens with the published key', () => {
    expect(openNote(EXAMPLE, 'example.com/foo', [published])).toBe('This is an example message.\n');
    expect(verifierKey('example.com/foo', published)).toBe(VKEY);
  });

  it.each([
    ['a letter of its text is another', EXAMPLE.replace('example m', 'Example m')],
    ['its signature is cut', EXAMPLE.replace('IneyaQM=', '')],
    ['it has no line at its end', EXAMPLE.slice(0, -1)],
    ['it has no signature', 'This is an example message.\n\n'],
    ['it has a control character', EXAMPLE.replace('an ex', 'an\tex')],
  ])('does not open where %s', (_, note) => {
    expect(openNote(note, 'example.com/foo', [published])).toBeNull();
  });

  it('does not open under another name, nor with another key', () => {
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(openNote(EXAMPLE, 'example.com/bar', [published])).toBeNull();
    expect(openNote(EXAMPLE, 'example.com/foo', [other])).toBeNull();
    expect(openNote(EXAMPLE, 'example.com/foo', [other, published])).not.toBeNull();
  });
});

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const chain = '00000000-0000-4000-8000-000000000001';
const standing = {
  ...{ chain, size: 3, root: leafHash('x'), at: '2026-11-22T03:04:05.678Z', salt: 's' },
  counts: new Map([
    ['police', 2],
    ['education', 1],
  ]),
};

describe('a checkpoint', () => {
  const note = signCheckpoint(privateKey, standing);

  it('says chain, size and root, when it was signed, and counts that only a salt opens', () => {
    expect(openCheckpoint(note, chain, [publicKey])).toMatchObject({
      ...{ chain, size: 3, root: standing.root, at: standing.at },
    });
    expect(note.split('\n').slice(0, 4)).toEqual([
      `sightline/register/${chain}`,
      '3',
      standing.root.toString('base64'),
      `at ${standing.at}`,
    ]);
    expect(note).toMatch(/^count education \S{44}\ncount police \S{44}\n\n— /m);
    const more = signCheckpoint(privateKey, { ...standing, salt: 't' });
    expect(more).not.toContain(/count police (\S+)/.exec(note)?.[1]);
  });

  it('opens with any key that signed it, and is of no other chain', () => {
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(openCheckpoint(note, chain, [other])).toBeNull();
    expect(openCheckpoint(note, chain.replace(/1$/, '2'), [publicKey])).toBeNull();
  });

  it.each(['\ncount police AAAA\n', '\nsomething else\n'])(
    'signed with a line of %j more is none',
    (line) => {
      const text = note.slice(0, note.indexOf('\n\n')) + line;
      expect(
        openCheckpoint(signNote(text, checkpointOrigin(chain), privateKey), chain, [publicKey]),
      ).toBeNull();
    },
  );
});

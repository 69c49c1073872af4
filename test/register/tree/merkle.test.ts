/** The tree of RFC 6962 against its known answers, and its proofs against every change of them. */
import { describe, expect, it } from 'vitest';
import {
  Frontier,
  isConsistent,
  isIncluded,
  leafHash,
  MerkleTree,
} from '../../../src/register/tree/merkle.ts';

/** The eight leaves by which certificate-transparency logs are tested, and the roots of the trees of the first of them. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const hex = (text: string) => Buffer.from(text, 'hex');
const hashes = LEAVES.map((leaf) => leafHash(hex(leaf)));
const tree = new MerkleTree(Buffer.concat(hashes));
const headOf = (size: number) => ({ size, root: hex(ROOTS[size] ?? '') });

describe('known answers of RFC 6962', () => {
  it('each tree has the published root, at once and as it grows', () => {
    const frontier = Frontier.empty();
    for (const [size, root] of ROOTS.entries()) {
      expect(tree.root(size).toString('hex')).toBe(root);
      expect(frontier.root().toString('hex')).toBe(root);
      if (hashes[size]) frontier.add(hashes[size]);
    }
  });

  it.each([
    [
      0,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      5,
      8,
      [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
    [
      1,
      5,
      [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ] as const)('leaf %i of %i has the published path', (index, size, path) => {
    expect(tree.inclusion(index, size).map((hash) => hash.toString('hex'))).toEqual(path);
  });

  it.each([
    [1, 1, []],
    [
      1,
      8,
      [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    ],
    [
      6,
      8,
      [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    ],
    [
      2,
      5,
      [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    ],
  ] as const)('the tree of %i within that of %i has the published path', (earlier, later, path) => {
    expect(tree.consistency(earlier, later).map((hash) => hash.toString('hex'))).toEqual(path);
  });
});

/** Every path with one thing changed: a bit, one more, one fewer, the order. */
function changed(path: readonly Buffer[]): readonly (readonly Buffer[])[] {
  const flipped = path.map((hash, at) =>
    path.with(at, Buffer.from(hash.map((byte, i) => (i === 7 ? byte ^ 4 : byte)))),
  );
  const fewer = path.length > 0 ? [path.slice(1), path.slice(0, -1)] : [];
  const order = path.length > 1 ? [path.toReversed()] : [];
  return [...flipped, ...fewer, ...order, [...path, hashes[0] as Buffer], [hashes[0] as Buffer, ...path]];
}

const SIZES = [1, 2, 3, 4, 5, 6, 7, 8];

describe.each(SIZES)('a tree of %i', (size) => {
  it('proves each of its leaves at its place, and no other', () => {
    for (const [index, leaf] of hashes.slice(0, size).entries()) {
      const path = tree.inclusion(index, size);
      expect(isIncluded({ index, ...headOf(size) }, leaf, path)).toBe(true);
      for (const other of changed(path))
        expect(isIncluded({ index, ...headOf(size) }, leaf, other)).toBe(false);
      for (const place of [...SIZES.keys()].filter((one) => one !== index))
        expect(isIncluded({ index: place, ...headOf(size) }, leaf, path)).toBe(false);
      expect(isIncluded({ index, ...headOf(size) }, leafHash('another'), path)).toBe(false);
    }
  });

  it('proves each tree that it has grown from, and no other', () => {
    for (const earlier of SIZES.filter((one) => one <= size)) {
      const path = tree.consistency(earlier, size);
      expect(isConsistent(headOf(earlier), headOf(size), path)).toBe(true);
      for (const other of changed(path))
        expect(isConsistent(headOf(earlier), headOf(size), other)).toBe(false);
      const rewritten = { size: earlier, root: leafHash('another') };
      expect(isConsistent(rewritten, headOf(size), path)).toBe(false);
      if (earlier < size) expect(isConsistent(headOf(size), headOf(earlier), path)).toBe(false);
    }
  });

  it('goes on from what is kept of it', () => {
    const frontier = Frontier.empty();
    for (const leaf of hashes.slice(0, size)) frontier.add(leaf);
    const again = Frontier.from(size, frontier.bytes());
    expect(again?.root()).toEqual(frontier.root());
    expect(Frontier.from(size + 16, frontier.bytes())).toBeNull();
  });
});

it('larger trees prove what they hold, whole or not', () => {
  const many = Array.from({ length: 1_003 }, (_, at) => leafHash(String(at)));
  const large = new MerkleTree(Buffer.concat(many));
  for (const size of [1_003, 1_000, 512, 513, 511]) {
    const head = { size, root: large.root(size) };
    for (const index of [0, 1, 255, 256, size - 2, size - 1])
      expect(isIncluded({ index, ...head }, many[index] as Buffer, large.inclusion(index, size))).toBe(true);
    for (const earlier of [0, 1, 2, 255, 256, 257, size - 1, size])
      expect(
        isConsistent({ size: earlier, root: large.root(earlier) }, head, large.consistency(earlier, size)),
      ).toBe(true);
  }
});

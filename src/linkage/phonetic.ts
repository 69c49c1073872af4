const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/^[KGP](?=N)|^W(?=R)|^P(?=S)/, ''],
  [/^MC/, 'MAC'],
  [/PH/g, 'F'],
  [/GH(?=[^AEIOU]|$)/g, ''],
  [/SCH|TCH|CH|SH|CZ/g, 'X'],
  [/C(?=[EIY])/g, 'S'],
  [/CK|C|Q|KH|X?KS/g, 'K'],
  [/TH/g, 'T'],
  [/Z/g, 'S'],
  [/DG(?=[EIY])|J/g, 'G'],
  [/V|W(?=[AEIOUY])/g, 'F'],
  [/W|H/g, ''],
];

/**
 * A key that spellings of one sound share, in the manner of Philips' Metaphone (1990) but coarser: the first sound and
 * the next three consonants, vowels left out. `SMITH` and `SMYTH` are both `SMT`.
 */
export function soundOf(word: string): string {
  let sound = word.replaceAll(' ', '');
  for (const [spelling, letter] of SOUNDS) sound = sound.replace(spelling, letter);
  const first = sound.charAt(0);
  const rest = sound.slice(1).replace(/[AEIOUY0-9]/g, '');
  const start = /[AEIOUY]/.test(first) ? 'A' : first;
  return `${start}${rest}`.replace(/(.)\1+/g, '$1').slice(0, 4);
}

import type { NameValue } from '../features.ts';
import { plainWords, spellings, withoutApostrophes } from '../letters.ts';
import { isUnknownName, isUnnamedChild } from './no-name.ts';
import { arabicName, spelledAlike } from './spelled-alike.ts';

/**
 * How names are read: by the index that keeps them, by the question that looks for them, by what is said to agree, and by
 * linkage. `READING` in read-features.ts names the version of this reading.
 */
export type NameColumn = 'given' | 'family';

const TITLES: Readonly<Record<NameColumn, ReadonlySet<string>>> = {
  given: new Set('MR MRS MS MISS DR REV SIR DAME LADY LORD'.split(' ')),
  // Lord, Dame and Sir are surnames, alone or before a hyphen.
  family: new Set('MR MRS MS MISS DR REV'.split(' ')),
};

/** A name as the index keeps it: in capitals, in its own letters and accents, words apart by one space; null if it is none. */
export function nameText(written: string | null | undefined, column: NameColumn): string | null {
  if (!written || wordsOf(written, column) === null) return null;
  const text = withoutApostrophes(written.normalize('NFC').toUpperCase())
    .replace(/[^\p{L}\p{M}]+/gu, ' ')
    .trim();
  return text || null;
}

/** A name from how it was written; null if nothing is left of it. */
export const nameValue = (written: string, column: NameColumn = 'given'): NameValue | null =>
  nameValues(written, column)[0] ?? null;

/** A name in each of its usual spellings, that of passports first: `Müller` is MULLER and MUELLER. Empty if it is none. */
export function nameValues(written: string, column: NameColumn): readonly NameValue[] {
  const first = wordsOf(written, column);
  if (first === null) return [];
  const others = spellings(inLatin(written).replace(/\d+/g, '')).slice(1);
  const all = [first, ...others.map((text) => withoutTitle(text.split(' '), column))].map((words) =>
    readWords(words, column),
  );
  return [...new Map(all.map((value) => [value.text, value])).values()];
}

/** Whether two names, as the index keeps them, are one in some usual spelling of each. */
export function familyNamesAgree(one: string, other: string): boolean {
  const theirs = new Set(nameValues(other, 'family').map(({ text }) => text));
  return nameValues(one, 'family').some(({ text }) => theirs.has(text));
}

/** Whether two forenames can be one person's: as far as both go, each is the same or the initial of the other. */
export function givenNamesAgree(one: string, other: string): boolean {
  const theirs = nameValues(other, 'given');
  return nameValues(one, 'given').some((ours) =>
    theirs.some(
      (its) => ours.text === its.text || ours.words.every((word, at) => wordsAgree(word, its.words[at])),
    ),
  );
}

function wordsAgree(one: string, other: string | undefined): boolean {
  if (other === undefined || spelledAlike(one) === spelledAlike(other)) return true;
  return (one.length === 1 || other.length === 1) && one.charAt(0) === other.charAt(0);
}

function wordsOf(written: string, column: NameColumn): readonly string[] | null {
  const words = withoutTitle(
    plainWords(inLatin(written))
      .split(' ')
      .map((word) => (column === 'given' ? withoutDigits(word) : word.replace(/\d+/g, '')))
      .filter(Boolean),
    column,
  );
  const text = words.join('');
  const none = isUnknownName(written, words) || (column === 'given' && isUnnamedChild(written));
  return text === '' || none ? null : words;
}

/** A number that stands by itself tells two of one forename apart; one inside a word is a slip. */
const withoutDigits = (word: string): string => (/^\d{1,2}$/.test(word) ? word : word.replace(/\d+/g, ''));

const withoutTitle = (words: readonly string[], column: NameColumn): readonly string[] =>
  words.length > 1 && TITLES[column].has(words[0] as string) ? words.slice(1) : words;

/** The commonest names of Arabic script, whose vowels its letters do not tell. */
const inLatin = (written: string): string =>
  withoutApostrophes(written).replace(/[\p{Script=Arabic}\p{M}]+/gu, (word) => arabicName(word) ?? word);

/**
 * Surnames have one spelling for all of one name. Of forenames the model tells a spelling from the same, so that there only
 * the search takes them for one.
 */
function readWords(words: readonly string[], column: NameColumn): NameValue {
  const alike = column === 'family' ? familyWords(words) : words;
  const joined = alike.join('');
  const text = column === 'family' ? spelledAlike(oneEnding(joined)) : joined;
  return { text, words: alike.length === 1 ? [text] : alike, sound: soundOf(text) };
}

/** Saint John and St John, el-Hassan and al-Hassan. */
function familyWords(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words.map(spelledAlike);
  if (rest.length === 0) return [first];
  return [first === 'SAINT' ? 'ST' : first === 'EL' ? 'AL' : first, ...rest];
}

const oneEnding = (text: string): string =>
  text.replace(/^MAC(?=[A-Z]{3})/, 'MC').replace(/SK(IY|II|IJ|I)$/, 'SKY');

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
function soundOf(word: string): string {
  let sound = word.replaceAll(' ', '');
  for (const [spelling, letter] of SOUNDS) sound = sound.replace(spelling, letter);
  const first = sound.charAt(0);
  const rest = sound.slice(1).replace(/[AEIOUY0-9]/g, '');
  const start = /[AEIOUY]/.test(first) ? 'A' : first;
  return `${start}${rest}`.replace(/(.)\1+/g, '$1').slice(0, 4);
}

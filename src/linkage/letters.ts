import anyAscii from 'any-ascii';

/**
 * Letters that Unicode does not take apart into a base letter and a mark, as passports write them (ICAO 9303-3). Letters of
 * other scripts than these are written as any-ascii has them: pinyin for Chinese characters, say.
 */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ...{ Æ: 'AE', Œ: 'OE', Ø: 'O', ß: 'SS', ẞ: 'SS', Ł: 'L', Đ: 'D', Ð: 'D', Þ: 'TH', Ħ: 'H', ı: 'I', Ŋ: 'N' },
  ...{ А: 'A', Б: 'B', В: 'V', Г: 'G', Д: 'D', Е: 'E', Ж: 'ZH', З: 'Z', И: 'I', К: 'K', Л: 'L', М: 'M' },
  ...{ Н: 'N', О: 'O', П: 'P', Р: 'R', С: 'S', Т: 'T', У: 'U', Ф: 'F', Х: 'KH', Ц: 'TS', Ч: 'CH', Ш: 'SH' },
  ...{ Щ: 'SHCH', Ъ: '', Ы: 'Y', Ь: '', Э: 'E', Ю: 'IU', Я: 'IA', І: 'I', Є: 'IE', Ґ: 'G' },
  ...{ Α: 'A', Β: 'V', Γ: 'G', Δ: 'D', Ε: 'E', Ζ: 'Z', Η: 'I', Θ: 'TH', Ι: 'I', Κ: 'K', Λ: 'L', Μ: 'M' },
  // Surnames of Korea as they are mostly written, not as they are spelt.
  ...{
    김: 'KIM',
    이: 'LEE',
    박: 'PARK',
    최: 'CHOI',
    정: 'JUNG',
    강: 'KANG',
    조: 'CHO',
    윤: 'YOON',
    임: 'LIM',
  },
  ...{ Ν: 'N', Ξ: 'X', Ο: 'O', Π: 'P', Ρ: 'R', Σ: 'S', Τ: 'T', Υ: 'Y', Φ: 'F', Χ: 'CH', Ψ: 'PS', Ω: 'O' },
};
const PLAIN = /^[A-Z0-9 ]*$/;
/** Apostrophes and what is typed or converted for them, in every script; the full stop of a shortened word. */
const APOSTROPHES = /['’‘‛`´ʹʻʼʽʾʿˈˊˋ′‵ꞌ＇՚׳᾽᾿῾.]/gu;
/** Soft hyphens, joiners and marks of direction, which nobody sees. */
const UNSEEN = /\p{Cf}/gu;

/** Without apostrophes and what nobody sees: neither parts a word nor tells two names apart. */
export const withoutApostrophes = (text: string): string => text.replace(UNSEEN, '').replace(APOSTROPHES, '');

/** Capital letters and digits without accents, words apart by one space; hyphens and slashes part words, apostrophes do not. */
export function plainWords(text: string): string {
  const upper = text.toUpperCase();
  return PLAIN.test(upper) ? singleSpaced(upper) : singleSpaced(spelledOut(upper, WRITTEN_OUT));
}

/** German and Nordic letters as they are written where a keyboard has none. */
const EXPANDED: Readonly<Record<string, string>> = { Ä: 'AE', Ö: 'OE', Ü: 'UE', Ø: 'OE', Å: 'AA', Đ: 'DJ' };

/**
 * The usual spellings of a text in plain letters, that of passports first: `Müller` is MULLER and MUELLER, `Юлия` is
 * IULIIA, YULIYA and YULIA.
 */
export function spellings(text: string): readonly string[] {
  const first = plainWords(text);
  const upper = text.toUpperCase();
  if (PLAIN.test(upper)) return [first];
  const composed = upper.normalize('NFC');
  const expanded = plainWords([...composed].map((letter) => EXPANDED[letter] ?? letter).join(''));
  const asIs = singleSpaced(spelledOut(composed, NOTHING));
  const english = /\p{Script=Cyrillic}/u.test(composed) ? shortEndings(asIs) : asIs;
  return [...new Set([first, expanded, asIs, english])].filter((one) => one !== '');
}

/** As people of Russian or Ukrainian names mostly write themselves in English: YULIA for YULIYA, YURY for YURIY. */
const shortEndings = (text: string): string => text.replace(/IY(?=A\b)/g, 'I').replace(/[IY]Y\b/g, 'Y');

const SCRIPTS_WITH_MARKS =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** Accents, and the vowel signs and lengthening that Arabic and Hebrew are mostly written without. Elsewhere marks are vowels. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/;

/** `table` writes letters out, after it has been tried base letters without their marks; what is left is as any-ascii has it. */
function spelledOut(upper: string, table: Readonly<Record<string, string>>): string {
  const apart = (letter: string) =>
    table[letter] === undefined && table !== NOTHING && SCRIPTS_WITH_MARKS.test(letter)
      ? [...letter.normalize('NFD')]
      : [letter];
  // Greek writes one sound with two letters.
  const plain = withoutApostrophes(upper.normalize('NFKC')).replaceAll('ΟΥ', 'OU');
  const found = [...plain]
    .flatMap(apart)
    .map((letter) => table[letter] ?? (/[\p{L}\p{M}]/u.test(letter) ? romanised(letter) : letter))
    .join('');
  return /[\p{L}\p{N}]/u.test(found) ? found : plain;
}
const NOTHING: Readonly<Record<string, string>> = {};

const romanised = (letter: string): string => (MARKS.test(letter) ? '' : anyAscii(letter).toUpperCase());

const singleSpaced = (text: string): string =>
  text
    .replace(APOSTROPHES, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

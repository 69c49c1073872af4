/** Letters that Unicode does not take apart into a base letter and a mark, as passports write them (ICAO 9303-3). */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ...{ Æ: 'AE', Œ: 'OE', Ø: 'O', ß: 'SS', ẞ: 'SS', Ł: 'L', Đ: 'D', Ð: 'D', Þ: 'TH', Ħ: 'H', ı: 'I', Ŋ: 'N' },
  ...{ А: 'A', Б: 'B', В: 'V', Г: 'G', Д: 'D', Е: 'E', Ж: 'ZH', З: 'Z', И: 'I', К: 'K', Л: 'L', М: 'M' },
  ...{ Н: 'N', О: 'O', П: 'P', Р: 'R', С: 'S', Т: 'T', У: 'U', Ф: 'F', Х: 'KH', Ц: 'TS', Ч: 'CH', Ш: 'SH' },
  ...{ Щ: 'SHCH', Ъ: '', Ы: 'Y', Ь: '', Э: 'E', Ю: 'IU', Я: 'IA', І: 'I', Є: 'IE', Ґ: 'G' },
  ...{ Α: 'A', Β: 'V', Γ: 'G', Δ: 'D', Ε: 'E', Ζ: 'Z', Η: 'I', Θ: 'TH', Ι: 'I', Κ: 'K', Λ: 'L', Μ: 'M' },
  ...{ Ν: 'N', Ξ: 'X', Ο: 'O', Π: 'P', Ρ: 'R', Σ: 'S', Τ: 'T', Υ: 'Y', Φ: 'F', Χ: 'CH', Ψ: 'PS', Ω: 'O' },
};
const PLAIN = /^[A-Z0-9 ]*$/;

/** Capital letters and digits without accents, words apart by one space; hyphens and slashes part words, apostrophes do not. */
export function plainWords(text: string): string {
  const upper = text.toUpperCase();
  const letters = PLAIN.test(upper) ? upper : transliterated(upper);
  return letters.replace(/ {2,}/g, ' ').trim();
}

function transliterated(upper: string): string {
  return [...upper.normalize('NFD')]
    .map((letter) => WRITTEN_OUT[letter] ?? letter)
    .join('')
    .replace(/[\p{M}'’‘`´ʼ.]/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
}

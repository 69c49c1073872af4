import type { NameValue } from '../features.ts';
import { plainWords } from '../letters.ts';
import { soundOf } from '../phonetic.ts';

/** What stands in a name's column where nobody knew the name. */
const FILLERS = new Set(
  'UNKNOWN UNK NK NA NONE NULL NIL TBC TBA NOTKNOWN NOTSTATED NOTGIVEN ANON ANONYMOUS NFN NLN X XX TEST BABY INFANT'.split(
    ' ',
  ),
);
const TITLES = new Set('MR MRS MS MISS DR REV SIR DAME LADY LORD'.split(' '));

/** A name from how it was written; null if nothing is left of it. */
export function nameValue(written: string): NameValue | null {
  const all = plainWords(written).replace(/\d+/g, '').split(' ').filter(Boolean);
  const words = all.length > 1 && TITLES.has(all[0] as string) ? all.slice(1) : all;
  const text = words.join('');
  if (text === '' || FILLERS.has(text)) return null;
  return { text, words, sound: soundOf(text) };
}

import type { NameValue } from '../features.ts';
import { jaroWinklerFrom } from '../jaro-winkler.ts';
import { oneEditApart } from '../one-edit.ts';
import { SURNAME } from './levels.ts';

const CLOSE = 0.92;
const NEAR = 0.84;
const PARTICLES = new Set('DE LA LE DU VAN VON DER DEN EL AL BIN IBN DA DI DOS DEL MC MAC O ST'.split(' '));

/** How two surnames agree: a level of `SURNAME`, 0 if one is missing. */
export function surnameLevel(a: NameValue | null, b: NameValue | null): number {
  if (a === null || b === null) return 0;
  if (a.text === b.text) return SURNAME.EXACT;
  if ((a.words.length > 1 || b.words.length > 1) && sharePart(a, b)) return SURNAME.PART;
  const likeness = jaroWinklerFrom(NEAR, a.text, b.text);
  if (likeness >= CLOSE) return SURNAME.CLOSE;
  if (Math.min(a.text.length, b.text.length) >= 4 && oneEditApart(a.text, b.text)) return SURNAME.CLOSE;
  return likeness >= NEAR || (a.sound === b.sound && a.sound.length > 2) ? SURNAME.NEAR : SURNAME.DIFFERENT;
}

function sharePart(a: NameValue, b: NameValue): boolean {
  return a.words.some((word) => word.length > 2 && !PARTICLES.has(word) && b.words.includes(word));
}

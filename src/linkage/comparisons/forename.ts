import type { NameValue } from '../features.ts';
import { jaroWinklerFrom } from '../jaro-winkler.ts';
import { isKnownForename } from '../known-forenames.ts';
import { areNicknames } from '../nicknames.ts';
import { oneEditApart } from '../one-edit.ts';
import { FORENAME } from './levels.ts';

const CLOSE = 0.92;
const NEAR = 0.82;

/** How two forenames agree: a level of `FORENAME`, 0 if one is missing. */
export function forenameLevel(a: NameValue | null, b: NameValue | null): number {
  if (a === null || b === null) return 0;
  if (a.text === b.text) return a.text.length === 1 ? FORENAME.INITIAL : FORENAME.EXACT;
  const several = a.words.length > 1 || b.words.length > 1;
  if (a.text.length === 1 || b.text.length === 1)
    return a.text.charAt(0) === b.text.charAt(0) ? FORENAME.INITIAL : FORENAME.DIFFERENT;
  if (several && shareWord(a, b)) return FORENAME.PART;
  if (areNicknames(a.words[0] as string, b.words[0] as string)) return FORENAME.NICKNAME;
  const whole = closeness(a.text, b.text, a.sound === b.sound && a.sound.length > 2);
  if (whole !== FORENAME.DIFFERENT || !several) return whole;
  return closeness(a.words[0] as string, b.words[0] as string, false);
}

/** Either's first forename is among the other's: a middle name may be the one in use. */
function shareWord(a: NameValue, b: NameValue): boolean {
  return b.words.includes(a.words[0] as string) || a.words.includes(b.words[0] as string);
}

function closeness(a: string, b: string, soundsAlike: boolean): number {
  const likeness = jaroWinklerFrom(NEAR, a, b);
  const slip = Math.min(a.length, b.length) >= 3 && oneEditApart(a, b);
  if (likeness >= CLOSE || slip)
    return isKnownForename(a) && isKnownForename(b) ? FORENAME.NEAR : FORENAME.CLOSE;
  return likeness > 0 || soundsAlike ? FORENAME.NEAR : FORENAME.DIFFERENT;
}

import { FORENAME } from './comparisons/levels.ts';
import type { NameValue } from './features.ts';
import type { FrequencyTable } from './frequencies.ts';
import { isKnownForename, KNOWN_FORENAMES } from './known-forenames.ts';
import { areNicknames, isOnlyShort } from './nicknames.ts';
import { spelledAlike } from './normalise/spelled-alike.ts';
import { oneEditApart } from './word-likeness.ts';

/**
 * Whether two forenames speak for one child where a twin of another name must be reckoned with: the same name; a slip
 * of the hand that is nobody's name; or a short form that nobody is christened. Erin and Eryn, Anna and Hannah do not.
 * With one number (`numbered`) another spelling does too, if it is nobody's name, and a name that is short for the other.
 */
export function speaksForOne(
  level: number,
  [a, b]: readonly [NameValue | null, NameValue | null],
  carried: FrequencyTable,
  numbered: boolean,
): boolean {
  if (level === FORENAME.EXACT) return true;
  if (a === null || b === null || a.words.length > 1 || b.words.length > 1) return false;
  if (a.text.length === 1 || b.text.length === 1) return false;
  if (numbered && (spelledAlike(a.text) === spelledAlike(b.text) || isShortOf(a.text, b.text))) return true;
  if (isDoubled(a.text, b.text)) return true;
  if (level === FORENAME.NICKNAME) return isOnlyShort(a.text) !== isOnlyShort(b.text);
  const slip = (one: string, other: string) =>
    isNobodys(one, other, carried) && (numbered || !(isAnotherSpelling(one, other) || looksLikeName(one)));
  return level === FORENAME.CLOSE && (slip(a.text, b.text) || slip(b.text, a.text));
}

/** KATE for KATHERINE. */
function isShortOf(one: string, other: string): boolean {
  const begins = one.slice(0, BEGINNING) === other.slice(0, BEGINNING);
  return begins && Math.abs(one.length - other.length) >= BEGINNING && areNicknames(one, other);
}
const BEGINNING = 3;

/** PHILIPPA and PHILLIPA: long names in which no more than a doubled consonant differs are one name, however it is spelt. */
const isDoubled = (one: string, other: string): boolean =>
  Math.max(one.length, other.length) >= LONG && undoubled(one) === undoubled(other);
const undoubled = (name: string): string => name.replace(/([^AEIOUY])\1/g, '$1');
const LONG = 7;

/** `slip` may be `name` mistyped: a letter away, and nobody else's name. */
function isNobodys(slip: string, name: string, { counts }: FrequencyTable): boolean {
  if (isKnownForename(slip) || !oneEditApart(slip, name)) return false;
  const [many, few] = [counts.get(name) ?? 0, counts.get(slip) ?? 0];
  return few <= Math.max(FEW, many * SLIPS);
}

/** A form that more records have is somebody's name, unless the name that it may stand for is that much more frequent. */
const FEW = 1;
const SLIPS = 0.01;

const VOWELS = new Set('AEIOUY');
const LIKE: readonly string[] = ['CKQ', 'SZX', 'FVP', 'GJ', 'DT', 'BP', 'MN'];

/** Another first letter or vowel, two vowels the other way round, a letter doubled, a silent H, or a letter for one of like sound: so names are spelt. */
function isAnotherSpelling(one: string, other: string): boolean {
  if (one.charAt(0) !== other.charAt(0)) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let at = 0;
  while (at < short.length && short.charAt(at) === long.charAt(at)) at += 1;
  if (long.length > short.length) {
    const more = long.charAt(at);
    return (
      more === 'H' || more === long.charAt(at - 1) || more === long.charAt(at + 1) || at === short.length
    );
  }
  const [x, y] = [short.charAt(at), long.charAt(at)];
  if (short.charAt(at + 1) === y && long.charAt(at + 1) === x) return VOWELS.has(x) && VOWELS.has(y);
  return (VOWELS.has(x) && VOWELS.has(y)) || LIKE.some((sounds) => sounds.includes(x) && sounds.includes(y));
}

/** Every run of three letters, ends included, stands in some name that is known. */
const looksLikeName = (word: string): boolean => runsOf(word).every((run) => RUNS.has(run));
const runsOf = (word: string): string[] =>
  Array.from({ length: word.length }, (_, at) => ` ${word} `.slice(at, at + 3));
const RUNS: ReadonlySet<string> = new Set([...KNOWN_FORENAMES].flatMap(runsOf));

const PREFIX_WEIGHT = 0.1;
const PREFIX_LIMIT = 4;

/**
 * How alike two words are, 0 to 1, after Winkler, "String Comparator Metrics and Enhanced Decision Rules in the
 * Fellegi–Sunter Model of Record Linkage" (1990): Jaro's measure, raised by a common prefix of up to four letters.
 */
export function jaroWinkler(one: string, other: string): number {
  return raised(jaroSimilarity(one, other), commonPrefix(one, other));
}

/** The same where it is at least `least`, 0 where it is not. Faster, since most words have few letters in common. */
export function jaroWinklerFrom(least: number, one: string, other: string): number {
  const prefix = commonPrefix(one, other);
  if (raised(mostPossible(one, other), prefix) < least) return 0;
  const found = raised(jaroSimilarity(one, other), prefix);
  return found < least ? 0 : found;
}

const raised = (jaro: number, prefix: number): number => jaro + prefix * PREFIX_WEIGHT * (1 - jaro);

function commonPrefix(one: string, other: string): number {
  const limit = Math.min(PREFIX_LIMIT, one.length, other.length);
  let prefix = 0;
  while (prefix < limit && one.charCodeAt(prefix) === other.charCodeAt(prefix)) prefix += 1;
  return prefix;
}

const letters = new Int8Array(32);

/** Jaro's measure if all letters in common, wherever they stand, counted and none were out of order. */
function mostPossible(one: string, other: string): number {
  letters.fill(0);
  for (let at = 0; at < one.length; at += 1) {
    const bin = one.charCodeAt(at) & 31;
    letters[bin] = (letters[bin] as number) + 1;
  }
  let count = 0;
  for (let at = 0; at < other.length; at += 1) {
    const bin = other.charCodeAt(at) & 31;
    const left = letters[bin] as number;
    if (left <= 0) continue;
    letters[bin] = left - 1;
    count += 1;
  }
  return count === 0 ? 0 : (count / one.length + count / other.length + 1) / 3;
}

/** Jaro's measure (1989): letters in common within half the longer word, and how many of those are out of order. */
export function jaroSimilarity(one: string, other: string): number {
  if (one === other) return one.length === 0 ? 0 : 1;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  // Greedy pairing is not quite symmetric for words of one length, so that the order must not be the caller's.
  const [a, b] = short.length === long.length && short > long ? [long, short] : [short, long];
  return similarity(a, b);
}

/** Words of names and streets are shorter; the few that are not are compared as far as this. */
const LONGEST = 64;
/** Which letters of the longer word are taken, and those in common as the shorter has them: made once, for speed. */
const taken = new Uint8Array(LONGEST);
const common = new Uint16Array(LONGEST);

function similarity(a: string, b: string): number {
  const [lengthA, lengthB] = [Math.min(a.length, LONGEST), Math.min(b.length, LONGEST)];
  const reach = Math.max(0, (lengthB >> 1) - 1);
  taken.fill(0, 0, lengthB);
  let count = 0;
  for (let i = 0; i < lengthA; i += 1) {
    const code = a.charCodeAt(i);
    const end = Math.min(lengthB - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j += 1) {
      if (taken[j] === 1 || b.charCodeAt(j) !== code) continue;
      taken[j] = 1;
      common[count] = code;
      count += 1;
      break;
    }
  }
  if (count === 0) return 0;
  return (count / lengthA + count / lengthB + (count - outOfOrder(b, lengthB) / 2) / count) / 3;
}

function outOfOrder(b: string, length: number): number {
  let at = 0;
  let moved = 0;
  for (let j = 0; j < length; j += 1) {
    if (taken[j] === 0) continue;
    if (b.charCodeAt(j) !== common[at]) moved += 1;
    at += 1;
  }
  return moved;
}

/** Whether one slip of the hand lies between two texts: a character changed, left out or put in, or two swapped. */
export function oneEditApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short.charCodeAt(start) === long.charCodeAt(start)) start += 1;
  if (start === long.length) return false;
  let end = 0;
  const rest = short.length - start;
  while (end < rest && short.charCodeAt(short.length - 1 - end) === long.charCodeAt(long.length - 1 - end))
    end += 1;
  const left = short.length - start - end;
  if (long.length > short.length) return left === 0;
  if (left === 1) return true;
  return left === 2 && short[start] === long[start + 1] && short[start + 1] === long[start];
}

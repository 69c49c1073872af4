/** One mistake in a file that people keep, for the person who keeps it. */
export interface Finding {
  /** Path from the project's root. */
  file: string;
  line: number;
  message: string;
}

export const findingText = ({ file, line, message }: Finding): string => `${file}:${line}: ${message}`;

/** `unknown section "crisisplan"; did you mean "crisisPlan"? Known: …` */
export const unknownWord = (what: string, word: string, known: readonly string[]): string =>
  `unknown ${what} "${word}"${knownWords(word, known)}`;

/** `; did you mean "crisisPlan"? Known: …` */
export function knownWords(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  const hint = meant === null ? '.' : `; did you mean "${meant}"?`;
  return `${hint} Known: ${known.length > 0 ? known.join(', ') : 'none'}`;
}

/** The known word most like this one, if one is like enough to be what was meant. */
function nearest(word: string, known: readonly string[]): string | null {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const ranked = known
    .map((candidate) => ({ candidate, edits: editDistance(plain(word), plain(candidate)) }))
    .sort((a, b) => a.edits - b.edits);
  const best = ranked[0];
  return best && best.edits <= Math.ceil(word.length / 3) ? best.candidate : null;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

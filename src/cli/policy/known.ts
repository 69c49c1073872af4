import { unknownWord } from '../../sharing/policy-file/finding.ts';
import { UsageError } from './deps.ts';

/** @throws UsageError that says which words are known */
export function knownWord(what: string, word: string, known: Iterable<string>): string {
  const words = [...known];
  if (words.includes(word)) return word;
  throw new UsageError(unknownWord(what, word, words));
}

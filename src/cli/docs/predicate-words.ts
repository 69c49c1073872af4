import type { Predicate, Scalar } from '../../../adapters/contract.ts';
import { code, either, once } from './markdown.ts';

/** A condition on rows in words: "`T_INTEL_RPT.HANDLING` is P or p". */
export function predicateWords(predicate: Predicate): string {
  if ('any' in predicate) return several(predicate.any, 'or', 'no row');
  if ('all' in predicate) return several(predicate.all, 'and', 'every row');
  const column = code(predicate.column);
  if ('in' in predicate) return `${column} is ${either(values(predicate.in))}`;
  if ('notIn' in predicate) return `${column} is not ${either(values(predicate.notIn))}`;
  if ('from' in predicate) return `${column} is ${predicate.from} or later`;
  if ('before' in predicate) return `${column} is before ${predicate.before}`;
  return `${column} is ${predicate.isNull ? 'empty' : 'filled'}`;
}

function several(parts: readonly Predicate[], word: string, none: string): string {
  if (parts.length === 0) return none;
  return parts
    .map((part) => ('any' in part || 'all' in part ? `(${predicateWords(part)})` : predicateWords(part)))
    .join(` ${word} `);
}

/** Blanks have no name of their own. */
const values = (all: readonly Scalar[]): readonly string[] =>
  once(
    all.map((value) => String(value).trim() || 'blank'),
    String,
  );

import type { Identifier } from '../features.ts';
import { oneEditApart } from '../word-likeness.ts';
import type { Commonplace } from './commonplace.ts';
import { IDENTIFIER, PHONE } from './levels.ts';

/** How phones agree: a level of `PHONE`, the best of all. One that many share is as if missing. */
export function phoneLevel(as: readonly string[], bs: readonly string[], common: Commonplace): number {
  let best = 0;
  for (const a of as) {
    for (const b of bs) {
      if (common.isSharedPhone(a) || common.isSharedPhone(b)) continue;
      const level = a === b ? PHONE.SAME : oneEditApart(a, b) ? PHONE.NEAR : PHONE.DIFFERENT;
      if (best === 0 || level < best) best = level;
    }
  }
  return best;
}

export interface IdentifierAgreement {
  /** A level of `IDENTIFIER`: the best among identifiers of one kind. */
  readonly level: number;
  /** Two that can both be trusted are of one kind and differ. */
  readonly conflict: boolean;
  /** Those compared best are both known to be their records' own. */
  readonly vouched: boolean;
  /** Those compared best are of a system that gives each to one person. */
  readonly issued: boolean;
  readonly type: string | null;
  readonly value: string | null;
}

const NONE: IdentifierAgreement = {
  level: 0,
  conflict: false,
  vouched: false,
  issued: false,
  type: null,
  value: null,
};

/** Generic identifiers are as if missing. */
export function compareIdentifiers(
  as: readonly Identifier[],
  bs: readonly Identifier[],
  isGeneric: (identifier: Identifier) => boolean,
): IdentifierAgreement {
  let found = NONE;
  for (const a of as) {
    for (const b of bs) {
      if (a.type !== b.type || isGeneric(a) || isGeneric(b)) continue;
      const level = levelOf(a, b);
      const conflict = found.conflict || (level !== IDENTIFIER.SAME && bothValid(a, b));
      const better = found.level === 0 || level < found.level;
      const vouched = a.trust === 'CHECKED' && b.trust === 'CHECKED';
      const issued = bothValid(a, b);
      found = better
        ? { level, conflict, vouched, issued, type: a.type, value: a.value }
        : { ...found, conflict };
    }
  }
  return found;
}

function levelOf(a: Identifier, b: Identifier): number {
  if (a.value === b.value) return IDENTIFIER.SAME;
  // One slip cannot lie between two whose check characters are both right.
  if (a.hashed || b.hashed || bothValid(a, b)) return IDENTIFIER.DIFFERENT;
  return oneEditApart(a.value, b.value) ? IDENTIFIER.NEAR : IDENTIFIER.DIFFERENT;
}

const bothValid = (a: Identifier, b: Identifier): boolean => isValid(a) && isValid(b);
const isValid = ({ trust }: Identifier): boolean =>
  trust === 'CHECKED' || trust === 'VALID' || trust === 'FORMED';

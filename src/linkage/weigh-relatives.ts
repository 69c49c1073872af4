import type { PairAgreement } from './comparisons/agreement.ts';
import { BORN, FORENAME, IDENTIFIER, SURNAME } from './comparisons/levels.ts';
import type { Model } from './model.ts';
import type { LinkagePolicy } from './policy.ts';
import { speaksForOne } from './same-forename.ts';
import { isOneBirth } from './vetoes.ts';

/** How often a twin's forename stands so to the other's. Without a forename, or with an initial, twins look alike. */
const TWINS: Readonly<Record<number, number>> = {
  ...{ 0: 1, [FORENAME.NICKNAME]: 0.03, [FORENAME.PART]: 0.05, [FORENAME.INITIAL]: 1 },
  ...{ [FORENAME.CLOSE]: 0.1, [FORENAME.NEAR]: 0.12, [FORENAME.DIFFERENT]: 0.7 },
};
/** Of forenames a letter apart, so many are two names and no slip. */
const TWO_NAMES = 0.2;

/** How often a record has a twin's number. */
const ANOTHERS = 0.005;

/**
 * What is taken back because the two may be relatives, where none were seen and no veto stands: as much as the chance that
 * they are twins, or of two generations, is to that of one person's mistake. Nothing where relatives are reckoned with.
 */
export function weighRelatives(
  model: Model,
  { match, surely }: LinkagePolicy,
): (agreement: PairAgreement, bits: number) => number {
  const { m, relatives, siblings, frequencies } = model;
  if (relatives) return () => 0;
  const number = ({ identifier: { level } }: PairAgreement) =>
    level === 0 ? 1 : (m.identifier[level] as number) / (level === IDENTIFIER.DIFFERENT ? 1 : ANOTHERS);
  const likelier = (agreement: PairAgreement): number | null => {
    const { names, born } = agreement;
    if (isOneBirth(agreement)) {
      if (speaksForOne(names.forename, names.given, frequencies.given, false)) return null;
      const mistake = names.forename === 0 ? 1 : (m.forename[names.forename] as number);
      const close = names.forename === FORENAME.CLOSE ? TWO_NAMES : 1;
      return (mistake * close * number(agreement)) / (siblings * (TWINS[names.forename] ?? 1));
    }
    const generations =
      names.surname === SURNAME.EXACT && (born === BORN.DIFFERENT || born === BORN.YEAR_DIFFERENT);
    return generations ? ((m.born[born] as number) * number(agreement)) / siblings : null;
  };
  return (agreement, bits) => {
    const odds = likelier(agreement);
    if (odds === null) return 0;
    const most = match - surely + Math.log2(odds);
    return -Math.log2(1 + 2 ** Math.min(200, bits - most));
  };
}

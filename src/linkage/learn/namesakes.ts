import { agreementOf } from '../comparisons/agreement.ts';
import { ADDRESS, BORN } from '../comparisons/levels.ts';
import type { LinkRecord } from '../features.ts';
import type { Model } from '../model.ts';
import type { LinkagePolicy } from '../policy.ts';
import { visitSharing } from './training-pairs.ts';

/** Fewer than this may be mistyped identifiers. */
const FEWEST = 3;

/** With fewer pairs than this with trusted identifiers on both sides, to see no namesakes means nothing. */
const TELLING = 200;

/**
 * Whether to expect different people with one name and date of birth: trusted identifiers tell some apart or, in data
 * with families, too few records have identifiers to tell. Two at one address are taken for one person with a mistyped
 * number.
 */
export function learnNamesakes(
  records: readonly LinkRecord[],
  generic: Model['generic'],
  policy: LinkagePolicy,
  relatives: boolean,
): boolean {
  let [agreeing, apart, identified] = [0, 0, 0];
  visitSharing(
    records,
    ({ names, born }) =>
      names.flatMap(({ given, family }) =>
        given && family && born?.full ? [`${given.text}|${family.text}|${born.digits}`] : [],
      ),
    (a, b) => {
      const { born, identifier, address } = agreementOf(a.features, b.features, generic);
      agreeing += Number(born === BORN.EXACT);
      identified += Number(isChecked(a) && isChecked(b));
      apart += Number(born === BORN.EXACT && identifier.conflict && address.level !== ADDRESS.HOUSE);
    },
  );
  if (identified < TELLING) return policy.namesakesUntold && relatives;
  return apart >= FEWEST && apart / agreeing >= policy.namesakes;
}

const isChecked = ({ features }: LinkRecord): boolean =>
  features.identifiers.some(({ trust }) => trust === 'CHECKED');

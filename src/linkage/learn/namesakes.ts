import { agreementOf } from '../comparisons/agreement.ts';
import { ADDRESS, BORN } from '../comparisons/levels.ts';
import type { LinkRecord } from '../features.ts';
import type { Model } from '../model.ts';
import type { LinkagePolicy } from '../policy.ts';
import { visitSharing } from './training-pairs.ts';

/** Fewer than this may be mistyped identifiers. */
const FEWEST = 3;

/** With fewer pairs than this whose identifiers can be trusted on both sides, that no namesakes are seen means nothing. */
const TELLING = 200;

/**
 * Whether people of one name and date of birth must be reckoned with: some are told apart by identifiers that can be
 * trusted, or too few have any to tell. Where two are said to live in one house it is one person, with a number that
 * went wrong.
 */
export function learnNamesakes(
  records: readonly LinkRecord[],
  generic: Model['generic'],
  policy: LinkagePolicy,
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
  if (identified < TELLING) return policy.namesakesUntold;
  return apart >= FEWEST && apart / agreeing >= policy.namesakes;
}

const isChecked = ({ features }: LinkRecord): boolean =>
  features.identifiers.some(({ trust }) => trust === 'CHECKED');

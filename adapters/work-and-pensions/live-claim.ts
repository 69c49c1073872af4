import { type DecodeContext, isPast, meaning, naming } from '../contract.ts';
import { CLAIM_STATUSES } from './codes.ts';
import type { WorkAndPensionsTables } from './tables.ts';

type State = Pick<WorkAndPensionsTables['CLAIM'], 'CLM_STAT' | 'END_DT'>;

/** Whether a claim is open and has not ended. One whose state cannot be read proves nothing: it is not. */
export const isLive = ({ CLM_STAT, END_DT }: State, context: DecodeContext): boolean =>
  meaning(CLAIM_STATUSES)(CLM_STAT, naming('CLAIM.CLM_STAT', context)) === 'OPEN' &&
  isPast(END_DT, naming('CLAIM.END_DT', context)) === false;

/** Code lists of the charity's case system, and what is made of columns that hold more than a code. */
import { type CodeList, type Decoder, isPast, meaning, text, yesNo } from '../contract.ts';

export const SEXES = { M: 'MALE', F: 'FEMALE', U: 'UNKNOWN' } as const;

/** Landlines are not read: an area code tells where, and places never leave the charity. */
export const CONTACT_KINDS = { M: 'MOBILE', E: 'EMAIL' } as const;

/** Victims and children: the only people whom the charity supports. P is a perpetrator. */
export const SUPPORTED = ['V', 'C'];

export const CASE_STATUSES = { REF: 'Referred', OPEN: 'Open', RVW: 'Under review', CLSD: 'Closed' } as const;
/** A case that is reviewed is still worked on. */
export const INVOLVEMENT_STATUSES = { REF: 'KNOWN', OPEN: 'OPEN', RVW: 'OPEN', CLSD: 'CLOSED' } as const;

/** Ways to reach a client safely, agreed with her. A list and not free text, so that no place can stand in it. */
export const SAFE_WAYS: CodeList<string> = {
  SA: 'See alone',
  TX: 'Text before calling',
  PW: 'Ask for the password before speaking',
  NV: 'No voicemail',
  NL: 'No letters',
  NS: 'Never on a shared telephone',
  NC: 'Never through the children',
  AD: 'Only through the adviser',
};

/** Codes of the agreed ways, divided by blanks, as sentences. What is not of the list is noted and left out: each way stands for itself. */
export const safeContact: Decoder<string | null> = (cell, context) => {
  const codes = (text(cell, context) ?? '').toUpperCase().split(/[\s;,]+/);
  const ways = [...new Set(codes)].flatMap((code) => {
    if (code === '') return [];
    if (Object.hasOwn(SAFE_WAYS, code)) return [SAFE_WAYS[code]];
    context.note('unknown code');
    return [];
  });
  return ways.length > 0 ? ways.join('. ') : null;
};

/** In words; of a case that has a day of closing behind it, that it is closed. */
export const caseStatus: Decoder<string | null> = (cells, context) => {
  const [status, close] = cells as readonly unknown[];
  const words = meaning(CASE_STATUSES)(status, context);
  const over = isPast(close, context);
  return words === null || over === null ? null : over ? CASE_STATUSES.CLSD : words;
};

/** A case is worked on until it is closed, by its status or by a date; a status that cannot be read is worth nothing. */
export const isLive: Decoder<boolean> = (cells, context) => {
  const [code, close] = cells as readonly unknown[];
  const status = meaning(INVOLVEMENT_STATUSES)(code, context);
  return (status === 'OPEN' || status === 'KNOWN') && isPast(close, context) === false;
};

/** Blank means no refuge was found for her; whatever else is not plainly no shields. */
export const mayBeInRefuge: Decoder<boolean> = (flag, context) =>
  text(flag, context) !== null && yesNo(flag, context) !== false;

/** What has ended counts after what has not. */
export const closedLast: Decoder<number> = (closed, { now }) =>
  isPast(closed, { now, note: () => {} }) === true ? 1 : 0;

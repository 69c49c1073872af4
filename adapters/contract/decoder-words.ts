import { bareCode } from './codes.ts';
import { date, dateAccuracy, dateOfBirth, dateTime, instant } from './dates.ts';
import type { Decoder, Decoding } from './decoding.ts';
import { hasNoEnd, isCurrent, isPast } from './endings.ts';
import { yesNo } from './flags.ts';
import { dashScore, decimal, integer, pence } from './numbers.ts';
import { compact, emailAddress, joined, key, lines, mobileNumber, text, textList } from './text.ts';

/** How each of the contract's own decoders reads. */
const WORDS = new Map<unknown, string>([
  [text, 'text'],
  [compact, 'text without blanks'],
  [key, 'the number of another record, as it stands'],
  [textList, 'a list, divided by semicolons'],
  [joined, 'the filled parts in one line'],
  [lines, 'the filled parts, a line each'],
  [mobileNumber, 'a mobile number'],
  [emailAddress, 'an e-mail address'],
  [bareCode, 'a code as it stands'],
  [date, 'a day'],
  [dateOfBirth, 'a day of birth'],
  [dateAccuracy, 'how exact the day of birth is'],
  [dateTime, 'a moment'],
  [instant, 'a moment'],
  [isPast, 'whether the day is past'],
  [hasNoEnd, 'whether no end is set'],
  [isCurrent, 'whether it is current by the flag and not over'],
  [yesNo, 'yes or no'],
  [integer, 'a whole number'],
  [dashScore, 'ticks of the DASH checklist, of 24'],
  [decimal, 'a decimal number'],
  [pence, 'pounds, in pence'],
]);

/** What a decoder tells of itself; one of an agency's own that tells nothing is its own rule. */
export const decodingOf = (decode: object): Decoding =>
  (decode as Pick<Decoder<unknown>, 'decoding'>).decoding ?? {
    as: WORDS.get(decode) ?? "by the agency's own rule",
  };

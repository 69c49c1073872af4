import { bareCode } from './codes.ts';
import { date, dateAccuracy, dateOfBirth, dateTime, instant, isPast } from './dates.ts';
import type { Decoder, Decoding } from './decoding.ts';
import { yesNo } from './flags.ts';
import { decimal, integer, pence } from './numbers.ts';
import { compact, emailAddress, joined, lines, mobileNumber, text, textList } from './text.ts';

/** How each of the contract's own decoders reads. */
const WORDS = new Map<unknown, string>([
  [text, 'text'],
  [compact, 'text without blanks'],
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
  [yesNo, 'yes or no'],
  [integer, 'a whole number'],
  [decimal, 'a decimal number'],
  [pence, 'pounds, in pence'],
]);

/** What a decoder tells of itself; one of an agency's own that tells nothing is its own rule. */
export const decodingOf = (decode: object): Decoding =>
  (decode as Pick<Decoder<unknown>, 'decoding'>).decoding ?? {
    as: WORDS.get(decode) ?? "by the agency's own rule",
  };

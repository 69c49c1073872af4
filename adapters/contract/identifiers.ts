import type { Decoder } from './decoding.ts';
import { text as filledText } from './text.ts';

/**
 * Numbers of people, one reading for each system: used by adapters, the person index, searches and linkage alike, so that
 * a number is the same number whoever wrote it down.
 */
export const IDENTIFIER_SYSTEMS = [
  'NHS_NUMBER',
  'UPN',
  'NINO',
  'PNC',
  'CRO',
  'CRN',
  'NOMS',
  'LOCAL',
] as const;
export type IdentifierSystem = (typeof IDENTIFIER_SYSTEMS)[number];

/** A number that can be one of its system. */
export interface ReadIdentifier {
  /** The one form in which its numbers are compared. */
  value: string;
  /** It has a check character, which is right. */
  checked: boolean;
  /** Given until the person's own is known: two of one person may differ, and neither is wrong. */
  temporary: boolean;
}

interface Form {
  /** For people, with its article. */
  name: string;
  /** What is expected, after "is written as": said to whoever gave something else. */
  words: string;
  /** `text` is without blanks, hyphens and small letters. */
  read(text: string): ReadIdentifier | null;
}

const plain = (value: string): ReadIdentifier => ({ value, checked: false, temporary: false });
const checked = (value: string): ReadIdentifier => ({ value, checked: true, temporary: false });
const matching = (text: string, form: RegExp): ReadIdentifier | null =>
  form.test(text) ? plain(text) : null;

export const IDENTIFIER_FORMS: Readonly<Record<IdentifierSystem, Form>> = {
  NHS_NUMBER: {
    name: 'an NHS number',
    words: 'ten digits, of which the last is a check digit: 999 000 0018',
    read: nhsNumber,
  },
  UPN: {
    name: 'a pupil number',
    words:
      'a check letter and twelve digits, or eleven and a letter where the number is temporary: F901200100017',
    read: pupilNumber,
  },
  NINO: {
    name: 'a National Insurance number',
    words: 'two letters and six digits, with or without a last letter from A to D: QQ 12 34 56 C',
    read: nationalInsuranceNumber,
  },
  PNC: {
    name: 'a PNC number',
    words: 'a year of four or two digits, up to seven digits and a check letter: 2002/0073319Z or 02/73319Z',
    read: pncNumber,
  },
  CRO: {
    name: 'a CRO number',
    words:
      'up to six digits, the year in two and a check letter, or SF, the year, up to six digits and the letter: 265416/21G or SF05/482703J',
    read: croNumber,
  },
  CRN: {
    name: 'a case reference number of probation',
    words: 'a letter and six digits: X123456',
    read: (text) => matching(text, /^[A-Z]\d{6}$/),
  },
  NOMS: {
    name: 'a prison number',
    words: 'a letter, four digits and two letters: A1234BC',
    read: (text) => matching(text, /^[A-Z]\d{4}[A-Z]{2}$/),
  },
  LOCAL: {
    name: 'an agency’s own number',
    words: 'one to 64 characters',
    read: (text) => matching(text, /^.{1,64}$/s),
  },
};

/** Longer than any number with all that may stand between its characters. */
const LONGEST = 200;

/**
 * A number as its system has it; null for what cannot be one: mistyped, a filler, or with a wrong check character.
 * Blanks, hyphens and small letters mean nothing, but for an agency's own number, of which hyphens are part.
 */
export function readIdentifier(system: IdentifierSystem, written: string): ReadIdentifier | null {
  if (written.length > LONGEST) return null;
  const text = written.normalize('NFKC').toUpperCase().replace(/\s/g, '');
  return IDENTIFIER_FORMS[system].read(system === 'LOCAL' ? text : text.replace(/\p{Pd}/gu, ''));
}

function weighted(digits: string, weight: (index: number) => number): number {
  return [...digits].reduce((sum, digit, index) => sum + Number(digit) * weight(index), 0);
}

/** Ten digits, the last by modulus 11: NHS Data Dictionary, NHS NUMBER. A check digit of ten is never given out. */
function nhsNumber(text: string): ReadIdentifier | null {
  if (!/^\d{10}$/.test(text) || /^(\d)\1+$/.test(text)) return null;
  const check = (11 - (weighted(text.slice(0, 9), (index) => 10 - index) % 11)) % 11;
  return check === Number(text[9]) ? checked(text) : null;
}

/** No I, O or S, which are taken for digits. */
const UPN_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';

/**
 * A check letter, authority (3), school (4), year (2) and serial (3): the letter is that of the sum of the twelve weighted
 * 2 to 13, modulus 23. The last character of a temporary number is a letter, which counts as its place among the check
 * letters. Department for Education, Unique pupil numbers (UPNs): a guide for schools and local authorities; Government
 * Data Standards Catalogue, Unique Pupil Number 2.0.
 */
function pupilNumber(text: string): ReadIdentifier | null {
  const [, letter, digits = '', last = ''] = /^([A-Z])(\d{11})([0-9A-HJ-NP-RT-Z])$/.exec(text) ?? [];
  if (letter === undefined || /^0+$/.test(digits + last)) return null;
  const temporary = /[A-Z]/.test(last);
  const lastValue = temporary ? UPN_LETTERS.indexOf(last) : Number(last);
  const sum = weighted(digits, (index) => index + 2) + lastValue * 13;
  return UPN_LETTERS.charAt(sum % 23) === letter ? { value: text, checked: true, temporary } : null;
}

/** Prefixes never given out, nor TN, which stands before a date of birth. HMRC, National Insurance Manual, NIM39110. */
const NO_PREFIX = /^([DFIUV].|Q[^Q]|.[DFIOUV]|[^Q]Q|BG|GB|KN|NK|NT|TN|ZZ)/;

/** The suffix is often missing and carries nothing. QQ is given to nobody, and so stands in made-up records. */
function nationalInsuranceNumber(text: string): ReadIdentifier | null {
  if (!/^[A-Z]{2}\d{6}[A-D]?$/.test(text) || NO_PREFIX.test(text) || /^..0{6}/.test(text)) return null;
  return plain(text.slice(0, 8));
}

/** Letters of the police's check characters, by the remainder of a division by 23. */
const POLICE_LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';
const policeLetter = (digits: string): string => POLICE_LETTERS.charAt(Number(digits) % 23);
const FIRST_SHORT_YEAR = 40;

/**
 * Year and serial, with a letter by modulus 23 of the year's last two digits and the serial in seven: as HM Courts and
 * Probation read it (ministryofjustice/hmpps-person-record, PNCIdentifier). Written with two or four digits of the year,
 * with or without leading noughts and slash; without a slash the letter says where the year ends, and a number that could
 * end it in two places is none.
 */
function pncNumber(text: string): ReadIdentifier | null {
  const forms = [
    /^(?<year>(?:19|20)\d\d)\/?(?<serial>\d{1,7})(?<letter>[A-Z])$/,
    /^(?<year>\d\d)\/?(?<serial>\d{1,7})(?<letter>[A-Z])$/,
  ];
  const read = forms.flatMap((form) => {
    const { year = '', serial = '', letter } = form.exec(text)?.groups ?? {};
    const padded = serial.padStart(7, '0');
    if (letter === undefined || /^0+$/.test(serial) || policeLetter(year.slice(-2) + padded) !== letter)
      return [];
    const century = Number(year) >= FIRST_SHORT_YEAR ? '19' : '20';
    return [`${year.length === 4 ? year : century + year}/${padded}${letter}`];
  });
  const [value, other] = [...new Set(read)];
  return value === undefined || other !== undefined ? null : checked(value);
}

/**
 * Serial, year and letter (`265416/21G`), or for files that hold no fingerprints SF, year, serial and letter
 * (`SF05/482703J`), where the serial is not padded: as HM Courts and Probation read it (ministryofjustice/
 * hmpps-person-record, CROIdentifier). The letter is by modulus 23 of year and serial.
 */
function croNumber(text: string): ReadIdentifier | null {
  const short = /^SF(?<year>\d\d)\/?(?<serial>\d{1,6})(?<letter>[A-Z])$/.exec(text)?.groups;
  const usual = /^(?<serial>\d{1,6})(?:\/(?:19|20)?|)(?<year>\d\d)(?<letter>[A-Z])$/.exec(text)?.groups;
  const { year = '', serial = '', letter } = short ?? usual ?? {};
  const counted = short ? serial : serial.padStart(6, '0');
  if (letter === undefined || /^0+$/.test(serial) || policeLetter(year + counted) !== letter) return null;
  return checked(short ? `SF${year}/${serial}${letter}` : `${counted}/${year}${letter}`);
}

/**
 * A number of this system as people write it: in capitals, without blanks, in its long form, with the suffix of a National
 * Insurance number. Null and noted where it cannot be one.
 */
export function identifierNumber(system: IdentifierSystem): Decoder<string | null> {
  const { name } = IDENTIFIER_FORMS[system];
  const decode: Decoder<string | null> = (cell, context) => {
    const written = filledText(cell, context);
    if (written === null) return null;
    const found = readIdentifier(system, written);
    if (found === null) context.note(`not ${name}`);
    if (found === null || system !== 'NINO') return found?.value ?? null;
    return found.value + (/[A-D]\s*$/i.exec(written)?.[0].trim().toUpperCase() ?? '');
  };
  return Object.assign(decode, { decoding: { as: system === 'LOCAL' ? 'text without blanks' : name } });
}

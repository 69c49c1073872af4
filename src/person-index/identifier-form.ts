import type { IdentifierSystem } from '../../adapters/contract.ts';

const UPN_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';
const PNC_LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';

type Canonical = (text: string) => string | null;
/** System → the one form in which its numbers are compared; null for what cannot be such a number. */
const FORMS: Readonly<Record<IdentifierSystem, Canonical>> = {
  NHS_NUMBER: nhsNumber,
  UPN: uniquePupilNumber,
  NINO: nationalInsuranceNumber,
  PNC: pncNumber,
  CRO: (text) => matching(text, /^[A-Z0-9]{1,8}\/\d{2}[A-Z]$/),
  CRN: (text) => matching(text, /^[A-Z]\d{6}$/),
  NOMS: (text) => matching(text, /^[A-Z]\d{4}[A-Z]{2}$/),
  LOCAL: (text) => matching(text, /^.{1,64}$/),
};

/** The canonical form of an identifier, null when it is a filler, mistyped or fails its check character. */
export function canonicalIdentifier(system: IdentifierSystem, value: string): string | null {
  return FORMS[system](value.toUpperCase().replace(/[\s-]/g, ''));
}

const matching = (text: string, form: RegExp): string | null => (form.test(text) ? text : null);

function weighted(digits: string, weight: (index: number) => number): number {
  return [...digits].reduce((sum, digit, index) => sum + Number(digit) * weight(index), 0);
}

function nhsNumber(text: string): string | null {
  if (!/^\d{10}$/.test(text) || /^(\d)\1+$/.test(text)) return null;
  const check = (11 - (weighted(text.slice(0, 9), (index) => 10 - index) % 11)) % 11;
  return check === Number(text[9]) ? text : null;
}

function uniquePupilNumber(text: string): string | null {
  if (!/^[A-Z]\d{12}$/.test(text)) return null;
  const sum = weighted(text.slice(1), (index) => index + 2);
  return UPN_LETTERS.charAt(sum % 23) === text[0] ? text : null;
}

/** The suffix is often missing and carries nothing. */
function nationalInsuranceNumber(text: string): string | null {
  return /^[A-Z]{2}\d{6}[A-D]?$/.test(text) ? text.slice(0, 8) : null;
}

/** Written with two or four digits of the year, and with or without leading noughts. */
function pncNumber(text: string): string | null {
  const [, year = '', serial = '', letter = ''] = /^(\d{2}|\d{4})\/(\d{1,7})([A-Z])$/.exec(text) ?? [];
  if (letter === '') return null;
  const short = year.slice(-2);
  const padded = serial.padStart(7, '0');
  const century = Number(short) >= 40 ? '19' : '20';
  const full = year.length === 4 ? year : century + short;
  return PNC_LETTERS.charAt(Number(short + padded) % 23) === letter ? `${full}/${padded}${letter}` : null;
}

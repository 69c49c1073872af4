import type { Trust } from '../features.ts';

const UPN_LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';
type Check = (value: string) => Trust;
/** Kinds of identifier whose form or check character is known. Any other is PLAIN. */
const CHECKS: Readonly<Record<string, Check>> = {
  NHSNUMBER: nhsNumber,
  NHS: nhsNumber,
  UPN: pupilNumber,
  NINO: nationalInsurance,
};

/** The one form of a kind's name: `NHS number`, `nhs_number` and `NHSNumber` are one kind. */
export const identifierType = (type: string): string => type.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** A value without spaces and punctuation, and how far it can be trusted; null if blank. */
export function identifierValue(type: string, written: string): { value: string; trust: Trust } | null {
  const plain = written.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (plain === '') return null;
  // The suffix of a National Insurance number is often missing and carries nothing.
  const value = type === 'NINO' && /^[A-Z]{2}\d{6}[A-D]$/.test(plain) ? plain.slice(0, 8) : plain;
  return { value, trust: isFiller(value) ? 'GENERIC' : (CHECKS[type]?.(value) ?? 'PLAIN') };
}

/** One character over and over, or digits counted up or down. */
function isFiller(value: string): boolean {
  if (value.length < 4) return /^(0+|9+|NA|NK|UNK|X+)$/.test(value);
  return (
    /^(.)\1+$/.test(value) ||
    '01234567890123456789'.includes(value) ||
    '98765432109876543210'.includes(value) ||
    /^[A-Z]{2}(\d)\1{5}$/.test(value) ||
    /^(UNKNOWN|NONE|NULL|TEST)$/.test(value)
  );
}

function weighted(digits: string, weight: (index: number) => number): number {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) sum += Number(digits[index]) * weight(index);
  return sum;
}

/** Modulus 11 over nine digits, NHS Data Dictionary. */
function nhsNumber(value: string): Trust {
  if (!/^\d{10}$/.test(value)) return 'INVALID';
  const check = (11 - (weighted(value.slice(0, 9), (index) => 10 - index) % 11)) % 11;
  return check === Number(value[9]) ? 'CHECKED' : 'INVALID';
}

/** Letter = digits weighted 2 to 13, modulus 23, DfE's guide to unique pupil numbers; a temporary one ends in a letter. */
function pupilNumber(value: string): Trust {
  if (!/^[A-Z]\d{11}[0-9A-Z]$/.test(value)) return 'INVALID';
  const last = value.charCodeAt(12) >= 65 ? UPN_LETTERS.indexOf(value.charAt(12)) : Number(value[12]);
  const sum = weighted(value.slice(1, 12), (index) => index + 2) + last * 13;
  return UPN_LETTERS.charAt(sum % 23) === value[0] ? 'CHECKED' : 'INVALID';
}

/** Two letters and six digits. It has no check character. */
function nationalInsurance(value: string): Trust {
  return /^[A-Z]{2}\d{6}$/.test(value) ? 'PLAIN' : 'INVALID';
}

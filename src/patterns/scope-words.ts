import type { RowConditions, RowConditionValue } from '../sharing/policy/types.ts';

/**
 * What rows are shown, in words made of the conditions themselves: what another place wrote of them in its own words is
 * not passed on. Null for no condition.
 */
export function scopeWords(rows: RowConditions): string | null {
  const words = Object.entries(rows).map(([name, value]) => conditionWords(name, value));
  return words.length === 0 ? null : `only ${words.join(', ')}`;
}

function conditionWords(name: string, value: RowConditionValue): string {
  const said = spaced(name);
  if (typeof value === 'boolean') return said;
  const values = [value].flat();
  if (name === 'within') return `of the last ${durationWords(values.join(' '))}`;
  return `${said} ${values.map(codeWords).join(' or ')}`;
}

/** `victimOrChild` → "victim or child". */
const spaced = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What is known by its letters. */
const LETTERS = new Set(['NHS', 'UPN', 'NINO', 'PNC', 'CRO', 'CRN', 'NOMS']);

/** `NHS_NUMBER` → "NHS number". */
const codeWords = (code: string): string =>
  code
    .split('_')
    .map((part) => (LETTERS.has(part) ? part : part.toLowerCase()))
    .join(' ');

const UNITS: Readonly<Record<string, string>> = { D: 'days', W: 'weeks', M: 'months', Y: 'years' };

/** `P12M` → "12 months". */
const durationWords = (duration: string): string =>
  duration
    .replace(/^P/, '')
    .replaceAll(/(\d+)([DWMY])/g, (_, number, unit) => `${number} ${UNITS[unit]} `)
    .trim();

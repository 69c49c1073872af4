import { type IdentifierSystem, readIdentifier } from '../../../adapters/contract/identifiers.ts';
import type { Trust } from '../features.ts';

/** Kinds whose numbers are read as everywhere else; those of any other kind are taken as they are. */
const SYSTEMS: Readonly<Record<string, IdentifierSystem>> = {
  ...{ NHSNUMBER: 'NHS_NUMBER', NHS: 'NHS_NUMBER', UPN: 'UPN', NINO: 'NINO', PNC: 'PNC', PNCNUMBER: 'PNC' },
  ...{ CRO: 'CRO', CRONUMBER: 'CRO', CRN: 'CRN', NOMS: 'NOMS', NOMSNUMBER: 'NOMS' },
};

/** Systems without a check character that give each number to one person, and each person one number. */
export const ISSUED: ReadonlySet<string> = new Set<IdentifierSystem>(['NINO']);

/** The one form of a kind's name: `NHS number`, `nhs_number` and `NHSNumber` are one kind. */
export const identifierType = (type: string): string => type.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Numbers given until a person's own is known are a kind of their own: beside that one they say nothing. */
export const temporaryType = (type: string): string => `${type} TEMPORARY`;

/** A value in the form in which it is compared, and how far it can be trusted; null if blank. */
export function identifierValue(
  type: string,
  written: string,
): { type: string; value: string; trust: Trust } | null {
  const value = written.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if (value === '') return null;
  if (isFiller(value)) return { type, value, trust: 'GENERIC' };
  const system = SYSTEMS[type];
  if (system === undefined) return { type, value, trust: 'PLAIN' };
  const read = readIdentifier(system, written);
  if (read === null) return { type, value, trust: 'INVALID' };
  if (read.temporary) return { type: temporaryType(type), value: read.value, trust: 'PLAIN' };
  return {
    type,
    value: read.value,
    trust: read.checked ? 'CHECKED' : ISSUED.has(system) ? 'FORMED' : 'PLAIN',
  };
}

/** One character over and over, or digits counted up or down. */
function isFiller(value: string): boolean {
  if (value.length < 4) return /^(0+|9+|NA|NK|UNK|X+)$/.test(value);
  return (
    /^(.)\1+$/.test(value) ||
    '01234567890123456789'.includes(value) ||
    '98765432109876543210'.includes(value) ||
    /^(UNKNOWN|NONE|NULL|TEST)$/.test(value)
  );
}

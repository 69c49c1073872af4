import type { CodedValue } from '../codes.ts';
import type { Decoder } from '../decoding.ts';
import { text } from '../text.ts';

/** The dihedral group of ten, and the permutations of the digits by place: Verhoeff's. */
const GROUP = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const PLACES = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];
/** Digits, then what kind of component it is (00 and 10 are concepts), then the check digit. */
const CONCEPT = /^[1-9]\d{2,14}[01]0\d$/;

/**
 * Whether this is the identifier of a SNOMED CT concept: 6 to 18 digits with the right partition and Verhoeff's check
 * digit, by the SCTID rules of SNOMED International's Release File Specification.
 */
export function isConcept(id: string): boolean {
  if (!CONCEPT.test(id)) return false;
  const sum = [...id].reverse().reduce((total, digit, place) => {
    const moved = Number(PLACES[place % PLACES.length]?.charAt(Number(digit)));
    return Number(GROUP[total]?.charAt(moved));
  }, 0);
  return sum === 0;
}

/** A problem from its concept and the term that the clinician chose. The list is too long to be kept here. */
export const problemCode: Decoder<CodedValue | null> = (cells, context) => {
  const [id, term] = cells as readonly unknown[];
  const code = text(id, context);
  if (code === null) return null;
  if (isConcept(code)) return { code, text: text(term, context) ?? code, system: 'SNOMED CT' };
  context.note('not a concept of SNOMED CT');
  return null;
};

/** A name as the index keeps it: capital letters without accents, forenames apart by one space. */
export interface IndexedName {
  given: string | null;
  family: string | null;
}

const letters = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\s-]/gu, '');

/** A family name without spaces, hyphens, accents and case; null if nothing is left. */
export function familyName(text: string | null | undefined): string | null {
  return letters(text ?? '').replace(/[\s-]+/g, '') || null;
}

/** Forenames apart by one space; null if nothing is left. */
export function givenName(text: string | null | undefined): string | null {
  return (
    letters(text ?? '')
      .replace(/[\s-]+/g, ' ')
      .trim() || null
  );
}

/** Whether two forenames can be one person's: as far as both go, each is the same or the initial of the other. */
export function givenNamesAgree(one: string, other: string): boolean {
  if (one.replaceAll(' ', '') === other.replaceAll(' ', '')) return true;
  const theirs = other.split(' ');
  return one.split(' ').every((name, at) => wordsAgree(name, theirs[at]));
}

function wordsAgree(one: string, other: string | undefined): boolean {
  if (other === undefined || one === other) return true;
  return (one.length === 1 || other.length === 1) && one.charAt(0) === other.charAt(0);
}

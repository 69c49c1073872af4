/** The last nine digits: without the prefixes of country and trunk, which are written in many ways. Null if too short or a filler. */
export function phone(written: string): string | null {
  const digits = written.replace(/\D/g, '');
  if (digits.length < 6 || /^(\d)\1+$/.test(digits.slice(-6))) return null;
  return digits.slice(-9);
}

/**
 * What of a count an analyst is told. Counts below ten are not told, all alike, and others to the nearest ten, so that two
 * answers whose periods or filters differ by little do not tell who or what made the difference.
 */

/** `Count` of the public schema. */
export interface Count {
  value: number | null;
  suppressed: boolean;
}

const FEWEST = 10;

export const exactCount = (value: number): Count => ({ value, suppressed: false });

export const suppressedCount = (value: number): Count =>
  value < FEWEST
    ? { value: null, suppressed: true }
    : { value: Math.round(value / FEWEST) * FEWEST, suppressed: false };

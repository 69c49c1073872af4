import type { RegisterEntry } from '../../src/register/entry.ts';

/** A disclosure of made-up facts; `requestId` tells it from others. */
export function disclosure(requestId: string, more: Partial<RegisterEntry> = {}): RegisterEntry {
  return {
    requestId,
    at: '2026-11-22T03:04:05.678Z',
    kind: 'DISCLOSURE',
    sub: 'nurse-7',
    name: 'Ada Zephyr',
    role: 'triage-nurse',
    organisation: 'mental-health',
    site: null,
    purpose: 'mental-health-crisis',
    reference: 'police:26/000123',
    regime: 'PART2',
    relationship: 'VERIFIED',
    person: 'person-1',
    policyVersion: 'f00d',
    outcomes: [
      {
        section: 'warningMarkers',
        agency: 'police',
        state: 'DISCLOSED',
        level: 'FULL',
        reason: null,
        asOf: '2026-11-21T00:00:00.000Z',
        gateways: ['MHA 1983 s.136(1C)'],
      },
    ],
    ...more,
  };
}

/** Entries r-1 … r-count. */
export function disclosures(count: number, prefix = 'r'): RegisterEntry[] {
  return Array.from({ length: count }, (_, index) => disclosure(`${prefix}-${index + 1}`));
}

import { performance } from 'node:perf_hooks';
import type { RegisterEntry } from '../../src/register/entry.ts';
import type { Register } from '../../src/register/register.ts';

/** Requests that are under way at once. */
const AT_ONCE = 32;
const AGENCIES = ['police', 'mental-health', 'housing', 'primary-care', 'education', 'childrens-services'];
const SECTIONS = ['crisisPlan', 'warningMarkers', 'housing', 'clinical'];

/** A disclosure of three agencies' sections, as a request of four makes it. */
function entryOf(n: number): RegisterEntry {
  const agencies = [0, 1, 2].map((at) => AGENCIES[(n + at) % AGENCIES.length] ?? '');
  return {
    ...{
      requestId: `bench-${n}`,
      at: new Date(Date.UTC(2026, 10, 1) + n * 1_000).toISOString(),
      kind: 'DISCLOSURE',
    },
    ...{
      sub: `nurse-${n % 97}`,
      name: 'Ada Zephyr',
      role: 'triage-nurse',
      organisation: 'mental-health',
      site: null,
    },
    ...{
      purpose: 'mental-health-crisis',
      reference: `police:26/${n % 5_000}`,
      regime: 'PART2',
      relationship: 'VERIFIED',
    },
    ...{ person: `person-${n % 9_000}`, policyVersion: 'f00d'.repeat(16) },
    outcomes: agencies.map((agency, at) => ({
      ...{ section: SECTIONS[at] ?? '', agency, state: 'DISCLOSED', level: 'FULL', reason: null },
      ...{ asOf: '2026-10-21T00:00:00.000Z', gateways: ['MHA 1983 s.136(1C)'] },
    })),
  };
}

/** Records so many entries, each by a request of its own; gives entries a second. */
export async function writeEntries(register: Register, from: number, count: number): Promise<number> {
  let next = from;
  const request = async () => {
    while (next < from + count) {
      const n = next;
      next += 1;
      await register.record([entryOf(n)]);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, request));
  return (count * 1_000) / (performance.now() - began);
}

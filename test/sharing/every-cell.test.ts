/**
 * Every role × purpose × agency × field, allowed and denied: what `decide` says is what the files say when they are read
 * without it. Made from the files themselves, so that a new agency, role or field needs no line here.
 */
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { decide } from '../../src/sharing/decide.ts';
import { PLACES, type Place } from '../../src/sharing/policy/types.ts';
import { grantOf } from '../../src/sharing/rules/grant.ts';
import { rank } from '../../src/states.ts';
import { PlainReading } from './support/plain-reading.ts';
import { catalogue, shippedPolicy } from './support/shipped-policy.ts';

const policy = shippedPolicy();
const reading = new PlainReading(projectRoot(), catalogue);
const agencies = [...catalogue.agencies.keys()];
const sections = [...catalogue.sections.values()];
const NOW = new Date('2026-07-01T12:00:00Z');

const callers = Object.keys(reading.law.roles).flatMap((role) =>
  Object.keys(reading.law.purposes).map((purpose) => ({ role, purpose })),
);
/** A place at which a grant carries anything, where the law makes it depend on one. */
function placeFor(agency: string, role: string, purpose: string): Place | null {
  const gateways = grantOf(policy, agency, role, purpose)?.gateways ?? [];
  return PLACES.find((place) => gateways.some((one) => one.place === place)) ?? null;
}

let allowed = 0;
let denied = 0;

describe.each(callers)('$role at $purpose', ({ role, purpose }) => {
  it.each(agencies)('is given by %s what its file says, field by field, and nothing else', (agency) => {
    const wrong: string[] = [];
    for (const organisation of new Set([agency, agencies.find((other) => other !== agency) ?? ''])) {
      const decisions = decide({
        caller: { role, organisation, site: null },
        purpose,
        relationship: 'VERIFIED',
        standing: { place: placeFor(agency, role, purpose), consent: true },
        wishes: { consented: true, objected: [] },
        policy,
        catalogue,
        withdrawn: new Set(),
        now: NOW,
      });
      const asked = { role, organisation, purpose };
      for (const { name, fields } of sections) {
        if (rank(decisions.section(agency, name).level) !== reading.section(agency, name, asked))
          wrong.push(`${name} of ${agency} to ${organisation}`);
        for (const path of fields.keys()) {
          const given = decisions.withholds(agency, name, path) === null;
          if (given) allowed += 1;
          else denied += 1;
          if (given !== reading.field(agency, name, path, asked))
            wrong.push(`${name}.${path} of ${agency} to ${organisation}: ${given ? 'given' : 'withheld'}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is given nothing without a relationship', () => {
    const decisions = decide({
      caller: { role, organisation: 'police', site: null },
      purpose,
      relationship: 'NONE',
      standing: { place: null, consent: true },
      wishes: { consented: true, objected: [] },
      policy,
      catalogue,
      withdrawn: new Set(),
      now: NOW,
    });
    const given = agencies.flatMap((agency) =>
      sections.filter(({ name }) => decisions.section(agency, name).level !== null).map(({ name }) => name),
    );
    expect(given).toEqual([]);
  });
});

it('has compared both what is allowed and what is denied', () => {
  expect(allowed).toBeGreaterThan(1_000);
  expect(denied).toBeGreaterThan(allowed);
});

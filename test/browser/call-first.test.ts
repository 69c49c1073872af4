import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Callable, callFirst } from '../../src/pages/app/person/call-first.ts';

const service = (
  kind: string,
  agency: string,
  more: Partial<Pick<Callable, 'status' | 'contact' | 'lead'>> = {},
): Callable => ({
  ...{ service: kind, status: 'OPEN', contact: { phone: '01632 960000', staffedNow: true }, lead: null },
  source: { agency: { id: agency } },
  ...more,
});
const CLOSED_NOW = { contact: { phone: '01632 960000', staffedNow: false } };

const crisisTeam = service('MENTAL_HEALTH_CRISIS', 'mental-health');
const police = service('POLICE', 'police');
const practice = service('GENERAL_PRACTICE', 'primary-care');
const socialWork = service('CHILDRENS_SOCIAL_CARE', 'childrens-services');
const earlyHelp = service('EARLY_HELP', 'childrens-services');

describe('whom to call first', () => {
  it.each([
    ['whom the purpose is about', 'mental-health-crisis', [practice, crisisTeam], crisisTeam],
    ['of another purpose, whom that is about', 'child-protection', [crisisTeam, socialWork], socialWork],
    ['another organisation before one’s own', 'mental-health-crisis', [police, practice], practice],
    [
      'who is involved now before who was',
      'mental-health-crisis',
      [{ ...crisisTeam, status: 'CLOSED' }, practice],
      practice,
    ],
    [
      'who has a number before who has none',
      'mental-health-crisis',
      [service('MENTAL_HEALTH_CRISIS', 'mental-health', { contact: null }), practice],
      practice,
    ],
    [
      'not a desk that is closed at this hour, whatever it is about',
      'mental-health-crisis',
      [service('MENTAL_HEALTH_CRISIS', 'mental-health', CLOSED_NOW), practice],
      practice,
    ],
    [
      'of several of a kind, where somebody answers at this hour',
      'early-help',
      [service('EARLY_HELP', 'education', CLOSED_NOW), earlyHelp],
      earlyHelp,
    ],
  ] as const)('is %s', (_what, purpose, items, first) => {
    expect(callFirst<Callable>(items, purpose, 'police')[0]).toBe(first);
  });

  it('leaves nobody out, and is the same however often it is put in order', () => {
    const any = fc.record({
      service: fc.constantFrom('POLICE', 'MENTAL_HEALTH_CRISIS', 'SCHOOL', null),
      status: fc.constantFrom('OPEN', 'KNOWN', 'CLOSED', null),
      contact: fc.option(
        fc.record({
          phone: fc.constantFrom('01632 960000', null),
          staffedNow: fc.constantFrom(true, false, null),
        }),
      ),
      lead: fc.option(fc.record({ phone: fc.constantFrom('01632 960001', null) })),
      source: fc.record({ agency: fc.record({ id: fc.constantFrom('police', 'education') }) }),
    });
    fc.assert(
      fc.property(
        fc.array(any),
        fc.constantFrom('mental-health-crisis', 'early-help', ''),
        (items, purpose) => {
          const once = callFirst<Callable>(items, purpose, 'police');
          expect(new Set(once)).toEqual(new Set(items));
          expect(callFirst<Callable>(once, purpose, 'police')).toEqual(once);
        },
      ),
    );
  });
});

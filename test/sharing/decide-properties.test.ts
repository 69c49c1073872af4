import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type DecideInput, decide } from '../../src/sharing/decide.ts';
import type {
  Access,
  AgencyPolicy,
  Grant,
  LegalGateway,
  Policies,
  ShareEntry,
} from '../../src/sharing/policy/policies.ts';
import { ACCESS_WORDS, CONSENT_WORDS } from '../../src/sharing/policy/policies.ts';
import { type Decisions, type GlassOpening, GROUNDS, type Permit } from '../../src/sharing/policy/types.ts';
import type { Level } from '../../src/states.ts';
import { rank } from '../../src/states.ts';
import { tinyCatalogue, tinyPolicy } from './support/tiny-policy.ts';

const tiny = tinyPolicy();
const ROLES = ['officer', 'nurse', 'visitor', 'subject'];
const PURPOSE_IDS = [...tiny.purposes.keys()];
const AGENCIES = ['police', 'trust'];
const SECTIONS = [...tinyCatalogue.sections.keys()];
/** Whatever a file might say that break-glass opens, of whichever section. */
const PATHS = [...new Set([...tinyCatalogue.sections.values()].flatMap(({ fields }) => [...fields.keys()]))];
const RELATIONSHIPS = ['VERIFIED', 'CLAIMED', 'UNVERIFIED', 'NONE'] as const;
const GATEWAYS: LegalGateway[] = [
  { cite: 'anywhere', place: null },
  { cite: 'street', place: 'PUBLIC' },
  { cite: 'home', place: 'DWELLING' },
];
const PERMITTED = [...tiny.purposes.values()].flatMap(({ id, roles }) =>
  roles.map((role) => ({ role, purpose: id })),
);
fc.configureGlobal({ numRuns: 400 });
/** Words nobody has granted anything to, among them those JavaScript objects answer to. */
const strange = fc.oneof(fc.string(), fc.constantFrom('', '__proto__', 'constructor', 'toString', 'OFFICER'));

const entry: fc.Arbitrary<ShareEntry> = fc.record({
  access: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom<Access>('full', 'summary', 'exists') },
    fc.constantFrom(...ACCESS_WORDS),
  ),
  rows: fc.constantFrom({}, { within: 'P12M' }),
  scope: fc.constantFrom(null, 'some rows'),
  message: fc.constant(null),
  desk: fc.constant(null),
  discloseSource: fc.boolean(),
  consent: fc.constantFrom(null, ...CONSENT_WORDS),
  breakGlass: fc.oneof(
    fc.constant(null),
    fc.record({ opens: fc.subarray(PATHS), grounds: fc.subarray([...GROUNDS], { minLength: 1 }) }),
  ),
  review: fc.constantFrom(null, { decides: 'guardian', answerWithinHours: 4 }),
  line: fc.constant(1),
});
const level = fc.constantFrom<Level>('EXISTS', 'SUMMARY', 'FULL');
const grant = (role: fc.Arbitrary<string>, purpose: fc.Arbitrary<string>): fc.Arbitrary<Grant> =>
  fc.record({
    role,
    purpose,
    gateways: fc.subarray(GATEWAYS, { minLength: 1 }),
    conditions: fc.constant([]),
    claim: fc.boolean(),
    unverified: fc.array(fc.tuple(fc.constantFrom(...SECTIONS), level)).map((pairs) => new Map(pairs)),
    discloseSource: fc.boolean(),
    consent: fc.constantFrom(null, ...CONSENT_WORDS),
    share: fc
      .tuple(...SECTIONS.map(() => entry))
      .map((entries) => new Map(entries.map((one, index) => [SECTIONS[index] ?? '', one]))),
    line: fc.constant(1),
    gatewayLine: fc.constant(1),
  });
const anyGrant = grant(fc.constantFrom(...ROLES), fc.constantFrom(...PURPOSE_IDS));

/** Policies as no file check ever saw them: what decides must hold for them too. */
const policies: fc.Arbitrary<Policies> = fc
  .tuple(...AGENCIES.map(() => fc.array(anyGrant, { maxLength: 4 })))
  .map((all) => ({
    ...tiny,
    agencies: new Map(
      AGENCIES.map((id, index): [string, AgencyPolicy] => {
        const known = tiny.agencies.get(id);
        if (!known) throw new Error(`${id} is not in the tiny policy`);
        return [id, { ...known, grants: all[index] ?? [] }];
      }),
    ),
  }));

const anyInput: fc.Arbitrary<DecideInput> = fc.record({
  caller: fc.record({
    role: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ROLES) }, strange),
    organisation: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...AGENCIES) }, strange),
    site: fc.constantFrom(null, 'ward-9'),
  }),
  purpose: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PURPOSE_IDS) }, strange),
  relationship: fc.oneof(fc.constant('VERIFIED' as const), fc.constantFrom(...RELATIONSHIPS)),
  standing: fc.record({
    place: fc.constantFrom(null, 'PUBLIC', 'DWELLING'),
    consent: fc.constantFrom(null, true, false),
  }),
  policy: policies,
  catalogue: fc.constant(tinyCatalogue),
  withdrawn: fc.subarray(['POL-1', 'TRU-1']).map((ids) => new Set(ids)),
  now: fc.date({ min: new Date('2025-06-01'), max: new Date('2028-01-01'), noInvalidDate: false }),
});

/** Mostly there is a grant for what is asked, and the role may ask it: else little would be released, and little tested. */
const input = fc
  .tuple(anyInput, anyGrant, fc.constantFrom(null, ...PERMITTED), fc.boolean())
  .map(([one, given, permitted, granted]): DecideInput => {
    const asking = permitted
      ? { ...one, purpose: permitted.purpose, caller: { ...one.caller, role: permitted.role } }
      : one;
    if (!granted) return asking;
    const asked = { ...given, role: asking.caller.role, purpose: asking.purpose };
    const agencies = [...one.policy.agencies].map(([id, known]): [string, AgencyPolicy] => [
      id,
      { ...known, grants: [asked, ...known.grants] },
    ]);
    return { ...asking, policy: { ...one.policy, agencies: new Map(agencies) } };
  });

const pairs = AGENCIES.flatMap((agency) => SECTIONS.map((section): [string, string] => [agency, section]));
const everywhere = (check: (agency: string, section: string) => boolean) =>
  pairs.every(([agency, section]) => check(agency, section));
const noMore = (less: Decisions, more: Decisions) =>
  everywhere(
    (agency, section) =>
      rank(less.section(agency, section).level) <= rank(more.section(agency, section).level),
  );
const same = (one: Decisions, other: Decisions) =>
  everywhere(
    (agency, section) =>
      JSON.stringify(one.section(agency, section)) === JSON.stringify(other.section(agency, section)),
  );

/** Everything asked for allows as much as it can, so that what is tested is the one thing that changes. */
const inForce = { now: new Date('2026-07-01T03:00:00Z'), withdrawn: new Set<string>() };

describe('for any policy and any caller', () => {
  it('a decision never throws, and is a level or a reason, never both, never neither', () => {
    fc.assert(
      fc.property(input, strange, strange, strange, (one, agency, section, field) => {
        const decisions = decide(one);
        const told = [...pairs, [agency, section] as const].map(([a, s]) => decisions.section(a, s));
        decisions.withholds(agency, section, field);
        return told.every(({ level, reason }) => (level === null) !== (reason === null));
      }),
    );
  });

  it('what is unknown is withheld: role, purpose, agency, section, field, relationship', () => {
    fc.assert(
      fc.property(input, strange, (given, word) => {
        fc.pre(![...ROLES, ...PURPOSE_IDS, ...AGENCIES, ...SECTIONS].includes(word));
        const one = { ...given, ...inForce };
        const role = decide({ ...one, caller: { ...one.caller, role: word } });
        const purpose = decide({ ...one, purpose: word });
        const relationship = decide({ ...one, relationship: word as 'NONE' });
        const nothing = (decisions: Decisions) =>
          everywhere((agency, section) => decisions.section(agency, section).level === null);
        const known = decide(one);
        return (
          [role, purpose, relationship].every(nothing) &&
          SECTIONS.every((section) => known.section(word, section).level === null) &&
          AGENCIES.every((agency) => known.section(agency, word).level === null) &&
          everywhere((agency, section) => known.withholds(agency, section, `${word}.${word}`) !== null)
        );
      }),
    );
  });

  it('the same question has the same answer, whatever was asked before', () => {
    fc.assert(
      fc.property(input, (one) => {
        const asked = decide(one);
        for (const [agency, section] of [...pairs].reverse()) asked.section(agency, section);
        return same(asked, decide(one));
      }),
    );
  });

  it('no relationship gives less than a proven one, and none gives nothing', () => {
    fc.assert(
      fc.property(input, fc.constantFrom(...RELATIONSHIPS), (given, relationship) => {
        const one = { ...given, ...inForce };
        const proven = decide({ ...one, relationship: 'VERIFIED' });
        const none = decide({ ...one, relationship: 'NONE' });
        return (
          noMore(decide({ ...one, relationship }), proven) &&
          everywhere((a, s) => none.section(a, s).level === null)
        );
      }),
    );
  });

  it('an agency’s own caseload never gives anything of another agency', () => {
    fc.assert(
      fc.property(input, (one) => {
        const with_ = decide({ ...one, relationship: 'UNVERIFIED', ownCaseload: true });
        const without = decide({ ...one, relationship: 'UNVERIFIED' });
        return everywhere(
          (agency, section) =>
            agency === one.caller.organisation ||
            JSON.stringify(with_.section(agency, section)) ===
              JSON.stringify(without.section(agency, section)),
        );
      }),
    );
  });

  it('withdrawing an agreement only takes away, and takes all of that agency’s', () => {
    fc.assert(
      fc.property(input, (given) => {
        const one = { ...given, ...inForce };
        const after = decide({ ...one, withdrawn: new Set(['TRU-1']) });
        return (
          noMore(after, decide(one)) &&
          SECTIONS.every((section) => after.section('trust', section).level === null)
        );
      }),
    );
  });

  it('recorded consent only adds', () => {
    fc.assert(
      fc.property(input, (given) => {
        const one = { ...given, ...inForce };
        const place = one.standing.place;
        return noMore(
          decide({ ...one, standing: { place, consent: null } }),
          decide({ ...one, standing: { place, consent: true } }),
        );
      }),
    );
  });

  it('what the person agreed to only adds', () => {
    fc.assert(
      fc.property(input, (given) => {
        const one = { ...given, ...inForce };
        return noMore(decide(one), decide({ ...one, wishes: { consented: true, objected: [] } }));
      }),
    );
  });

  it('an objection takes away its own section, where the purpose stops for it, and changes no other', () => {
    const effect = fc.constantFrom(null, 'stops' as const, 'flagged' as const);
    fc.assert(
      fc.property(input, effect, fc.constantFrom(...SECTIONS), (given, objection, section) => {
        const purposes = new Map([...given.policy.purposes].map(([id, one]) => [id, { ...one, objection }]));
        const one = { ...given, ...inForce, policy: { ...given.policy, purposes } };
        const before = decide(one);
        const after = decide({ ...one, wishes: { consented: false, objected: [section] } });
        return everywhere((agency, name) => {
          const [was, is] = [before.section(agency, name), after.section(agency, name)];
          if (name === section && was.level !== null && objection === 'stops')
            return is.level === null && is.reason === 'OBJECTED' && is.message === was.message;
          if (name === section && was.level !== null && objection === 'flagged')
            return is.level === was.level && is.message !== was.message;
          return JSON.stringify(is) === JSON.stringify(was);
        });
      }),
    );
  });

  it('a place that is not known gives no more than either place', () => {
    fc.assert(
      fc.property(input, fc.constantFrom('PUBLIC' as const, 'DWELLING' as const), (given, place) => {
        const one = { ...given, ...inForce };
        const consent = one.standing.consent;
        return noMore(
          decide({ ...one, standing: { place: null, consent } }),
          decide({ ...one, standing: { place, consent } }),
        );
      }),
    );
  });

  it('nothing is released without a gateway that reaches the place, and no other gateway is cited', () => {
    fc.assert(
      fc.property(input, (given) => {
        const one = { ...given, ...inForce };
        const decisions = decide(one);
        const { place: where } = one.standing;
        const reaching = GATEWAYS.filter(({ place }) => !(place && where) || place === where);
        return everywhere((agency, section) => {
          const { level, rule } = decisions.section(agency, section);
          const cited = rule?.gateways ?? [];
          return (
            (level === null || cited.length > 0) &&
            cited.every((cite) => reaching.some((known) => known.cite === cite))
          );
        });
      }),
    );
  });

  it('a grant to one role changes nothing for another', () => {
    fc.assert(
      fc.property(
        input,
        grant(fc.constant('visitor'), fc.constantFrom(...PURPOSE_IDS)),
        fc.constantFrom(...AGENCIES),
        (one, added, agency) => {
          fc.pre(one.caller.role !== 'visitor');
          const known = one.policy.agencies.get(agency);
          if (!known) return false;
          const agencies = new Map(one.policy.agencies).set(agency, {
            ...known,
            grants: [...known.grants, added],
          });
          return same(decide(one), decide({ ...one, policy: { ...one.policy, agencies } }));
        },
      ),
    );
  });

  it('a purpose that excludes NHS bodies gets nothing from one, whatever its file says', () => {
    fc.assert(
      fc.property(input, (one) => {
        const decisions = decide({ ...one, purpose: 'targeting' });
        return SECTIONS.every((section) => decisions.section('trust', section).reason === 'GATEWAY_EXCLUDES');
      }),
    );
  });

  it('a purpose that the role may not assert gets nothing, whatever an agency grants', () => {
    fc.assert(
      fc.property(input, (one) => {
        fc.pre(!tiny.purposes.get(one.purpose)?.roles.includes(one.caller.role));
        const decisions = decide({ ...one, ...inForce });
        return everywhere((agency, section) => decisions.section(agency, section).level === null);
      }),
    );
  });

  it('an agency that may not show itself gives nothing but its characteristic section and what it discloses on purpose', () => {
    fc.assert(
      fc.property(input, (given) => {
        const one = { ...given, ...inForce };
        const grants = one.policy.agencies.get('trust')?.grants ?? [];
        const decisions = decide(one);
        const first = grants.find(({ role, purpose }) => role === one.caller.role && purpose === one.purpose);
        const access = first?.share.get('mentalHealth')?.access ?? 'withheld';
        fc.pre(!['full', 'summary', 'exists', 'own'].includes(access) && first?.discloseSource !== true);
        return SECTIONS.every(
          (section) =>
            decisions.section('trust', section).level === null ||
            first?.share.get(section)?.discloseSource === true,
        );
      }),
    );
  });

  it('involvements never tell more than the section their service belongs to', () => {
    fc.assert(
      fc.property(input, (given) => {
        const decisions = decide({ ...given, ...inForce });
        // Who agreed to be referred by an agency agreed to its being named.
        const grant = given.policy.agencies
          .get('trust')
          ?.grants.find(({ role, purpose }) => role === given.caller.role && purpose === given.purpose);
        const consents = [grant?.consent, grant?.share.get('involvements')?.consent];
        fc.pre(!consents.includes('recorded'));
        const { level, rows } = decisions.section('trust', 'involvements');
        const kinds = (rows.service as readonly string[] | undefined) ?? ['CRISIS_TEAM', 'COMMUNITY_TEAM'];
        return kinds.every((kind) => {
          const held = decisions.section('trust', tiny.services.get(kind) ?? '').level;
          return level === null || rank(level) <= rank(held);
        });
      }),
    );
  });
});

const opening: fc.Arbitrary<GlassOpening> = fc.record({
  section: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...SECTIONS) }, strange),
  ground: fc.constantFrom(...GROUNDS),
  personsView: fc.constantFrom('AGREES', 'OBJECTS', 'UNABLE', 'UNSAFE_TO_ASK'),
});
const entryOf = (one: DecideInput, agency: string, section: string) =>
  one.policy.agencies
    .get(agency)
    ?.grants.find(({ role, purpose }) => role === one.caller.role && purpose === one.purpose)
    ?.share.get(section);
const reaches = (opens: readonly string[], path: string) =>
  opens.some((one) => path === one || path.startsWith(`${one}.`) || one.startsWith(`${path}.`));

describe('whatever anybody opens by break-glass', () => {
  it('widens nothing but the fields that the agency’s file opens of that very section on that very ground', () => {
    fc.assert(
      fc.property(input, fc.array(opening, { maxLength: 3 }), (given, openings) => {
        const [closed, opened] = [decide(given), decide({ ...given, openings })];
        return everywhere((agency, section) => {
          const [was, is] = [closed.section(agency, section), opened.section(agency, section)];
          if (JSON.stringify(was) === JSON.stringify(is)) return true;
          const words = entryOf(given, agency, section)?.breakGlass;
          const on = openings.some(
            (one) => one.section === section && words?.grounds.includes(one.ground) === true,
          );
          const paths = [...(tinyCatalogue.sections.get(section)?.fields.keys() ?? [])];
          return (
            was.reason === 'NEEDS_BREAK_GLASS' &&
            entryOf(given, agency, section)?.access === 'break-glass' &&
            on &&
            paths.every(
              (path) => opened.withholds(agency, section, path) !== null || reaches(words?.opens ?? [], path),
            )
          );
        });
      }),
    );
  });

  it('opens nothing to whoever is not VERIFIED, or CLAIMED where a claim is enough', () => {
    fc.assert(
      fc.property(
        input,
        fc.array(opening, { maxLength: 3 }),
        fc.constantFrom('UNVERIFIED' as const, 'NONE' as const),
        fc.boolean(),
        (given, openings, relationship, ownCaseload) => {
          const one = { ...given, relationship, ownCaseload };
          return same(decide(one), decide({ ...one, openings }));
        },
      ),
    );
  });

  it('opens nothing under an agreement that was withdrawn', () => {
    fc.assert(
      fc.property(input, fc.array(opening, { maxLength: 3 }), (given, openings) => {
        const decisions = decide({ ...given, openings, withdrawn: new Set(['POL-1', 'TRU-1']) });
        return everywhere((agency, section) => decisions.section(agency, section).level === null);
      }),
    );
  });

  it('rests on vital interests for whoever is unable and at risk themselves, else on overriding public interest', () => {
    fc.assert(
      fc.property(input, opening, (given, one) => {
        const decisions = decide({ ...given, openings: [one] });
        const vital = one.personsView === 'UNABLE' && /SELF|CAPACITY/.test(one.ground);
        return everywhere((agency, section) => {
          const { opened, rule } = decisions.section(agency, section);
          const article = rule?.conditions.find((words) => words.startsWith('Article 6'));
          return opened === null || article === (vital ? 'Article 6: 6(1)(d)' : 'Article 6: 6(1)(e)');
        });
      }),
    );
  });
});

const permit: fc.Arbitrary<Permit> = fc.record({
  section: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...SECTIONS) }, strange),
  level,
});

describe('whatever somebody of an agency permits', () => {
  it('widens nothing but that very section, where its file says that somebody decides, and to no more than that level', () => {
    fc.assert(
      fc.property(input, fc.array(permit, { maxLength: 3 }), (given, openings) => {
        const [closed, opened] = [decide(given), decide({ ...given, openings })];
        return everywhere((agency, section) => {
          const [was, is] = [closed.section(agency, section), opened.section(agency, section)];
          if (JSON.stringify(was) === JSON.stringify(is)) return true;
          return (
            was.reason === 'NEEDS_REVIEW' &&
            entryOf(given, agency, section)?.access === 'review' &&
            openings.some((one) => one.section === section && rank(is.level) <= rank(one.level))
          );
        });
      }),
    );
  });

  it('opens nothing under an agreement that was withdrawn, nor to whoever is not tied', () => {
    fc.assert(
      fc.property(input, fc.array(permit, { maxLength: 3 }), (given, openings) => {
        const withdrawn = decide({ ...given, openings, withdrawn: new Set(['POL-1', 'TRU-1']) });
        const untied = { ...given, relationship: 'UNVERIFIED' as const };
        return (
          everywhere((agency, section) => withdrawn.section(agency, section).level === null) &&
          same(decide(untied), decide({ ...untied, openings }))
        );
      }),
    );
  });
});

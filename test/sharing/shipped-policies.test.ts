import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/project-root.ts';
import { type MatrixCell, matrix } from '../../src/sharing/matrix.ts';
import { levelOf } from '../../src/sharing/policy/policies.ts';
import type { Level } from '../../src/states.ts';
import { rank } from '../../src/states.ts';
import { type AgreedCell, SAMPLE_MATRIX } from './support/sample-matrix.ts';
import { catalogue, shippedPolicy } from './support/shipped-policy.ts';

const policy = shippedPolicy();
const tables = matrix({ policy, catalogue, withdrawn: new Set(), now: new Date('2026-07-01T12:00:00Z') });
const cellsOf = (role: string, purpose: string, section: string) =>
  tables
    .find((table) => table.role === role && table.purpose === purpose)
    ?.cells.filter((cell) => cell.section === section) ?? [];
const entryOf = (agency: string, role: string, purpose: string, section: string) =>
  policy.agencies
    .get(agency)
    ?.grants.find((grant) => grant.role === role && grant.purpose === purpose)
    ?.share.get(section);

const SYSTEMS: Readonly<Record<string, string>> = { NHS: 'NHS_NUMBER', NINO: 'NINO', UPN: 'UPN' };
const MOST: Readonly<Record<string, Level>> = {
  F: 'FULL',
  S: 'SUMMARY',
  E: 'EXISTS',
  own: 'FULL',
  NHS: 'FULL',
  NINO: 'FULL',
  UPN: 'FULL',
};
const rowsOf = (cell: MatrixCell) => (cell.own.level === null ? cell.others.rows : cell.own.rows);

describe('no agency gives more than was agreed', () => {
  it.each(SAMPLE_MATRIX)(
    '$role at $purpose: $section is at most $cell',
    ({ role, purpose, section, cell }) => {
      for (const given of cellsOf(role, purpose, section)) {
        expect(rank(given.own.level), given.agency).toBeLessThanOrEqual(rank(MOST[cell] ?? null));
        if (cell === 'own') expect(given.others.level, given.agency).toBeNull();
        const system = SYSTEMS[cell];
        if (system && given.own.level) expect(rowsOf(given)).toEqual({ system: [system] });
      }
    },
  );

  it('and nothing at all where nothing was agreed', () => {
    const agreed = new Set(
      SAMPLE_MATRIX.map(({ role, purpose, section }) => `${role} ${purpose} ${section}`),
    );
    const beyond = tables.flatMap(({ role, purpose, cells }) =>
      cells.filter(({ section, own }) => own.level !== null && !agreed.has(`${role} ${purpose} ${section}`)),
    );
    expect(beyond).toEqual([]);
  });
});

describe('what was agreed is given', () => {
  /** Cells that none of the present agencies can fill: their supplier has not joined, or shows itself to this role nowhere. */
  const LATER: Readonly<Record<string, string>> = {
    'early-help-lead early-help identifiers': 'pupil numbers are the school’s',
    'early-help-lead multiple-disadvantage identifiers': 'pupil numbers are the school’s',
    'school-safeguarding-lead child-protection identifiers': 'pupil numbers are the school’s',
    'school-safeguarding-lead child-protection addresses': 'its own school’s',
    'school-safeguarding-lead child-protection contact': 'its own school’s',
    'work-coach welfare-support addresses': 'the work coach’s own',
    'work-coach welfare-support contact': 'the work coach’s own',
    'early-help-lead multiple-disadvantage demographics': 'NHS bodies are excluded',
    'school-safeguarding-lead child-protection demographics': 'the trust does not show itself to schools',
    'housing-officer early-help demographics': 'the trust does not show itself to housing',
    'general-practitioner direct-care domesticAbuse': 'police give health nothing but markers',
    'health-visitor child-protection domesticAbuse': 'police give health nothing but markers',
  };
  const reachable = SAMPLE_MATRIX.filter(
    ({ role, purpose, section, cell }) =>
      MOST[cell] !== undefined &&
      (catalogue.sections.get(section)?.suppliers.length ?? 0) > 0 &&
      !LATER[`${role} ${purpose} ${section}`],
  );

  it.each(reachable)('$role at $purpose: $section reaches $cell', (agreed) => {
    const given = cellsOf(agreed.role, agreed.purpose, agreed.section);
    expect(Math.max(...given.map((cell) => writtenRank(agreed, cell)))).toBe(rank(MOST[agreed.cell] ?? null));
  });

  /** Involvements are granted as written, then held to the section of each service: the file is what can reach the cell. */
  function writtenRank({ role, purpose, section }: AgreedCell, { agency, own }: MatrixCell): number {
    if (section !== 'involvements' || own.level === null) return rank(own.level);
    const entry = entryOf(agency, role, purpose, section);
    return rank(entry ? levelOf(entry.access) : null);
  }

  const kept = SAMPLE_MATRIX.filter(({ cell }) => ['B', 'R', '∅'].includes(cell));
  const WORDS: Readonly<Record<string, string>> = {
    B: 'NEEDS_BREAK_GLASS',
    R: 'NEEDS_REVIEW',
    '∅': 'NOT_OFFERED',
  };
  it.each(kept)(
    '$role at $purpose: $section says why it is kept back ($cell)',
    ({ role, purpose, section, cell }) => {
      const granting = cellsOf(role, purpose, section).filter(({ agency }) =>
        entryOf(agency, role, purpose, section),
      );
      for (const { others } of granting) expect(others.reason).toBe(WORDS[cell]);
    },
  );
});

describe('whatever an agency’s file grants', () => {
  const entries = [...policy.agencies.values()].flatMap(({ agency, grants }) =>
    grants.flatMap((grant) =>
      [...grant.share].map(([section, entry]) => ({
        agency,
        role: grant.role,
        purpose: grant.purpose,
        section,
        entry,
      })),
    ),
  );

  it('a crisis plan below full rests on an agreed extract, and says so', () => {
    const below = entries.filter(
      ({ section, entry }) => section === 'crisisPlan' && entry.access === 'summary',
    );
    expect(below.length).toBeGreaterThan(0);
    for (const { entry } of below) {
      expect(entry.rows).toEqual({ agreedExtract: true });
      expect(entry.scope).toBe('extracts the person agreed to share');
    }
  });

  it('domestic abuse below full shows only victims and children: a perpetrator never looks like a victim', () => {
    const below = entries.filter(
      ({ section, entry }) => section === 'domesticAbuse' && ['summary', 'exists'].includes(entry.access),
    );
    expect(below.length).toBeGreaterThan(0);
    for (const { entry } of below) expect(entry.rows).toMatchObject({ victimOrChild: true });
  });

  it('addresses below full are the current one alone', () => {
    const below = entries.filter(
      ({ section, entry }) => section === 'addresses' && entry.access === 'summary',
    );
    expect(below.length).toBeGreaterThan(0);
    for (const { entry } of below) expect(entry.rows).toMatchObject({ current: true });
  });

  it('work coaches are given nothing by the police or the trust, and health nothing by the police but markers', () => {
    const given = (agency: string, role: string) =>
      tables
        .filter((table) => table.role === role)
        .flatMap(({ cells }) => cells.filter((cell) => cell.agency === agency && cell.own.level !== null))
        .map(({ section }) => section);
    expect([...given('police', 'work-coach'), ...given('mental-health', 'work-coach')]).toEqual([]);
    expect(
      new Set([...given('police', 'general-practitioner'), ...given('police', 'health-visitor')]),
    ).toEqual(new Set(['warningMarkers']));
  });

  it('housing shows its source on purpose for household and warning markers, and for nothing else', () => {
    const shown = entries
      .filter(({ agency, entry }) => agency === 'housing' && entry.discloseSource)
      .map(({ section }) => section);
    expect(new Set(shown)).toEqual(new Set(['household', 'warningMarkers']));
  });

  it('no grant is for a role without persons’ data, nor rests on section 136 in a dwelling', () => {
    expect(entries.filter(({ role }) => role === 'governance-officer' || role === 'analyst')).toEqual([]);
    const street = [...policy.agencies.values()].flatMap(({ grants }) =>
      grants.flatMap(({ gateways }) => gateways.filter(({ cite }) => cite.includes('s.136'))),
    );
    expect(street.length).toBeGreaterThan(0);
    for (const { place } of street) expect(place).toBe('PUBLIC');
  });
});

describe('purposes.yaml', () => {
  it('knows every kind of service of the schema', () => {
    const schema = parse(readFileSync(join(projectRoot(), 'schema/sections.graphql'), 'utf8'));
    const kinds = schema.definitions.flatMap((one) =>
      one.kind === 'EnumTypeDefinition' && one.name.value === 'ServiceKind' ? (one.values ?? []) : [],
    );
    expect(kinds.length).toBeGreaterThan(0);
    expect([...policy.services.keys()]).toEqual(kinds.map(({ name }) => name.value));
  });

  it('lets nobody assert the purposes that grant nothing yet', () => {
    const nobody = [...policy.purposes.values()]
      .filter(({ roles }) => roles.length === 0)
      .map(({ id }) => id);
    expect(nobody).toEqual(['emergency', 'serious-violence', 'public-protection', 'school-notification']);
  });

  it('needs consent for homelessness referrals alone', () => {
    expect(
      [...policy.purposes.values()].filter(({ needsConsent }) => needsConsent).map(({ id }) => id),
    ).toEqual(['homelessness-referral']);
  });

  it('keeps NHS bodies out of targeting, serious violence and welfare benefits', () => {
    const out = [...policy.purposes.values()]
      .filter(({ excludes }) => excludes.nhsBodies)
      .map(({ id }) => id);
    expect(out).toEqual(['multiple-disadvantage', 'serious-violence', 'welfare-support']);
  });
});

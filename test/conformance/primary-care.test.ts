import { describe, expect, it } from 'vitest';
import { isConcept, problemCode } from '../../adapters/contract/lists/snomed.ts';
import { grantedColumns, partsOf } from '../../adapters/contract.ts';
import { AUTHORITIES, traced } from '../../adapters/primary-care/codes.ts';
import { adapter } from '../../adapters/primary-care/index.ts';
import { SOUTHMERE } from '../../fixtures/people/looked-after.ts';
import { SCENARIO_PEOPLE } from '../../fixtures/people.ts';
import { namedParts } from '../../src/conformance/parts.ts';
import { decodedValue } from './support/decoded-value.ts';

const NOW = new Date('2026-11-22T03:10:00Z');
const quiet = { now: NOW, note: () => {} };
const partsAt = (place: string) =>
  namedParts(adapter).flatMap(([name, part]) => (name === place ? [part] : []));

describe('a problem', () => {
  const problems = SCENARIO_PEOPLE.flatMap(({ primaryCare }) => primaryCare?.problems ?? []);
  it.each(problems.map(({ code, term }) => [term, code]))('%s has a concept of SNOMED CT', (_, code) => {
    expect(isConcept(code)).toBe(true);
  });

  it.each([
    ['a digit mistyped', '48694003'],
    ['two digits swapped', '48649002'],
    ['a description instead of a concept', '2164210010'],
    ['too few digits', '48002'],
    ['words', 'Anxiety'],
  ])('is no concept with %s, and keeps no word of it', (_, written) => {
    const notes: string[] = [];
    const context = { now: NOW, note: (problem: string) => notes.push(problem) };
    expect(problemCode([written, 'Anxiety'], context)).toBeNull();
    expect(notes).toEqual(['not a concept of SNOMED CT']);
  });

  it('says what the clinician chose to call it', () => {
    const anxious = { code: '48694002', text: 'Feeling anxious', system: 'SNOMED CT' };
    expect(problemCode([' 48694002 ', 'Feeling anxious'], quiet)).toEqual(anxious);
  });
});

describe('an NHS number', () => {
  it.each([
    ['U', true],
    ['r ', true],
    ['V', false],
    ['?', false],
    [null, null],
  ])('of a patient whom PDS marks %s is verified: %s', (code, verified) => {
    expect(traced(code, quiet)).toBe(verified);
  });
});

describe('what the NHS is told of a child', () => {
  const [lookedAfter, others] = partsAt('childSafeguarding.items');
  const field = (name: string, part = lookedAfter) => {
    const found = part?.kind === 'list' ? part.fields[name] : undefined;
    if (found?.kind !== 'field') throw new Error(`childSafeguarding has no ${name}`);
    return found;
  };

  it.each([
    ['LAC ', null, ['LOOKED_AFTER']],
    ['CPP ', '99991231', ['PROTECTION_PLAN']],
    ['UCPP', '20261130', ['UNBORN_PROTECTION_PLAN']],
    ['CPP ', '20250901', ['PREVIOUSLY_KNOWN']],
    ['CPP ', '20250931', null],
    ['??  ', null, null],
  ])('by a flag %s that ends on %s is %s', (type, end, status) => {
    expect(field('status').decode([type, end], quiet)).toEqual(status);
  });

  it('names the authority that looks after the child, with its duty desk', () => {
    expect(field('responsibleAuthority').decode([SOUTHMERE.code], quiet)).toBe(SOUTHMERE.name);
    expect(field('dutyContact').decode([SOUTHMERE.code], quiet)).toMatchObject({ phone: SOUTHMERE.duty });
    expect(AUTHORITIES[901]?.name).toBe('Northshire County Council');
  });

  it('gives no other desk for an authority that it does not know', () => {
    expect(field('dutyContact').decode(['999'], quiet)).toBeNull();
    expect(field('responsibleAuthority').decode(['999'], quiet)).toBeNull();
  });

  it('takes the authority of a plan for a place, and not that of a child who is looked after', () => {
    for (const name of ['responsibleAuthority', 'dutyContact']) {
      expect(field(name).place).toBe(false);
      expect(field(name, others).place).toBe(true);
    }
  });

  it('is status and dates, never the plan', () => {
    const told = partsOf(adapter.sections.childSafeguarding?.items as never).map((part) =>
      part.kind === 'list' ? Object.keys(part.fields) : [],
    );
    const all = ['status', 'responsibleAuthority', 'dutyContact', 'from', 'to'];
    expect(told).toEqual([all, all]);
  });
});

describe('what is never read', () => {
  const granted = grantedColumns(adapter);
  it.each(['SH_EPISODE', 'HV_CONTACT'])('is %s', (table) => {
    expect(granted.has(table)).toBe(false);
  });

  it('is any row by NHS number, which two patients can carry', () => {
    const people = namedParts(adapter).map(([, { source }]) => source.person);
    expect(people.filter((column) => !column.endsWith('.PATIENT_ID'))).toEqual([]);
  });

  it('is a problem, a medicine or a note that is not plainly free of sealed matter and third parties', () => {
    for (const place of ['clinical.diagnoses', 'clinical.medication', 'clinical.notes'])
      for (const { source } of partsAt(place)) expect(JSON.stringify(source.only)).toMatch(/SENS_YN/);
    expect(JSON.stringify(partsAt('clinical.notes')[0]?.source.only)).toMatch(/THIRD_PTY.*LEGAL_PRIV/);
  });
});

describe('the practice', () => {
  it('is named with its telephone, or by its code alone', () => {
    const practice = (...cells: unknown[]) => decodedValue(adapter, 'mentalHealth', 'practice', [cells], NOW);
    expect(practice('Y99001', 'Beacon Street Surgery', '01632 960611')).toEqual({
      code: 'Y99001',
      name: 'Beacon Street Surgery',
      phone: '01632 960611',
    });
    expect(practice('Y99001', null, null)).toEqual({ code: 'Y99001', name: 'Y99001', phone: null });
    expect(practice('  ', null, null)).toBeNull();
  });

  it('and telephones and addresses are places: for people who hide it is as if there were none', () => {
    for (const place of ['contact.items', 'addresses.items'])
      for (const { source } of partsAt(place)) expect(source.place).toBe(true);
    expect(partsAt('involvements.items').map(({ source }) => source.place)).toEqual([true, undefined]);
  });
});

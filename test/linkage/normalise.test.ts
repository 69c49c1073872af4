import { describe, expect, it } from 'vitest';
import { nationalInsuranceNumber, nhsNumber, pupilNumber } from '../../fixtures/identifiers.ts';
import { readAddress } from '../../src/linkage/normalise/address.ts';
import { birthDate } from '../../src/linkage/normalise/birth-date.ts';
import { identifierType, identifierValue } from '../../src/linkage/normalise/identifier.ts';
import { nameValue } from '../../src/linkage/normalise/name.ts';
import { readPhone } from '../../src/linkage/normalise/read-features.ts';

describe('a name', () => {
  it.each([
    ["O'Brien", 'OBRIEN'],
    ['O’Brien', 'OBRIEN'],
    ['Lillie-Hinrichs', 'LILLIEHINRICHS'],
    ['de la Cruz', 'DELACRUZ'],
    ['Müller', 'MULLER'],
    ['Łukasz', 'LUKASZ'],
    ['Søren', 'SOREN'],
    ['Иванов', 'IVANOV'],
    ['Ελένη', 'ELENI'],
    ['Mrs Ada', 'ADA'],
  ])('%s is compared as %s', (written, plain) => {
    expect(nameValue(written)?.text).toBe(plain);
  });

  it.each(['', '   ', '-', 'Unknown', 'N/K', 'not known', '???'])('%j is missing', (written) => {
    expect(nameValue(written)).toBeNull();
  });

  it('sounds the same however it is spelt', () => {
    for (const spellings of [
      ['Smith', 'Smyth'],
      ['Phillips', 'Filips'],
      ['Knight', 'Night'],
      ['Wright', 'Right'],
    ])
      expect(new Set(spellings.map((spelling) => nameValue(spelling)?.sound)).size).toBe(1);
  });
});

describe('a date of birth', () => {
  it.each([
    ['20150519', '20150519', true],
    ['2015-05-19', '20150519', true],
    ['2015-05-19T00:00:00Z', '20150519', true],
    ['19/05/2015', '20150519', true],
    ['19/05/15', '20150519', true],
    ['19-MAY-15', '20150519', true],
    ['19 May 1961', '19610519', true],
    ['19/05/61', '19610519', true],
    ['2015-05', '20150500', false],
    ['2015', '20150000', false],
    ['19160017', '19160017', true],
  ])('%s is read', (written, digits, full) => {
    expect(birthDate(written)).toMatchObject({ digits, full });
  });

  it.each(['', '19000101', '1900-01-01', '01/01/1900', '99991231', 'unknown', '00000000'])(
    '%j is missing',
    (written) => {
      expect(birthDate(written)).toBeNull();
    },
  );
});

describe('an identifier', () => {
  const trust = (type: string, value: string) => identifierValue(identifierType(type), value)?.trust ?? null;
  const nhs = nhsNumber(1) ?? '';

  it('is checked where its kind has a check character', () => {
    expect(trust('NHS_NUMBER', nhs)).toBe('CHECKED');
    expect(trust('NHS number', `${nhs.slice(0, 3)} ${nhs.slice(3, 6)} ${nhs.slice(6)}`)).toBe('CHECKED');
    expect(trust('NHS_NUMBER', `${nhs.slice(0, 9)}${(Number(nhs[9]) + 1) % 10}`)).toBe('INVALID');
    const upn = pupilNumber(901, 2001, 17);
    expect(trust('UPN', upn)).toBe('CHECKED');
    expect(trust('UPN', `${upn.slice(0, 12)}${(Number(upn[12]) + 1) % 10}`)).toBe('INVALID');
  });

  it('of a kind without one is taken as it is', () => {
    expect(trust('NINO', nationalInsuranceNumber(7))).toBe('FORMED');
    expect(trust('NINO', '123')).toBe('INVALID');
    expect(trust('SOC_SEC', '6988048')).toBe('PLAIN');
  });

  it('that systems put in for none says nothing', () => {
    for (const filler of ['4444444444', '0000000000', '1234567890'])
      expect(trust('NHS_NUMBER', filler)).toBe('GENERIC');
    expect(trust('NHS_NUMBER', '')).toBeNull();
  });

  it('of a National Insurance number leaves the suffix out', () => {
    expect(identifierValue('NINO', 'QQ 12 34 56 C')?.value).toBe('QQ123456');
  });
});

describe('an address', () => {
  it('is compared without spaces, case and long words', () => {
    expect(readAddress({ street: '12 High Street', postcode: 'zz9 7rf' })).toMatchObject({
      number: '12',
      street: 'HIGHST',
      postcode: 'ZZ97RF',
    });
  });

  it('that nobody has is missing', () => {
    expect(readAddress({ street: 'No fixed abode', postcode: 'ZZ99 3VZ' })).toBeNull();
    expect(readAddress({})).toBeNull();
  });
});

it('phones are the same with and without the prefix of the country', () => {
  expect(readPhone('+44 7700 900123')).toBe(readPhone('07700 900123'));
  expect(readPhone('000000')).toBeNull();
});

/** Numbers of people, system by system: each as its issuer publishes it, in the forms in which people write it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  IDENTIFIER_SYSTEMS,
  type IdentifierSystem,
  identifierNumber,
  readIdentifier,
} from '../../adapters/contract.ts';
import {
  croNumber,
  nationalInsuranceNumber,
  nhsNumber,
  pncNumber,
  pupilNumber,
} from '../../fixtures/identifiers.ts';
import { identifierType, identifierValue } from '../../src/linkage/normalise/identifier.ts';

const read = (system: IdentifierSystem, written: string) => readIdentifier(system, written)?.value ?? null;

describe('a number in the form in which it is compared', () => {
  it.each<[IdentifierSystem, string, string | null]>([
    // NHS Data Dictionary, NHS NUMBER: ten digits, the last by modulus 11; shown 3-3-4.
    ['NHS_NUMBER', '999 000 0018', '9990000018'],
    ['NHS_NUMBER', '999-000-1383', '9990001383'],
    ['NHS_NUMBER', '943 476 5919', '9434765919'],
    ['NHS_NUMBER', '９９９ ０００ ００１８', '9990000018'],
    ['NHS_NUMBER', '9990000019', null],
    ['NHS_NUMBER', '0000000000', null],
    ['NHS_NUMBER', '999000001', null],
    // Department for Education, Unique pupil numbers: 2×2 + 4×7 + 9×1 + 10×6 + 12×4 + 13×9 is 13 more than a multiple of 23, a P.
    ['UPN', 'P207000016049', 'P207000016049'],
    ['UPN', 'f901200100017', 'F901200100017'],
    ['UPN', 'E902 2001 00033', 'E902200100033'],
    ['UPN', 'B207000016049', null],
    ['UPN', 'A901200100017', null],
    ['UPN', 'UN1', null],
    ['UPN', 'A000000000000', null],
    // HMRC, National Insurance Manual NIM39110: which prefixes there are. QQ is what no one has.
    ['NINO', 'qq 12 34 56 c', 'QQ123456'],
    ['NINO', 'QQ123456', 'QQ123456'],
    ['NINO', 'AB 12-34-56 A', 'AB123456'],
    ['NINO', 'QQ111111A', 'QQ111111'],
    ['NINO', 'QQ123456E', null],
    ['NINO', 'DA123456A', null],
    ['NINO', 'AO123456A', null],
    ['NINO', 'GB123456A', null],
    ['NINO', 'TN010170M', null],
    ['NINO', 'QQ000000A', null],
    // Police National Computer: the letter by modulus 23 of year (two digits) and serial (seven).
    ['PNC', '2002/0073319Z', '2002/0073319Z'],
    ['PNC', '20020073319Z', '2002/0073319Z'],
    ['PNC', '02/73319Z', '2002/0073319Z'],
    ['PNC', '0273319Z', '2002/0073319Z'],
    ['PNC', '02/0073319z', '2002/0073319Z'],
    ['PNC', '2002/0073319A', null],
    ['PNC', '2019/0000001Z', null],
    ['PNC', '2000/0000000Z', null],
    ['PNC', 'unknown', null],
    // Criminal Records Office: serial and year, or SF (short file), year and serial as it stands; the same modulus.
    ['CRO', 'SF05/482703J', 'SF05/482703J'],
    ['CRO', 'sf 05/482703 j', 'SF05/482703J'],
    ['CRO', 'SF83/50058Z', 'SF83/50058Z'],
    ['CRO', 'SF83/50058Y', null],
    ['CRO', '265416/21G', '265416/21G'],
    ['CRO', '265416/2021G', '265416/21G'],
    ['CRO', '265416/21H', null],
    ['CRO', '65656/91H', '065656/91H'],
    ['CRO', '065656/91H', '065656/91H'],
    ['CRO', '6697/56U', '006697/56U'],
    ['CRO', '991/66G', '000991/66G'],
    ['CRO', '99166G', '000991/66G'],
    ['CRO', '85227/65G', null],
    // Probation's and the Prison Service's own: no check character.
    ['CRN', 'x123456', 'X123456'],
    ['CRN', 'X 123 456', 'X123456'],
    ['CRN', 'X12345', null],
    ['NOMS', 'A1234BC', 'A1234BC'],
    ['NOMS', 'a 1234 bc', 'A1234BC'],
    ['NOMS', 'A12345C', null],
    // An agency's own number is whatever it gives out; what parts it is part of it.
    ['LOCAL', ' n 77 ', 'N77'],
    ['LOCAL', '12-3', '12-3'],
    ['LOCAL', '1-23', '1-23'],
    ['LOCAL', '', null],
  ])('%s %j is %j', (system, written, value) => {
    expect(read(system, written)).toBe(value);
  });

  const LETTERS = 'ABCDEFGHJKLMNPQRTUVWXYZ';
  const temporary = (eleven: string, last: string) => {
    const sum = [...eleven].reduce(
      (total, digit, at) => total + Number(digit) * (at + 2),
      LETTERS.indexOf(last) * 13,
    );
    return `${LETTERS[sum % 23]}${eleven}${last}`;
  };

  it('of a pupil may be temporary: its last character a letter, which counts as its place in the alphabet of check letters', () => {
    for (const last of LETTERS) {
      const number = temporary('90120010001', last);
      expect(readIdentifier('UPN', number.toLowerCase())).toEqual({
        value: number,
        checked: true,
        temporary: true,
      });
    }
    for (const last of 'IOS') expect(read('UPN', `A90120010001${last}`)).toBeNull();
    expect(readIdentifier('UPN', pupilNumber(901, 2001, 17))).toMatchObject({ temporary: false });
  });
});

/** How people write a number down: spaces, hyphens and small letters anywhere that the form has no meaning for. */
const written = (number: string) =>
  fc
    .array(fc.constantFrom('', ' ', '  ', '\u00a0', '-', '\u2011'), {
      minLength: number.length,
      maxLength: number.length,
    })
    .chain((gaps) =>
      fc.boolean().map((small) => {
        const text = [...number]
          .map((letter, at) => letter + (at === number.length - 1 ? '' : gaps[at]))
          .join('');
        return small ? text.toLowerCase() : text;
      }),
    );
const serial = fc.integer({ min: 1000, max: 999_998 });
const NUMBERS: [IdentifierSystem, fc.Arbitrary<string>][] = [
  ['NHS_NUMBER', serial.map((at) => nhsNumber(at) ?? nhsNumber(18) ?? '')],
  ['UPN', serial.map((at) => pupilNumber(901, 2001, at % 100_000))],
  ['NINO', serial.map(nationalInsuranceNumber)],
  ['PNC', fc.tuple(fc.integer({ min: 1950, max: 2039 }), serial).map(([year, at]) => pncNumber(year, at))],
  ['CRO', fc.tuple(fc.integer({ min: 1950, max: 2039 }), serial).map(([year, at]) => croNumber(year, at))],
];

describe.each(NUMBERS)('any %s', (system, numbers) => {
  it('is read the same however it is written, and reading it again changes nothing', () => {
    fc.assert(
      fc.property(
        numbers.chain((number) => fc.tuple(fc.constant(number), written(number))),
        ([number, text]) => {
          const value = read(system, number);
          expect(value).not.toBeNull();
          expect(read(system, text)).toBe(value);
          expect(read(system, value ?? '')).toBe(value);
        },
      ),
    );
  });

  it('is read the same by the linkage of records', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const found = identifierValue(identifierType(system), number);
        expect(found).toMatchObject({ value: read(system, number) });
        // A National Insurance number has no check character, and is given to one person alone all the same.
        const unchecked = system === 'NINO' ? 'FORMED' : 'PLAIN';
        expect(found?.trust).toBe(readIdentifier(system, number)?.checked ? 'CHECKED' : unchecked);
      }),
    );
  });
});

it('a number with one digit changed is refused where it has a check character, and never read as another’s', () => {
  for (const [system, numbers] of NUMBERS.filter(([name]) => name !== 'NINO'))
    fc.assert(
      fc.property(numbers, fc.nat(), fc.integer({ min: 1, max: 9 }), (number, place, add) => {
        const digits = [...number.matchAll(/\d/g)].map(({ index }) => index);
        const at = digits[place % digits.length] as number;
        // The first two digits of a year of four are not under the check letter.
        fc.pre(!(system === 'PNC' && at < 2));
        const changed = number.slice(0, at) + ((Number(number[at]) + add) % 10) + number.slice(at + 1);
        expect(read(system, changed)).not.toBe(read(system, number));
        if (system === 'NHS_NUMBER' || system === 'UPN') expect(read(system, changed)).toBeNull();
      }),
    );
});

it('no text makes the reading fail, and what is read is of the system’s own form', () => {
  fc.assert(
    fc.property(fc.constantFrom(...IDENTIFIER_SYSTEMS), fc.string({ unit: 'binary' }), (system, text) => {
      const value = read(system, text);
      if (value !== null) expect(read(system, value)).toBe(value);
    }),
  );
});

describe('an agency’s column of numbers', () => {
  const decoded = (system: IdentifierSystem, cell: unknown) => {
    const notes: string[] = [];
    const value = identifierNumber(system)(cell, { now: new Date(), note: (problem) => notes.push(problem) });
    return { value, notes };
  };
  it('is shown as the number is written for people, with the suffix that a National Insurance number has', () => {
    expect(decoded('PNC', ' 02/73319z ').value).toBe('2002/0073319Z');
    expect(decoded('NINO', 'qq 12 34 56 c').value).toBe('QQ123456C');
    expect(decoded('NHS_NUMBER', '999 000 0018').value).toBe('9990000018');
    expect(decoded('LOCAL', ' n 77 ').value).toBe('N77');
  });

  it('is null and noted where it cannot be read, and null without a note where it is blank', () => {
    expect(decoded('NHS_NUMBER', '9990000019')).toEqual({ value: null, notes: ['not an NHS number'] });
    expect(decoded('CRO', '265416/21H')).toEqual({ value: null, notes: ['not a CRO number'] });
    expect(decoded('UPN', '   ')).toEqual({ value: null, notes: [] });
  });
});

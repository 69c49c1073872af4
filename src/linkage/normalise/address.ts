import type { Address } from '../features.ts';
import { plainWords } from '../letters.ts';

const STREET_WORDS: Readonly<Record<string, string>> = {
  ...{ STREET: 'ST', ROAD: 'RD', AVENUE: 'AV', AVE: 'AV', LANE: 'LN', DRIVE: 'DR', CLOSE: 'CL', COURT: 'CT' },
  ...{
    CRESCENT: 'CR',
    CRES: 'CR',
    PLACE: 'PL',
    SQUARE: 'SQ',
    TERRACE: 'TCE',
    GARDENS: 'GDNS',
    CIRCUIT: 'CCT',
  },
  ...{ GROVE: 'GR', HOUSE: 'HSE', SAINT: 'ST', MOUNT: 'MT', PARADE: 'PDE', HIGHWAY: 'HWY', BOULEVARD: 'BVD' },
};
const FILLERS = new Set([
  'UNKNOWN',
  'NFA',
  'NOFIXEDABODE',
  'NOTKNOWN',
  'NA',
  'NONE',
  'NK',
  'TBC',
  'ZZ993WZ',
  'ZZ993VZ',
]);

/** An address as columns hold it; blank is missing. */
export interface WrittenAddress {
  readonly postcode?: string;
  readonly place?: string;
  readonly number?: string;
  readonly street?: string;
  readonly locality?: string;
  readonly suburb?: string;
  readonly state?: string;
}

/** Null if no part is left. A house number at the start of the street is taken as the number where there is none. */
export function readAddress(written: WrittenAddress): Address | null {
  const [ahead, street] = numberAhead(written.street ?? '');
  const found: Address = {
    postcode: compact(written.postcode),
    place: written.place?.trim() || null,
    number: compact(written.number)?.replace(/^0+(?=.)/, '') ?? compact(ahead),
    street: streetName(street),
    locality: streetName(written.locality ?? ''),
    suburb: compact(written.suburb),
    state: compact(written.state),
  };
  return Object.values(found).some((part) => part !== null) ? found : null;
}

function numberAhead(street: string): [number: string, street: string] {
  const found = /^\s*(?:flat\s+)?(\d+[a-z]?)[\s,]+(.*[a-z]{2}.*)$/i.exec(street);
  return found ? [found[1] as string, found[2] as string] : ['', street];
}

function compact(text: string | undefined): string | null {
  if (!text) return null;
  const plain = plainWords(text).replaceAll(' ', '');
  return plain === '' || FILLERS.has(plain) ? null : plain;
}

function streetName(text: string): string | null {
  if (text === '') return null;
  const words = plainWords(text).split(' ');
  const plain = words.map((word) => STREET_WORDS[word] ?? word).join('');
  return plain === '' || FILLERS.has(plain) ? null : plain;
}

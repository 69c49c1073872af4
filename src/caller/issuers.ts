/** Where something stands in a token: the way to it (lists are gone through), one of several by what another claim says, or a fixed word. */
export type ClaimSource =
  | { path: readonly string[] }
  | { list: readonly string[]; where: ReadonlyMap<string, readonly string[]>; take: readonly string[] }
  | { always: string };

/** What a client of the issuer may do besides carrying the token of whoever sits before it. */
export interface ClientRights {
  /** Roles and organisations of people for whom it may act, with a token that says so (`act`, RFC 8693); null if for nobody. */
  actsFor: { roles: readonly string[]; organisations: readonly string[] } | null;
  /** Whether it may ask as itself, by client credentials. */
  asItself: boolean;
}

/** How people sign in on our own pages. */
export interface SignIn {
  clientId: string;
  /** Space-separated, as OAuth has it. */
  scope: string;
  /** The resource indicator of RFC 8707 that makes the issuer give a token for us; null where it needs none. */
  resource: string | null;
  /** How long ago the issuer may have asked who sits there, in seconds; null: it asks each time (`prompt=login`). */
  maxAgeSeconds: number | null;
}

/** An issuer of tokens, as whoever runs this gateway wrote it down. */
export interface Issuer {
  /** As the `iss` of its tokens has it, letter by letter. */
  issuer: string;
  /** Any of these must be in `aud`. */
  audiences: readonly string[];
  /** Organisations for whose people it may speak; null for all. */
  organisations: readonly string[] | null;
  signIn: SignIn | null;
  claims: {
    subject: ClaimSource;
    /** The number by which an agency's own logs know the member of staff: what every right to ask rests on. */
    staff: ClaimSource;
    organisation: ClaimSource;
    roles: ClaimSource;
    name: ClaimSource;
    site: ClaimSource;
    person: ClaimSource;
    /** The system of a `person` that is a bare number; null where the claim says it itself. */
    personSystem: string | null;
  };
  /** What the issuer says → what it means here. A word without an entry stands for itself. */
  values: {
    roles: ReadonlyMap<string, string>;
    organisations: ReadonlyMap<string, string>;
  };
  /** Way to a claim → what it must be, one of these: the level of identity, say. */
  require: readonly { path: readonly string[]; oneOf: readonly string[] }[];
  /** Client id → what it may do. One that is not named acts for nobody and never asks as itself. */
  clients: ReadonlyMap<string, ClientRights>;
  /** Seconds since a token was issued after which it is too old, whatever its `exp`; null for no such limit. */
  maxTokenAgeSeconds: number | null;
}

const at = (...path: string[]): ClaimSource => ({ path });

/** Defaults of an issuer's entry: Sightline's own claims, and no client acts for anybody. */
export const ISSUER_DEFAULTS: Omit<Issuer, 'issuer' | 'audiences'> = {
  organisations: null,
  signIn: null,
  claims: {
    subject: at('sub'),
    staff: at('sub'),
    organisation: at('org'),
    roles: at('roles'),
    name: at('name'),
    site: at('site'),
    person: at('person'),
    personSystem: null,
  },
  values: { roles: new Map(), organisations: new Map() },
  require: [],
  clients: new Map(),
  maxTokenAgeSeconds: null,
};

/** All values at this place of the claims, lists flattened; empty if there are none. */
export function claimValues(payload: unknown, source: ClaimSource): readonly unknown[] {
  if ('always' in source) return [source.always];
  if ('path' in source) return valuesAt(payload, source.path);
  const chosen = [...source.where].map(
    ([field, path]) => [field, new Set(valuesAt(payload, path).map(String))] as const,
  );
  return valuesAt(payload, source.list)
    .filter((item) =>
      chosen.every(([field, wanted]) => valuesAt(item, [field]).some((one) => wanted.has(String(one)))),
    )
    .flatMap((item) => valuesAt(item, source.take));
}

function valuesAt(value: unknown, [key, ...rest]: readonly string[]): readonly unknown[] {
  if (Array.isArray(value))
    return value.flatMap((item) => valuesAt(item, key === undefined ? [] : [key, ...rest]));
  if (key === undefined) return value === undefined || value === null ? [] : [value];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [];
  return valuesAt((value as Record<string, unknown>)[key], rest);
}

/** The way to a claim, for people. */
export const claimName = (source: ClaimSource): string =>
  'always' in source
    ? 'a fixed word'
    : ('path' in source ? source.path : [...source.list, ...source.take]).join('.');

/** Names of this machine as addresses have them. */
export const LOOPBACK: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

/**
 * Whoever can change an issuer's answers can sign in as anybody, so it is asked by TLS, unless it is on this machine.
 */
export const isIssuerUrl = (text: string): boolean => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
};
export const ISSUER_FORM =
  'must be an address that begins https:// (http:// on loopback alone), as the tokens’ iss has it';

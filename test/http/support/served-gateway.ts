import { buildSchema, execute, GraphQLError } from 'graphql';
import pino from 'pino';
import { issuerKeys } from '../../../src/caller/issuer-keys.ts';
import { ISSUER_DEFAULTS } from '../../../src/caller/issuers.ts';
import type { TrustedIssuer } from '../../../src/caller/verify-token.ts';
import { openTrustedDocuments } from '../../../src/documents/trusted-documents.ts';
import { requestError } from '../../../src/errors.ts';
import type { CallerRequest, Operation } from '../../../src/gateway/request/context.ts';
import { createMetrics, type GatewayStatus, type Metrics } from '../../../src/http/metrics.ts';
import type { HttpParts } from '../../../src/http/parts.ts';
import { buildHttp } from '../../../src/http/server.ts';
import type { PagesConfig } from '../../../src/pages/config.ts';
import { AUDIENCE, startTestIssuer, type TestIssuer } from './oidc-issuer.ts';

export const NOW = new Date('2026-11-22T03:00:00Z');

/** As much of a graph as the way to it needs: fields that answer, that are withheld, and that fail as a database does. */
const schema = buildSchema(`
  type Query {
    viewer: Viewer!
    person(id: ID!): Person
    people(ids: [ID!]!): [Person]!
    broken: String
    needed: String!
    slow: String
  }
  type Viewer { name: String!  role: String!  purpose: String  reference: String }
  type Person { id: ID!  nickname: String  withheld: String  household: Household! }
  type Household { members: [RelatedPerson!] }
  type RelatedPerson { person: Person }
`);

const databaseError = () =>
  new Error('connect ECONNREFUSED db.police.internal:5432: select "NHS_NO" where id = 9990000018');
const personOf = (id: string) => ({
  id,
  nickname: 'M',
  withheld: () =>
    new GraphQLError('Withheld', { extensions: { code: 'WITHHELD', reason: 'LEVEL', sql: 'select 1' } }),
});

export interface Served {
  url: string;
  issuer: TestIssuer;
  metrics: Metrics;
  /** What the gateway was asked, in order. */
  asked: { asking: CallerRequest; operation: Operation }[];
  /** What it was told was refused before it was asked. */
  refused: { asking: CallerRequest; code: string }[];
  /** Lines of the log, parsed. */
  lines: Record<string, unknown>[];
  /** Posts a body as the officer, or as the headers say; null takes a header away. */
  post(body: unknown, headers?: Record<string, string | null>): Promise<Answer>;
  close(): Promise<void>;
}
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect in it
  json: any;
}

/** The public listener on a free port of loopback, over a small gateway, with a real issuer of tokens. */
export async function serve(overrides: Partial<HttpParts> = {}): Promise<Served> {
  const now = () => NOW;
  const issuer = await startTestIssuer(now);
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { base: null, timestamp: false },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  );
  const asked: Served['asked'] = [];
  const refused: Served['refused'] = [];
  const metrics = createMetrics(async () => STATUS);
  const server = await buildHttp({
    gateway: {
      schema,
      answer: (asking, operation) => answer(asked, asking, operation),
      refuse: async (asking, code) => void refused.push({ asking, code }),
    },
    documents: await openTrustedDocuments({ mode: 'off', pages: [] } as never),
    issuers: [trusted(issuer.url)],
    policy: () => POLICY,
    desks: () => DESKS,
    agencies: ['police', 'mental-health'],
    notReady: async () => null,
    graphiql: { files: FILES, config: CONFIG },
    demo: null,
    log,
    metrics,
    now,
    ...overrides,
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const token = await issuer.token();
  return {
    url,
    issuer,
    metrics,
    asked,
    refused,
    lines,
    post: (body, headers = {}) =>
      post(`${url}/graphql`, body, { authorization: `Bearer ${token}`, ...headers }),
    async close() {
      await server.close();
      await issuer.close();
    },
  };
}

async function answer(asked: Served['asked'], asking: CallerRequest, operation: Operation) {
  asked.push({ asking, operation });
  if (asking.purpose === 'refused') throw requestError('PURPOSE_NOT_PERMITTED', 'Your role may assert none.');
  if (asking.purpose === 'unrecorded')
    throw requestError('REGISTER_UNAVAILABLE', 'Nothing is disclosed.', {}, databaseError());
  if (asking.purpose === 'defect') throw databaseError();
  const { document, operationName, variables: variableValues } = operation;
  const rootValue = {
    viewer: { ...asking.caller, purpose: asking.purpose, reference: asking.reference?.value },
    person: ({ id }: { id: string }) => personOf(id),
    people: ({ ids }: { ids: string[] }) => ids.map(personOf),
    broken: databaseError,
    needed: databaseError,
    slow: () => new Promise((resolve) => asking.signal.addEventListener('abort', () => resolve('gone'))),
  };
  const result = await execute({ schema, document, operationName, variableValues, rootValue });
  asking.signal.throwIfAborted();
  return { ...result, extensions: { holes: [] } } as never;
}

export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string | null>,
): Promise<Answer> {
  const sent = {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
    ...headers,
  };
  const given = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== null);
  const response = await fetch(url, {
    method: 'POST',
    headers: given,
    body: typeof body === 'string' ? new TextEncoder().encode(body) : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

/** An issuer as its short form in the settings has it, or with more said of it. */
export const trusted = (issuer: string, more: Partial<TrustedIssuer> = {}): TrustedIssuer => ({
  ...ISSUER_DEFAULTS,
  issuer,
  audiences: [AUDIENCE],
  keys: issuerKeys(issuer),
  ...more,
});

const role = (title: string, ...organisations: string[]) => ({ title, organisations });
export const POLICY: ReturnType<HttpParts['policy']> = {
  roles: new Map([
    ['response-officer', role('Officer', 'police')],
    ['triage-nurse', role('Nurse', 'mental-health')],
    ['governance-officer', role('Guardian', 'police', 'mental-health')],
  ]),
  organisations: ['police', 'mental-health'],
};
const DESKS = [
  {
    agency: 'police',
    desk: 'Duty desk',
    phone: '01632 960400',
    email: null,
    hours: null,
    staffedNow: true,
    advice: null,
  },
];

export const STATUS: GatewayStatus = {
  agencies: [
    {
      id: 'police',
      name: 'Northshire Police',
      state: 'UP',
      feed: { asOf: new Date('2026-11-22T02:58:30Z'), ageSeconds: 90, overdue: false },
    },
    { id: 'mental-health', name: 'Northshire Trust', state: 'DOWN', feed: null },
  ],
  issuers: [],
  register: { mode: 'SPOOL', waiting: 3, written: 41 },
  alerts: { counts: new Map([['GIVEN_UP', 2]]), oldest: new Date('2026-11-22T02:00:00Z') },
  policy: { version: 'f00d', since: new Date('2026-11-22T02:00:00Z'), failing: true, withdrawn: 2 },
};

const CONFIG: PagesConfig = {
  demo: false,
  oidc: null,
  examples: [],
  purposes: [],
  purposesOf: {},
  idleLockMinutes: 15,
  agencies: {},
};
const file = (text: string, contentType: string, immutable: boolean) => ({
  body: Buffer.from(text),
  packed: {},
  contentType,
  immutable,
});
const FILES = new Map([
  ['/graphiql', file('<!doctype html>', 'text/html; charset=utf-8', false)],
  ['/graphiql/main-ABC.js', file('1', 'text/javascript; charset=utf-8', true)],
]);

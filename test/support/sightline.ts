import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { findAdapters } from '../../src/adapters-found.ts';
import { type App, createApp } from '../../src/app.ts';
import { grantStatements } from '../../src/compile/grants.ts';
import { type DemoDatabases, prepareDatabases } from '../../src/demo/databases.ts';
import type { Persona } from '../../src/demo/persona.ts';
import { PERSONAS } from '../../src/demo/personas.ts';
import { createTokenIssuer, type TokenIssuer } from '../../src/demo/token-issuer.ts';
import { buildHttp } from '../../src/http/server.ts';
import type { SearchLimits } from '../../src/person-index/search-policy.ts';
import { projectRoot } from '../../src/project-root.ts';
import { copyOfMadeOnce, type MadeOnce } from './made-once.ts';
import { testServer } from './postgres.ts';
import { dropAll, rows } from './rows.ts';
import { StatementLog } from './statement-log.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever shape the query of the test has
  data: any;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
  holes: {
    path: (string | number)[];
    section: string;
    agency: string | null;
    state: string;
    reason: string | null;
  }[];
  headers: Headers;
  text: string;
}
export interface Asking {
  variables?: Record<string, unknown>;
  purpose?: string | null;
  reference?: string | null;
  headers?: Record<string, string>;
}
export interface SightlineOptions {
  /** Addresses in place of the agencies' own, to put a proxy between. */
  agencyUrls?: (urls: Record<string, string>) => Promise<Record<string, string>> | Record<string, string>;
  /** The same for the own store. */
  storeUrl?: (url: string) => Promise<string> | string;
  agencyTimeoutMs?: number;
  /** A copy of the project's policies to change, in place of the project itself. */
  root?: string;
  now?: () => Date;
  /** How often a login may search; without limit unless a test is of that. */
  searchLimits?: SearchLimits;
  /** How many people are generated besides those of the scenarios; few unless a test is of many. */
  people?: number;
}

/** No pass of its own while a test asks. */
const FEED_INTERVAL_MS = 3_600_000;
/** Of whom there are more in the scenarios. */
const FEW = 40;
/** A test that changes one of these begins on databases of its own, with nobody in the index. */
const OWN_DATABASES = ['agencyUrls', 'storeUrl', 'now', 'people'] as const;
const MANY = { perMinute: 100_000, perHour: 100_000 };
/** A test asks in seconds what an office asks in a day. */
const WITHOUT_LIMIT: SearchLimits = { usual: MANY, emergency: { ...MANY, roles: [] } };

/** The whole gateway on a real socket, over databases of its own, for one test file. */
export class Sightline {
  readonly url: string;
  readonly app: App;
  readonly storeUrl: string;
  readonly dataDir: string;
  /** What reached PostgreSQL, in its own log; null where the server's log cannot be read. */
  readonly statements: StatementLog | null;
  /** Every line that was logged. */
  readonly logged: string[];
  readonly tokens: TokenIssuer;
  readonly #adminUrls: Readonly<Record<string, string>>;
  readonly #end: () => Promise<void>;

  constructor(
    parts: Omit<Sightline, 'ask' | 'askAs' | 'sql' | 'store' | 'close'> & {
      adminUrls: Record<string, string>;
      end(): Promise<void>;
    },
  ) {
    Object.assign(this, parts);
    this.url = parts.url;
    this.app = parts.app;
    this.storeUrl = parts.storeUrl;
    this.dataDir = parts.dataDir;
    this.statements = parts.statements;
    this.logged = parts.logged;
    this.tokens = parts.tokens;
    this.#adminUrls = parts.adminUrls;
    this.#end = parts.end;
  }

  /** Asks as a persona, with its suggested purpose and reference unless others are given; null leaves one out. */
  async ask(persona: string, query: string, asking: Asking = {}): Promise<Answer> {
    const who = personaOf(persona);
    return this.askAs(await this.tokens.issue(who), query, {
      ...asking,
      purpose: asking.purpose === undefined ? who.purpose : asking.purpose,
      reference: asking.reference === undefined ? who.reference : asking.reference,
    });
  }

  async askAs(
    token: string,
    query: string,
    { variables, purpose, reference, headers }: Asking = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `Bearer ${token}`,
        ...(purpose && { 'sharing-purpose': purpose }),
        ...(reference && { 'sharing-reference': reference }),
        ...headers,
      },
      body: JSON.stringify({ query, ...(variables && { variables }) }),
    });
    const text = await response.text();
    const { data, errors = [], extensions } = JSON.parse(text);
    return {
      status: response.status,
      data,
      errors,
      holes: extensions?.holes ?? [],
      headers: response.headers,
      text,
    };
  }

  /** Changes or reads an agency's own rows, as whoever runs its system. */
  sql(agency: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return rows(this.#adminUrls[agency] as string, text, values);
  }

  store(text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
    return rows(this.storeUrl, text, values);
  }

  close(): Promise<void> {
    return this.#end();
  }
}

/** A persona of the demo, as it is or with something changed. */
export function personaOf(persona: string, change: Partial<Persona> = {}): Persona {
  const found = PERSONAS.find((one) => one.persona === persona);
  if (!found) throw new Error(`There is no persona ${persona}`);
  return { ...found, ...change };
}

export async function startSightline(options: SightlineOptions = {}): Promise<Sightline> {
  const now = options.now ?? (() => new Date());
  const root = options.root ?? projectRoot();
  const server = await testServer();
  const prefix = `t${randomBytes(4).toString('hex')}_`;
  const dataDir = await mkdtemp(join(tmpdir(), 'sightline-test-'));
  const adapters = new Map(
    (await findAdapters(projectRoot())).map((adapter) => [adapter.id as string, adapter]),
  );
  const prepare = (databases: MadeOnce) =>
    prepareDatabases(server, {
      ...databases,
      now: now(),
      amount: { people: options.people ?? FEW },
      // biome-ignore lint/style/noNonNullAssertion: every seeded agency has an adapter
      grants: (agency, login) => grantStatements(adapters.get(agency)!, login),
    });
  const usual = OWN_DATABASES.every((option) => options[option] === undefined);
  const made = usual
    ? await copyOfMadeOnce(server, prefix, dataDir, async (once, whole) => {
        const databases = await prepare(once);
        if (!whole) await fillIndex(once, databases);
        return databases;
      })
    : await prepare({ prefix, dataDir });
  const own = Object.fromEntries(Object.entries(made.agencies).map(([agency, { url }]) => [agency, url]));
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  const app = await createApp({
    root,
    dataDir,
    storeUrl: (await options.storeUrl?.(made.storeUrl)) ?? made.storeUrl,
    agencyUrls: (await options.agencyUrls?.(own)) ?? own,
    agencyTimeoutMs: options.agencyTimeoutMs ?? 5_000,
    // Somebody else's server has a hundred connections for all that run at once.
    ...(server.kind === 'server' && { agencyConnections: 4 }),
    feedIntervalMs: FEED_INTERVAL_MS,
    searchLimits: options.searchLimits ?? WITHOUT_LIMIT,
    now,
    log,
  });
  // The pass with which a gateway starts is over before a test counts what is asked.
  if (usual) await app.refreshIndex();
  await filled(app, Object.keys(own).length);
  const tokens = await createTokenIssuer(now);
  const http = await buildHttp({
    gateway: app.gateway,
    trust: tokens,
    roles: () => [...app.policies().roles.keys()],
    agencies: [...new Set([...app.agencies.ids, ...app.policies().organisations])],
    notReady: app.notReady,
    graphiql: {
      files: new Map(),
      config: { demo: true, oidc: null, examples: [], purposes: [], agencies: {} },
    },
    demo: { personas: PERSONAS, issue: tokens.issue },
    log,
    metrics: { answered() {} },
    now,
  });
  const url = await http.listen({ host: '127.0.0.1', port: 0 });
  return new Sightline({
    url,
    app,
    storeUrl: made.storeUrl,
    dataDir,
    statements: server.logFile ? new StatementLog(server.logFile, prefix) : null,
    logged,
    tokens,
    adminUrls: Object.fromEntries(
      Object.entries(made.agencies).map(([agency, { adminUrl }]) => [agency, adminUrl]),
    ),
    async end() {
      await http.close();
      await app.close();
      await dropAll(server.url('postgres'), prefix);
      await rm(dataDir, { recursive: true, force: true });
    },
  });
}

/** Lets a gateway start and end on databases that were just made: whoever starts on a copy finds everybody known. */
async function fillIndex({ dataDir }: MadeOnce, { storeUrl, agencies }: DemoDatabases): Promise<void> {
  const app = await createApp({
    ...{ root: projectRoot(), dataDir, storeUrl, agencyTimeoutMs: 5_000, agencyConnections: 4 },
    agencyUrls: Object.fromEntries(Object.entries(agencies).map(([agency, { url }]) => [agency, url])),
    feedIntervalMs: FEED_INTERVAL_MS,
    log: pino({ level: 'silent' }),
  });
  await filled(app, Object.keys(agencies).length);
  await app.close();
}

/** On a busy machine a first pass may be too late for its time limit; an agency that is meant to be down stays so. */
async function filled(app: App, agencies: number): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const { rows: fed } = await sql`select from index_feed`.execute(app.store.db);
    if (fed.length === agencies) return;
    await app.refreshIndex();
  }
}

import type { Logger } from '../logger.ts';
import { listen } from '../store/listen.ts';
import type { StoreDatabase } from '../store/tables.ts';
import { sha256Id } from './manifest.ts';
import {
  addUses,
  DOCUMENTS_CHANNEL,
  type DocumentUse,
  loadTrusted,
  TRUSTED_DIGEST,
  type TrustedRow,
} from './stored.ts';

/** off: documents have no ids here. log: any document is answered, and counted. only: none but trusted ones, but for exceptions. */
export type DocumentMode = 'off' | 'log' | 'only';

/** What became of a document that nobody registered. */
export type Untrusted = 'passed' | 'excepted' | 'refused';

export interface TrustedDocument {
  readonly text: string;
  /** Who registered it, and under which id. */
  readonly registered: readonly { readonly client: string; readonly id: string }[];
}

export interface DocumentMetrics {
  /** A trusted document of a client was asked. */
  documentAsked(client: string, id: string): void;
  untrustedDocument(outcome: Untrusted): void;
}

/** The documents that are trusted at this moment, and a count of what is asked. */
export interface TrustedDocuments {
  readonly mode: DocumentMode;
  /** By its id, or by `sha256:` and the hash of its text. */
  withId(id: string): TrustedDocument | null;
  /** The same text, character by character. */
  withText(text: string): TrustedDocument | null;
  /** Somebody whose token was given to `client` asked it. */
  asked(document: TrustedDocument, client: string | null): void;
  askedUntrusted(outcome: Untrusted): void;
  /** Since when nobody could look whether more were registered; null where that is known. */
  unreadSince(): Date | null;
  /** Writes down now what was counted; the counts are kept where the store cannot take them. */
  writeUses(): Promise<void>;
  close(): Promise<void>;
}

/** The client whose documents our own pages are. */
export const OWN_PAGES = 'sightline';

export interface TrustedDocumentsOptions {
  mode: DocumentMode;
  /** Texts that our own pages ask. */
  pages: readonly string[];
  storeUrl: string;
  db: StoreDatabase;
  metrics: DocumentMetrics;
  log: Logger;
  now(): Date;
}

/** How often counts are written down. */
const WRITE_MS = 30_000;

/**
 * Knows the trusted documents from the start on, and whenever one is registered or retired on whichever machine. While the
 * store is away those that are known stay trusted. Rejects where it is away at the start.
 */
export async function openTrustedDocuments(options: TrustedDocumentsOptions): Promise<TrustedDocuments> {
  const { mode, pages, storeUrl, db, metrics, log, now } = options;
  if (mode === 'off') return noDocuments;
  const own = pages.map((text) => ({ client: OWN_PAGES, id: sha256Id(text), text }));
  const read = async () => inMemory([...own, ...(await loadTrusted(db))]);
  let { byId, byText } = await read();
  let [digest, unread]: [string | null, Date | null] = [null, null];
  let reading = Promise.resolve();
  const readAgain = async (current: string) => {
    if (current === digest) return;
    ({ byId, byText } = await read());
    digest = current;
    log.info({ documents: byText.size }, 'the trusted documents were read');
  };
  const lost = () => {
    unread ??= now();
    log.warn({}, 'the trusted documents cannot be read again; those that are known stay trusted');
  };
  const listener = listen<{ digest: string }>(storeUrl, {
    name: 'sightline documents',
    channel: DOCUMENTS_CHANNEL,
    statement: TRUSTED_DIGEST,
    onRows([row]) {
      // One at a time, so that what was read last stands.
      reading = reading
        .then(() => readAgain(row?.digest ?? ''))
        .then(() => {
          unread = null;
        }, lost);
    },
    onProblem: lost,
  });
  const uses = new Uses(db, metrics, now, log);
  const timer = setInterval(() => void uses.write(), WRITE_MS);
  timer.unref();
  return {
    mode,
    withId: (id) => byId.get(id) ?? null,
    withText: (text) => byText.get(text) ?? null,
    asked: (document, client) => uses.count(document, client),
    askedUntrusted: (outcome) => metrics.untrustedDocument(outcome),
    unreadSince: () => unread,
    writeUses: () => uses.write(),
    async close() {
      clearInterval(timer);
      await listener.close();
      await reading;
      await uses.write();
    },
  };
}

const noDocuments: TrustedDocuments = {
  mode: 'off',
  withId: () => null,
  withText: () => null,
  asked() {},
  askedUntrusted() {},
  unreadSince: () => null,
  writeUses: async () => {},
  close: async () => {},
};

function inMemory(rows: readonly TrustedRow[]) {
  const byText = groupedBy(rows, ({ text }) => text);
  // Each under the hash of its text too, where nobody has registered it so.
  const byHash = [...byText].map(([text, document]) => [sha256Id(text), document] as const);
  return { byText, byId: new Map([...byHash, ...groupedBy(rows, ({ id }) => id)]) };
}

function groupedBy(
  rows: readonly TrustedRow[],
  keyOf: (row: TrustedRow) => string,
): Map<string, TrustedDocument> {
  const groups = new Map<string, { text: string; registered: TrustedRow[] }>();
  for (const row of rows) {
    const group = groups.get(keyOf(row)) ?? { text: row.text, registered: [] };
    group.registered.push(row);
    groups.set(keyOf(row), group);
  }
  return groups;
}

/** What was asked since it was last written down. Of who asked, nothing but the client. */
class Uses {
  readonly #db: StoreDatabase;
  readonly #metrics: DocumentMetrics;
  readonly #now: () => Date;
  readonly #log: Logger;
  #counted = new Map<string, DocumentUse>();
  #writing: Promise<void> = Promise.resolve();

  constructor(db: StoreDatabase, metrics: DocumentMetrics, now: () => Date, log: Logger) {
    this.#db = db;
    this.#metrics = metrics;
    this.#now = now;
    this.#log = log;
  }

  /** Where several clients registered it and the token names none of them it counts for each: none looks unused that is not. */
  count({ registered }: TrustedDocument, tokenClient: string | null): void {
    const named = registered.filter(({ client }) => client === tokenClient);
    for (const { client, id } of named.length > 0 ? named : registered) {
      this.#metrics.documentAsked(client, id);
      this.#add({ client, id, uses: 1, lastUsed: this.#now().toISOString().slice(0, 10) });
    }
  }

  write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const counted = [...this.#counted.values()];
      this.#counted = new Map();
      try {
        await addUses(this.#db, counted);
      } catch {
        for (const use of counted) this.#add(use);
        this.#log.warn(
          {},
          'how often documents were asked could not be written down; it will be tried again',
        );
      }
    });
    return this.#writing;
  }

  #add(use: DocumentUse): void {
    const key = `${use.client} ${use.id}`;
    const before = this.#counted.get(key);
    if (!before) this.#counted.set(key, { ...use });
    else {
      before.uses += use.uses;
      if (use.lastUsed > before.lastUsed) before.lastUsed = use.lastUsed;
    }
  }
}

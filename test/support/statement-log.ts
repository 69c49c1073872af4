import { logSince, logSize } from './log-since.ts';

/**
 * What runs whatever is asked: the gateway looks by itself every few seconds for agreements that were withdrawn and links
 * that were decided, for trusted documents where there are such, every half minute for claims whose reference has closed, and after a pass of the feeds for what need
 * not be kept any longer. A moment after anything was registered it makes the tree of it, signs its head and sorts it by
 * record, in transactions. Every new connection sets its session and looks whether it is so.
 */
const BY_ITSELF = [
  /from agreement_withdrawal .*group by agreement/s,
  /max\(id\).* from index_decision where effective/s,
  /from break_glass\s+where relationship = 'CLAIMED'/,
  /retain (?:as period|= p\.retain)/,
  /register_(?:leaf|checkpoint|head|reading|look)/,
  /trusted_document/,
  /from "?register_entry"? (?:where "?chain"?|order by chain)/,
  /^(?:begin|commit|rollback)$/i,
  /pg_catalog\.(?:set_config|current_setting)\(w\.name/,
  /::timestamptz::text as s0/,
];
export const isByTheClock = ({ sql }: Pick<Statement, 'sql'>): boolean =>
  BY_ITSELF.some((one) => one.test(sql));

export interface Statement {
  /** Agency id, or `sightline` for the own store. */
  agency: string;
  user: string;
  sql: string;
}

/** The statements that PostgreSQL itself logged for the databases of one test, in order. */
export class StatementLog {
  readonly #file: string;
  readonly #prefix: string;

  constructor(file: string, prefix: string) {
    this.#file = file;
    this.#prefix = prefix;
  }

  /** What reached the agencies' databases while `work` ran: reads only, the gateway's logins only. */
  async during<T>(work: () => Promise<T>): Promise<{ result: T; statements: Statement[] }> {
    const from = logSize(this.#file);
    const result = await work();
    return {
      result,
      statements: this.#parse(logSince(this.#file, from)).filter(
        ({ agency, user }) => agency !== 'sightline' && user.endsWith('_reader'),
      ),
    };
  }

  /** Everything that reached any of the test's databases while `work` ran, the own store's included. */
  async allDuring<T>(work: () => Promise<T>): Promise<{ result: T; statements: Statement[] }> {
    const from = logSize(this.#file);
    const result = await work();
    return { result, statements: this.#parse(logSince(this.#file, from)) };
  }

  #parse(text: string): Statement[] {
    const messages = text.split(/\n(?!\t)/);
    return messages.flatMap((message) => {
      const [, , database, user, , said] =
        /^([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|LOG: {2}(.*)$/s.exec(message) ?? [];
      const sql = /^(?:execute [^:]*|statement): (.*)$/s.exec(said ?? '')?.[1];
      if (!sql || !database?.startsWith(this.#prefix)) return [];
      const agency = database
        .slice(this.#prefix.length)
        .replace(/^agency_/, '')
        .replaceAll('_', '-');
      return [{ agency, user: user ?? '', sql: sql.replaceAll('\n\t', '\n') }];
    });
  }
}

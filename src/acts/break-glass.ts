import { sql } from 'kysely';
import type { RegisterEntry } from '../register/entry.ts';
import type { Register } from '../register/register.ts';
import type { StoreDatabase } from '../store/tables.ts';
import type { EntryOf } from './act.ts';
import { type AlertKind, alert } from './alerts.ts';
import { type GlassPage, glassOf, listGlass, type Seer } from './break-glass/grants.ts';
import { openGlass } from './break-glass/open.ts';
import { type OpeningsQuestion, type OpenSection, openSections } from './break-glass/openings.ts';
import type { Glass, NewGlass } from './break-glass/types.ts';
import { confirmGlass, endGlass, reviewGlass } from './break-glass/words.ts';

/**
 * Break-glass as the rest of the gateway does it. Each act stands with its entry in the register and its alerts, or not at
 * all; every method rejects while the store is away. Who may do what has been decided before, by policy and by who they are.
 */
export interface BreakGlass {
  open(glass: NewGlass, now: Date, entryOf: EntryOf): Promise<string>;
  end(glass: Glass, now: Date, entryOf: EntryOf): Promise<void>;
  confirm(glass: Glass, word: Parameters<typeof confirmGlass>[2], now: Date, entryOf: EntryOf): Promise<void>;
  review(glass: Glass, word: Parameters<typeof reviewGlass>[2], now: Date, entryOf: EntryOf): Promise<void>;
  find(seer: Seer, id: string, now: Date): Promise<Glass | null>;
  list(
    seer: Seer,
    page: GlassPage,
    keptFrom: (people: readonly string[]) => Promise<ReadonlySet<string>>,
  ): ReturnType<typeof listGlass>;
  /** What a login has open on a reference: for each request anew. */
  openSections(asking: OpeningsQuestion): Promise<readonly OpenSection[]>;
  /** Registers that a login went beyond a limit, and tells its organisation's governance once a day. */
  refused(entry: RegisterEntry, limit: { organisation: string; sub: string }, now: Date): Promise<void>;
}

const BEYOND: AlertKind = 'BREAK_GLASS_LIMIT';

/** @param store the own store, for what is read; acts are written where the register is */
export function createBreakGlass(store: StoreDatabase, register: Pick<Register, 'recordWith'>): BreakGlass {
  return {
    open: (glass, now, entryOf) => openGlass(register, glass, now, entryOf),
    end: (glass, now, entryOf) => endGlass(register, glass, now, entryOf),
    confirm: (glass, word, now, entryOf) => confirmGlass(register, glass, word, now, entryOf),
    review: (glass, word, now, entryOf) => reviewGlass(register, glass, word, now, entryOf),
    find: (seer, id, now) => glassOf(store, seer, id, now),
    list: (seer, page, keptFrom) => listGlass(store, seer, page, keptFrom),
    openSections: (asking) => openSections(store, asking),
    refused: (entry, { organisation, sub }, now) =>
      register.recordWith([entry], async (transaction) => {
        // By the login's newest act, which is whose limit it was: an alert names nobody.
        const { rows } = await sql<{ id: string }>`
          select id from break_glass where organisation = ${organisation} and sub = ${sub}
          order by opened_at desc, id limit 1`.execute(transaction);
        const act = rows[0]?.id ?? '';
        await alert(transaction, BEYOND, organisation, { act }, now);
      }),
  };
}

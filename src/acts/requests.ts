import type { Register } from '../register/register.ts';
import type { StoreDatabase } from '../store/tables.ts';
import type { EntryOf } from './act.ts';
import type { OpeningsQuestion, OpenSection } from './break-glass/openings.ts';
import { askAgencyToDecide } from './requests/ask.ts';
import { decideRequest, type Word } from './requests/decide.ts';
import { listRequests, type RequestPage, type RequestSeer, requestOf } from './requests/list.ts';
import { permittedSections, usePermit } from './requests/permits.ts';
import type { DisclosureRequest, NewRequest } from './requests/types.ts';

/**
 * Requests on which a person of an agency decides, as the rest of the gateway does them. Each act stands with its entry in the
 * register and its alert, or not at all; every method rejects while the store is away. Who may do what has been decided before,
 * by policy and by who they are.
 */
export interface DisclosureRequests {
  ask(request: NewRequest, now: Date, entryOf: EntryOf): Promise<string>;
  decide(request: DisclosureRequest, word: Word, now: Date, entryOf: EntryOf): Promise<void>;
  find(seer: RequestSeer, id: string, now: Date): Promise<DisclosureRequest | null>;
  list(
    seer: RequestSeer,
    page: RequestPage,
    shows: (found: readonly DisclosureRequest[]) => Promise<readonly DisclosureRequest[]>,
  ): ReturnType<typeof listRequests>;
  /** What a login is permitted on a reference: for each request anew. */
  permitted(asking: OpeningsQuestion & { requestId: string }): Promise<readonly OpenSection[]>;
  /** Takes one use of a permit for a request; false where none is left. */
  use(permit: string, requestId: string, now: Date): Promise<boolean>;
}

/** @param store the own store, for what is read and used; acts are written where the register is */
export function createDisclosureRequests(
  store: StoreDatabase,
  register: Pick<Register, 'recordWith'>,
): DisclosureRequests {
  return {
    ask: (request, now, entryOf) => askAgencyToDecide(register, request, now, entryOf),
    decide: (request, word, now, entryOf) => decideRequest(register, request, word, now, entryOf),
    find: (seer, id, now) => requestOf(store, seer, id, now),
    list: (seer, page, shows) => listRequests(store, seer, page, shows),
    permitted: (asking) => permittedSections(store, asking),
    use: (permit, requestId, now) => usePermit(store, permit, requestId, now),
  };
}

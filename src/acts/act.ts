/** What every act of a route past a wall shares: what was written, its entry, and why it does not stand. */
import { createHash, randomBytes } from 'node:crypto';
import type { Caller } from '../caller/types.ts';
import type { RegisterEntry, RegisteredAct } from '../register/entry.ts';

/** The entry of an act, given what of the act the register keeps. */
export type EntryOf = (act: RegisteredAct) => RegisterEntry;

/** What people wrote, and under which salt and digest the register holds it. */
export interface Written {
  text: string;
  salt: string;
  digest: string;
}

export function written(text: string): Written {
  const salt = randomBytes(16).toString('hex');
  return { text, salt, digest: createHash('sha256').update(`${salt}\n${text}`).digest('hex') };
}

/** What is refused of an act once it is looked at in the store; nothing of it stands. */
export class ActRefused extends Error {
  override readonly name = 'ActRefused';
  readonly code = 'ACT_REFUSED';
  readonly why: 'OPEN_AT_ONCE' | 'A_DAY' | 'ALREADY_OPEN' | 'ALREADY_SAID' | 'TOO_LATE';

  constructor(why: ActRefused['why'], message: string) {
    super(message);
    this.why = why;
  }
}

/** Who did something, as an act keeps it. */
export type Actor = Pick<Caller, 'issuer' | 'sub' | 'staff' | 'name' | 'role' | 'organisation' | 'site'>;

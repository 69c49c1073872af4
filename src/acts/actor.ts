import type { Caller } from '../caller/types.ts';

/** Who did something, as an act keeps it. */
export type Actor = Pick<Caller, 'issuer' | 'sub' | 'staff' | 'name' | 'role' | 'organisation' | 'site'>;

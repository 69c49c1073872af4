import type { Asking, PagesConfig } from '../../config.ts';
import type { PageCaller } from './caller.ts';
import type { MemoryStorage } from './memory-storage.ts';
import type { Tokens } from './tokens.ts';

/** What whoever works on one of our pages has: who they are, their tokens, and where what they type is kept. */
export interface Workplace {
  config: PagesConfig;
  /** Who asks, as the bar shows it. */
  asking: PageCaller;
  /** The same, read at the moment a query is sent. */
  caller: () => PageCaller;
  tokens: Tokens;
  /** Where what is typed is kept: in memory, for whoever it belongs to. */
  storage: MemoryStorage;
  onPersona: (persona: string, asking: Asking) => void;
  /** Puts the bar away, or back: who is at work needs the screen for something else. */
  foldBar: (folded: boolean) => void;
}

import type { RegisterEntry } from '../entry.ts';

/** Where an entry stands in the register. */
export interface EntryPlace {
  readonly chain: string;
  readonly seq: string;
}

/** From where a page reads on: whole in itself, so that a place that is none tells nothing. */
export interface EntryCursor extends EntryPlace {
  readonly at: Date;
}

/** An entry as it stands in the register, and the hash it has there. */
export interface StoredEntry extends EntryPlace {
  readonly hash: string;
  readonly entry: RegisterEntry;
}

/** Null where it is no entry any more: its period is over, or somebody wrote over it, which verifying finds. */
export function parsedEntry(text: string): RegisterEntry | null {
  try {
    const entry: unknown = JSON.parse(text);
    const whole = typeof entry === 'object' && entry !== null && 'outcomes' in entry && 'kind' in entry;
    return whole ? (entry as RegisterEntry) : null;
  } catch {
    return null;
  }
}

/** Policy withheld it, or the request was refused, whatever the person. */
export const wasWithheld = ({ state }: { readonly state: string }): boolean =>
  state === 'WITHHELD' || state === 'NOT_AVAILABLE' || state === 'REFUSED';

/** Opened by break-glass, or given through it. */
export const isByBreakGlass = ({ kind, outcomes }: RegisterEntry): boolean =>
  kind === 'BREAK_GLASS' || outcomes.some(({ opened }) => opened === true);

/** `adapters/police/sharing.yaml:42`; empty where no line decided. */
export const ruleText = (
  rule: { readonly file: string; readonly line: number } | null | undefined,
): string => (rule ? `${rule.file}:${rule.line}` : '');

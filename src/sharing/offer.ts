import type { Grant, ShareEntry } from './policies.ts';
import type { Level, Rule, WithheldReason } from './types.ts';

/** What the policy's text says of one section, before it is asked what the caller's relationship is worth. */
export type Listing = Refusal | Offer;

export interface Refusal {
  reason: WithheldReason;
  entry: ShareEntry | null;
  rule: Rule | null;
}

export interface Offer {
  reason: null;
  level: Level;
  /** Only rows of the caller's own organisation. */
  own: boolean;
  /** Of involvements: the kinds that stay, and whether any was cut; null for other sections. */
  services: { kinds: readonly KindLeft[]; cut: boolean } | null;
  entry: ShareEntry;
  grant: Grant;
  rule: Rule;
}

/** A kind of service whose involvements this caller may hear of. */
export interface KindLeft {
  kind: string;
  section: string;
  /** Of the section it belongs to; null where this agency does not supply that section. */
  level: Level | null;
  own: boolean;
}

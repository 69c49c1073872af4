import type { Access } from './policies.ts';
import { LEVELS, type Level } from './types.ts';

/** 0 for nothing at all, then EXISTS, SUMMARY, FULL. */
export const rank = (level: Level | null): number => (level === null ? 0 : LEVELS.indexOf(level) + 1);

export const least = (a: Level, b: Level): Level => (rank(a) <= rank(b) ? a : b);

const RELEASING: Readonly<Partial<Record<Access, Level>>> = {
  full: 'FULL',
  summary: 'SUMMARY',
  exists: 'EXISTS',
  own: 'FULL',
};

/** The level that a word of the policy file releases at most; null for words that release nothing. */
export const levelOf = (access: Access): Level | null => RELEASING[access] ?? null;

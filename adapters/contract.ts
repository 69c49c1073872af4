/**
 * What an agency has to say about itself to be read by Sightline: who it is, which of its columns answer which
 * field, how its codes decode, and what it knows of references, exclusions and protections.
 * Adapters import this file and nothing else of the project.
 */
export type { Kysely } from 'kysely';
export * from './contract/adapter.ts';
export * from './contract/by-record.ts';
export * from './contract/changed-by-log.ts';
export * from './contract/changed-by-time.ts';
export * from './contract/codes.ts';
export * from './contract/columns.ts';
export * from './contract/conditions.ts';
export * from './contract/dates.ts';
export * from './contract/decoding.ts';
export * from './contract/desk.ts';
export * from './contract/fields.ts';
export * from './contract/flags.ts';
export * from './contract/ids.ts';
export * from './contract/index-feed.ts';
export * from './contract/index-source.ts';
export * from './contract/london.ts';
export * from './contract/numbers.ts';
export * from './contract/reference.ts';
export * from './contract/rows.ts';
export * from './contract/sections.ts';
export * from './contract/source.ts';
export * from './contract/text.ts';
export * from './contract/words.ts';

/**
 * What an agency has to say about itself to be read by Sightline: who it is, which of its columns answer which
 * field, how its codes decode, and what it knows of references, exclusions and protections.
 * Adapters import this file and nothing else of the project.
 */
export type { Kysely } from 'kysely';
export * from './contract/adapter.ts';
export * from './contract/api.ts';
export * from './contract/changed-by-log.ts';
export * from './contract/changed-by-time.ts';
export type { ChangesOf, Stamp } from './contract/changes-of.ts';
export * from './contract/codes.ts';
export * from './contract/column-words.ts';
export * from './contract/columns.ts';
export * from './contract/conditions.ts';
export * from './contract/countable.ts';
export * from './contract/dates.ts';
export * from './contract/decoding.ts';
export * from './contract/dependent-child.ts';
export * from './contract/desk.ts';
export * from './contract/dialect-in.ts';
export * from './contract/durations.ts';
export * from './contract/endings.ts';
export * from './contract/fields.ts';
export * from './contract/flags.ts';
export * from './contract/identifiers.ts';
export * from './contract/ids.ts';
export * from './contract/index-feed.ts';
export * from './contract/index-of.ts';
/** Lists that others publish, each under the name of who keeps it. */
export * as attendanceRegister from './contract/lists/attendance.ts';
export * as dfe from './contract/lists/dfe.ts';
export * as intelligence from './contract/lists/intelligence.ts';
export * as nhs from './contract/lists/nhs.ts';
export * as snomed from './contract/lists/snomed.ts';
export * from './contract/london.ts';
export * from './contract/numbers.ts';
export * from './contract/person.ts';
export * from './contract/read-as.ts';
export * from './contract/reference.ts';
export * from './contract/reference-of.ts';
export * from './contract/row-reader.ts';
export * from './contract/rows.ts';
export * from './contract/sections.ts';
export * from './contract/source.ts';
export * from './contract/text.ts';
export * from './contract/words.ts';

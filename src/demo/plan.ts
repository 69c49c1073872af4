import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA_VERSION, SEEDS, type SeededAgency } from '../../fixtures/seed.ts';
import { projectRoot } from '../project-root.ts';

/** SQL that lets a login read what an agency's adapter reads, and nothing else. */
export type Grants = (agency: SeededAgency, login: string) => readonly string[];

export const AGENCIES = Object.keys(SEEDS) as readonly SeededAgency[];

/** What will be made, by name, and a hash of what it is made from. */
export interface Plan {
  fingerprint: string;
  store: string;
  schemas: Record<SeededAgency, string>;
  database(agency: SeededAgency): string;
}

export async function planOf(prefix: string, grants: Grants): Promise<Plan> {
  const folder = join(projectRoot(), 'fixtures');
  const read = (agency: string) => readFile(join(folder, agency, 'schema.sql'), 'utf8');
  const schemas = Object.fromEntries(
    await Promise.all(AGENCIES.map(async (agency) => [agency, await read(agency)])),
  ) as Record<SeededAgency, string>;
  const made = AGENCIES.map((agency) => [schemas[agency], grants(agency, 'reader')]);
  return {
    fingerprint: createHash('sha256')
      .update(JSON.stringify([DATA_VERSION, made]))
      .digest('hex'),
    store: `${prefix}sightline`,
    schemas,
    database: (agency) => `${prefix}agency_${agency.replaceAll('-', '_')}`,
  };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { findingText } from '../yaml/finding.ts';
import { readYaml } from '../yaml/read-yaml.ts';

/** An area of at least 5,000 people, by whose name people may be counted. */
export interface District {
  /** As it is told: `NORTHMOOR`. */
  id: string;
  name: string;
  /** Postcode districts: what stands before the blank of a postcode. */
  postcodes: readonly string[];
}

export const DISTRICTS_FILE = 'schema/districts.yaml';
/** Areas of fewer people would tell of one household. */
export const FEWEST_PEOPLE = 5_000;

const FORM = z.object({
  districts: z.record(
    z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'a district is named in capitals: NORTH_MOOR'),
    z.object({
      name: z.string(),
      people: z
        .number()
        .int()
        .min(FEWEST_PEOPLE, `a district has at least ${FEWEST_PEOPLE.toLocaleString('en')} people`),
      postcodes: z.array(z.string().regex(/^[A-Z]{1,2}[0-9][A-Z0-9]?$/, 'not a postcode district')).min(1),
    }),
  ),
});

/**
 * The districts of `schema/districts.yaml` below `root`.
 * @throws Error naming file, line and mistake
 */
export function readDistricts(root: string): readonly District[] {
  const text = readFileSync(join(root, DISTRICTS_FILE), 'utf8');
  const read = readYaml(text, DISTRICTS_FILE, { values: 'typed' }).check(FORM);
  if (!read.ok) throw new Error(`The districts are refused:\n${read.findings.map(findingText).join('\n')}`);
  const all = Object.entries(read.value.districts).map(([id, { name, postcodes }]) => ({
    id,
    name,
    postcodes,
  }));
  const twice = all.flatMap(({ postcodes }) => postcodes).find((one, at, every) => every.indexOf(one) !== at);
  if (twice !== undefined)
    throw new Error(`The districts are refused:\n${DISTRICTS_FILE}: ${twice} is in two districts`);
  return all;
}

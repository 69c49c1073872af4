import type { Gateway, Purpose } from '../policies.ts';
import type { Catalogue, CatalogueAgency } from '../types.ts';

/** What purposes.yaml says. */
export interface PurposesFile {
  roles: ReadonlyMap<string, string>;
  organisations: readonly string[];
  purposes: ReadonlyMap<string, Purpose>;
  indexGateways: readonly Gateway[];
  reviewers: ReadonlyMap<string, readonly string[]>;
  services: ReadonlyMap<string, string>;
}

/** The words one agency's file may use. */
export interface Vocabulary extends PurposesFile {
  agency: CatalogueAgency;
  /** Every section of the schema. */
  sections: readonly string[];
  /** Those this agency supplies, in the order of the schema. */
  supplied: readonly string[];
  parties: readonly string[];
}

export function vocabularyOf(agency: CatalogueAgency, catalogue: Catalogue, file: PurposesFile): Vocabulary {
  const all = [...catalogue.sections.values()];
  return {
    ...file,
    agency,
    sections: all.map(({ name }) => name),
    supplied: all.filter(({ suppliers }) => suppliers.includes(agency.id)).map(({ name }) => name),
    parties: [...new Set([...file.organisations, ...catalogue.agencies.keys()])],
  };
}

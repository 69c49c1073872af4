/** What the benchmark's programs tell each other. */
export interface Setting {
  root: string;
  dataDir: string;
  storeUrl: string;
  agencyUrls: Record<string, string>;
}
/** What a server under load says of itself when it listens. */
export interface Ready {
  url: string;
  /** Sent with every request. */
  headers: Record<string, string>;
}

/** Twenty-five fields a person, of three agencies. */
export const QUERY = `query ($ids: [ID!]!) { people(ids: $ids) {
  identity { name dateOfBirth sex }
  warningMarkers { items { type guidance detail from reviewDate } }
  policeEvents { items(first: 10) { date category role outcome } }
  mentalHealth { openToService detained legalStatus { code } }
  crisisPlan { exists whatHelps triggers avoid reviewDate }
  household { dependentChildren members { relationship sameAddress } }
} }`;
export const REFERENCE = 'police:26/000123';

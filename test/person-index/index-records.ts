import type { AgencyId, IndexIdentifier, IndexRecord, IndexSource } from '../../adapters/contract.ts';

export type RecordWords = Partial<Omit<IndexRecord, 'record' | 'names' | 'identifiers'>> & {
  record: string;
  name?: string;
  /** As an agency writes them, where the words of `name` would part them otherwise. */
  names?: IndexRecord['names'];
  aliases?: readonly string[];
  nhs?: string;
  nino?: string;
  pnc?: string;
  local?: string;
  /** Identifiers are verified unless this says otherwise. */
  unverified?: boolean;
};

/** An index record in few words: `{ record: '1', name: 'Maya Kerr', dateOfBirth: '2002-03-14' }`. */
export function indexRecord(words: RecordWords): IndexRecord {
  const { record, name, names, aliases = [], nhs, nino, pnc, local, unverified, ...rest } = words;
  const verified = !unverified;
  const identifiers: IndexIdentifier[] = [
    ...(nhs ? [{ system: 'NHS_NUMBER' as const, value: nhs, verified }] : []),
    ...(nino ? [{ system: 'NINO' as const, value: nino, verified }] : []),
    ...(pnc ? [{ system: 'PNC' as const, value: pnc, verified }] : []),
    ...(local ? [{ system: 'LOCAL' as const, value: local, verified }] : []),
  ];
  const named = [
    ...(name ? [{ name, kind: 'CURRENT' as const }] : []),
    ...aliases.map((each) => ({ name: each, kind: 'ALIAS' as const })),
  ];
  return {
    record,
    mergedInto: null,
    dateOfBirth: null,
    sex: null,
    postcode: null,
    place: null,
    protections: [],
    related: [],
    adverse: [],
    excludedStaff: [],
    ...rest,
    identifiers,
    names:
      names ??
      named.map(({ name: full, kind }) => {
        const words = full.split(' ');
        return { givenName: words.slice(0, -1).join(' ') || null, familyName: words.at(-1) ?? null, kind };
      }),
  };
}

/** An agency's records as its adapter would feed them, in pages. */
export function sourceOf(records: readonly IndexRecord[]): IndexSource<unknown> {
  const sorted = records.toSorted((one, other) => (one.record < other.record ? -1 : 1));
  return {
    reads: [],
    page: async (_db, after, limit) =>
      sorted.filter(({ record }) => after === null || record > after).slice(0, limit),
  };
}

export const relatedTo = (record: string, sameHousehold = false): Pick<IndexRecord, 'related'> => ({
  related: [{ record, sameHousehold }],
});

export type Records = Readonly<Record<AgencyId, readonly RecordWords[]>>;

import type { AgencyId, IdentifierSystem } from '../../../adapters/contract.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { Admission } from '../admit/admission.ts';
import type { GateVerdict } from '../admit/gate.ts';
import { usableOf } from '../admit/may-appear.ts';
import type { Subjects } from '../admit/subjects.ts';
import { admit } from '../admit/subjects.ts';
import { formsOf } from '../records/feature-hash.ts';
import type { Subject } from '../records/types.ts';
import { findFeatures } from '../search/find-features.ts';
import type { SearchQuery } from '../search/search-query.ts';

const NOTHING_ELSE: Omit<SearchQuery, 'identifier'> = {
  familyName: null,
  givenName: null,
  dateOfBirth: null,
  sex: null,
  postcode: null,
};

/**
 * The one person who answers to an identifier of a system that the caller's grants name; null if several do. Counted
 * like a search, by a limit of its own. Throws TooManySearches.
 */
export async function subjectByIdentifier(
  store: StoreDatabase,
  admission: Admission,
  subjects: Subjects,
  identifier: { system: IdentifierSystem; value: string; issuer: AgencyId | null },
): Promise<Subject | null> {
  const { standing } = await admission.facts();
  await admission.countSearch('NUMBERS', standing);
  const { system, value, issuer } = identifier;
  const hash = admission.hash.identifier(system, value, issuer) ?? { hash: '' };
  const forms = new Set(formsOf(hash));
  const reach = await admission.reach();
  const query = { ...NOTHING_ELSE, identifier: { system, ...hash, issuer } };
  const found = await findFeatures(store, query, reach);
  const verdicts = [...(await admission.judge([...new Set(found.map(({ person }) => person))])).values()];
  const numbered = ({ known, tied }: GateVerdict) => {
    const usable = usableOf(reach, tied);
    return found.some(
      (record) =>
        record.person === known.person &&
        usable.shows(record) &&
        usable.identifiers(system).has(record.agency) &&
        record.identifiers.some((one) => formsOf(one).some((form) => forms.has(form))),
    );
  };
  const shown = verdicts.filter((verdict) => verdict.admitted && numbered(verdict));
  const one = shown.length === 1;
  const silent = verdicts.map((verdict) => ({ ...verdict, admitted: one && verdict === shown[0] }));
  const admitted = await admit(admission, subjects, silent, { missed: !one, missesCount: true });
  return [...admitted.values()][0] ?? null;
}

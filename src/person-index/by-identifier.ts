import type { AgencyId, IdentifierSystem } from '../../adapters/contract.ts';
import type { Admission } from './admission.ts';
import { admit } from './admit.ts';
import { findFeatures } from './find-features.ts';
import { formsOf } from './key-forms.ts';
import type { SearchQuery } from './search-query.ts';
import type { Subjects } from './subjects.ts';
import type { Store } from './tables.ts';
import type { Subject } from './types.ts';

const NOTHING_ELSE: Omit<SearchQuery, 'identifier'> = {
  familyName: null,
  givenName: null,
  dateOfBirth: null,
  sex: null,
  postcode: null,
};

/** The one person who answers to an identifier of a system that the caller's grants name; null if several do. */
export async function subjectByIdentifier(
  store: Store,
  admission: Admission,
  subjects: Subjects,
  identifier: { system: IdentifierSystem; value: string; issuer: AgencyId | null },
): Promise<Subject | null> {
  const { standing } = await admission.facts();
  const { system, value, issuer } = identifier;
  const hash = admission.hash.identifier(system, value, issuer) ?? { hash: '' };
  const forms = new Set(formsOf(hash));
  const appearance = admission.appearance(standing.relationship, standing);
  const found = await findFeatures(
    store,
    { ...NOTHING_ELSE, identifier: { system, ...hash, issuer } },
    appearance,
  );
  const verdicts = [...(await admission.judge([...new Set(found.map(({ person }) => person))])).values()];
  const numbered = (at: (typeof verdicts)[number]) =>
    found.some(
      ({ person, agency, identifiers }) =>
        person === at.known.person &&
        admission.appearance(at.relationship, standing).identifiers(system).has(agency) &&
        identifiers.some((one) => formsOf(one).some((form) => forms.has(form))),
    );
  const shown = verdicts.filter((verdict) => verdict.admitted && numbered(verdict));
  const one = shown.length === 1;
  const silent = verdicts.map((verdict) => ({ ...verdict, admitted: one && verdict === shown[0] }));
  const admitted = await admit(admission, subjects, silent, { missed: !one, missesCount: true });
  return [...admitted.values()][0] ?? null;
}

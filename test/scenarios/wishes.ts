import type { Persona } from '../../src/demo/persona.ts';
import { type Answer, personaOf, type Sightline } from '../support/sightline.ts';

export const MAYA = ['Kerr', 'Maya', '2002-03-14'] as const;
export const DONNA = ['Shaw', 'Donna', '1989-08-02'] as const;
type Named = readonly [string, string, string];
export interface As {
  persona?: string;
  purpose?: string | null;
  reference?: string | null;
}

export const findQuery = ([family, given, born]: Named, fields: string) =>
  `{ findPeople(by: { familyName: "${family}", givenName: "${given}", dateOfBirth: "${born}" }) { people { person { id ${fields} } } } }`;
export const found = (answer: Answer) => answer.data.findPeople.people[0].person;

const CONSENT = `id purpose to { id } confirmed evidence recordedBy { sub name role organisation } recordedAt until withdrawnAt
  reference agencies { id } confirmBy ownRecords`;
const CONCERN = `id state section agency { id } at answerBy fromPerson why recordedBy { sub organisation } ownRecords`;

export const GOVERNING = { purpose: 'governance', reference: null } as const;

/** What people say of their data, at the boundary that those who write it down and those who answer touch. */
export function wishesOf(sightline: () => Sightline) {
  const officer = (organisation: string, change: Partial<Persona> = {}): Persona =>
    personaOf('governance-officer', {
      ...{ organisation, sub: `IG-${organisation}`, name: `Officer of ${organisation}`, ...change },
    });
  const ask = (query: string, { persona = 'triage-nurse', ...as }: As = {}, variables = {}) =>
    sightline().ask(persona, query, { ...as, variables });
  const asOfficer = async (organisation: string, query: string, variables = {}, change = {}) =>
    sightline().askAs(await sightline().tokens.issue(officer(organisation, change)), query, {
      ...GOVERNING,
      variables,
    });
  return {
    ask,
    asOfficer,
    idOf: async (who: Named, as: As = {}): Promise<string> => found(await ask(findQuery(who, ''), as)).id,
    record: (
      person: string,
      as: As = {},
      consent: Partial<Record<'purpose' | 'to' | 'evidence' | 'until', string | null>> = {},
    ) =>
      ask(
        `mutation ($person: ID!, $purpose: String!, $to: ID!, $evidence: String!, $until: Date) {
          recordConsent(person: $person, purpose: $purpose, to: $to, evidence: $evidence, until: $until) { ${CONSENT} } }`,
        as,
        {
          ...{ person, purpose: 'homelessness-referral', to: 'housing' },
          ...{ evidence: 'She signed form HR1 on the ward; it is in her file.', ...consent },
        },
      ),
    consents: (person: string, as: As = {}) =>
      ask(`query ($person: ID!) { consents(person: $person) { ${CONSENT} } }`, as, { person }),
    withdraw: (id: string, as: As = {}, why = 'She has changed her mind.') =>
      ask(
        `mutation ($id: ID!, $why: String!) { withdrawConsent(id: $id, why: $why) { ${CONSENT} } }`,
        { purpose: null, reference: null, ...as },
        { id, why },
      ),
    confirm: (organisation: string, id: string, change = {}) =>
      asOfficer(
        organisation,
        `mutation ($id: ID!) { confirmConsent(id: $id) { ${CONSENT} } }`,
        { id },
        change,
      ),
    toConfirm: (organisation: string) =>
      asOfficer(organisation, `{ consentsToConfirm { items { ${CONSENT} } next } }`),
    object: (
      person: string,
      as: As = {},
      { section = 'mentalHealth', agency = 'mental-health', why = 'She wants her doctor not to know.' } = {},
    ) =>
      ask(
        `mutation ($person: ID!, $section: String!, $agency: ID!, $why: String!) {
          recordObjection(person: $person, section: $section, agency: $agency, why: $why) { ${CONCERN} } }`,
        as,
        { person, section, agency, why },
      ),
    decide: (organisation: string, id: string, upheld: boolean, why = 'Spoken to her.', change = {}) =>
      asOfficer(
        organisation,
        `mutation ($id: ID!, $upheld: Boolean!, $why: String!) {
          decideObjection(id: $id, upheld: $upheld, why: $why) { ${CONCERN} } }`,
        { id, upheld, why },
        change,
      ),
    objections: (organisation: string, page = '') =>
      asOfficer(organisation, `{ objections${page} { items { ${CONCERN} } next } }`),
    report: (
      record: string,
      as: As = {},
      { section = 'mentalHealth', field = 'team', why = 'That team was closed in spring.' } = {},
    ) =>
      ask(
        `mutation ($record: ID!, $section: String!, $field: String!, $why: String!) {
          reportMistake(record: $record, section: $section, field: $field, why: $why) { field ownRow ${CONCERN} } }`,
        as,
        { record, section, field, why },
      ),
    answer: (organisation: string, id: string, corrected: boolean, why = 'Put right today.') =>
      asOfficer(
        organisation,
        `mutation ($id: ID!, $corrected: Boolean!, $why: String!) {
          answerMistake(id: $id, corrected: $corrected, why: $why) { field ownRow ${CONCERN} } }`,
        { id, corrected, why },
      ),
    mistakes: (organisation: string, page = '') =>
      asOfficer(organisation, `{ mistakes${page} { items { field ownRow ${CONCERN} } next } }`),
    alerts: (kind: string) =>
      sightline().store('select organisation, payload from index_outbox where kind = $1 order by id', [kind]),
    entries: async (kind: string) => {
      const rows = await sightline().store(
        "select entry from register_entry where entry::jsonb ->> 'kind' = $1 order by seq",
        [kind],
      );
      return rows.map(({ entry }) => JSON.parse(entry as string));
    },
  };
}

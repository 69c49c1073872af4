import type { Persona } from '../../src/demo/persona.ts';
import { type Answer, personaOf, type Sightline } from '../support/sightline.ts';

export const CLINICAL = `clinical { state diagnoses { diagnosis { text } } medication { name } allergies { substance }
  notes { text } sources { agency { id } state level reason scope } }`;
const FIND = (family: string, given: string, born: string, fields: string) =>
  `{ findPeople(by: { familyName: "${family}", givenName: "${given}", dateOfBirth: "${born}" }) { people { person { id ${fields} } } } }`;
export const maya = (fields = CLINICAL) => FIND('Kerr', 'Maya', '2002-03-14', fields);
export const owen = (fields = CLINICAL) => FIND('Tate', 'Owen', '1984-06-21', fields);
export const found = (answer: Answer) => answer.data.findPeople.people[0].person;

const OPEN = `mutation ($person: ID!, $sections: [String!]!, $ground: BreakGlassGround!, $view: PersonsView!, $statement: String!) {
  breakGlass(person: $person, sections: $sections, ground: $ground, personsView: $view, statement: $statement) {
    id person state sections fields ground personsView statement relationship reference
    openedBy { sub name role organisation site } openedAt endsAt agencies { id } reviewBy confirmBy confirmed
    reviews { finding } ownRecords } }`;
const ALL = `id person state sections fields ground personsView statement relationship reference
  openedBy { sub name role organisation site } openedAt endsAt agencies { id } reviewBy confirmBy confirmed
  reviews { agency { id } finding personTold why by at } ownRecords`;

export const UNCONSCIOUS = 'Unconscious on the pavement, empty blister packs beside her.';
export interface Opening {
  sections?: readonly string[];
  ground?: string;
  view?: string;
  statement?: string;
  persona?: string;
  reference?: string;
}

/** What the tests of break-glass do, at the boundary that an officer and a guardian touch. */
export function glassOf(sightline: () => Sightline) {
  const officers: Record<string, Persona> = {};
  const officer = (organisation: string): Persona => {
    officers[organisation] ??= personaOf('governance-officer', {
      ...{ organisation, sub: `IG-${organisation}`, name: `Officer of ${organisation}` },
    });
    return officers[organisation];
  };
  const governing = { purpose: 'governance' };
  const asOfficer = async (organisation: string, query: string, variables: Record<string, unknown> = {}) =>
    sightline().askAs(await sightline().tokens.issue(officer(organisation)), query, {
      ...governing,
      variables,
    });
  return {
    officer,
    ask: (query: string, reference?: string, persona = 'response-officer') =>
      sightline().ask(persona, query, reference ? { reference } : {}),
    open: (person: string, opening: Opening = {}) =>
      sightline().ask(opening.persona ?? 'response-officer', OPEN, {
        ...(opening.reference && { reference: opening.reference }),
        variables: {
          person,
          sections: opening.sections ?? ['clinical'],
          ground: opening.ground ?? 'LACKS_CAPACITY',
          view: opening.view ?? 'UNABLE',
          statement: opening.statement ?? UNCONSCIOUS,
        },
      }),
    end: (id: string, persona = 'response-officer') =>
      sightline().ask(persona, `mutation ($id: ID!) { endBreakGlass(id: $id) { ${ALL} } }`, {
        ...{ variables: { id }, purpose: null, reference: null },
      }),
    own: (persona = 'response-officer', page = '') =>
      sightline().ask(persona, `{ breakGlassGrants${page} { items { ${ALL} } next } }`, {
        ...{ purpose: null, reference: null },
      }),
    seen: (organisation: string, page = '') =>
      asOfficer(organisation, `{ breakGlassGrants${page} { items { ${ALL} } next } }`),
    review: (organisation: string, id: string, finding = 'JUSTIFIED', why = 'She could not have said it.') =>
      asOfficer(
        organisation,
        `mutation ($id: ID!, $finding: BreakGlassFinding!, $why: String!) {
          reviewBreakGlass(id: $id, finding: $finding, personTold: LATER, why: $why) { ${ALL} } }`,
        { id, finding, why },
      ),
    confirm: (organisation: string, id: string, present = true) =>
      asOfficer(
        organisation,
        `mutation ($id: ID!, $present: Boolean!) {
          confirmBreakGlass(id: $id, present: $present, why: "The incident’s log has him there.") { ${ALL} } }`,
        { id, present },
      ),
    asOfficer,
    alerts: (kind = 'BREAK_GLASS%') =>
      sightline().store(
        'select organisation, kind, payload from index_outbox where kind like $1 order by id',
        [kind],
      ),
    entries: async (kind: string) => {
      const rows = await sightline().store(
        "select entry from register_entry where entry::jsonb ->> 'kind' = $1 order by seq",
        [kind],
      );
      return rows.map(({ entry }) => JSON.parse(entry as string));
    },
  };
}

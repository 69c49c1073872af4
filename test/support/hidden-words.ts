import { CLIENTS } from '../../fixtures/domestic-abuse-service/people.ts';
import { SCHOOLS } from '../../fixtures/education/schools.ts';
import { HIDDEN_PLACE } from '../../fixtures/people/domestic-abuse.ts';
import { COMMUNITY_TEAMS, PRACTICES } from '../../fixtures/primary-care/places.ts';

const { quayPrimary } = SCHOOLS;
const { harbourLane } = PRACTICES;

/** Words, codes and telephones of the refuge, and of the school and the practice near it. */
const WORDS = [
  ...Object.values(HIDDEN_PLACE),
  'Seaholme',
  'refuge',
  quayPrimary.site,
  quayPrimary.phone,
  quayPrimary.lead.name,
  quayPrimary.lead.phone,
  harbourLane.code,
  harbourLane.phone,
  COMMUNITY_TEAMS.seaholme.phone,
  CLIENTS['leila-haddad']?.landline ?? '01632 960990',
];

/** Whatever leads to the hidden place of the second scenario, however it is written. */
export const HIDDEN = new RegExp(WORDS.map((word) => word.replaceAll(' ', '\\s*')).join('|'), 'i');

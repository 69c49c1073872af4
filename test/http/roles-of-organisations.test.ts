/** A role is held only by the organisations that purposes.yaml names for it: a token that says otherwise is refused. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedPolicy } from '../sharing/support/shipped-policy.ts';
import { agencyFolders } from '../support/agency-folders.ts';
import { type Served, serve } from './support/served-gateway.ts';

const QUERY = { query: '{ viewer { name role } }' };
const EVERYBODY = agencyFolders();
/** Written here once more, by hand: whoever widens purposes.yaml has to say so in two places. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  'response-officer': ['police'],
  'triage-nurse': ['mental-health'],
  'mash-social-worker': ['childrens-services'],
  'early-help-lead': ['childrens-services'],
  'school-safeguarding-lead': ['education'],
  'housing-officer': ['housing'],
  'work-coach': ['work-and-pensions'],
  'general-practitioner': ['primary-care'],
  'health-visitor': ['primary-care'],
  'domestic-abuse-adviser': ['domestic-abuse-service'],
  'governance-officer': EVERYBODY,
  analyst: EVERYBODY,
  'data-subject': EVERYBODY,
};

let served: Served;
beforeAll(async () => {
  served = await serve({ policy: shippedPolicy });
});
afterAll(() => served.close());

const asked = async (claims: Record<string, unknown>) =>
  served.post(QUERY, { authorization: `Bearer ${await served.issuer.token(claims)}` });

it('knows every role and every organisation of the policy', () => {
  const { roles, organisations } = shippedPolicy();
  expect([...roles.keys()].sort()).toEqual(Object.keys(HOLDERS).sort());
  expect([...organisations].sort()).toEqual(EVERYBODY);
});

describe.each(Object.entries(HOLDERS))('the role %s', (role, holders) => {
  it.each(EVERYBODY.map((organisation) => [organisation, holders.includes(organisation)] as const))(
    'in a token of %s: let in is %s',
    async (organisation, letIn) => {
      const answer = await asked({ org: organisation, roles: [role] });
      if (letIn) {
        expect(answer.status).toBe(200);
        expect(answer.json.data.viewer.role).toBe(role);
        return;
      }
      expect(answer.status).toBe(401);
      expect(answer.json.data).toBeUndefined();
      expect(answer.json.errors[0].extensions.code).toBe('UNAUTHENTICATED');
      expect(answer.json.errors[0].message).toBe(
        `The token gives the role ${role} in ${organisation}, which may not hold it; it is held in: ${holders.join(', ')}.`,
      );
    },
  );
});

it('refuses a token as a whole where one of its roles is not its organisation’s to give', async () => {
  const answer = await asked({ org: 'police', roles: ['response-officer', 'triage-nurse'] });
  expect(answer.status).toBe(401);
  expect(answer.json.errors[0].message).toMatch(/the role triage-nurse in police/);
});

it('refuses an organisation that nobody knows, and says which are known', async () => {
  const answer = await asked({ org: 'fire-service' });
  expect(answer.status).toBe(401);
  expect(answer.json.errors[0].message).toMatch(
    /claim org names no organisation of Sightline; known: police, mental-health/,
  );
});

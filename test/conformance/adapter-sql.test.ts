/** What an agency's engineer and its governance officer see of a query before anything is asked. */
import { describe, expect, it } from 'vitest';
import { agencyIds } from '../../src/adapters-found.ts';
import { loadAgencies } from '../../src/app/open-agencies.ts';
import { printPlannedSql, type SqlFlags } from '../../src/cli/adapter/planned-sql.ts';
import { errorMessageFor } from '../../src/cli/known-error.ts';
import { enabledAgencies } from '../../src/config/agency-settings.ts';
import { buildCatalogue } from '../../src/gateway/schema/catalogue.ts';
import { projectRoot } from '../../src/project-root.ts';

const root = projectRoot();
const catalogue = async () => (await loadAgencies(root, enabledAgencies({}, agencyIds(root)))).catalogue;

async function shown(agency: string, query: string, flags: Partial<SqlFlags> = {}): Promise<string> {
  let said = '';
  const out = (text: string) => {
    said += text;
  };
  const asked = { role: 'work-coach', purpose: 'welfare-support', relationship: 'VERIFIED', place: 'PUBLIC' };
  await printPlannedSql(
    { root, catalogue, now: () => new Date('2026-11-22T03:10:00Z'), out },
    agency,
    query,
    {
      ...asked,
      ...flags,
    },
  );
  return said;
}

const RENT =
  '{ housing { arrearsBand arrearsPence } identity { name } household { members { relationship } } }';

describe('adapter sql', () => {
  it('says in one line which command is missing, where an adapter has no schema yet', async () => {
    const { files, adapters } = await loadAgencies(root, enabledAgencies({}, agencyIds(root)));
    const housing = adapters.filter(({ id }) => id === 'housing');
    const missing = await Promise.resolve()
      .then(() => buildCatalogue({ ...files, agencies: new Map() }, housing))
      .catch(errorMessageFor);
    expect(missing).toBe('There is no schema/housing.graphql: npm run schema makes it of the adapter.');
  });

  it('shows one statement for each table that is left, and what stands for the person', async () => {
    const said = await shown('housing', RENT);
    expect(said).toMatch(/\n2 statements, and none was run\n/);
    expect(said).toMatch(/\n-- 1\nselect .*"rent_acct".*;\n-- \$1 /);
    expect(said).toContain('the record asked for');
  });

  it('names what is cut, and the line of the policy that cuts it', async () => {
    const said = await shown('housing', RENT);
    expect(said).toMatch(/\nhousing: SUMMARY\n {2}where {9}adapters\/housing\/sharing.yaml:\d+\n/);
    expect(said).toContain('  cut           arrearsPence, LEVEL: released from FULL\n');
    expect(said).toMatch(
      /\nhousehold: not asked; withheld, NOT_LISTED: .*\n {2}where {9}adapters\/housing\/sharing.yaml/,
    );
    // What is cut is in no statement.
    expect(said.slice(said.indexOf('statements'))).not.toMatch(/household_member/);
  });

  it('takes a query of the public schema, and what it asks by variables', async () => {
    const query = `query ($id: ID!, $rent: Boolean!) {
      person(id: $id) { ...Home @include(if: $rent) identity { familyName } }
    }
    fragment Home on Person { home: housing { arrearsBand } }`;
    const given = (rent: boolean) => ({ variables: JSON.stringify({ id: 'x', rent }) });
    expect(await shown('housing', query, given(true))).toContain('"rent_acct"');
    expect(await shown('housing', query, given(false))).not.toContain('"rent_acct"');
  });

  it('shows conditions on rows that a grant makes', async () => {
    const asked = { role: 'triage-nurse', purpose: 'mental-health-crisis' };
    const said = await shown('police', '{ policeEvents { items { category } } }', asked);
    expect(said).toContain('  scope         ');
    expect(said).toMatch(/MENTAL|MH_FLG|OCC_TYPE/);
  });

  it('asks nothing where nothing is granted', async () => {
    const said = await shown('police', '{ intelligence { items { text } } }');
    expect(said).toMatch(/intelligence: not asked; withheld, /);
    expect(said).toContain('0 statements, and none was run');
  });

  it.each<[string, string, Partial<SqlFlags>, RegExp]>([
    [
      'a field that there is not',
      '{ housing { rent } }',
      {},
      /^The query cannot be read: Cannot query field "rent"/,
    ],
    ['no GraphQL', '{ housing', {}, /^The query cannot be read: Syntax Error/],
    ['nothing of a person', '{ viewer { name } }', {}, /asks for no section of a person/],
    ['a role that there is not', RENT, { role: 'landlord' }, /landlord/],
    ['variables that are no JSON', RENT, { variables: 'x' }, /^--variables must be a JSON object/],
  ])('refuses %s in a line', async (_, query, flags, words) => {
    await expect(shown('housing', query, flags)).rejects.toThrow(words);
  });
});

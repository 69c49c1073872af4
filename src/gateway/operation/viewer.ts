import type { GraphQLFieldResolver } from 'graphql';
import type { Decisions, Relationship } from '../../sharing/policy/types.ts';
import type { GatewayContext } from '../request/context.ts';
import { publicAgency } from '../request/directory.ts';

type Resolver = GraphQLFieldResolver<unknown, GatewayContext>;

export const agencies: Resolver = (_root, _args, context) =>
  context.agencies.ids.map((agency) => publicAgency(agency, context));

export const viewer: Resolver = (_root, _args, { caller, purpose, reference, subjects }) => ({
  name: caller.name,
  role: caller.role,
  roles: caller.roles,
  organisation: caller.organisation,
  site: caller.site,
  purpose,
  reference: reference && `${reference.agency}:${reference.value}`,
  // The issuing agency is asked only where somebody wants to know.
  relationship: async () => (reference ? (await subjects.standing()).relationship : 'NONE'),
});

/** Without a reference, told as for a verified one: what the caller may ask once they have a case. */
export const mayAsk: Resolver = async (_viewer, _args, context) => {
  const relationship: Relationship = context.reference
    ? (await context.subjects.standing()).relationship
    : 'VERIFIED';
  const decisions = await context.decisionsAt(relationship);
  return [...context.catalogue.sections.values()].flatMap((section) =>
    section.suppliers.map((agency) => grant(section.name, agency, decisions, context)),
  );
};

/** `Grant` of the public schema. */
function grant(section: string, agency: string, decisions: Decisions, context: GatewayContext) {
  const { level, reason, scope, rule, breakGlass } = decisions.section(agency, section);
  return {
    section,
    agency: publicAgency(agency, context),
    level,
    reason,
    scope,
    gateways: rule?.gateways ?? [],
    agreement: rule?.agreement ?? null,
    opens: level === null ? (breakGlass?.opens ?? null) : null,
    grounds: level === null ? (breakGlass?.grounds ?? null) : null,
  };
}

import { type GraphQLFieldResolver, type GraphQLResolveInfo, getNamedType, isCompositeType } from 'graphql';
import type { Subject } from '../person-index/types.ts';
import type { CatalogueSection } from '../sharing/types.ts';
import type { SectionAnswer } from './answers.ts';
import { askAgency } from './ask-agency.ts';
import { type AskedFields, askedFields } from './asked-fields.ts';
import type { GatewayContext } from './context.ts';
import { pathKeys } from './paths.ts';

/** Resolves `Person.<section>`: asks every supplier at once and keeps what each said. Never null, never throws for an agency. */
export function sectionResolver(section: CatalogueSection): GraphQLFieldResolver<Subject, GatewayContext> {
  return async (subject, _args, context, info): Promise<SectionAnswer> => {
    const answered = context.ledger.sectionAt(info.path);
    const type = getNamedType(info.returnType);
    if (!isCompositeType(type)) throw new Error(`${section.name} is not a section`);
    const asked = askedOnce(info, () => askedFields(info.fieldNodes, type, info));
    const question = { section: section.name, type, nodes: info.fieldNodes, asked };
    const suppliers = suppliersOf(section, asked);
    const answers = await Promise.all(
      suppliers.map((agency) => askAgency(agency, subject, question, context, info)),
    );
    const agencies = new Map(answers.map((answer) => [answer.agency, answer]));
    const answer: SectionAnswer = { subject, section, path: pathKeys(info.path), asked, agencies };
    answered(answer);
    return answer;
  };
}

/** Agencies that supply a field asked, in their fixed order; all of the section's where only its standing is asked. */
function suppliersOf(section: CatalogueSection, asked: AskedFields): readonly string[] {
  if (asked.fields.length === 0) return section.suppliers;
  return section.suppliers.filter((agency) =>
    asked.fields.some(({ path }) => section.fields.get(path)?.suppliers.includes(agency)),
  );
}

/** graphql-js keeps one array of nodes for all people of a list within one execution: so the question is read once for all. */
const askedByNodes = new WeakMap<readonly unknown[], { variables: unknown; asked: AskedFields }>();
function askedOnce(info: GraphQLResolveInfo, make: () => AskedFields): AskedFields {
  const known = askedByNodes.get(info.fieldNodes);
  if (known?.variables === info.variableValues) return known.asked;
  const asked = make();
  askedByNodes.set(info.fieldNodes, { variables: info.variableValues, asked });
  return asked;
}

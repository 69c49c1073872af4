import { type GraphQLFieldResolver, type GraphQLResolveInfo, getNamedType, isCompositeType } from 'graphql';
import type { Subject } from '../../person-index/records/types.ts';
import type { CatalogueSection } from '../../sharing/policy/types.ts';
import type { AgencyAnswer, SectionAnswer } from '../request/answers.ts';
import type { GatewayContext } from '../request/context.ts';
import { pathKeys } from '../request/ledger.ts';
import { type SectionSelection, sectionSelection } from '../request/selection.ts';
import { askAgency } from './ask-agency.ts';

/** Resolves `Person.<section>`: asks every supplier at once and keeps what each said. Never null, never throws for an agency. */
export function sectionResolver(section: CatalogueSection): GraphQLFieldResolver<Subject, GatewayContext> {
  return async (subject, _args, context, info): Promise<SectionAnswer> => {
    const type = getNamedType(info.returnType);
    if (!isCompositeType(type)) throw new Error(`${section.name} is not a section`);
    const selection = selectionOnce(info, () => sectionSelection(info.fieldNodes, type, info));
    const question = { section: section.name, type, nodes: info.fieldNodes, selection };
    const suppliers = suppliersOf(section, selection);
    const answers = await Promise.all(
      suppliers.map((agency) => askAgency(agency, subject, question, context, info)),
    );
    const agencies = new Map(answers.map((answer) => [answer.agency, answer]));
    const answer: SectionAnswer = { subject, section, path: pathKeys(info.path), selection, agencies };
    context.ledger.addAnswer(info.path, answer);
    await context.turns.take(itemsIn(answers));
    return answer;
  };
}

/** About how many objects the answers hold: each of them has fields that are resolved. */
function itemsIn(answers: readonly AgencyAnswer[]): number {
  let items = 1;
  for (const { parts } of answers)
    for (const part of parts)
      for (const value of Object.values(part)) items += Array.isArray(value) ? value.length : 0;
  return items;
}

/** Agencies that supply a field asked, in their fixed order; all of the section's where only its standing is asked. */
function suppliersOf(section: CatalogueSection, asked: SectionSelection): readonly string[] {
  if (asked.fields.length === 0) return section.suppliers;
  return section.suppliers.filter((agency) =>
    asked.fields.some(({ path }) => section.fields.get(path)?.suppliers.includes(agency)),
  );
}

/** graphql-js keeps one array of nodes for all people of a list within one execution: so the question is read once for all. */
const selectionByNodes = new WeakMap<readonly unknown[], { variables: unknown; asked: SectionSelection }>();
function selectionOnce(info: GraphQLResolveInfo, make: () => SectionSelection): SectionSelection {
  const known = selectionByNodes.get(info.fieldNodes);
  if (known?.variables === info.variableValues) return known.asked;
  const asked = make();
  selectionByNodes.set(info.fieldNodes, { variables: info.variableValues, asked });
  return asked;
}

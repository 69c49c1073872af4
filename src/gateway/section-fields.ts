import { defaultMergedResolver } from '@graphql-tools/delegate';
import {
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLList,
  type GraphQLResolveInfo,
  getNamedType,
  getNullableType,
  isCompositeType,
} from 'graphql';
import { requestError } from '../errors.ts';
import { type AgencyAnswer, isKnown, type SectionAnswer, worstFirst } from './answers.ts';
import { anyTrue, firstGiven, mostGiven, ofRecords, type Rule, type Said } from './combine.ts';
import type { GatewayContext } from './context.ts';
import { holeError, notCoveredError } from './hole-error.ts';
import { withheldField } from './withheld-field.ts';

type Resolver = GraphQLFieldResolver<SectionAnswer, GatewayContext>;

/**
 * Resolves one data field of a section from its suppliers' answers: lists stand side by side, single values are
 * picked by a written rule. Null without an error means known to be empty; else an error says what is not known.
 */
export function dataFieldResolver(section: string, field: GraphQLField<unknown, unknown>): Resolver {
  const type = getNullableType(field.type);
  if (type instanceof GraphQLList && isCompositeType(getNamedType(type))) return listResolver(field.name);
  return valueResolver(
    field.name,
    type.toString() === 'Boolean' ? anyTrue : section === 'identity' ? mostGiven : firstGiven,
  );
}

function listResolver(name: string): Resolver {
  return (answer, args, context, info) => {
    // A list of no items by request would look like one that is known to be empty.
    if (typeof args.first === 'number' && args.first < 1)
      throw requestError('BAD_USER_INPUT', 'first must be at least 1.');
    const { known, open } = suppliersOf(name, answer);
    const items: unknown[] = [];
    const origins: string[] = [];
    for (const agency of known) {
      for (const value of valuesOf(agency, args, context, info)) {
        for (const item of Array.isArray(value) ? value : []) {
          items.push(item);
          origins.push(agency.agency);
        }
      }
    }
    if (items.length === 0 && open) throw openError(open, name, answer, context);
    context.ledger.addOrigin(info.path, origins);
    return items;
  };
}

function valueResolver(name: string, rule: Rule): Resolver {
  return (answer, args, context, info) => {
    const { known, open } = suppliersOf(name, answer);
    const said = known.map(
      (one): Said => ({ agency: one.agency, value: ofRecords(valuesOf(one, args, context, info)) }),
    );
    const picked = rule(said, !open);
    if (!picked) throw openError(open, name, answer, context);
    if (picked.agency) context.ledger.addOrigin(info.path, picked.agency);
    return picked.value;
  };
}

/** A part keeps the agency's own answer under the query's response keys; stitching's resolver reads it from there. */
function valuesOf(
  answer: AgencyAnswer,
  args: Record<string, unknown>,
  context: GatewayContext,
  info: GraphQLResolveInfo,
): unknown[] {
  return answer.parts.map((part) => defaultMergedResolver(part as never, args, context, info));
}

/** Suppliers of a field whose answer is known (even that there is none), and the worst of those that leave it open. */
export function suppliersOf(
  name: string,
  answer: SectionAnswer,
): { known: AgencyAnswer[]; open: AgencyAnswer | 'NOT_COVERED' | null } {
  const suppliers = answer.section.fields.get(name)?.suppliers ?? [];
  const answers = suppliers
    .map((agency) => withheldField(answer, agency, name))
    .filter((one) => one !== null);
  const open = answers.filter((one) => !isKnown(one)).sort(worstFirst)[0] ?? null;
  return { known: answers.filter(isKnown), open: answers.length === 0 ? 'NOT_COVERED' : open };
}

export function openError(
  open: AgencyAnswer | 'NOT_COVERED' | null,
  name: string,
  answer: SectionAnswer,
  context: GatewayContext,
): Error {
  if (open === null) return new Error(`${answer.section.name}.${name} is known, and still was not answered`);
  return open === 'NOT_COVERED'
    ? notCoveredError(answer.section.name)
    : holeError(open, answer.section.name, context);
}

/** What an agency's own host writes into its register before anything leaves it: who asked what of which of its records, never a value. */

import type { Authority } from '../../compile/plan/authority.ts';
import type { FieldSelection } from '../../compile/plan/field-selection.ts';
import type { RegisterEntry, RegisterOutcome } from '../../register/entry.ts';
import type { QuestionContext } from '../wire/question.ts';

/** Who asked, as each entry of a question has it. `policyVersion` is the host's own. */
function entryOf(
  { caller, purpose, reference, requestId, at }: QuestionContext,
  policyVersion: string,
  kind: RegisterEntry['kind'],
  relationship: string | null,
  outcomes: readonly RegisterOutcome[],
): RegisterEntry {
  return {
    ...{
      requestId,
      at: new Date(at).toISOString(),
      kind,
      policyVersion,
      purpose,
      reference,
      relationship,
      outcomes,
    },
    ...(caller
      ? {
          ...{ sub: caller.sub, name: caller.name, role: caller.role, organisation: caller.organisation },
          ...{ site: caller.site, staff: caller.staff },
          ...{ issuer: caller.issuer, client: caller.client, actor: caller.actor },
        }
      : { sub: 'gateway', name: null, role: null, organisation: null, site: null }),
    regime: null,
    // Who somebody is across agencies the gateway knows; here they are the agency's own records.
    person: null,
  };
}

export interface Answered {
  root: FieldSelection;
  keys: readonly string[];
  /** In the order of the keys. */
  parts: readonly unknown[];
}

/** One entry for each group of people with the same standing: for each section asked which records it was asked of, and what came. */
export function answerEntries(
  agency: string,
  context: QuestionContext,
  policyVersion: string,
  answered: readonly Answered[],
  authority: Authority,
): RegisterEntry[] {
  const names = new Set(context.people.flatMap(({ keys }) => keys));
  return context.people.flatMap(({ keys, relationship }) => {
    const own = new Set(keys);
    const outcomes = answered.flatMap(({ root, keys: asked, parts }) => {
      const records = asked.filter((key) => own.has(key) && names.has(key));
      const [first] = records;
      if (first === undefined) return [];
      const decision = authority.of(agency, first)?.decisions.section(agency, root.name);
      const present = root.children.find(({ name }) => name === 'present')?.responseKey ?? '';
      const outcome = (state: string, of: readonly string[]): RegisterOutcome[] =>
        of.length === 0
          ? []
          : [
              {
                ...{
                  section: root.name,
                  agency,
                  state,
                  level: decision?.level ?? null,
                  reason: null,
                  asOf: null,
                },
                gateways: decision?.rule?.gateways ?? [],
                rule: decision?.rule ? { file: decision.rule.file, line: decision.rule.line } : null,
                records: of,
              },
            ];
      const has = (key: string) => {
        const part = parts[asked.indexOf(key)] as Record<string, unknown> | null | undefined;
        return part?.[present] === true;
      };
      return [
        ...outcome('DISCLOSED', records.filter(has)),
        ...outcome(
          'NOT_HELD',
          records.filter((key) => !has(key)),
        ),
      ];
    });
    return outcomes.length === 0
      ? []
      : [entryOf(context, policyVersion, 'DISCLOSURE', relationship, outcomes)];
  });
}

/** A question that the host did not answer: which sections were asked, and why nothing came. */
export const refusedEntry = (
  agency: string,
  context: QuestionContext,
  policyVersion: string,
  section: string,
  code: string,
): RegisterEntry =>
  entryOf(context, policyVersion, 'REFUSAL', null, [
    { section, agency, state: 'WITHHELD', level: null, reason: code, asOf: null },
  ]);

/** A look-up of a reference, a caseload or a number of staff, and whether anything was found. */
export const lookUpEntry = (
  agency: string,
  context: QuestionContext,
  policyVersion: string,
  section: 'reference' | 'caseload' | 'staff',
  found: boolean,
): RegisterEntry =>
  entryOf(context, policyVersion, 'SEARCH', null, [
    { section, agency, state: found ? 'MATCH' : 'NO_MATCH', level: null, reason: null, asOf: null },
  ]);

/** Records that go to the person index, with the features that the policy shares of them. */
export const fedEntry = (
  agency: string,
  context: QuestionContext,
  policyVersion: string,
  records: readonly string[],
  share: readonly string[],
): RegisterEntry =>
  entryOf(context, policyVersion, 'DISCLOSURE', null, [
    {
      ...{ section: 'index', agency, state: 'FED', level: null, asOf: null, records },
      reason: share.join(', ') || null,
    },
  ]);

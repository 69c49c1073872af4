import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findAdapters } from '../../adapters-found.ts';
import type { SqlStatement } from '../../compile/dialects/dialect.ts';
import { postgres } from '../../compile/dialects/postgres/postgres.ts';
import { createExecutor } from '../../compile/executor.ts';
import type { Authority } from '../../compile/plan/authority.ts';
import { type PlannedQuestion, plannedQuestions } from '../../gateway/request/planned-questions.ts';
import { agencySchema } from '../../gateway/schema/stitch.ts';
import { readSchemaFiles } from '../../gateway/schema/vocabulary.ts';
import { type DecideInput, decide } from '../../sharing/decide.ts';
import { explainDecision } from '../../sharing/explain.ts';
import { PLACES, type Place, type Relationship } from '../../sharing/policy/types.ts';
import { REASON_WORDS } from '../../states.ts';
import { loadedPolicy, type PolicyCommandDeps, requireKnown, UsageError } from '../policy/deps.ts';

export interface SqlFlags {
  role: string;
  purpose: string;
  organisation?: string;
  site?: string;
  relationship: string;
  place: string;
  consent?: boolean;
  shielded?: boolean;
  variables?: string;
}

export type SqlDeps = Pick<PolicyCommandDeps, 'root' | 'catalogue' | 'now' | 'out'>;

const RELATIONSHIPS = ['VERIFIED', 'CLAIMED', 'UNVERIFIED', 'NONE'] as const;
/** Stands for the number of whoever is asked for. */
const RECORD = 'the record asked for';

/**
 * `adapter sql`: which statements a query would run at one agency, and what is cut from it before, by which line of
 * policy. Reads no database and no withdrawals.
 * @throws PolicyError, UsageError, NoQuestionError
 */
export async function printPlannedSql(
  deps: SqlDeps,
  agency: string,
  text: string,
  flags: SqlFlags,
): Promise<number> {
  const { policy, catalogue } = await loadedPolicy(deps);
  requireKnown('role', flags.role, policy.roles.keys());
  requireKnown('purpose', flags.purpose, policy.purposes.keys());
  requireKnown('relationship', flags.relationship, RELATIONSHIPS);
  requireKnown('place', flags.place, PLACES);
  const holders = policy.roles.get(flags.role)?.organisations ?? [];
  const organisation = flags.organisation ?? holders[0] ?? agency;
  requireKnown('organisation', organisation, policy.organisations);
  const input: DecideInput = {
    ...{ policy, catalogue, purpose: flags.purpose, now: deps.now() },
    caller: { role: flags.role, organisation, site: flags.site ?? null },
    relationship: flags.relationship as Relationship,
    standing: { place: flags.place as Place, consent: flags.consent ?? null },
    wishes: { consented: flags.consent === true, objected: [] },
    withdrawn: new Set(),
  };
  const decisions = decide(input);
  const sdl = readFileSync(join(deps.root, 'schema/sightline.graphql'), 'utf8');
  const query = { text, variables: variablesOf(flags.variables) };
  const questions = plannedQuestions(sdl, query, agency, { decisions, catalogue });
  const [adapter] = await findAdapters(deps.root, [agency]);
  if (!adapter) return 1;

  const statements: SqlStatement[] = [];
  const schema = agencySchema(readSchemaFiles(deps.root, [agency]), adapter);
  const database = {
    dialect: postgres,
    query: async (statement: SqlStatement) => {
      statements.push(statement);
      return [];
    },
  };
  const executor = createExecutor({ adapter, schema, database });
  const authority: Authority = {
    ...{ now: deps.now(), signal: new AbortController().signal, requestId: 'adapter sql' },
    of: () => ({ decisions, placeShield: flags.shielded === true }),
    hidden: () => [],
    note: () => {},
  };
  const asked = questions.flatMap((question) => question.asked ?? []);
  await Promise.all(
    asked.map(async ({ document, variables }) =>
      executor({ document, variables: { ...variables, keys: [RECORD] }, context: { authority } }),
    ),
  );
  const { relationship, place, shielded } = flags;
  deps.out(
    [
      `${flags.role} of ${organisation} at ${flags.purpose}: relationship ${relationship}, place ${place}${shielded ? ', a person under a place shield' : ''}`,
      '',
      ...questions.flatMap((question) => questionLines(question, agency, input)),
      '',
      `${counted(statements.length, 'statement')}, and none was run`,
      ...statements.flatMap(statementLines),
      '',
    ].join('\n'),
  );
  return 0;
}

function questionLines(
  { section, cut, notSupplied, asked }: PlannedQuestion,
  agency: string,
  input: DecideInput,
): string[] {
  const whole = explainDecision({ ...input, agency, section, field: null });
  const { rule, scope, level } = whole.decision;
  const where =
    rule === null ? (input.policy.agencies.get(agency)?.file ?? agency) : `${rule.file}:${rule.line}`;
  const granted =
    level === null ? `withheld, ${whole.reason}: ${REASON_WORDS[whole.reason ?? 'NOT_LISTED']}` : level;
  const fields =
    level === null
      ? []
      : cut.map(({ path, reason }) => {
          const from = input.catalogue.sections.get(section)?.fields.get(path)?.level;
          return `  cut           ${path}, ${reason}${reason === 'LEVEL' ? `: released from ${from}` : ''}`;
        });
  return [
    `${section}: ${asked === null ? 'not asked; ' : ''}${granted}`,
    `  where         ${where}`,
    ...(scope === null ? [] : [`  scope         ${scope}`]),
    ...fields,
    ...(notSupplied.length > 0 ? [`  not supplied  ${notSupplied.join(', ')}`] : []),
  ];
}

const statementLines = ({ sql, parameters }: SqlStatement, at: number): string[] => [
  '',
  `-- ${at + 1}`,
  `${sql};`,
  ...parameters.map((value, index) => `-- $${index + 1} ${JSON.stringify(value)}`),
];

function variablesOf(given: string | undefined): Readonly<Record<string, unknown>> {
  if (given === undefined) return {};
  try {
    const read: unknown = JSON.parse(given);
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read };
  } catch {}
  throw new UsageError('--variables must be a JSON object, such as {"since":"2026-01-01"}');
}

const counted = (many: number, what: string): string => `${many} ${what}${many === 1 ? '' : 's'}`;

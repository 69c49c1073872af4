import { scorer } from '../../linkage/compare.ts';
import { FREQUENCY_BELIEF, type FrequencyTable } from '../../linkage/frequencies.ts';
import type { Model } from '../../linkage/model.ts';
import type { StoreDatabase } from '../../store/tables.ts';
import type { Admission } from '../admit/admission.ts';
import { type GateVerdict, isClaim } from '../admit/gate.ts';
import { usableOf } from '../admit/may-appear.ts';
import { SEARCH_POLICY } from '../admit/search-policy.ts';
import type { ReferenceWorth } from '../admit/standing.ts';
import type { Subjects } from '../admit/subjects.ts';
import { currentModel } from '../match/current-model.ts';
import type {
  PersonId,
  PersonMatch,
  PersonSearchInput,
  SearchOutcome,
  SearchResult,
} from '../records/types.ts';
import { type FoundRecord, findFeatures } from './find-features.ts';
import { type Evidence, type WeighedQuestion, weigh } from './search-evidence.ts';
import { questionFeatures } from './search-features.ts';
import { isEnough, outcomeOf, SEARCH_MESSAGES } from './search-outcome.ts';
import { searchQuery } from './search-query.ts';

interface Match {
  verdict: GateVerdict;
  evidence: Evidence;
}

/**
 * Looks for a person. Those who fail the gate are gone before the outcome is formed, and only a claim that stands is
 * shown. Everything but TOO_BROAD, which the question alone decides, runs the same statements.
 */
export async function searchPeople(
  store: StoreDatabase,
  admission: Admission,
  subjects: Subjects,
  search: PersonSearchInput,
): Promise<SearchResult> {
  const { standing, openings } = await admission.facts();
  const contacts = admission.desks(standing).map((agency) => ({ agency, desk: null }));
  const result = (outcome: SearchOutcome, people: readonly PersonMatch[] = []): SearchResult => ({
    outcome,
    people,
    message: SEARCH_MESSAGES[outcome],
    contacts,
  });
  const question = await questionOf(store, admission, search);
  if (question === null) return result('TOO_BROAD');
  await admission.countSearch('SEARCHES', standing);
  const { matches, cut } = await matchesOf(store, admission, question);
  const formed = outcomeOf(matches.filter(({ verdict }) => verdict.admitted));
  // Whoever was cut off shares less with the question than all who were weighed: only a match is sure without them.
  const { outcome, match } = cut && !formed.match ? { outcome: 'TOO_BROAD' as const, match: null } : formed;
  const stands = await writeDown(admission, standing, matches, outcome, match);
  if (outcome !== 'MATCH') return result(outcome);
  return match && stands
    ? result('MATCH', [shown(match, subjects.admit(match.verdict, { standing, openings }, 0))])
    : result('NO_MATCH');
}

/** What is asked, or null where it is not worth enough to look for anybody. */
async function questionOf(
  store: StoreDatabase,
  admission: Admission,
  search: PersonSearchInput,
): Promise<WeighedQuestion | null> {
  const query = searchQuery(search, admission.hash);
  if (query === null) return null;
  const model = searchModel((await currentModel(store)).model);
  const features = questionFeatures(query);
  return isEnough(features, model) ? { query, features, scorer: scorer(model) } : null;
}

/** Everybody found who matches, with what the gate says of them; agencies that may appear depend on the relationship. */
async function matchesOf(
  store: StoreDatabase,
  admission: Admission,
  question: WeighedQuestion,
): Promise<{ matches: Match[]; cut: boolean }> {
  const reach = await admission.reach();
  const found = byPerson(await findFeatures(store, question.query, reach));
  const verdicts = await admission.judge([...found.keys()]);
  const matches = [...verdicts].flatMap(([person, verdict]) => {
    const evidence = weigh(
      question,
      found.get(person) ?? [],
      usableOf(reach, verdict.tied || verdict.hidden),
    );
    return evidence.confidence === null ? [] : [{ verdict, evidence }];
  });
  const admitted = [...verdicts.values()].filter((verdict) => verdict.admitted);
  return { matches, cut: admitted.length > SEARCH_POLICY.people };
}

async function writeDown(
  admission: Admission,
  standing: ReferenceWorth,
  matches: readonly Match[],
  outcome: SearchOutcome,
  match: Match | null,
): Promise<boolean> {
  const claimed = match && isClaim(match.verdict) ? [match.verdict.known.person] : [];
  const people = matches.flatMap(({ verdict }) => (verdict.admitted ? [verdict.known.person] : []));
  const unsure = outcome === 'MANY_MATCH' || outcome === 'POSSIBLE_MATCH';
  const granted = await admission.settle({
    claims: claimed,
    missed: outcome === 'NO_MATCH',
    // Nobody found is an everyday answer to a search on a live reference, and a refusal on none.
    missesCount: standing.relationship === 'NONE',
    alerts: matches.flatMap(({ verdict }) => verdict.alerts),
    review: unsure ? { kind: outcome, people } : null,
  });
  return claimed.every((person) => granted.has(person));
}

function byPerson(records: readonly FoundRecord[]): Map<PersonId, FoundRecord[]> {
  const people = new Map<PersonId, FoundRecord[]>();
  for (const record of records) people.set(record.person, [...(people.get(record.person) ?? []), record]);
  return people;
}

function shown({ evidence }: Match, subject: PersonMatch['subject']): PersonMatch {
  const { agreesOn, differsOn, explanation } = evidence;
  const confidence = evidence.confidence === 'CONFIRMED' ? 'CONFIRMED' : 'PROBABLE';
  return { subject, confidence, agreesOn, differsOn, explanation };
}

const made = new WeakMap<Model, Model>();

/**
 * The model as searches use it. What a few records could change is taken out: values that few carry weigh as if nobody
 * did, and numbers that several carry still say what they say, since whose they are may be hidden from the caller.
 * Twins and generations are always reckoned with.
 */
export function searchModel(model: Model): Model {
  const madeBefore = made.get(model);
  if (madeBefore) return madeBefore;
  const tables = Object.entries(model.frequencies).map(([field, table]) => [field, common(table)]);
  const searching: Model = {
    ...model,
    frequencies: Object.fromEntries(tables) as Model['frequencies'],
    generic: new Set(),
    relatives: true,
    namesakes: false,
  };
  made.set(model, searching);
  return searching;
}

/** Shares at or below that of an unseen value become it. Written with nothing counted, so that belief alone speaks. */
function common({ counts, total, unseen }: FrequencyTable): FrequencyTable {
  const above = [...counts].flatMap(([value, count]): [string, number][] =>
    count >= SEARCH_POLICY.countsFrom && count / total > unseen
      ? [[value, FREQUENCY_BELIEF * (count / total - unseen)]]
      : [],
  );
  return { counts: new Map(above), total: 0, unseen };
}

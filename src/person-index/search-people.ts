import { scorer } from '../linkage/compare.ts';
import type { Admission } from './admission.ts';
import { currentModel } from './current-model.ts';
import { type FoundRecord, findFeatures } from './find-features.ts';
import type { Verdict } from './gate.ts';
import { type Evidence, type Question, weigh } from './search-evidence.ts';
import { questionFeatures } from './search-features.ts';
import { searchModel } from './search-model.ts';
import { outcomeOf, SEARCH_MESSAGES } from './search-outcome.ts';
import { SEARCH_POLICY } from './search-policy.ts';
import { searchQuery } from './search-query.ts';
import { isEnough } from './search-worth.ts';
import type { Standing } from './standing.ts';
import type { Subjects } from './subjects.ts';
import type { Store } from './tables.ts';
import type { PersonId, PersonMatch, PersonSearchInput, SearchOutcome, SearchResult } from './types.ts';

interface Match {
  verdict: Verdict;
  evidence: Evidence;
}

/**
 * Looks for a person. Those who fail the gate are gone before the outcome is formed, and only a claim that stands is
 * shown. Everything but TOO_BROAD, which the question alone decides, runs the same statements.
 */
export async function searchPeople(
  store: Store,
  admission: Admission,
  subjects: Subjects,
  search: PersonSearchInput,
): Promise<SearchResult> {
  const { standing } = await admission.facts();
  const contacts = admission.desks(standing).map((agency) => ({ agency, desk: null }));
  const result = (outcome: SearchOutcome, people: readonly PersonMatch[] = []): SearchResult => ({
    outcome,
    people,
    message: SEARCH_MESSAGES[outcome],
    contacts,
  });
  const question = await questionOf(store, admission, search);
  if (question === null) return result('TOO_BROAD');
  await admission.countSearch(standing);
  const { matches, cut } = await matchesOf(store, admission, question, standing);
  const formed = outcomeOf(matches.filter(({ verdict }) => verdict.admitted));
  // Whoever was cut off shares less with the question than all who were weighed: only a match is sure without them.
  const { outcome, match } = cut && !formed.match ? { outcome: 'TOO_BROAD' as const, match: null } : formed;
  const stands = await writeDown(admission, standing, matches, outcome, match);
  if (outcome !== 'MATCH') return result(outcome);
  return match && stands
    ? result('MATCH', [shown(match, subjects.admit(match.verdict, standing, 0))])
    : result('NO_MATCH');
}

/** What is asked, or null where it is not worth enough to look for anybody. */
async function questionOf(
  store: Store,
  admission: Admission,
  search: PersonSearchInput,
): Promise<Question | null> {
  const query = searchQuery(search, admission.hash);
  if (query === null) return null;
  const model = searchModel((await currentModel(store)).model);
  const features = questionFeatures(query);
  return isEnough(features, model) ? { query, features, scorer: scorer(model) } : null;
}

/** Everybody found who matches, with what the gate says of them; agencies that may appear depend on the relationship. */
async function matchesOf(
  store: Store,
  admission: Admission,
  question: Question,
  standing: Standing,
): Promise<{ matches: Match[]; cut: boolean }> {
  const appearance = admission.appearance(standing.relationship, standing);
  const found = byPerson(await findFeatures(store, question.query, appearance));
  const verdicts = await admission.judge([...found.keys()]);
  const matches = [...verdicts].flatMap(([person, verdict]) => {
    const relationship = verdict.admitted ? verdict.relationship : standing.relationship;
    const evidence = weigh(question, found.get(person) ?? [], admission.appearance(relationship, standing));
    return evidence.confidence === null ? [] : [{ verdict, evidence }];
  });
  return { matches, cut: found.size > SEARCH_POLICY.people };
}

async function writeDown(
  admission: Admission,
  standing: Standing,
  matches: readonly Match[],
  outcome: SearchOutcome,
  match: Match | null,
): Promise<boolean> {
  const claimed = match?.verdict.relationship === 'CLAIMED' ? [match.verdict.known.person] : [];
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

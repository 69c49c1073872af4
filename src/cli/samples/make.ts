import type { Persona } from '../../demo/persona.ts';
import { PERSONAS } from '../../demo/personas.ts';
import type { Asking } from '../../pages/config.ts';
import { EXAMPLES } from '../../pages/examples.ts';
import type { AskSample, Away, SampleRequest, SampleWorld } from './gateway.ts';
import { stableAnswer } from './stable.ts';
import { STATE_SAMPLES, stateQuery } from './states.ts';

/** A question as it is sent, but for the token, and the whole answer to it. */
export interface Sample {
  readonly name: string;
  readonly description: string;
  /** As whom it was asked, in the demo. */
  readonly persona: string;
  readonly request: SampleRequest;
  readonly status: number;
  readonly response: unknown;
}

/** A sample without its answer. */
interface Question extends Omit<Sample, 'status' | 'response'> {
  readonly path: string;
  readonly by: Persona;
  readonly away: Away;
}

/**
 * Asks everything that there is a sample of: each example as its persona, those that are nobody's as each persona who has none, and
 * each of the seven states once. Gives path (`examples/….json`, `states/….json`) → sample.
 */
export async function makeSamples(
  world: SampleWorld,
  progress: (line: string) => void,
): Promise<ReadonlyMap<string, Sample>> {
  const questions = [...exampleQuestions(), ...stateQuestions()];
  const samples = new Map<string, Sample>();
  for (const [away, together] of byAway(questions)) {
    progress(`Asking ${together.length} samples${away === '{}' ? '' : ' while some agencies are away'}`);
    await world.asked(JSON.parse(away), async (ask) => {
      for (const question of together) samples.set(question.path, await answered(ask, question));
    });
  }
  return new Map(questions.map(({ path }) => [path, samples.get(path) as Sample]));
}

async function answered(
  ask: AskSample,
  { name, description, persona, request, by }: Question,
): Promise<Sample> {
  const { status, response } = await ask(by, request);
  return { name, description, persona, request, status, response: stableAnswer(response) };
}

function exampleQuestions(): Question[] {
  const withOwn = new Set(EXAMPLES.map(({ persona }) => persona));
  return EXAMPLES.flatMap((example) => {
    const { name, description, query, variables, persona: own } = example;
    const personas = PERSONAS.filter(({ persona }) => (own ? persona === own : !withOwn.has(persona)));
    return personas.map((by) => ({
      ...{ path: `examples/${slugOf(name)}.${by.persona}.json`, name, description },
      ...{ persona: by.persona, by, away: {} },
      request: { headers: headersOf(by, example), query, variables },
    }));
  });
}

function stateQuestions(): Question[] {
  return STATE_SAMPLES.map((sample) => {
    const { state, description, persona, by: variables, away } = sample;
    const by = PERSONAS.find((one) => one.persona === persona);
    if (!by) throw new Error(`There is no persona ${persona}`);
    return {
      ...{ path: `states/${state.toLowerCase().replaceAll('_', '-')}.json`, name: state, description },
      ...{ persona, by, away },
      request: { headers: headersOf(by, sample), query: stateQuery(sample), variables: { by: variables } },
    };
  });
}

function headersOf(by: Persona, { purpose = by.purpose, reference = by.reference }: Asking) {
  return {
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json',
    'Sharing-Purpose': purpose,
    'Sharing-Reference': reference,
  };
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

/** Questions by which agencies are away, as JSON: one gateway answers all of one kind. */
function byAway(questions: readonly Question[]): ReadonlyMap<string, readonly Question[]> {
  const groups = new Map<string, Question[]>();
  for (const question of questions) {
    const away = JSON.stringify(question.away);
    groups.set(away, [...(groups.get(away) ?? []), question]);
  }
  return groups;
}

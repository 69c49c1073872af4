import type { World } from '../../fixtures/model.ts';
import { demoWorld } from '../../fixtures/seed.ts';

/** The people of the scenarios and tonight's calls, and `people` generated ones besides, as one part. */
export function scenarioWorld(people = 0): World {
  const [part, ...more] = [...demoWorld({ people, seed: 20141015 })];
  if (!part || more.length > 0) throw new Error(`${people} people are more than one part`);
  return part;
}

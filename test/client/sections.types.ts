/**
 * Compiled and not run: each line marked as an error is one, and is seen to be no error where the data are not guarded
 * (section-types.test.ts).
 */
import type { SightlineClient } from '../../src/client/ask.ts';
import type { AnswerState } from '../../src/client/generated/schema.ts';
import {
  type Guarded,
  hasData,
  isDisclosed,
  isNotCovered,
  isNotHeld,
  isPartial,
  isPossibleMatchOnly,
  isUnavailable,
  isWithheld,
} from '../../src/client/section.ts';
import { CrisisDocument, type CrisisQuery } from '../clients/generated/crisis.ts';

type Person = Guarded<CrisisQuery>['findPeople']['people'][number]['person'];

export function reads({ crisisPlan, clinical, identity }: Person): unknown[] {
  const open: unknown[] = [crisisPlan.state, crisisPlan.sources[0]?.reason];
  // @ts-expect-error nobody looked at its state
  open.push(crisisPlan.triggers);
  // @ts-expect-error nor is it seen by destructuring
  const { whatHelps } = crisisPlan;
  // @ts-expect-error a list is no less data
  open.push(whatHelps, clinical.diagnoses?.length);
  if (isDisclosed(crisisPlan)) open.push(crisisPlan.triggers, crisisPlan.whatHelps);
  // @ts-expect-error what is not disclosed may still be partial, or nothing
  else open.push(crisisPlan.triggers);
  if (isPartial(clinical)) open.push(clinical.diagnoses);
  if (hasData(clinical)) open.push(clinical.diagnoses);
  if (clinical.state === 'DISCLOSED') open.push(clinical.diagnoses);
  // @ts-expect-error withheld
  if (isWithheld(clinical)) open.push(clinical.diagnoses);
  // @ts-expect-error nothing found, within its scope
  if (isNotHeld(clinical)) open.push(clinical.diagnoses);
  // @ts-expect-error nobody supplies it
  if (isNotCovered(clinical)) open.push(clinical.diagnoses);
  // @ts-expect-error no answer
  if (isUnavailable(clinical)) open.push(clinical.diagnoses);
  // @ts-expect-error too weakly linked
  if (isPossibleMatchOnly(clinical)) open.push(clinical.diagnoses);
  open.push(identity);
  return open;
}

/** `level` is a field of sources too, and another thing. */
export function publicProtection(of: Guarded<{ state: AnswerState; level: number | null }>): unknown {
  // @ts-expect-error nobody looked at its state
  const { level } = of;
  return [level, hasData(of) && of.level];
}

/** Neither is a section: what they say beside a state can be read in any. */
export function others(
  history: Guarded<{ state: AnswerState; message: string; complaints: string }>,
  outcome: Guarded<{ state: AnswerState | null; section: string; given: boolean }>,
): unknown[] {
  return [history.message, history.complaints, outcome.section, outcome.given];
}

export async function asks(client: SightlineClient): Promise<void> {
  await client.ask(CrisisDocument, { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: '2002-03-14' });
  // @ts-expect-error a variable is missing
  await client.ask(CrisisDocument, { familyName: 'Kerr', givenName: 'Maya' });
  // @ts-expect-error so are all of them
  await client.ask(CrisisDocument);
  // @ts-expect-error a date is text
  await client.ask(CrisisDocument, { familyName: 'Kerr', givenName: 'Maya', dateOfBirth: 2002 });
  await client.ask('{ viewer { name } }');
}

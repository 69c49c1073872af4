import { isEnumType } from 'graphql';
import { expect, expectTypeOf, test } from 'vitest';
import { IDENTIFIER_SYSTEMS, type IdentifierSystem } from '../../adapters/contract.ts';
import type { findPeople, people, person, personByIdentifier } from '../../src/gateway/operation/finding.ts';
import type * as Schema from '../../src/generated/resolvers.ts';
import type { PersonMatch, SearchOutcome } from '../../src/person-index/records/types.ts';
import type { Relationship } from '../../src/sharing/policy/types.ts';
import {
  ANSWER_REASONS,
  ANSWER_STATES,
  type AnswerReason,
  type AnswerState,
  LEVELS,
  type Level,
  WITHHELD_REASONS,
} from '../../src/states.ts';
import { publicSchema } from '../support/whole-graph.ts';

// What follows up to the tests is checked by the compiler, in `npm run check`: no test of it could fail here.
expectTypeOf<AnswerState>().toEqualTypeOf<Schema.AnswerState>();
expectTypeOf<AnswerReason>().toEqualTypeOf<Schema.Reason>();
expectTypeOf<Level>().toEqualTypeOf<Schema.SharingLevel>();
expectTypeOf<Relationship>().toEqualTypeOf<Schema.Relationship>();
expectTypeOf<SearchOutcome>().toEqualTypeOf<Schema.SearchOutcome>();
expectTypeOf<PersonMatch['confidence']>().toEqualTypeOf<Schema.MatchConfidence>();
expectTypeOf<IdentifierSystem>().toEqualTypeOf<Schema.IdentifierSystem>();
// What the schema lets be asked is what each resolver takes.
expectTypeOf<Schema.QueryPersonArgs>().toExtend<Parameters<typeof person>[1]>();
expectTypeOf<Schema.QueryPeopleArgs>().toExtend<Parameters<typeof people>[1]>();
expectTypeOf<Schema.QueryPersonByIdentifierArgs>().toExtend<Parameters<typeof personByIdentifier>[1]>();
expectTypeOf<Schema.QueryFindPeopleArgs>().toExtend<Parameters<typeof findPeople>[1]>();

/** Every word of a type of the code: the compiler refuses a table that lacks one, or has one too many. */
const words = <Word extends string>(table: Record<Word, true>) => Object.keys(table);

test.each<[string, readonly string[]]>([
  ['AnswerState', Object.keys(ANSWER_STATES)],
  ['Reason', [...WITHHELD_REASONS, ...Object.keys(ANSWER_REASONS)]],
  ['SharingLevel', LEVELS],
  ['Relationship', words<Relationship>({ VERIFIED: true, CLAIMED: true, UNVERIFIED: true, NONE: true })],
  [
    'SearchOutcome',
    words<SearchOutcome>({
      MATCH: true,
      POSSIBLE_MATCH: true,
      MANY_MATCH: true,
      NO_MATCH: true,
      TOO_BROAD: true,
    }),
  ],
  ['MatchConfidence', words<PersonMatch['confidence']>({ CONFIRMED: true, PROBABLE: true })],
  ['IdentifierSystem', IDENTIFIER_SYSTEMS],
])('the words of %s in the public schema are the words of the code', (name, ofCode) => {
  const type = publicSchema().getType(name);
  const ofSchema = isEnumType(type) ? type.getValues().map((value) => value.name) : [];
  expect(ofSchema.toSorted()).toEqual([...ofCode].toSorted());
});

import { expectTypeOf, test } from 'vitest';
import type { IdentifierSystem } from '../../adapters/contract.ts';
import type { AnswerReason, AnswerState } from '../../src/gateway/answers.ts';
import type { findPeople, people, person, personByIdentifier } from '../../src/gateway/finding.ts';
import type * as Schema from '../../src/generated/resolvers.ts';
import type { PersonMatch, SearchOutcome } from '../../src/person-index/types.ts';
import type { Level, Relationship } from '../../src/sharing/types.ts';

// The compiler is the test here: `npm test` checks types before it runs anything.

test('the words of the code are the words of the public schema', () => {
  expectTypeOf<AnswerState>().toEqualTypeOf<Schema.AnswerState>();
  expectTypeOf<AnswerReason>().toEqualTypeOf<Schema.Reason>();
  expectTypeOf<Level>().toEqualTypeOf<Schema.SharingLevel>();
  expectTypeOf<Relationship>().toEqualTypeOf<Schema.Relationship>();
  expectTypeOf<SearchOutcome>().toEqualTypeOf<Schema.SearchOutcome>();
  expectTypeOf<PersonMatch['confidence']>().toEqualTypeOf<Schema.MatchConfidence>();
  expectTypeOf<IdentifierSystem>().toEqualTypeOf<Schema.IdentifierSystem>();
});

test('what the schema lets be asked is what each resolver takes', () => {
  expectTypeOf<Schema.QueryPersonArgs>().toExtend<Parameters<typeof person>[1]>();
  expectTypeOf<Schema.QueryPeopleArgs>().toExtend<Parameters<typeof people>[1]>();
  expectTypeOf<Schema.QueryPersonByIdentifierArgs>().toExtend<Parameters<typeof personByIdentifier>[1]>();
  expectTypeOf<Schema.QueryFindPeopleArgs>().toExtend<Parameters<typeof findPeople>[1]>();
});

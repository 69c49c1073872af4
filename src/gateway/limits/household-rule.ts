import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { FragmentMemo } from './fragment-memo.ts';
import { LIMITS, refused } from './limits.ts';

/** From person to person through households: a query must not wander through a neighbourhood. */
export const householdRule: ValidationRule = (context: ValidationContext) => ({
  OperationDefinition(operation) {
    const counter = new StepCounter(context);
    if (
      counter.steps(operation.selectionSet, context.getSchema().getRootType(operation.operation)) <=
      LIMITS.householdSteps
    )
      return;
    const limit = `from household member to household member more than ${LIMITS.householdSteps} times`;
    context.reportError(refused(`The query goes ${limit}, which is the limit.`, operation));
  },
});

class StepCounter {
  readonly #schema: GraphQLSchema;
  readonly #fragments: FragmentMemo;

  constructor(context: ValidationContext) {
    this.#schema = context.getSchema();
    this.#fragments = new FragmentMemo((name) => context.getFragment(name));
  }

  /** The most steps on any way down. */
  steps(set: SelectionSetNode | undefined, parent: GraphQLNamedType | null | undefined): number {
    const within = (set?.selections ?? []).map((selection) => {
      if (selection.kind === Kind.FIELD) return this.#field(selection, parent);
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const type = selection.typeCondition
          ? this.#schema.getType(selection.typeCondition.name.value)
          : parent;
        return this.steps(selection.selectionSet, type);
      }
      return this.#fragments.of(selection.name.value, ({ selectionSet, typeCondition }) =>
        this.steps(selectionSet, this.#schema.getType(typeCondition.name.value)),
      );
    });
    return Math.max(0, ...within);
  }

  #field({ name, selectionSet }: FieldNode, parent: GraphQLNamedType | null | undefined): number {
    if (!parent || !('getFields' in parent)) return 0;
    const type = getNamedType(parent.getFields()[name.value]?.type);
    const step = parent.name === 'RelatedPerson' && type?.name === 'Person' ? 1 : 0;
    return step + this.steps(selectionSet, type);
  }
}

import type { FragmentDefinitionNode } from 'graphql';

/**
 * A number for each fragment, worked out once, so that fragments within fragments cannot make the counting itself
 * the attack. A fragment that contains itself counts as nothing: another rule refuses it.
 */
export class FragmentMemo {
  readonly #known = new Map<string, number>();
  readonly #find: (name: string) => FragmentDefinitionNode | null | undefined;

  constructor(find: (name: string) => FragmentDefinitionNode | null | undefined) {
    this.#find = find;
  }

  of(name: string, count: (fragment: FragmentDefinitionNode) => number): number {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    this.#known.set(name, 0);
    const fragment = this.#find(name);
    const counted = fragment ? count(fragment) : 0;
    this.#known.set(name, counted);
    return counted;
  }
}

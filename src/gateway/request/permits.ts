/**
 * The permits that one request uses. A request that asks a section uses its permit once, however often it asks it, before
 * anything is asked of the agency: what comes back changes nothing of that.
 */
export class RequestPermits {
  /** Somebody else's request took the last use meanwhile: this one must be answered anew, as if there were none. */
  lost = false;
  readonly #uses = new Map<string, Promise<boolean>>();
  readonly #use: (permit: string) => Promise<boolean>;

  constructor(use: (permit: string) => Promise<boolean>) {
    this.#use = use;
  }

  async use(permit: string): Promise<boolean> {
    const using = this.#uses.get(permit) ?? this.#use(permit);
    this.#uses.set(permit, using);
    const used = await using;
    this.lost ||= !used;
    return used;
  }
}

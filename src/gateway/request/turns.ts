/** Items of lists whose fields are resolved in one go: some tens of milliseconds of work. */
const ITEMS_IN_A_TURN = 250;

/**
 * Divides the work of one long answer into turns, so that the requests of others are heard in between. Resolving is
 * promises all the way down, and those never let go of the event loop by themselves.
 */
export class Turns {
  #left = ITEMS_IN_A_TURN;
  #scheduled = false;
  readonly #waiting: { items: number; resolve(): void }[] = [];

  /** Resolves when so many items may be worked on: at once in a short answer, else when it is this answer's turn again. */
  async take(items: number): Promise<void> {
    this.#schedule();
    if (this.#waiting.length === 0 && this.#fits(items)) {
      this.#left -= items;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push({ items, resolve }));
  }

  /** Something that is too much for any turn has one to itself. */
  #fits(items: number): boolean {
    return items <= this.#left || this.#left === ITEMS_IN_A_TURN;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#left = ITEMS_IN_A_TURN;
      for (let next = this.#waiting[0]; next && this.#fits(next.items); next = this.#waiting[0]) {
        this.#left -= next.items;
        this.#waiting.shift();
        next.resolve();
      }
      if (this.#waiting.length > 0) this.#schedule();
    });
  }
}

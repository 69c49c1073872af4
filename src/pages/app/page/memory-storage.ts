/** What GraphiQL would keep in `localStorage`, kept until the page is closed: queries name people. */
export interface MemoryStorage
  extends Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear' | 'length'> {
  /** From now on it stays as it is: editors that were taken away still store for half a second, and by then are empty. */
  seal(): void;
  /** Another with the same items, which is not sealed. */
  copy(): MemoryStorage;
}

export const memoryStorage = (): MemoryStorage => storageOf(new Map());

function storageOf(items: Map<string, string>): MemoryStorage {
  let sealed = false;
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem(key, value) {
      if (!sealed) items.set(key, value);
    },
    removeItem(key) {
      if (!sealed) items.delete(key);
    },
    clear() {
      if (!sealed) items.clear();
    },
    get length() {
      return items.size;
    },
    seal() {
      sealed = true;
    },
    copy: () => storageOf(new Map(items)),
  };
}

/** File names of the workers by Monaco's label for them, put in by `scripts/build-pages.mjs`. */
declare const WORKERS: { editor: string } & Record<string, string>;

/** Tells Monaco where its workers are: own files beside this one. */
export function setUpMonacoWorkers(): void {
  const getWorker = (_workerId: string, label: string) =>
    new Worker(new URL(WORKERS[label] ?? WORKERS.editor, import.meta.url));
  Object.assign(globalThis, { MonacoEnvironment: { getWorker } });
}

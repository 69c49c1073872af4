const EVERY_MS = 1000;

/** Says how far a step is, how fast it goes and how long it will take, at most once a second. */
export type Progress = (step: string, done: number, of: number | null) => void;

export function progressTo(err: (text: string) => void, now: () => number): Progress {
  let current = '';
  let started = 0;
  let said = 0;
  return (step, done, of) => {
    const time = now();
    if (step !== current) [current, started, said] = [step, time, time];
    if (time - said < EVERY_MS || done === 0) return;
    said = time;
    const rate = done / ((time - started) / 1000);
    const share = of === null ? `${done}` : `${done} of ${of}`;
    const left = of === null ? '' : `, ${Math.ceil((of - done) / rate)} s left`;
    err(`${step}: ${share}, ${Math.round(rate)} a second${left}\n`);
  };
}

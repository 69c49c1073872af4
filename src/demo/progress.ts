/** Milliseconds between lines; shorter work prints none. */
const BETWEEN_MS = 2_000;

/**
 * Tells how far long work is: how much is done, how much in a second, and how long the rest will take.
 * @returns what is to be called with each further number done
 */
export function progressOf(
  total: number,
  what: string,
  tell: (line: string) => void,
  clock: () => number = () => performance.now(),
): (more: number) => void {
  const started = clock();
  let [done, told] = [0, started];
  return (more) => {
    done = Math.min(total, done + more);
    const at = clock();
    if (at - told < BETWEEN_MS || done === 0) return;
    told = at;
    const rate = done / ((at - started) / 1_000);
    const left = Math.ceil((total - done) / rate);
    tell(
      `${withThousands(done)} of ${withThousands(total)} ${what}, ${withThousands(Math.round(rate))} a second, ${left} s left`,
    );
  };
}

/** 100000 as 100,000. */
export const withThousands = (number: number): string => number.toLocaleString('en-GB');

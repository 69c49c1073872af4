import type { FeedProgress } from '../../person-index/feed/feed-types.ts';

/** Where progress goes: one line that is written over on a terminal, else a line now and then. */
export interface ProgressOutput {
  write(text: string): void;
  /** Columns of the terminal; null where it is none. */
  columns: number | null;
}

export interface RefreshProgress {
  tell(progress: FeedProgress): void;
  /** Takes the terminal's line away. */
  end(): void;
}

/** Milliseconds between two lines, and between two states of a terminal's line. */
const LINE_EVERY_MS = 1_000;
const REDRAW_EVERY_MS = 100;
const CLEAR_LINE = '\r\u001b[2K';

/** Says how far a refresh is and how fast it goes. @param now milliseconds on a clock that never goes back */
export function refreshProgress({ write, columns }: ProgressOutput, now: () => number): RefreshProgress {
  const started = new Map<string, { at: number; from: number }>();
  const said = new Map<string, number>();
  const every = columns === null ? LINE_EVERY_MS : REDRAW_EVERY_MS;
  let drawn = false;
  let before: number | null = null;
  return {
    tell(progress) {
      const step = progress.step === 'READ' ? progress.agency : 'matching';
      const count = progress.step === 'READ' ? progress.records : progress.pairs;
      // Matching reports nothing until its first part is done, so it is counted from the last report of reading.
      const first = progress.step === 'READ' ? { at: now(), from: count } : { at: before ?? now(), from: 0 };
      const start = started.get(step) ?? first;
      started.set(step, start);
      before = now();
      const on = columns === null ? step : 'the line';
      const over = progress.step === 'READ' ? progress.done && said.has(step) : progress.done === progress.of;
      if (now() - (said.get(on) ?? start.at) < every && !over) return;
      said.set(on, now());
      said.set(step, now());
      const line = lineOf(progress, (now() - start.at) / 1_000, count - start.from);
      write(columns === null ? `${line}\n` : CLEAR_LINE + line.slice(0, columns - 1));
      drawn = columns !== null;
    },
    end() {
      if (drawn) write(CLEAR_LINE);
      drawn = false;
    },
  };
}

function lineOf(progress: FeedProgress, seconds: number, count: number): string {
  const rate = seconds > 0 ? Math.round(count / seconds) : 0;
  if (progress.step === 'READ') {
    const { agency, records, done } = progress;
    return `${agency}: ${whole(records)} records read${done ? '' : ' so far'}, ${whole(rate)} a second`;
  }
  const { done, of } = progress;
  const left = done === 0 ? null : Math.ceil((seconds / done) * (of - done));
  const until = left === null || done === of ? '' : `, ${duration(left)} left`;
  return `matching: ${whole(done)} of ${whole(of)} records, ${whole(rate)} pairs a second${until}`;
}

const whole = (number: number): string => number.toLocaleString('en-GB');

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

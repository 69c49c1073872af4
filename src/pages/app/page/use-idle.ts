import { useEffect, useRef } from 'react';

const SIGNS_OF_USE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
/** How often it is looked whether the time is over: a machine that slept has timers that slept too. */
const LOOK_MS = 1_000;

/** Calls `onIdle` once nobody has used the page for that many minutes, and again only after it was used. */
export function useIdle(minutes: number, onIdle: () => void): void {
  const latest = useRef(onIdle);
  latest.current = onIdle;
  useEffect(() => {
    let used: number | null = Date.now();
    const look = () => {
      if (used === null || Date.now() - used < minutes * 60_000) return;
      used = null;
      latest.current();
    };
    // Timers sleep with the machine: the touch that wakes it comes first, and must not count as use in time.
    const use = () => {
      look();
      used = Date.now();
    };
    for (const sign of SIGNS_OF_USE) addEventListener(sign, use, { passive: true, capture: true });
    const timer = setInterval(look, LOOK_MS);
    // A phone that is taken out of a pocket must not show for a second what it locks.
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      for (const sign of SIGNS_OF_USE) removeEventListener(sign, use, { capture: true });
    };
  }, [minutes]);
}

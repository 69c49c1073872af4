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
    const use = () => {
      used = Date.now();
    };
    for (const sign of SIGNS_OF_USE) addEventListener(sign, use, { passive: true, capture: true });
    const timer = setInterval(() => {
      if (used === null || Date.now() - used < minutes * 60_000) return;
      used = null;
      latest.current();
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_USE) removeEventListener(sign, use, { capture: true });
    };
  }, [minutes]);
}

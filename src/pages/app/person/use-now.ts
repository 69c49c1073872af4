import { useEffect, useState } from 'react';

const LOOK_MS = 10_000;

/** The time, as the page shows it. A device that slept has timers that slept too: so it is read when the page is looked at again. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const look = () => setNow(Date.now());
    const timer = setInterval(look, LOOK_MS);
    for (const event of ['visibilitychange', 'pageshow', 'focus', 'pointerdown'] as const)
      addEventListener(event, look, true);
    return () => {
      clearInterval(timer);
      for (const event of ['visibilitychange', 'pageshow', 'focus', 'pointerdown'] as const)
        removeEventListener(event, look, true);
    };
  }, []);
  return now;
}

import { useCallback, useRef, useState } from 'react';
import type { Caller } from './caller.ts';

/** The caller as the bar shows it, and a function that reads it at the moment a query is sent. */
export function useCaller(initial: Caller) {
  const [caller, setCaller] = useState(initial);
  const latest = useRef(initial);
  const change = useCallback((part: Partial<Caller>) => {
    latest.current = { ...latest.current, ...part };
    setCaller(latest.current);
  }, []);
  const read = useCallback(() => latest.current, []);
  return { caller, change, read };
}

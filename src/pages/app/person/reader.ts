import { createContext, useContext } from 'react';

/** Who reads the page, and when: what is said of gaps, ages and agencies hangs on it. */
export interface Reader {
  now: number;
  /** Agency id → its name. */
  agencies: Readonly<Record<string, string>>;
  role: string | null;
  organisation: string | null;
  purpose: string;
  /** True where somebody reads of themselves. */
  subject: boolean;
}

const NOBODY: Reader = {
  ...{ now: 0, agencies: {}, role: null, organisation: null, purpose: '', subject: false },
};
export const ReaderContext = createContext(NOBODY);
export const useReader = () => useContext(ReaderContext);

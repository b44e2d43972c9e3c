import { createContext, useContext } from 'react';

export const OpenNeedContext = createContext<(key: string) => void>(() => {});

/** Opens the dialog of what a connection waits for; it closes by itself once that is answered. */
export function useOpenNeed(): (key: string) => void {
  return useContext(OpenNeedContext);
}

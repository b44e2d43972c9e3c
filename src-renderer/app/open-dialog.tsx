import { createContext, useContext } from 'react';

/** What can be opened over any screen; one at a time. */
export type DialogName = 'palette' | 'add-alert-file';

export const OpenDialogContext = createContext<(name: DialogName | null) => void>(() => {});

/** Opens one of the window's own dialogs from wherever its need arises. */
export function useOpenDialog(): (name: DialogName | null) => void {
  return useContext(OpenDialogContext);
}

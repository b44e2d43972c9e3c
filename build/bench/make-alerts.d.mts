/** Returns what was written. Ends with the first whole line that reaches `bytes`. */
export function makeAlerts(
  bytes: number,
  seed: number,
  path: string,
): { readonly bytes: number; readonly alerts: number; readonly fimEvents: number };

/** What reading an alert file yielded; `known` events were in the store already. The JSON form of `ingest`. */
export interface ReadCounts {
  readonly alerts: number;
  readonly fimEvents: number;
  readonly known: number;
  readonly managerVerdicts: number;
  readonly lookupFailures: number;
  readonly malformed: number;
  readonly bytes: number;
}
export const NO_COUNTS: ReadCounts = {
  alerts: 0,
  fimEvents: 0,
  known: 0,
  managerVerdicts: 0,
  lookupFailures: 0,
  malformed: 0,
  bytes: 0,
};
export function addCounts(a: ReadCounts, b: ReadCounts): ReadCounts {
  return {
    alerts: a.alerts + b.alerts,
    fimEvents: a.fimEvents + b.fimEvents,
    known: a.known + b.known,
    managerVerdicts: a.managerVerdicts + b.managerVerdicts,
    lookupFailures: a.lookupFailures + b.lookupFailures,
    malformed: a.malformed + b.malformed,
    bytes: a.bytes + b.bytes,
  };
}

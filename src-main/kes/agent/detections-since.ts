/** What a task detected since it was started, and whether that is all of it. */
import type { KeslEvent } from '../../../src-shared/formats/kesl-output.ts';
import type { DetectionPage } from './kesl-control.ts';

export interface DetectionsSince {
  readonly events: readonly KeslEvent[];
  /** False: there may be more. Nobody may say then that nothing was found. */
  readonly areAll: boolean;
}

const DATE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;
const DATE_LENGTH = '2026-11-21 10:00:00'.length;

/** `since` and `now`: the agent's clock when the task was started and when it was asked (`KeslControl.localTime`). */
export function detectionsSince(
  { events, isReadable, isFull }: DetectionPage,
  { since, now }: { readonly since: string; readonly now: string | null },
  isIts: (taskName: string) => boolean,
): DetectionsSince {
  const start = since.slice(0, DATE_LENGTH);
  const found: KeslEvent[] = [];
  let isDoubtful = false;
  let reachesBack = false;
  let date = '';
  for (const event of events) {
    const told = event.get('Date') ?? '';
    // What a file's name broke off from its event is as old as the event.
    if (DATE.test(told)) date = told.slice(0, DATE_LENGTH);
    if (date !== '' && date < start) reachesBack = true;
    else if (!isWhole(event)) isDoubtful = true;
    else if (isIts(event.get('TaskName') ?? '')) found.push(event);
  }
  const areAll = isReadable && !isDoubtful && (!isFull || reachesBack) && !wentBack(since, now);
  return { events: found, areAll };
}

/** Only detections were asked for, and each has these once; a file's name may hold line feeds and be anything. */
function isWhole(event: KeslEvent): boolean {
  if (event.get('EventType') !== 'ThreatDetected' || !DATE.test(event.get('Date') ?? '')) return false;
  return (event.get('TaskName') ?? '') !== '' && ![...event.values()].some((value) => value.includes('\n'));
}

/** Summer time ended or the clock was set back: what was detected then may carry times before the start. */
function wentBack(since: string, now: string | null): boolean {
  if (now === null || now.slice(0, DATE_LENGTH) < since.slice(0, DATE_LENGTH)) return true;
  const [before, after] = [zoneOf(since), zoneOf(now)];
  return before !== null && after !== null && after < before;
}

function zoneOf(time: string): number | null {
  const zone = time.slice(DATE_LENGTH).trim();
  return zone === '' ? null : Number(zone);
}

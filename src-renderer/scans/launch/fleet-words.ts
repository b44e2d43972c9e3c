import type { FleetRules } from '../../../src-shared/domain/scan.ts';
import { countOf } from '../../ui/format.ts';

/** How long an agent that is away may be waited for, in hours. */
export const WAIT_CHOICES = [0, 1, 8, 24, 72, 168, 720] as const;

const DAY_HOURS = 24;

export function waitWords(hours: number): string {
  if (hours === 0) return 'are left out';
  return `are waited for, ${hours < 2 * DAY_HOURS ? `${hours} h` : countOf(hours / DAY_HOURS, 'day')}`;
}

/** `5 at once, one first`. */
export function rulesWords({ atOnce, pauseSeconds, canary, waitHours }: FleetRules, isMany: boolean): string {
  if (!isMany) return waitHours === 0 ? 'it is left out' : waitWords(waitHours).replace('are', 'it is');
  return [`${atOnce} at once`, pauseSeconds > 0 ? `${pauseSeconds} s between` : '', canary ? 'one first' : '']
    .filter(Boolean)
    .join(', ');
}

import type { ReadCounts } from '../../../src-shared/domain/counts.ts';
import { countOf, formatNumber } from '../../ui/format.ts';

/** What reading a file gave: `81,118 alerts, 4,022 FIM events, 3,970 of them known already, 2 lines not readable`. */
export function describeCounts(counts: ReadCounts): string {
  const parts = [countOf(counts.alerts, 'alert'), countOf(counts.fimEvents, 'FIM event')];
  if (counts.known > 0) parts.push(`${formatNumber(counts.known)} of them known already`);
  if (counts.managerVerdicts > 0)
    parts.push(countOf(counts.managerVerdicts, 'verdict of the manager', 'verdicts of the manager'));
  if (counts.malformed > 0) parts.push(`${countOf(counts.malformed, 'line')} not readable`);
  return parts.join(', ');
}

/** What was read of a followed file so far: `4,022 FIM events in 81,118 alerts`. */
export function readWords({ fimEvents, alerts }: ReadCounts): string {
  return `${countOf(fimEvents, 'FIM event')} in ${countOf(alerts, 'alert')}`;
}

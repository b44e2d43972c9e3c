import type { Verdict } from '../../../src-shared/domain/outcome.ts';
import { formatIntegrationEvent } from '../../../src-shared/formats/integration-event.ts';
import type { VerdictRow } from '../../store/queries/verdict-rows.ts';

/** A stored verdict as the event of Wazuh's own integration; its source is the oldest sighting. */
export function printAsEvent(row: VerdictRow): string {
  const hashes = { sha256: row.sha256, sha1: row.sha1, md5: row.md5 };
  const oldest = row.sightings.at(-1);
  const event = oldest
    ? { alertId: oldest.alertId, path: oldest.path, agentId: oldest.agentId, agentName: oldest.agentName }
    : null;
  return formatIntegrationEvent(verdictOf(row), { event, hashes }) ?? '';
}

function verdictOf({ outcome, positives, suspicious, total, scanDate, permalink }: VerdictRow): Verdict {
  if (outcome === 'no-records') return { kind: 'no-records' };
  return {
    kind: outcome === 'malicious' ? 'detected' : 'no-positives',
    positives: positives ?? 0,
    suspicious: suspicious ?? 0,
    total: total ?? 0,
    scanDate,
    permalink,
    report: null,
  };
}

import type { Database } from 'better-sqlite3';
import type { CrossVerdict, HostVerdict } from '../../../src-shared/ipc/cross-verdict.ts';
import { storedState } from '../scan-record.ts';
import { presentFileId } from './detection-rows.ts';
import { readEngines } from './detection-detail.ts';
import { preparedOnce, toIso, toIsoOrNull } from './statements.ts';

/** Both sides at once; null when the file is unknown. */
export function readCrossVerdict(db: Database, fileId: number): CrossVerdict | null {
  const present = presentFileId(db, fileId);
  if (present === null) return null;
  const { engines, judgedMs } = readEngines(db, present);
  return {
    virustotal: engines.filter(({ engine }) => /kaspersky/i.test(engine)),
    judgedAt: toIsoOrNull(judgedMs),
    hosts: readHosts(db, present),
  };
}

const MOST_HOSTS = 200;

function readHosts(db: Database, fileId: number): readonly HostVerdict[] {
  const detections = selectDetections(db).all(fileId, fileId, fileId, MOST_HOSTS).map(toDetection);
  const quiet = selectQuiet(db).all(fileId, fileId, fileId, MOST_HOSTS).map(toQuiet);
  return [...detections, ...quiet]
    .toSorted((a, b) => b.time.localeCompare(a.time, 'en'))
    .slice(0, MOST_HOSTS);
}

function toDetection(row: DetectionRecord): HostVerdict {
  return {
    profile: row.profile,
    agentId: row.agent_id,
    agentName: row.agent_name,
    path: row.path,
    said: 'detected',
    threat: row.threat,
    time: toIso(row.time_ms),
    scanId: row.scan_id,
    scanState: row.state === null ? null : storedState.parse(row.state),
  };
}

function toQuiet(row: QuietRecord): HostVerdict {
  return {
    profile: row.profile,
    agentId: row.agent_id,
    agentName: row.agent_name,
    path: row.path ?? '',
    said: row.state === 'finished-clean' ? 'clean' : 'unknown',
    threat: null,
    time: toIso(row.ended_ms),
    scanId: row.id,
    scanState: storedState.parse(row.state),
  };
}

interface DetectionRecord {
  readonly profile: string;
  readonly agent_id: string | null;
  readonly agent_name: string;
  readonly path: string;
  readonly threat: string | null;
  readonly time_ms: number;
  readonly scan_id: number | null;
  readonly state: string | null;
}

interface QuietRecord {
  readonly id: number;
  readonly profile: string;
  readonly agent_id: string;
  readonly agent_name: string;
  readonly path: string | null;
  readonly state: string;
  readonly ended_ms: number;
}

/** Orders from the file, and where the file was seen lately: profile, agent and path. */
const OF_FILE = `
  WITH asked AS (
    SELECT id FROM scan_order WHERE origin_file_id = ?
      OR origin_file_id IN (SELECT old_id FROM file_alias WHERE file_id = ?)
  ),
  seen AS MATERIALIZED (
    SELECT DISTINCT source.profile, agent.name AS agent_name, path.text AS path
    FROM (SELECT source_id, agent_id, path_id FROM event WHERE file_id = ? ORDER BY time_ms DESC LIMIT 2000) AS newest
      JOIN path ON path.id = newest.path_id
      JOIN source ON source.id = newest.source_id
      JOIN agent ON agent.id = newest.agent_id
  )`;

/** At a path where the file was seen, or by a scan of just that file. */
const selectDetections = preparedOnce<DetectionRecord>(`${OF_FILE}
  SELECT kes_detection.*, scan.state FROM kes_detection LEFT JOIN scan ON scan.id = kes_detection.scan_id
  WHERE kes_detection.id IN (
    SELECT kes_detection.id FROM seen JOIN kes_detection
      ON kes_detection.path = seen.path AND kes_detection.profile = seen.profile
        AND kes_detection.agent_name = seen.agent_name
    UNION
    SELECT kes_detection.id FROM asked
      JOIN scan ON scan.order_id = asked.id AND scan.kind = 'file'
      JOIN kes_detection ON kes_detection.scan_id = scan.id)
  ORDER BY kes_detection.time_ms DESC LIMIT ?`);

/** Scans that looked at the file and ended without a detection: of its path, or of all files when asked from it. */
const selectQuiet = preparedOnce<QuietRecord>(`${OF_FILE}
  SELECT id, profile, agent_id, agent_name, path, state, ended_ms FROM scan
  WHERE ended_ms IS NOT NULL AND id IN (
    SELECT scan.id FROM asked JOIN scan ON scan.order_id = asked.id
      WHERE (scan.kind IN ('file', 'folder', 'full') AND scan.state = 'finished-clean')
        OR (scan.kind = 'file' AND scan.state = 'finished')
    UNION
    SELECT scan.id FROM seen JOIN scan
      ON scan.path = seen.path AND scan.profile = seen.profile AND scan.agent_name = seen.agent_name
      WHERE scan.kind = 'file' AND scan.state IN ('finished-clean', 'finished'))
  ORDER BY ended_ms DESC LIMIT ?`);

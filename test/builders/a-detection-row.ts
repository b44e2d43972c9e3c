import type { DetectionRow } from '../../src-shared/ipc/detections.ts';

/** A clean file, judged a while ago on one agent; say only what matters. */
export function aDetectionRow(parts: Partial<DetectionRow> = {}): DetectionRow {
  return {
    fileId: 1,
    standing: 'clean',
    positives: 0,
    suspicious: 0,
    total: 70,
    path: '/usr/sbin/nginx',
    agentName: 'web-ams-1',
    agentCount: 1,
    judgedAt: '2026-11-17T08:00:00.000Z',
    waitsUntil: null,
    lastSeenAt: '2026-11-17T07:59:00.000Z',
    activityAt: '2026-11-17T08:00:00.000Z',
    triage: null,
    turned: false,
    sha256: 'a'.repeat(64),
    sha1: null,
    md5: null,
    ...parts,
  };
}

import { NO_HASHES, type FileHashes } from '../../src-shared/domain/file-hash.ts';
import type { FileReport, Judged, NoRecords } from '../../src-shared/domain/outcome.ts';

export const NO_RECORDS: NoRecords = { kind: 'no-records' };

export function aReport(hashes: FileHashes = NO_HASHES, changes: Partial<FileReport> = {}): FileReport {
  return {
    hashes,
    sizeBytes: 2048,
    typeDescription: 'Win32 EXE',
    meaningfulName: 'setup.exe',
    threatLabel: null,
    firstSubmittedAt: null,
    reputation: null,
    tags: [],
    engines: [],
    ...changes,
  };
}

/** Three engines of seventy detect it. */
export function aDetection(hashes: FileHashes = NO_HASHES, changes: Partial<Judged> = {}): Judged {
  return {
    kind: 'detected',
    positives: 3,
    suspicious: 1,
    total: 70,
    scanDate: '2026-11-20T07:00:00.000Z',
    permalink: `https://www.virustotal.com/gui/file/${hashes.sha256 ?? 'unknown'}`,
    report: aReport(hashes),
    ...changes,
  };
}

/** No engine of seventy has an objection. */
export function aCleanReport(hashes: FileHashes = NO_HASHES, changes: Partial<Judged> = {}): Judged {
  return aDetection(hashes, { kind: 'no-positives', positives: 0, suspicious: 0, ...changes });
}

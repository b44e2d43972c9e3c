import { analyse, type Standing } from './analysis.ts';
import type { KnownFile } from './known-file.ts';

/**
 * An answer of API v2 (`file/report`): always status 200 with a `response_code`: 1 found, 0 not in the dataset, -2 still
 * queued. This is what the manager's own integration reads.
 */
export function reportV2(resource: string, file: KnownFile, standing: Standing | null): object {
  const { sha256 } = file.hashes;
  if (!standing) {
    return {
      response_code: -2,
      resource,
      scan_id: scanId(sha256, file.firstSubmittedMs),
      verbose_msg: 'Your resource is queued for analysis',
    };
  }
  const entries = analyse(file, standing).filter(({ category }) => category !== 'type-unsupported');
  const scans = entries.map(({ engine_name, engine_version, engine_update, category, result }) => [
    engine_name,
    { detected: category === 'malicious', version: engine_version, result, update: engine_update },
  ]);
  return {
    scans: Object.fromEntries(scans),
    scan_id: scanId(sha256, standing.analysedMs),
    sha1: file.hashes.sha1,
    resource,
    response_code: 1,
    scan_date: new Date(standing.analysedMs).toISOString().slice(0, 19).replace('T', ' '),
    permalink: permalinkV2(sha256, standing.analysedMs),
    verbose_msg: 'Scan finished, information embedded',
    total: entries.length,
    positives: standing.positives,
    sha256,
    md5: file.hashes.md5,
  };
}

export function notFoundV2(resource: string): object {
  return {
    response_code: 0,
    resource,
    verbose_msg: 'The requested resource is not among the finished, queued or pending scans',
  };
}

export function permalinkV2(sha256: string, analysedMs: number): string {
  return `https://www.virustotal.com/gui/file/${sha256}/detection/f-${scanId(sha256, analysedMs)}`;
}

function scanId(sha256: string, ms: number): string {
  return `${sha256}-${Math.floor(ms / 1000)}`;
}

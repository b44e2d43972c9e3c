import type { FileHashes } from '../domain/file-hash.ts';
import { isVerdict, type LookupOutcome, type LookupRefusal, type Verdict } from '../domain/outcome.ts';
import { assertNever } from '../errors/domain-error.ts';
import { MARKER_KEY } from './publication-marker.ts';

/**
 * The event form of the manager's VirusTotal integration (Wazuh 2017 documentation, kept up to 4.14): one JSON object a
 * line, keys in the order printed there, `, ` and `: ` as separators and everything beyond ASCII escaped, as Python's
 * json.dumps writes it. Ours beside the original keys: `md5` and `sha256` after `sha1`, `suspicious` after `total`, and
 * a `source` in failures too, so that a failed lookup can be traced.
 */
export interface IntegrationSource {
  /** The first FIM event of the file that could be looked up; null for a hash that a person typed. */
  readonly event: {
    readonly alertId: string;
    readonly path: string;
    readonly agentId: string | null;
    readonly agentName: string;
  } | null;
  readonly hashes: FileHashes;
}

/**
 * One line without its newline; null for a pending analysis, which the form has no words for. An event that is handed
 * to a manager carries a marker, so that the alert it raises there is known again.
 */
export function formatIntegrationEvent(
  outcome: LookupOutcome,
  source: IntegrationSource,
  marker: string | null = null,
): string | null {
  const virustotal = isVerdict(outcome) ? verdictFields(outcome, source) : refusalFields(outcome, source);
  const mark = marker === null ? {} : { [MARKER_KEY]: { id: marker } };
  return virustotal && printLikePython({ virustotal, integration: 'virustotal', ...mark });
}

function verdictFields(verdict: Verdict, source: IntegrationSource): Json {
  if (verdict.kind === 'no-records') return { found: 0, malicious: 0, source: sourceFields(source) };
  const hashes = verdict.report?.hashes ?? source.hashes;
  return {
    permalink: verdict.permalink ?? undefined,
    sha1: hashes.sha1 ?? undefined,
    md5: hashes.md5 ?? undefined,
    sha256: hashes.sha256 ?? undefined,
    malicious: verdict.positives > 0 ? 1 : 0,
    source: sourceFields(source),
    positives: verdict.positives,
    found: 1,
    total: verdict.total,
    suspicious: verdict.suspicious,
    scan_date: verdict.scanDate === null ? undefined : toScanDate(verdict.scanDate),
  };
}

/** Numbers and words of the integrator: the manager's rules 87101, 87102 and 87106 go by them. */
function refusalFields(refusal: LookupRefusal, source: IntegrationSource): Json | null {
  const failure = (error: number, description: string): Json => ({
    description,
    error,
    source: sourceFields(source),
  });
  switch (refusal.kind) {
    case 'rate-limited':
      return failure(204, 'Error: Public API request rate limit reached');
    case 'credentials-rejected':
      return failure(403, 'Error: Check credentials');
    case 'timed-out':
      return failure(408, 'Error: API request timed out');
    case 'request-failed':
      // 0: no HTTP answer came at all.
      return failure(refusal.status ?? 0, 'Error: API request fail');
    case 'pending':
      return null;
    default:
      return assertNever(refusal);
  }
}

function sourceFields({ event, hashes }: IntegrationSource): Json {
  return {
    alert_id: event?.alertId,
    sha1: hashes.sha1 ?? undefined,
    file: event?.path,
    agent: event ? { id: event.agentId ?? undefined, name: event.agentName } : undefined,
    md5: hashes.md5 ?? undefined,
    sha256: hashes.sha256 ?? undefined,
  };
}

/** ISO 8601 UTC to `2017-11-14 17:24:37`. */
function toScanDate(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

interface Json {
  readonly [key: string]: Json | string | number | undefined;
}

/** Absent values leave their key out. */
function printLikePython(value: Json | string | number): string {
  if (typeof value === 'string') return escapeBeyondAscii(JSON.stringify(value));
  if (typeof value === 'number') return String(value);
  const members: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`"${key}": ${printLikePython(member)}`);
  }
  return `{${members.join(', ')}}`;
}

function escapeBeyondAscii(json: string): string {
  return json.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

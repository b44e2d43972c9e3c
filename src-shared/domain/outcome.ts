import type { FileHashes } from './file-hash.ts';

/**
 * The outcomes of a lookup, as values. Each has the rule the field knows it by (virustotal.md sections 5 and 6):
 * 87101 rate limited, 87102 credentials rejected, 87103 no records, 87104 no positives, 87105 detected,
 * 87106 timed out, 87100 any other failure.
 */
export type LookupOutcome = Verdict | LookupRefusal;

/** What one engine said. `category` is VirusTotal's word: malicious, suspicious, undetected, harmless, timeout, … */
export interface EngineResult {
  readonly engine: string;
  readonly category: string;
  readonly result: string | null;
  readonly engineVersion: string | null;
  /** YYYYMMDD as VirusTotal writes it. */
  readonly engineUpdate: string | null;
}

/** What a report tells about a file beyond its engines; every field may be missing. */
export interface FileReport {
  readonly hashes: FileHashes;
  readonly sizeBytes: number | null;
  readonly typeDescription: string | null;
  readonly meaningfulName: string | null;
  readonly threatLabel: string | null;
  readonly firstSubmittedAt: string | null;
  readonly reputation: number | null;
  readonly tags: readonly string[];
  readonly engines: readonly EngineResult[];
}

/** Counts of engines: `positives` say malicious, `total` gave an opinion. */
export interface EngineCounts {
  readonly positives: number;
  readonly suspicious: number;
  readonly total: number;
}

export interface NoRecords {
  readonly kind: 'no-records';
}
export interface Judged extends EngineCounts {
  /** `detected` exactly when positives > 0. */
  readonly kind: 'no-positives' | 'detected';
  /** ISO 8601 UTC, or null when the report names no date. */
  readonly scanDate: string | null;
  readonly permalink: string | null;
  /** Null when the manager's integrator said it: its alert carries counts only. */
  readonly report: FileReport | null;
}

/** An outcome that says something about the file. */
export type Verdict = NoRecords | Judged;
/** A verdict as the manager's own integrator reports it: no engines, suspicious always 0. */
export type ManagerOutcome = Verdict;

/** An outcome that says nothing about the file: the lookup stays queued. */
export type LookupRefusal =
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | null }
  | { readonly kind: 'credentials-rejected'; readonly status: number }
  | { readonly kind: 'timed-out' }
  /** A report exists but no analysis has finished: never clean. */
  | { readonly kind: 'pending' }
  /** `status` is null when no HTTP answer came (network away, connection cut). */
  | { readonly kind: 'request-failed'; readonly status: number | null; readonly detail: string };

export type OutcomeKind = LookupOutcome['kind'];

/** Where a verdict came from. `recheck` is a later lookup of a file that already had one. */
export type VerdictSource = 'lookup' | 'recheck' | 'manager';

/** What the administrator sees of a file, one of six (look.md section 3). */
export const STANDINGS = ['malicious', 'suspicious', 'no-records', 'clean', 'queued', 'failed'] as const;
export type Standing = (typeof STANDINGS)[number];

/** The standings that are verdicts; the words of `--outcome` and of the JSON form. */
export const JUDGED_STANDINGS = [
  'malicious',
  'suspicious',
  'no-records',
  'clean',
] as const satisfies readonly Standing[];
export type JudgedStanding = (typeof JUDGED_STANDINGS)[number];

export function isVerdict(outcome: LookupOutcome): outcome is Verdict {
  return outcome.kind === 'no-records' || outcome.kind === 'no-positives' || outcome.kind === 'detected';
}

/** The manager's rule number for an outcome. Pending has none: the field's script crashes there. */
export function ruleOf(kind: OutcomeKind): number | null {
  switch (kind) {
    case 'rate-limited':
      return 87101;
    case 'credentials-rejected':
      return 87102;
    case 'no-records':
      return 87103;
    case 'no-positives':
      return 87104;
    case 'detected':
      return 87105;
    case 'timed-out':
      return 87106;
    case 'request-failed':
      return 87100;
    case 'pending':
      return null;
  }
}

/** A single engine is enough for malicious; suspicion alone is its own standing, never clean. */
export function standingOf(verdict: Verdict): Exclude<Standing, 'queued' | 'failed'> {
  if (verdict.kind === 'no-records') return 'no-records';
  if (verdict.positives > 0) return 'malicious';
  return verdict.suspicious > 0 ? 'suspicious' : 'clean';
}

/** A flip: something not malicious before is malicious now. */
export function isFlip(before: Standing | null, after: Standing): boolean {
  return after === 'malicious' && (before === 'clean' || before === 'no-records' || before === 'suspicious');
}

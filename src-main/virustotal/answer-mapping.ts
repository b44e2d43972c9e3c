import type { FileHash } from '../../src-shared/domain/file-hash.ts';
import type { LookupOutcome } from '../../src-shared/domain/outcome.ts';
import { readFileReport } from '../../src-shared/formats/virustotal-report.ts';
import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { headerText, parseJsonBody, type ParsedBody } from './answer-body.ts';
import type { HttpAnswer } from './http-get.ts';
import type { NetworkTrouble } from './network-trouble.ts';

/**
 * Whose trouble a refusal is: of this file alone (others go on), of the service or what stands before it (all wait), or
 * of the network (nothing was asked). `none` with an answer, and where the outcome itself says what waits.
 */
export type Blame = 'none' | 'file' | 'service' | 'network';

export interface Judgement {
  readonly outcome: LookupOutcome;
  readonly blame: Blame;
}

/** Longest wait that a service may ask for: a little over a month, the longest quota. */
const LONGEST_RETRY_AFTER_MS = 32 * 24 * 3_600_000;

/** An HTTP answer to `GET /files/{hash}` as an outcome (virustotal.md sections 3 and 5). */
export async function judgeAnswer(answer: HttpAnswer, asked: FileHash, nowMs: number): Promise<Judgement> {
  const { status, headers } = answer;
  // 204 is how v2 reports a spent quota; some gateways in front of v3 still do.
  if (status === 429 || status === 204) {
    const retryAfterMs = readRetryAfter(headerText(headers, 'retry-after'), nowMs);
    return { outcome: { kind: 'rate-limited', retryAfterMs }, blame: 'none' };
  }
  const body = await parseJsonBody(answer);
  if (status === 200) return judgeReport(body, asked);
  return judgeError(status, body);
}

function judgeReport(body: ParsedBody, asked: FileHash): Judgement {
  if ('problem' in body) return failed(200, body.problem, 'service');
  const outcome = readFileReport(body.json, asked);
  return { outcome, blame: outcome.kind === 'request-failed' ? 'service' : 'none' };
}

function judgeError(status: number, body: ParsedBody): Judgement {
  const error = 'json' in body ? readError(body.json) : null;
  // A bad key is the one refusal that needs no proof: asking on with it would only harm the account.
  if (status === 401) return { outcome: { kind: 'credentials-rejected', status }, blame: 'none' };
  if (!error) return failed(status, 'problem' in body ? body.problem : unexplained(status), 'service');
  if (status === 403) return { outcome: { kind: 'credentials-rejected', status }, blame: 'none' };
  if (status === 404 && error.code === 'NotFoundError') {
    return { outcome: { kind: 'no-records' }, blame: 'none' };
  }
  const isAboutFile = status === 400 || status === 409 || status === 422 || status === 424;
  return failed(
    status,
    `VirusTotal answered ${error.code}: ${error.message}`,
    isAboutFile ? 'file' : 'service',
  );
}

/** A request that brought no whole answer. */
export function judgeTrouble(trouble: NetworkTrouble, wasSent: boolean): Judgement {
  const blame = wasSent ? 'service' : 'network';
  switch (trouble.kind) {
    case 'timed-out':
      return { outcome: { kind: 'timed-out' }, blame };
    case 'aborted':
      return failed(null, 'The lookup was stopped before an answer came.', 'none');
    case 'too-large':
      return failed(null, 'The answer is larger than any report.', 'service');
    case 'unreachable':
    case 'cut':
      return failed(trouble.status, trouble.detail, blame);
  }
}

function failed(status: number | null, detail: string, blame: Blame): Judgement {
  return { outcome: { kind: 'request-failed', status, detail }, blame };
}

function unexplained(status: number): string {
  if (status >= 300 && status < 400) return 'The address redirects elsewhere; the key is not sent there.';
  if (status === 404) return 'This address does not answer like VirusTotal: check the configured address.';
  return `The service answered with HTTP status ${status}.`;
}

/** `{"error": {"code", "message"}}`, both cut and made visible; null when the body is no such thing. */
function readError(json: unknown): { readonly code: string; readonly message: string } | null {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : null;
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  if (typeof error.code !== 'string') return null;
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return { code: visibleText(error.code.slice(0, 64)), message: visibleText(message.slice(0, 200)) };
}

/** Seconds or an HTTP date, as the official Go client reads it; null when absent or neither. */
export function readRetryAfter(value: string, nowMs: number): number | null {
  const text = value.trim();
  if (text === '') return null;
  const delayMs = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  if (Number.isNaN(delayMs)) return null;
  return Math.min(Math.max(Math.ceil(delayMs), 0), LONGEST_RETRY_AFTER_MS);
}

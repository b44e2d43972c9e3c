/** Hands a planned scan to its manager and says what came back, item by item. */
import type { ScanEvidence } from '../../../src-shared/domain/scan.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { Clock } from '../../app/clock.ts';
import { ApiRefusal } from '../../manager/api/api-errors.ts';
import { isNeverSent } from '../../manager/api/network-failure.ts';
import type { ApiAnswer } from '../../manager/api/wazuh-api.ts';
import type { RunResult } from '../../manager/host/manager-host.ts';
import type { StoredScan } from '../scan-store.ts';
import type { Fleet } from './fleet.ts';

export type SeenOfRequest = Pick<ScanEvidence, 'what' | 'source' | 'detail' | 'facts'>;

/** Never rejects: what goes wrong is evidence. `sending` must be durable before this is called. */
export async function dispatchScan(
  scan: StoredScan,
  fleet: Fleet,
  clock: Clock,
  signal: AbortSignal,
): Promise<ScanEvidence> {
  const seen = await handOver(scan, fleet, signal).catch((error: unknown) =>
    signal.aborted ? mayHaveArrived(sourceOf(scan), 'The app was closed meanwhile.') : failureOf(scan, error),
  );
  return { ...seen, time: new Date(clock.now()).toISOString() };
}

async function handOver(scan: StoredScan, fleet: Fleet, signal: AbortSignal): Promise<SeenOfRequest> {
  const { dispatch, profile, agentId } = scan;
  if (dispatch?.route === 'api') {
    const api = fleet.api(profile);
    if (!api) return failed('app', 'The connection has no API any more; nothing was sent.');
    const { path, query, body } = dispatch;
    // In the background: a fleet waits for its share of the minute instead of failing for it.
    const answer = await api.request({
      method: 'PUT',
      path,
      query,
      json: body,
      urgency: 'background',
      signal,
    });
    return readApiAnswer(answer, agentId);
  }
  if (dispatch?.route === 'agent-control') {
    const host = fleet.host(profile);
    if (!host) return failed('app', 'The connection has no SSH any more; nothing was sent.');
    return readAgentControl(await host.run({ argv: dispatch.argv, asRoot: true, signal }));
  }
  return failed('app', 'It has no way to be sent.');
}

/** HTTP 200 says nothing by itself: the agent stands among the affected items or among the failed ones. */
export function readApiAnswer(
  { items, failed: turnedDown, message, data }: Pick<ApiAnswer, 'items' | 'failed' | 'message' | 'data'>,
  agentId: string,
): SeenOfRequest {
  const refusal =
    turnedDown.find(({ ids }) => ids.includes(agentId)) ?? (items.length === 0 ? turnedDown[0] : undefined);
  if (refusal) {
    const { code, message: words, remediation } = refusal;
    const sentences = [words, remediation].flatMap((text) => (text === null ? [] : asSentence(text)));
    return {
      what: 'refused',
      source: 'manager-api',
      detail: `The manager refused it (${code}): ${sentences.join(' ')}`,
      facts: { kind: 'code', code },
    };
  }
  // 3.x has no list of agents: one sentence for the one agent that the path names.
  if (items.includes(agentId) || typeof data === 'string') {
    return {
      what: 'accepted',
      source: 'manager-api',
      detail: 'The manager queued it for the agent; that says nothing about a start.',
      facts: null,
    };
  }
  return {
    what: 'not-seen',
    source: 'manager-api',
    detail: `The answer names the agent neither as reached nor as refused: ${visibleText((message ?? '').slice(0, 200))}`,
    facts: null,
  };
}

function asSentence(text: string): string {
  const visible = visibleText(text.trim());
  return /[.!?]$/.test(visible) ? visible : `${visible}.`;
}

/** It exits with 0 for agents that never connected, too (fixtures/README.md, fact 11). */
export function readAgentControl({
  exitCode,
  stdout,
  stderr,
  timedOut,
}: Pick<RunResult, 'exitCode' | 'stdout' | 'stderr' | 'timedOut'>): SeenOfRequest {
  const lines = `${decode(stdout)}\n${decode(stderr)}`.split('\n').map((line) => line.trim());
  const told = lines.find((line) => line.includes('Running active response'));
  if (exitCode === 0 && told !== undefined) {
    return {
      what: 'accepted',
      source: 'agent-control',
      detail: `${visibleText(told.slice(0, 300))}. It says so for agents that are away, too.`,
      facts: { kind: 'code', code: 0 },
    };
  }
  if (exitCode === null || timedOut) {
    const why = timedOut ? 'agent_control did not end in time' : 'agent_control was ended by a signal';
    return {
      what: 'not-seen',
      source: 'agent-control',
      detail: `${why}: it may have been sent.`,
      facts: null,
    };
  }
  // What it objects to comes after two stars, and below what it had begun with.
  const objection = lines.find((line) => line.startsWith('**')) ?? lines.find((line) => line !== '') ?? '';
  const line = visibleText(objection.replace(/^\*+\s*/, '').slice(0, 300));
  return {
    what: 'refused',
    source: 'agent-control',
    detail: line === '' ? `agent_control ended with code ${exitCode} and no word.` : line,
    facts: { kind: 'code', code: exitCode },
  };
}

function failureOf(scan: StoredScan, error: unknown): SeenOfRequest {
  const source = sourceOf(scan);
  if (!(error instanceof DomainError))
    return mayHaveArrived(source, 'It ended for a reason that was not foreseen; the log has it.');
  const words = `${error.message} ${error.remedy}`.trim();
  if (error instanceof ApiRefusal && isRefusalOfRequest(error)) {
    const { apiCode } = error;
    return {
      what: 'refused',
      source,
      detail: words,
      facts: apiCode === null ? null : { kind: 'code', code: apiCode },
    };
  }
  return isSureNotSent(error) ? failed(source, `${words} Nothing was sent.`) : mayHaveArrived(source, words);
}

function sourceOf({ route }: StoredScan): ScanEvidence['source'] {
  return route === 'agent-control' ? 'agent-control' : 'manager-api';
}

/** Daemons that are not ready: the API says so before it does anything (wazuh.md 7.3). */
const NOT_READY = 1017;

/** Of the request itself. A server error may come after the work was done, a refused token is about the session. */
function isRefusalOfRequest({ status, apiCode }: ApiRefusal): boolean {
  return (status < 500 && status !== 401) || apiCode === NOT_READY;
}

const NEVER_LEFT = new Set([
  'api.no-password',
  'api.sign-in-refused',
  'api.locked-out',
  'api.rate-limited',
  'api.certificate-unknown',
  'api.certificate-changed',
  'manager.no-shell',
  'manager.no-elevation',
  'manager.sudo-refused',
]);

/** Whatever else went wrong, the request may have arrived all the same: it is never sent again by itself. */
function isSureNotSent(error: DomainError): boolean {
  if (NEVER_LEFT.has(error.code)) return true;
  if (error instanceof ApiRefusal) return error.status === 401;
  return error.code === 'api.unreachable' && isNeverSent(error.cause);
}

function mayHaveArrived(source: ScanEvidence['source'], words: string): SeenOfRequest {
  const detail = `No answer came; it may have been sent, and is not sent again. ${words}`;
  return { what: 'not-seen', source, detail, facts: null };
}

function failed(source: ScanEvidence['source'], detail: string): SeenOfRequest {
  return { what: 'failed', source, detail, facts: null };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/** Hands a planned scan to its manager and says what came back, item by item. */
import type { ScanEvidence } from '../../../src-shared/domain/scan.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { Clock } from '../../app/clock.ts';
import type { ApiAnswer } from '../../manager/api/wazuh-api.ts';
import type { StoredScan } from '../scan-store.ts';
import type { Fleet } from './fleet.ts';

type Seen = Pick<ScanEvidence, 'what' | 'source' | 'detail' | 'facts'>;

/** Never rejects: what goes wrong is evidence. `sending` must be durable before this is called. */
export async function dispatchScan(scan: StoredScan, fleet: Fleet, clock: Clock): Promise<ScanEvidence> {
  const seen = await handOver(scan, fleet).catch((error: unknown) => failureOf(scan, error));
  return { ...seen, time: new Date(clock.now()).toISOString() };
}

async function handOver(scan: StoredScan, fleet: Fleet): Promise<Seen> {
  const { dispatch, profile, agentId } = scan;
  if (dispatch?.route === 'api') {
    const api = fleet.api(profile);
    if (!api) return failed('app', 'The connection has no API any more; nothing was sent.');
    const { path, query, body } = dispatch;
    return readApiAnswer(
      await api.request({ method: 'PUT', path, query, json: body, urgency: 'now' }),
      agentId,
    );
  }
  if (dispatch?.route === 'agent-control') {
    const host = fleet.host(profile);
    if (!host) return failed('app', 'The connection has no SSH any more; nothing was sent.');
    const { exitCode, stdout, stderr } = await host.run({ argv: dispatch.argv, asRoot: true });
    return readAgentControl(exitCode, decode(stdout) + decode(stderr));
  }
  return failed('app', 'It has no way to be sent.');
}

/** HTTP 200 says nothing by itself: the agent stands among the affected items or among the failed ones. */
export function readApiAnswer(
  { items, failed: turnedDown, message, data, total }: ApiAnswer,
  agentId: string,
): Seen {
  const refusal =
    turnedDown.find(({ ids }) => ids.includes(agentId)) ?? (items.length === 0 ? turnedDown[0] : undefined);
  if (refusal) {
    const { code, message: words, remediation } = refusal;
    const detail = `The manager refused it (${code}): ${visibleText(words)}${remediation ? ` ${visibleText(remediation)}` : ''}`;
    return { what: 'refused', source: 'manager-api', detail, facts: { kind: 'code', code } };
  }
  const isListed = items.some((item) => item === agentId);
  // 3.x has no list of agents: its message is all there is.
  if (isListed || (total === 0 && data !== null && message === null) || typeof data === 'string') {
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

/** It exits with 0 for agents that never connected, too (fixtures/README.md, fact 11). */
export function readAgentControl(exitCode: number | null, text: string): Seen {
  const line = visibleText(
    (text.split('\n').find((candidate) => candidate.trim() !== '') ?? '').trim().slice(0, 300),
  );
  if (exitCode === 0 && /Running active response/.test(text)) {
    return {
      what: 'accepted',
      source: 'agent-control',
      detail: `${line}. It says so for agents that are away, too.`,
      facts: { kind: 'code', code: 0 },
    };
  }
  return {
    what: 'refused',
    source: 'agent-control',
    detail: line === '' ? `agent_control ended with code ${exitCode ?? 'none'} and no word.` : line,
    facts: exitCode === null ? null : { kind: 'code', code: exitCode },
  };
}

/** After these the request may have arrived all the same: it is never sent again by itself. */
const MAY_HAVE_ARRIVED = new Set(['api.timeout', 'api.unreadable', 'manager.offline', 'manager.timeout']);

function failureOf(scan: StoredScan, error: unknown): Seen {
  const source = scan.route === 'agent-control' ? 'ssh' : 'manager-api';
  if (!(error instanceof DomainError))
    return failed(source, 'It could not be sent for a reason that was not foreseen; the log has it.');
  const words = `${error.message} ${error.remedy}`.trim();
  if (MAY_HAVE_ARRIVED.has(error.code)) {
    return {
      what: 'not-seen',
      source,
      detail: `No answer came; it may have been sent. ${words}`,
      facts: null,
    };
  }
  if (error.code === 'api.forbidden') return { what: 'refused', source, detail: words, facts: null };
  return failed(source, words);
}

function failed(source: ScanEvidence['source'], detail: string): Seen {
  return { what: 'failed', source, detail, facts: null };
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

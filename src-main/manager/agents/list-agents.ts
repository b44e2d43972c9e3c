import type { KnownAgent } from '../../../src-shared/domain/agent.ts';
import { DEFAULT_PREFIX } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { parseAgentControl } from '../../../src-shared/formats/agent-control-list.ts';
import { AGENT_FIELDS, parseApiAgents } from '../../../src-shared/formats/api-agents.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { WazuhApi } from '../api/wazuh-api.ts';
import type { ManagerHost } from '../host/manager-host.ts';

export interface AgentWays {
  /** Null: the profile has none. */
  readonly api: WazuhApi | null;
  readonly host: Pick<ManagerHost, 'run'> | null;
  /** Where Wazuh is installed; null: the default. */
  readonly prefix?: string | null;
  readonly signal?: AbortSignal;
  /** A person waits for it. */
  readonly urgency?: 'now' | 'background';
}

export interface ListedAgents {
  readonly source: 'api' | 'agent-control';
  readonly agents: readonly KnownAgent[];
  /** Why the list is not fuller, in words; null when it is all the manager knows. */
  readonly note: string | null;
}

/** Neither way is open: what is left are the agents seen in alerts. */
export interface NoAgentList {
  readonly source: 'alerts';
  readonly agents: null;
  readonly note: string;
}

const MOST_AGENTS = 100_000;

/** The agents of one manager, by the way that knows most. Errors: `api.cancelled`, `manager.cancelled` only. */
export async function listAgents(ways: AgentWays): Promise<ListedAgents | NoAgentList> {
  const notes: string[] = [];
  for (const way of [listByApi, listByTool]) {
    const listed = await way(ways);
    if (typeof listed !== 'string') {
      return { ...listed, note: [...notes, listed.note].filter((note) => note !== null).join(' ') || null };
    }
    notes.push(listed);
  }
  return { source: 'alerts', agents: null, note: notes.join(' ') };
}

/** The list, or in words why there is none. */
type Way = (ways: AgentWays) => Promise<ListedAgents | string>;

const listByApi: Way = async ({ api, signal, urgency = 'background' }) => {
  if (!api) return 'The profile has no API.';
  try {
    const items = await allAgents(api, { urgency, ...(signal ? { signal } : {}) });
    const agents = parseApiAgents(items);
    const note = items.length < MOST_AGENTS ? null : `Only the first ${MOST_AGENTS} agents are listed.`;
    return { source: 'api', agents, note };
  } catch (error) {
    return wordsFor(error);
  }
};

/** Ordered by id, so that agents that come and go between two pages push no other one out of both. */
async function allAgents(
  api: WazuhApi,
  how: Pick<AgentWays, 'signal' | 'urgency'>,
): Promise<readonly unknown[]> {
  const options = { ...how, maxItems: MOST_AGENTS, pageSize: api.generation === '4' ? 1000 : 500 };
  const select = AGENT_FIELDS.join(',');
  try {
    return await api.list('/agents', { ...options, query: { select, sort: '+id' } });
  } catch (error) {
    if (!isUnknownField(error)) throw error;
    return api.list('/agents', { ...options, query: { sort: '+id' } });
  }
}

/** 1724: this version knows a field less than it is asked for. */
function isUnknownField(error: unknown): boolean {
  return error instanceof DomainError && 'apiCode' in error && error.apiCode === 1724;
}

/** 50,000 agents are some five megabytes. */
const MOST_OUTPUT = 16 * 1024 * 1024;
const LIST_TIMEOUT_MS = 60_000;

const listByTool: Way = async ({ host, prefix, signal }) => {
  if (!host) return 'There is no way to run a program on the manager.';
  try {
    const result = await host.run({
      argv: [`${prefix ?? DEFAULT_PREFIX}/bin/agent_control`, '-l', '-j'],
      asRoot: true,
      maxOutputBytes: MOST_OUTPUT,
      timeoutMs: LIST_TIMEOUT_MS,
      ...(signal ? { signal } : {}),
    });
    const agents = parseAgentControl(Buffer.from(result.stdout).toString('utf8'));
    if (!agents || result.timedOut) return failureOf(result);
    return { source: 'agent-control', agents, note: result.isCut ? TOO_MANY : KNOWS_LESS };
  } catch (error) {
    return wordsFor(error);
  }
};

const KNOWS_LESS = 'agent_control names no versions, systems, groups and times; the API does.';
const TOO_MANY = `${KNOWS_LESS} Its list was too long and ends early.`;

function failureOf({ timedOut, exitCode, stderr }: Awaited<ReturnType<ManagerHost['run']>>): string {
  if (timedOut) return 'agent_control did not finish in time.';
  const said = visibleText(Buffer.from(stderr).toString('utf8').trim().slice(0, 200));
  return `agent_control gave no list (exit status ${exitCode ?? 'unknown'}${said === '' ? '' : `: ${said}`}).`;
}

function wordsFor(error: unknown): string {
  if (!(error instanceof DomainError) || error.code.endsWith('.cancelled')) throw error;
  return error.message;
}

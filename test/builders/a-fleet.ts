import type { AgentHostLease, Fleet } from '../../src-main/kes/desk/fleet.ts';
import type { ApiAnswer, ApiRequest, WazuhApi } from '../../src-main/manager/api/wazuh-api.ts';
import type { ManagerHost, RunRequest, RunResult } from '../../src-main/manager/host/manager-host.ts';
import type { KnownAgent } from '../../src-shared/domain/agent.ts';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { PlanInput } from '../../src-shared/domain/scan-plan-types.ts';
import { anAgent, aPlanInput } from './a-scan-plan.ts';

export const NO_ANSWER_DATA = { status: 200, total: 0, failed: [], data: {}, message: '', text: null };

/** As the API answers `PUT /active-response` when it queued it for this agent. */
export function queuedFor(agentId: string): ApiAnswer {
  return { ...NO_ANSWER_DATA, items: [agentId], total: 1, message: 'AR command was sent to all agents' };
}

/** One manager's agents in memory, with what was asked of its API and run on it. */
export class AFleet implements Fleet {
  readonly agents = new Map<string, KnownAgent>();
  readonly requests: ApiRequest[] = [];
  readonly runs: (readonly string[])[] = [];
  readonly opened: string[] = [];
  isUp = true;
  facts: PlanInput['manager'] = aPlanInput().manager;
  answer: (request: ApiRequest) => Promise<ApiAnswer> = (request) =>
    Promise.resolve(queuedFor(String(request.query?.['agents_list'] ?? request.path.split('/').at(-1))));
  runAnswer: (argv: readonly string[]) => RunResult = (argv) =>
    printed(`\nWazuh agent_control: Running active response '${argv[4] ?? ''}' on: ${argv[6] ?? ''}\n`);
  openHost: (agent: KnownAgent, signal: AbortSignal) => Promise<AgentHostLease> = () =>
    Promise.reject(new DomainError('manager.refused', 'Nothing listens there.', 'Start sshd.'));

  constructor(count = 1, change: Partial<KnownAgent> = {}) {
    for (let number = 1; number <= count; number += 1) {
      const agentId = String(number).padStart(3, '0');
      this.agents.set(agentId, anAgent({ agentId, name: `agent-${agentId}`, ...change }));
    }
  }

  set(agentId: string, change: Partial<KnownAgent>): void {
    const before = this.agents.get(agentId);
    if (before) this.agents.set(agentId, { ...before, ...change });
  }

  /** What was asked of it so far. */
  forget(): void {
    for (const list of [this.requests, this.runs, this.opened]) list.length = 0;
  }

  agent(_profile: string, agentId: string): KnownAgent | null {
    return this.agents.get(agentId) ?? null;
  }
  manager(): PlanInput['manager'] {
    return this.facts;
  }
  refreshManagers(): Promise<void> {
    return Promise.resolve();
  }
  jumpsTo(): readonly string[] {
    return [];
  }
  isReachable(): boolean {
    return this.isUp;
  }
  refreshAgents(): void {
    // Its agents are what the test says.
  }

  api(): Pick<WazuhApi, 'request'> {
    return {
      request: (request) => {
        this.requests.push(request);
        return this.answer(request);
      },
    };
  }

  host(): Pick<ManagerHost, 'run'> {
    return {
      run: ({ argv }: RunRequest) => {
        this.runs.push(argv);
        return Promise.resolve(this.runAnswer(argv));
      },
    };
  }

  openAgent(
    _profile: string,
    agent: KnownAgent,
    _access: unknown,
    signal: AbortSignal,
  ): Promise<AgentHostLease> {
    this.opened.push(agent.agentId);
    return this.openHost(agent, signal);
  }
}

export function printed(stdout: string, exitCode: number | null = 0): RunResult {
  return {
    exitCode,
    signal: null,
    stdout: Buffer.from(stdout),
    stderr: Buffer.alloc(0),
    isCut: false,
    timedOut: false,
  };
}

/** From a person's request to a plan for each agent, with what is known at the moment. Sends nothing. */
import { randomInt } from 'node:crypto';
import { parseKesVersion } from '../../../src-shared/domain/kes-version.ts';
import { planScan } from '../../../src-shared/domain/scan-plan.ts';
import type { ScanPlan } from '../../../src-shared/domain/scan-plan-types.ts';
import type { AgentAccess, ScanRequest } from '../../../src-shared/ipc/scans.ts';
import type { AgentKesStore, NewScan } from '../scan-store.ts';
import { addressOf } from './agent-address.ts';
import type { Fleet } from './fleet.ts';

export interface PlannedRequest {
  readonly plan: ScanPlan;
  readonly token: string;
  readonly isActive: boolean;
}

export function planRequest(
  request: ScanRequest,
  { fleet, kes, nowMs }: { readonly fleet: Fleet; readonly kes: AgentKesStore; readonly nowMs: number },
): PlannedRequest[] {
  const { rules, kind, path, action } = request;
  const waitsUntil = rules.waitHours > 0 ? new Date(nowMs + rules.waitHours * 3_600_000).toISOString() : null;
  return request.agents.map(({ profile, agentId }) => {
    const token = scanToken();
    const agent = fleet.agent(profile, agentId);
    const manager = fleet.manager(profile);
    if (!agent || !manager)
      return { plan: unknownAgent(profile, agentId, manager !== null), token, isActive: false };
    const memory = kes.memory(profile, agentId);
    const access = effectiveAccess(kes, profile, agentId);
    const plan = planScan({
      profile,
      agent,
      kind,
      path,
      action,
      manager,
      access: access && {
        user: access.user,
        host: addressOf(access, agent),
        port: access.port,
        elevation: access.elevation,
        jumps: access.throughManager ? fleet.jumpsTo(profile) : [],
      },
      script: memory.script,
      kes: { version: parseKesVersion(memory.kesVersion ?? ''), taskNames: memory.taskNames },
      chosen: { route: request.route, program: request.program },
      waitsUntil,
      token,
    });
    return { plan, token, isActive: agent.status === 'active' };
  });
}

/** The first agent that is there goes ahead as the canary. */
export function newScans(
  { kind, path, action, rules }: ScanRequest,
  planned: readonly PlannedRequest[],
  nowMs: number,
): NewScan[] {
  const firstActive = planned.findIndex(({ isActive }) => isActive);
  const canaryAt = rules.canary ? Math.max(0, firstActive) : -1;
  // Also those that are there now may be away when their turn comes.
  const waitsUntilMs = rules.waitHours > 0 ? nowMs + rules.waitHours * 3_600_000 : null;
  return planned.map(({ plan, token }, at) => ({
    profile: plan.profile,
    agentId: plan.agentId,
    agentName: plan.agentName,
    kind,
    path,
    action,
    route: plan.route,
    program: plan.program,
    dispatch: plan.dispatch,
    exact: plan.exact,
    token,
    isCanary: at === canaryAt,
    waitsUntilMs,
  }));
}

/** An agent's own access, else the profile's template; null where SSH to agents is off. */
export function effectiveAccess(kes: AgentKesStore, profile: string, agentId: string): AgentAccess | null {
  const access = kes.access(profile, agentId) ?? kes.access(profile, null);
  return access?.isOn ? access : null;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

function scanToken(): string {
  return Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

function unknownAgent(profile: string, agentId: string, hasConnection: boolean): ScanPlan {
  return {
    profile,
    agentId,
    agentName: agentId,
    route: null,
    program: null,
    alternatives: [],
    exact: [],
    caveats: [],
    reports: 'nothing',
    refusal: hasConnection
      ? { message: 'The manager does not list this agent.', remedy: 'Refresh the agents, then choose again.' }
      : {
          message: `There is no connection to ${profile}.`,
          remedy: 'Connect it in Settings; files alone reach no agent.',
        },
    waitsUntil: null,
    dispatch: null,
  };
}

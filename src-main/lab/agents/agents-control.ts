import { z } from 'zod';
import { controlRoute, DONE, type ControlRoute } from '../control/serve-control.ts';
import { promiscuousMode } from '../alerts/noise-alert.ts';
import type { LabTime } from '../lab-time.ts';
import type { LabWorld } from '../world/lab-world.ts';
import { createKesMachine, type KesMachine } from '../kes/kes-machine.ts';
import { AGENT_ACCOUNT } from './agent-machine.ts';
import type { AgentDoors, AgentSshAccess } from './agent-doors.ts';
import type { AgentState } from './agent-state.ts';
import { machineOf, type Fleet } from './fleet.ts';

/** What can be changed of an agent and its KES; what is absent stays. */
export interface AgentChange {
  readonly isKesUp?: boolean;
  readonly isLockedByPolicy?: boolean;
  readonly licence?: 'valid' | 'expired' | 'none';
  readonly areDatabasesLoaded?: boolean;
  readonly action?: KesMachine['action'];
  readonly language?: KesMachine['language'];
  /** How long a full scan takes, in the lab's time. */
  readonly fullScanMs?: number;
  readonly hasPython?: boolean;
  readonly takesResponses?: boolean;
  readonly logsToSyslog?: boolean;
}

/** The levers of the agents' machines; over HTTP under `/lab/agents/`. Errors of all: `lab.unknown-agent`. */
export interface LabAgentsControl {
  /** Who signs in to the agents' machines, with the lab's own key or password; `sudo -n` gives root. */
  readonly user: string;
  /** `agent` is an id or a name everywhere. */
  disconnect(agent: string): void;
  reconnect(agent: string): void;
  change(agent: string, change: AgentChange): void;
  /** Another KES is installed there, healthy and new; null: none is any more. */
  become(agent: string, kesVersion: string | null): void;
  /** A file with a threat lies there from now on; of several scans the first may remove it. */
  infect(agent: string, path: string, threat?: string): void;
  /** The manager raises an alert that its own full scan is bound to (rule 5104, group kaspersky_full_scan). */
  trigger(agent: string): void;
  /** A copy of how a machine stands. */
  look(agent: string): AgentState;
  /** How agents are reached over SSH through the manager. */
  ssh(): readonly AgentSshAccess[];
  /** Command lines that came in over SSH to agents, oldest first. */
  commands(): readonly { readonly agentId: string; readonly line: string }[];
}

const DAY_MS = 86_400_000;

export interface AgentLeversParts {
  readonly fleet: Fleet;
  readonly doors: AgentDoors;
  readonly world: LabWorld;
  readonly time: LabTime;
}

export class AgentLevers implements LabAgentsControl {
  readonly user = AGENT_ACCOUNT.name;
  readonly #parts: AgentLeversParts;

  constructor(parts: AgentLeversParts) {
    this.#parts = parts;
  }

  disconnect(agent: string): void {
    this.#state(agent).silentSinceMs = this.#parts.time.now();
  }

  reconnect(agent: string): void {
    this.#state(agent).silentSinceMs = null;
  }

  change(agent: string, change: AgentChange): void {
    const state = this.#state(agent);
    const { hasPython, takesResponses, logsToSyslog, ...ofKes } = change;
    state.hasPython = hasPython ?? state.hasPython;
    state.takesResponses = takesResponses ?? state.takesResponses;
    state.logsToSyslog = logsToSyslog ?? state.logsToSyslog;
    if (state.kes) changeKes(state.kes, ofKes, this.#parts.time.now());
  }

  become(agent: string, kesVersion: string | null): void {
    const nowMs = this.#parts.time.now();
    machineOf(this.#parts.fleet, agent).install(
      kesVersion === null ? null : createKesMachine({ version: kesVersion, nowMs, keepsUtc: true }),
    );
  }

  infect(agent: string, path: string, threat = 'EICAR-Test-File'): void {
    this.#state(agent).planted[path] = threat;
  }

  trigger(agent: string): void {
    const { world, time, fleet } = this.#parts;
    const computer = machineOf(fleet, agent);
    world.write(promiscuousMode(computer.agent, time.now()), time.now());
  }

  look(agent: string): AgentState {
    return structuredClone(this.#state(agent));
  }

  ssh(): readonly AgentSshAccess[] {
    return this.#parts.doors.accesses();
  }

  commands(): readonly { readonly agentId: string; readonly line: string }[] {
    return this.#parts.doors.commands();
  }

  #state(agent: string): AgentState {
    return machineOf(this.#parts.fleet, agent).state;
  }
}

function changeKes(kes: KesMachine, change: AgentChange, nowMs: number): void {
  const licences = { valid: nowMs + 111 * DAY_MS, expired: nowMs - 9 * DAY_MS, none: null };
  kes.isServiceUp = change.isKesUp ?? kes.isServiceUp;
  kes.isLockedByPolicy = change.isLockedByPolicy ?? kes.isLockedByPolicy;
  kes.areDatabasesLoaded = change.areDatabasesLoaded ?? kes.areDatabasesLoaded;
  kes.action = change.action ?? kes.action;
  kes.language = change.language ?? kes.language;
  kes.fullScanMs = change.fullScanMs ?? kes.fullScanMs;
  if (change.licence) kes.licenceEndsMs = licences[change.licence];
}

const agentSchema = z.object({ agent: z.string().min(1) });
const path = z.string().startsWith('/').max(4096);
const changeSchema = agentSchema.extend({
  isKesUp: z.boolean().exactOptional(),
  isLockedByPolicy: z.boolean().exactOptional(),
  licence: z.enum(['valid', 'expired', 'none']).exactOptional(),
  areDatabasesLoaded: z.boolean().exactOptional(),
  action: z.enum(['Disinfect', 'Remove', 'Skip']).exactOptional(),
  language: z.enum(['en', 'ru']).exactOptional(),
  fullScanMs: z.number().positive().max(86_400_000).exactOptional(),
  hasPython: z.boolean().exactOptional(),
  takesResponses: z.boolean().exactOptional(),
  logsToSyslog: z.boolean().exactOptional(),
});

/** The levers of the agents for tests in other processes. */
export function agentRoutes(control: LabAgentsControl): readonly ControlRoute[] {
  return [
    ofAgent('disconnect', ({ agent }) => control.disconnect(agent)),
    ofAgent('reconnect', ({ agent }) => control.reconnect(agent)),
    ofAgent('trigger', ({ agent }) => control.trigger(agent)),
    controlRoute('POST', '/lab/agents/look', agentSchema, ({ agent }) => control.look(agent)),
    controlRoute('POST', '/lab/agents/change', changeSchema, ({ agent, ...change }) => {
      control.change(agent, change);
      return DONE;
    }),
    controlRoute(
      'POST',
      '/lab/agents/become',
      agentSchema.extend({
        kesVersion: z
          .string()
          .regex(/^\d+\.\d+\.\d+\.\d+$/)
          .nullable(),
      }),
      ({ agent, kesVersion }) => {
        control.become(agent, kesVersion);
        return DONE;
      },
    ),
    controlRoute(
      'POST',
      '/lab/agents/infect',
      agentSchema.extend({ path, threat: z.string().min(1).max(200).default('EICAR-Test-File') }),
      ({ agent, path: place, threat }) => {
        control.infect(agent, place, threat);
        return DONE;
      },
    ),
    controlRoute('GET', '/lab/agents/ssh', z.object({}), () => ({
      agents: control.ssh(),
      commands: control.commands(),
    })),
  ];
}

function ofAgent(name: string, run: (input: { agent: string }) => void): ControlRoute {
  return controlRoute('POST', `/lab/agents/${name}`, agentSchema, (input) => {
    run(input);
    return DONE;
  });
}

import { join } from 'node:path';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ActiveResponseOrder } from '../api/api-world.ts';
import type { StampedAlert } from '../alerts/alert-draft.ts';
import { parseObject } from '../alerts/json-object.ts';
import { alertObject } from '../alerts/to-json-line.ts';
import type { LabTime } from '../lab-time.ts';
import { Random } from '../random.ts';
import type { Dossiers } from '../virustotal/dossiers.ts';
import { AGENTS, type LabAgent } from '../world/agents.ts';
import type { FleetFacts } from '../world/agent-records.ts';
import type { LabWorld } from '../world/lab-world.ts';
import { AgentComputer, type Surroundings } from './agent-computer.ts';
import type { AgentState } from './agent-state.ts';
import { AgentTree, takesJson } from './agent-tree.ts';
import { BoundResponses, declaredResponses } from './declared-responses.ts';
import { Errands } from './errands.ts';
import { Execd } from './execd.ts';
import { hasOurScript, initialState } from './initial-state.ts';
import { goOnFollowing } from './programs/our-script.ts';
import { Threats } from './threats.ts';
import { agentControlMessage, apiMessage, raisedMessage, type WireMessage } from './wire-message.ts';

export interface FleetParts {
  /** Beyond the world's own agents. */
  readonly more: readonly LabAgent[];
  /** What machines hold that were used before, by agent id. */
  readonly states: Readonly<Record<string, AgentState>>;
  /** Where their disks are. */
  readonly folder: string;
  /** The manager's prefix. */
  readonly root: string;
  readonly time: LabTime;
  readonly world: LabWorld;
  readonly dossiers: Dossiers;
  /** The text of our agent script; null: it is installed nowhere. */
  readonly script: string | null;
}

interface Enrolled {
  readonly computer: AgentComputer;
  readonly execd: Execd;
}

/** The machines with an agent, and the manager's way to them. A machine is made when it is needed first. */
export class Fleet implements FleetFacts {
  readonly more: readonly LabAgent[];
  readonly #parts: FleetParts;
  readonly #agents: readonly LabAgent[];
  readonly #around: Surroundings;
  readonly #bound: BoundResponses;
  readonly #enrolled = new Map<string, Enrolled>();
  #onUsed: () => void = () => undefined;

  constructor(parts: FleetParts) {
    const { time, world, dossiers, more } = parts;
    const { population } = world;
    this.more = more;
    this.#parts = parts;
    this.#agents = [...AGENTS, ...more];
    this.#bound = new BoundResponses(parts.root);
    this.#around = {
      time,
      population,
      errands: new Errands(time),
      threats: new Threats({ population, dossiers, time }),
      raise: (draft) => void world.write(draft, time.now()),
    };
  }

  /** Live agents by id, name or address; the silent ones of the records are none of them. */
  find(given: string): LabAgent | null {
    const isIt = ({ id, name, ip }: LabAgent) => id === given || name === given || ip === given;
    return this.#agents.find(isIt) ?? null;
  }

  get agents(): readonly LabAgent[] {
    return this.#agents;
  }

  /** Its machine; null for Windows, whose agents know nothing of KES here. */
  computer(agent: LabAgent): AgentComputer | null {
    return agent.isWindows ? null : this.#enroll(agent).computer;
  }

  readonly silentSince = (agent: LabAgent): number | null => this.#stateOf(agent.id)?.silentSinceMs ?? null;

  /** A file that somebody put into the world lies there; `threat`: what KES calls it, null for a harmless one. */
  noteFile(agent: LabAgent, path: string, threat: string | null): void {
    const computer = this.computer(agent);
    if (computer) computer.state.planted[path] = threat ?? '';
  }

  /** `<active-response><disabled>yes` on the agent, which the API asks before it sends. */
  refusesResponses(agentId: string): boolean {
    const agent = this.find(agentId);
    return agent !== null && this.computer(agent)?.state.takesResponses === false;
  }

  /** From `PUT /active-response`. */
  receiveOrder({ agentId, command, arguments: words, alert }: ActiveResponseOrder): void {
    const content = parseObject(JSON.stringify(alert)) ?? {};
    this.#send(agentId, (isJson) => apiMessage(isJson, { command, arguments: words, alert: content }));
  }

  /** From `agent_control -b`. */
  receiveFromTool(agentId: string, command: string, text: string): void {
    this.#send(agentId, (isJson) => agentControlMessage(isJson, command, text));
  }

  /**
   * From now on alerts have their consequences, and scripts that followed a task go on with it. `onUsed`: a machine was
   * asked to do something that a killed lab should not forget.
   */
  wake(onUsed: () => void): void {
    this.#onUsed = onUsed;
    this.#parts.world.listen((alert, idBefore) => this.#respondTo(alert, idBefore));
    for (const [id, { followed, kes }] of Object.entries(this.#parts.states)) {
      const isBusy = followed.length > 0 || kes?.tasks.some(({ endsMs }) => endsMs !== null);
      const agent = isBusy ? this.find(id) : null;
      const computer = agent && this.computer(agent);
      if (computer) for (const task of computer.state.followed) goOnFollowing(computer, task);
    }
  }

  /** Whoever was used, by agent id. */
  store(): Record<string, AgentState> {
    const used = [...this.#enrolled].map(([id, { computer }]) => [id, computer.state] as const);
    return { ...this.#parts.states, ...Object.fromEntries(used) };
  }

  /** Resolves when nothing more will be written. */
  close(): Promise<void> {
    return this.#around.errands.close();
  }

  #send(agentId: string, make: (isJson: boolean) => WireMessage): void {
    const agent = this.find(agentId);
    if (!agent || agent.isWindows) return;
    this.#enroll(agent).execd.receive(make(takesJson(agent)));
    this.#onUsed();
  }

  /** The manager's own active responses: on the agent that the alert comes from. */
  #respondTo(alert: StampedAlert, idBefore: string | null): void {
    const { agent, rule, location } = alert.draft;
    const random = new Random(`response ${this.#parts.world.seed} ${alert.id}`);
    for (const { name, option } of this.#bound.to(rule)) {
      this.#send(agent.id, (isJson) => {
        // Observed: the offset is often that of the alert before; on 3.13.6 nearly always.
        const isLate = !isJson || random.chance(0.33);
        return raisedMessage(isJson, {
          command: name,
          option,
          alert: alertObject(alert),
          alertId: isLate ? withOffsetOf(alert.id, idBefore) : alert.id,
          ruleId: rule.id,
          location: `(${agent.name}) ${agent.ip ?? 'any'}->${location}`,
        });
      });
    }
  }

  #enroll(agent: LabAgent): Enrolled {
    const known = this.#enrolled.get(agent.id);
    if (known) return known;
    const { folder, root, script, states, time } = this.#parts;
    const state = states[agent.id] ?? initialState(agent, time.now());
    const tree = new AgentTree({
      agent,
      folder: join(folder, agent.id),
      hasKes: state.kes !== null,
      script: hasOurScript(agent) ? script : null,
    });
    const computer = new AgentComputer({ agent, state, tree, around: this.#around });
    const execd = new Execd(computer, this.#around.errands, () => declaredResponses(root));
    const enrolled = { computer, execd };
    this.#enrolled.set(agent.id, enrolled);
    return enrolled;
  }

  #stateOf(id: string): AgentState | null {
    return this.#enrolled.get(id)?.computer.state ?? this.#parts.states[id] ?? null;
  }
}

function withOffsetOf(id: string, other: string | null): string {
  const [second = ''] = id.split('.');
  return `${second}.${other?.split('.')[1] ?? '0'}`;
}

/** Errors: `lab.unknown-agent` for names and numbers of nobody, and for Windows. */
export function machineOf(fleet: Fleet, given: string): AgentComputer {
  const agent = fleet.find(given);
  const computer = agent && fleet.computer(agent);
  if (computer) return computer;
  throw new DomainError(
    'lab.unknown-agent',
    `The lab has no Linux agent ${given}.`,
    'Name an agent by its id (001 to 009, 012) or by its name, such as web-ams-1.',
  );
}

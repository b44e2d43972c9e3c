import { fimAlert } from '../alerts/fim-alert.ts';
import { kesEventAlert } from '../alerts/response-alert.ts';
import { responseLineAlert } from '../alerts/response-line.ts';
import type { AlertDraft } from '../alerts/alert-draft.ts';
import { settleTasks, type KesMachine } from '../kes/kes-machine.ts';
import { runKeslControl, type KeslAnswer } from '../kes/kesl-control.ts';
import type { LabTime } from '../lab-time.ts';
import type { LabAgent } from '../world/agents.ts';
import type { Population } from '../world/population.ts';
import type { AgentState } from './agent-state.ts';
import type { AgentTree } from './agent-tree.ts';
import type { Errands } from './errands.ts';
import type { Threats } from './threats.ts';

/** What all machines of the fleet share. */
export interface Surroundings {
  readonly time: LabTime;
  readonly errands: Errands;
  readonly threats: Threats;
  readonly population: Population;
  /** The manager raises an alert now. */
  readonly raise: (draft: AlertDraft) => void;
}

/** From a line in a log of the agent to the alert of it, in the lab's time. */
const TO_THE_MANAGER_MS = 1200;
/** Folders that every machine has, besides those its files lie in. */
const USUAL_FOLDER =
  /^\/(?:|bin|boot|dev|etc|home|lib|opt|proc|root|run|sbin|srv|tmp|usr|var)(?:\/(?:bin|lib|local|log|www|share))?$/;

/** One Linux machine with an agent: its disk, its KES, and what the manager hears of both. */
export class AgentComputer {
  readonly agent: LabAgent;
  readonly state: AgentState;
  readonly tree: AgentTree;
  readonly #around: Surroundings;
  #isWatchingTasks = false;

  constructor(parts: {
    readonly agent: LabAgent;
    readonly state: AgentState;
    readonly tree: AgentTree;
    readonly around: Surroundings;
  }) {
    this.agent = parts.agent;
    this.state = parts.state;
    this.tree = parts.tree;
    this.#around = parts.around;
    this.#watchTasks();
  }

  /** The lab's time, epoch milliseconds; the machine's clock shows it in UTC. */
  get nowMs(): number {
    return this.#around.time.now();
  }

  /** False: the lab was closed meanwhile. */
  wait(ms: number): Promise<boolean> {
    return this.#around.errands.wait(ms);
  }

  /** Goes on by itself until it ends or the lab is closed. */
  run(work: () => Promise<void>): void {
    this.#around.errands.run(work);
  }

  /** Null: KES is removed. */
  install(kes: KesMachine | null): void {
    this.state.kes = kes;
    this.tree.setKes(kes !== null);
  }

  /** Null: no KES is installed. */
  kesl(argv: readonly string[], locale = 'C'): KeslAnswer | null {
    const holds = (path: string) => this.holds(path);
    return this.#withKes((kes) => runKeslControl(kes, { argv, nowMs: this.nowMs, locale, holds }));
  }

  /** How long a call keeps its caller waiting, in the lab's time: a scan of a path only ends with the scan. */
  durationOf(argv: readonly string[]): number {
    const { kes } = this.state;
    const place = argv.indexOf('--scan-file');
    if (place === -1 || !kes?.isServiceUp) return 0;
    return /\.\w{1,5}$/.test(argv[place + 1] ?? '') ? kes.fullScanMs / 60 : kes.fullScanMs / 10;
  }

  /** Whether something is at an absolute path. */
  holds(path: string): boolean {
    if (USUAL_FOLDER.test(path) || path in this.state.planted) return true;
    const folder = path.endsWith('/') ? path : `${path}/`;
    const isThere = (known: string) => known === path || known.startsWith(folder);
    if (Object.keys(this.state.planted).some(isThere)) return true;
    return (
      this.#around.threats.filesOn(this.agent).some((file) => isThere(file.path)) || this.tree.holds(path)
    );
  }

  /** A line of active-responses.log; the manager hears of it a little later. */
  log(line: string): void {
    this.tree.log(line);
    const draft = responseLineAlert(this.agent, line);
    if (draft) this.#tellManager(draft);
  }

  #tellManager(draft: AlertDraft): void {
    const { errands, raise } = this.#around;
    // A machine that is away does not lose what it has to say, but the lab does not keep it either.
    if (this.state.silentSinceMs === null) errands.later(TO_THE_MANAGER_MS, () => raise(draft));
  }

  /** Does something to KES; what follows from it in the world happens at once. */
  #withKes<Result>(run: (kes: KesMachine) => Result): Result | null {
    const { kes, planted } = this.state;
    if (!kes) return null;
    const ofWorld = this.#around.threats.on(this.agent);
    const ofTests = Object.entries(planted).filter(([, threat]) => threat !== '');
    kes.infected = { ...ofWorld, ...Object.fromEntries(ofTests) };
    const before = Object.keys(kes.infected);
    const firstNew = kes.nextEventId;
    const result = run(kes);
    for (const path of before) if (!(path in kes.infected)) this.#loseFile(path);
    this.#logEvents(kes, firstNew);
    this.#watchTasks();
    return result;
  }

  /** KES deleted it, and FIM sees that. */
  #loseFile(path: string): void {
    const { [path]: planted, ...others } = this.state.planted;
    if (planted !== undefined) this.state.planted = others;
    const { population } = this.#around;
    const file = population.at(this.agent, path);
    if (!file) return;
    population.remove(file);
    this.#tellManager(fimAlert({ change: 'deleted', mode: 'realtime', file }));
  }

  #logEvents(kes: KesMachine, firstNew: number): void {
    if (!this.state.logsToSyslog) return;
    const fresh = kes.events.filter((event) => Number(event['EventId']) >= firstNew);
    for (const { EventId, TaskId, ...event } of fresh) {
      const { EventType = '', ...rest } = event;
      const fields = { EventType, EventId: Number(EventId), ...rest, TaskId: Number(TaskId) };
      this.#tellManager(kesEventAlert(this.agent, fields, this.nowMs));
    }
  }

  /** Tasks end by themselves, whether anybody looks or not. */
  #watchTasks(): void {
    if (this.#isWatchingTasks || this.#nextEnd() === null) return;
    this.#isWatchingTasks = true;
    this.#around.errands.run(async () => {
      for (let end = this.#nextEnd(); end !== null; end = this.#nextEnd()) {
        if (!(await this.wait(Math.max(1, end - this.nowMs)))) break;
        this.#withKes((kes) => settleTasks(kes, this.nowMs));
      }
      this.#isWatchingTasks = false;
    });
  }

  /** When the next running task will be over; null when none runs. */
  #nextEnd(): number | null {
    const tasks = this.state.kes?.tasks.filter(({ suspendedMs }) => suspendedMs === null) ?? [];
    const ends = tasks.flatMap(({ endsMs }) => endsMs ?? []);
    return ends.length === 0 ? null : Math.min(...ends);
  }
}

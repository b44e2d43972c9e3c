/**
 * Kaspersky Endpoint Security on one simulated machine: what it is, what its tasks do, what it has seen. Plain data, so
 * that a program on disk may keep it in a file. Facts: kesl.md sections 5 to 8.
 */
export interface KesMachine {
  /** `10.1.1.6421`, `11.3.0.7441`, `12.1.0.1508`. */
  readonly version: string;
  /** What it speaks where nobody forces English. */
  language: 'en' | 'ru';
  isServiceUp: boolean;
  areDatabasesLoaded: boolean;
  databasesReleasedMs: number;
  /** Null: no key. */
  licenceEndsMs: number | null;
  /** A Security Center policy forbids starting and stopping. */
  isLockedByPolicy: boolean;
  /** What tasks do with what they find. */
  action: 'Disinfect' | 'Remove' | 'Skip';
  tasks: KesTask[];
  /** Paths with a threat on this machine. */
  infected: Record<string, string>;
  /** Objects a full scan looks at. */
  objects: number;
  /** How long a full scan takes, ms; other tasks a fraction of it. */
  fullScanMs: number;
  events: Record<string, string>[];
  nextEventId: number;
  /** Its clock shows UTC; else this computer's own time. */
  keepsUtc: boolean;
}

export interface KesTask {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  /** Epoch ms of the last start; null when it never ran. */
  startedMs: number | null;
  /** When it ends by itself; null for tasks that run until they are stopped. */
  endsMs: number | null;
  suspendedMs: number | null;
  settings: Record<string, string>;
}

export interface KesMachineChoice {
  readonly version?: string;
  readonly language?: KesMachine['language'];
  readonly nowMs: number;
  readonly infected?: Readonly<Record<string, string>>;
  readonly fullScanMs?: number;
  readonly keepsUtc?: boolean;
}

const DAY_MS = 86_400_000;

/** A healthy machine: licensed, databases of this morning, real-time protection on. */
export function createKesMachine(choice: KesMachineChoice): KesMachine {
  const version = choice.version ?? '12.1.0.1508';
  return {
    version,
    language: choice.language ?? 'en',
    isServiceUp: true,
    areDatabasesLoaded: true,
    databasesReleasedMs: choice.nowMs - 3 * 3_600_000,
    licenceEndsMs: choice.nowMs + 111 * DAY_MS,
    isLockedByPolicy: false,
    action: 'Disinfect',
    tasks: predefinedTasks(version, choice.nowMs),
    infected: { ...choice.infected },
    objects: 418_220,
    fullScanMs: choice.fullScanMs ?? 60_000,
    events: [],
    nextEventId: 4000,
    keepsUtc: choice.keepsUtc ?? false,
  };
}

/** Boot_Scan and Memory_Scan up to 11.1, Critical_Areas_Scan from 11.2 on, where number 4 changed its meaning. */
export function isOldTable(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < 11 || (major === 11 && minor < 2);
}

function predefinedTasks(version: string, nowMs: number): KesTask[] {
  const isOld = isOldTable(version);
  const protection = isOld ? 'File_Monitoring' : 'File_Threat_Protection';
  return [
    task(1, protection, 'OAS', nowMs - DAY_MS),
    task(2, 'Scan_My_Computer', 'ODS'),
    task(3, 'Scan_File', 'ODS'),
    ...(isOld
      ? [task(4, 'Boot_Scan', 'BootScan'), task(5, 'Memory_Scan', 'MemoryScan')]
      : [task(4, 'Critical_Areas_Scan', 'ODS')]),
    task(6, 'Update', 'Update'),
    task(7, 'Rollback', 'Rollback'),
    task(9, 'License', 'License', nowMs - DAY_MS),
  ];
}

function task(id: number, name: string, type: string, startedMs: number | null = null): KesTask {
  return { id, name, type, startedMs, endsMs: null, suspendedMs: null, settings: {} };
}

export type TaskPhase = 'Starting' | 'Started' | 'Stopped' | 'Suspended';

/** Long enough to be seen, short enough to be missed. */
const STARTING_MS = 300;

export function phaseOf(task: KesTask, nowMs: number): TaskPhase {
  if (task.startedMs === null) return 'Stopped';
  if (task.suspendedMs !== null) return 'Suspended';
  if (task.endsMs !== null && nowMs >= task.endsMs) return 'Stopped';
  return task.endsMs !== null && nowMs - task.startedMs < STARTING_MS ? 'Starting' : 'Started';
}

/** By number or by name, whatever the case. */
export function findKesTask(machine: KesMachine, given: string): KesTask | null {
  const lower = given.toLowerCase();
  return machine.tasks.find((task) => String(task.id) === given || task.name.toLowerCase() === lower) ?? null;
}

/** Ends tasks whose time is over: what they found becomes events. To be called before anything is answered. */
export function settleTasks(machine: KesMachine, nowMs: number): void {
  for (const task of machine.tasks) {
    if (task.endsMs === null || task.suspendedMs !== null || nowMs < task.endsMs) continue;
    const endedMs = task.endsMs;
    if (task.type === 'Update') {
      machine.databasesReleasedMs = endedMs;
      machine.areDatabasesLoaded = true;
    }
    if (looksAtFiles(task))
      for (const path of Object.keys(machine.infected))
        if (isWithin(path, scopeOf(task))) detect(machine, path, task, endedMs);
    addEvent(machine, endedMs, { EventType: 'TaskStateChanged', ...taskFacts(task), TaskState: 'Stopped' });
    task.endsMs = null;
    task.startedMs = null;
  }
}

function looksAtFiles(task: KesTask): boolean {
  return task.type === 'ODS' && task.settings['ScanFiles'] !== 'No';
}

/** Where a task looks: all of the machine, unless a folder was set. */
export function scopeOf({ settings }: KesTask): string {
  return settings['Path'] ?? '/';
}

export function isWithin(path: string, scope: string): boolean {
  return path === scope || path.startsWith(scope.endsWith('/') ? scope : `${scope}/`);
}

/** Does with an infected file what the action says. Answers whether it was left where it is. */
export function detect(
  machine: KesMachine,
  path: string,
  task: Pick<KesTask, 'id' | 'name' | 'type'>,
  atMs: number,
  action: KesMachine['action'] = machine.action,
): void {
  const threat = machine.infected[path];
  if (threat === undefined) return;
  addEvent(machine, atMs, {
    EventType: 'ThreatDetected',
    DangerLevel: 'Critical',
    FileName: path,
    ObjectName: 'File',
    ...taskFacts(task),
    DetectName: threat,
    TaskType: task.type,
    FileOwner: 'root',
    DetectCertainty: 'Sure',
    DetectType: 'Virware',
    DetectSource: 'Local',
  });
  if (action === 'Skip') return;
  delete machine.infected[path];
  addEvent(machine, atMs, {
    EventType: action === 'Remove' ? 'ObjectDeleted' : 'ObjectDisinfected',
    FileName: path,
    ...taskFacts(task),
  });
}

/** A task was started, stopped, suspended or taken up again. */
export function noteTaskState(machine: KesMachine, task: KesTask, atMs: number): void {
  const TaskState = phaseOf(task, atMs) === 'Starting' ? 'Started' : phaseOf(task, atMs);
  addEvent(machine, atMs, { EventType: 'TaskStateChanged', ...taskFacts(task), TaskState });
}

function taskFacts(task: Pick<KesTask, 'id' | 'name'>): Record<string, string> {
  return { TaskName: task.name, TaskId: String(task.id) };
}

const MOST_EVENTS = 5000;

export function addEvent(machine: KesMachine, atMs: number, facts: Record<string, string>): void {
  const { EventType = '', ...rest } = facts;
  const id = String(machine.nextEventId++);
  machine.events.push({ EventType, EventId: id, Date: localTime(atMs, machine), ...rest });
  if (machine.events.length > MOST_EVENTS) machine.events.splice(0, machine.events.length - MOST_EVENTS);
}

/** `2026-11-21 10:00:00` by the machine's clock, as kesl writes dates. */
export function localTime(ms: number, { keepsUtc }: Pick<KesMachine, 'keepsUtc'>): string {
  const date = new Date(ms - (keepsUtc ? 0 : new Date(ms).getTimezoneOffset() * 60_000));
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

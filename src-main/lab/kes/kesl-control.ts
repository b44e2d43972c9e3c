/** kesl-control of a simulated machine: what it prints, does and exits with (kesl.md sections 5, 6, 8). */
import {
  detect,
  findKesTask,
  isOldTable,
  isWithin,
  localTime,
  noteTaskState,
  phaseOf,
  scopeOf,
  settleTasks,
  type KesMachine,
  type KesTask,
} from './kes-machine.ts';
import { labelled, wordsOf, type KeslWords } from './kesl-words.ts';

export interface KeslCall {
  readonly argv: readonly string[];
  readonly nowMs: number;
  /** `LC_ALL`, else `LANG`, of whoever calls. */
  readonly locale: string;
  /** Whether something is at a path of the machine; left out: at every one. */
  readonly holds?: (path: string) => boolean;
}

export interface KeslAnswer {
  readonly stdout: string;
  readonly exitCode: number;
}

const CODE = {
  done: 0,
  badArguments: 1,
  badSettings: 2,
  notRunning: 64,
  other: 65,
  noDatabases: 66,
  policy: 68,
  already: 70,
  detected: 72,
} as const;

/** Changes the machine in place. An unknown command exits with 1, as the real one does. */
export function runKeslControl(machine: KesMachine, call: KeslCall): KeslAnswer {
  if (!machine.isServiceUp) return answer('Failed to connect to the service\n', CODE.notRunning);
  settleTasks(machine, call.nowMs);
  const words = call.argv.filter((word) => !/^-[TLESBW]$/.test(word));
  const [command = '', ...rest] = words;
  const run = commandOf(command, call.argv);
  return run ? run(machine, rest, call) : answer(`Unknown command: ${command}\n`, CODE.badArguments);
}

type Command = (machine: KesMachine, words: readonly string[], call: KeslCall) => KeslAnswer;

const COMMANDS: Readonly<Record<string, Command>> = {
  '--get-task-list': (machine, _words, call) =>
    answer(machine.tasks.map((task) => block(machine, task, call)).join('')),
  '--get-task-state': (machine, [given = ''], call) => {
    const task = findKesTask(machine, given);
    return task ? answer(block(machine, task, call)) : noSuchTask(given);
  },
  '--start-task': startTask,
  '--stop-task': stopTask,
  '--suspend-task': (machine, [given = ''], { nowMs }) =>
    onTask(machine, given, (task) => {
      if (phaseOf(task, nowMs) !== 'Started' || task.endsMs === null) return CODE.already;
      task.suspendedMs = nowMs;
      noteTaskState(machine, task, nowMs);
      return CODE.done;
    }),
  '--resume-task': (machine, [given = ''], { nowMs }) =>
    onTask(machine, given, (task) => {
      if (task.suspendedMs === null || task.endsMs === null) return CODE.already;
      task.endsMs += nowMs - task.suspendedMs;
      task.suspendedMs = null;
      noteTaskState(machine, task, nowMs);
      return CODE.done;
    }),
  '--create-task': createTask,
  '--get-settings': (machine, [given = '']) => {
    const task = findKesTask(machine, given);
    if (!task) return noSuchTask(given);
    return answer(settingsOf(machine, task));
  },
  '--set-settings': setSettings,
  '--scan-file': scanFile,
  '--app-info': appInfo,
};

function commandOf(command: string, argv: readonly string[]): Command | null {
  if (command === '--query')
    return argv.includes('-L') ? queryLicence : argv.includes('-E') ? queryEvents : null;
  return COMMANDS[command] ?? null;
}

function answer(stdout: string, exitCode: number = CODE.done): KeslAnswer {
  return { stdout, exitCode };
}

function noSuchTask(given: string): KeslAnswer {
  return answer(`Task ${given} is not found\n`, CODE.other);
}

function block(machine: KesMachine, task: KesTask, { nowMs, locale }: KeslCall): string {
  const words = wordsOf(machine, locale);
  return (
    `${words.name}: ${task.name}\n` +
    `\t${labelled(words.id, task.id)}\t${labelled(words.type, task.type)}` +
    `\t${labelled(words.state, words.phases[phaseOf(task, nowMs)])}`
  );
}

function onTask(machine: KesMachine, given: string, change: (task: KesTask) => number): KeslAnswer {
  const task = findKesTask(machine, given);
  if (!task) return noSuchTask(given);
  if (machine.isLockedByPolicy) return answer('The task is managed by a policy\n', CODE.policy);
  return answer('', exitCodeOf(machine, change(task)));
}

/** Before 11.2 there was no code of its own for a task that is in that state already. */
function exitCodeOf({ version }: KesMachine, code: number): number {
  return code === CODE.already && isOldTable(version) ? CODE.other : code;
}

/** Answers at once: the task goes on by itself. */
function startTask(machine: KesMachine, [given = '']: readonly string[], { nowMs }: KeslCall): KeslAnswer {
  return onTask(machine, given, (task) => {
    const isScan = task.type !== 'OAS' && task.type !== 'Update';
    if (isScan && !machine.areDatabasesLoaded) return CODE.other;
    if (isScan && (machine.licenceEndsMs ?? 0) < nowMs) return CODE.other;
    if (phaseOf(task, nowMs) !== 'Stopped') return CODE.already;
    task.startedMs = nowMs;
    task.endsMs = task.type === 'OAS' ? null : nowMs + durationOf(machine, task);
    task.suspendedMs = null;
    noteTaskState(machine, task, nowMs);
    return CODE.done;
  });
}

function durationOf({ fullScanMs }: KesMachine, task: KesTask): number {
  if (task.name === 'Scan_My_Computer') return fullScanMs;
  return task.type === 'Update' ? fullScanMs / 10 : fullScanMs / 4;
}

function stopTask(machine: KesMachine, [given = '']: readonly string[], { nowMs }: KeslCall): KeslAnswer {
  return onTask(machine, given, (task) => {
    if (phaseOf(task, nowMs) === 'Stopped') return CODE.already;
    task.startedMs = null;
    task.endsMs = null;
    task.suspendedMs = null;
    noteTaskState(machine, task, nowMs);
    return CODE.done;
  });
}

function createTask(machine: KesMachine, words: readonly string[]): KeslAnswer {
  const [name = ''] = words;
  const type = words[words.indexOf('--type') + 1];
  if (name === '' || type !== 'ODS') return answer('Bad arguments\n', CODE.badArguments);
  if (findKesTask(machine, name)) return answer('The task exists already\n', CODE.badSettings);
  const id = Math.max(99, ...machine.tasks.map((task) => task.id)) + 1;
  machine.tasks.push({
    id,
    name,
    type,
    startedMs: null,
    endsMs: null,
    suspendedMs: null,
    settings: { ScanFiles: 'Yes' },
  });
  return answer(`${id}\n`);
}

function settingsOf(machine: KesMachine, task: KesTask): string {
  const actions = {
    FirstAction: machine.action,
    SecondAction: machine.action === 'Disinfect' ? 'Remove' : 'Skip',
  };
  const settings = task.type === 'ODS' ? { ScanFiles: 'Yes', ...actions, ...task.settings } : task.settings;
  const lines = Object.entries(settings)
    .filter(([key]) => key !== 'Path')
    .map(([key, value]) => `${key}=${value}\n`);
  const scope =
    task.type === 'ODS'
      ? `[ScanScope.item_0000]\nAreaDesc=All objects\nPath=${scopeOf(task)}\nAreaMask.item_0000=*\n`
      : '';
  return lines.join('') + scope;
}

function setSettings(machine: KesMachine, [given = '', ...pairs]: readonly string[]): KeslAnswer {
  return onTask(machine, given, (task) => {
    for (const pair of pairs) {
      const at = pair.indexOf('=');
      if (at < 1) return CODE.badSettings;
      task.settings[pair.slice(0, at)] = pair.slice(at + 1);
    }
    return CODE.done;
  });
}

/** Waits for its own end; here it has none to wait for. What is not there is passed over without a word (kesl.md 9). */
function scanFile(
  machine: KesMachine,
  words: readonly string[],
  { nowMs, locale, holds = () => true }: KeslCall,
): KeslAnswer {
  if (!machine.areDatabasesLoaded) return answer('Databases are not loaded\n', CODE.other);
  const at = words.indexOf('--action');
  const action = actionOf(at < 0 ? machine.action : (words[at + 1] ?? ''));
  const paths = at < 0 ? words : words.slice(0, at);
  if (paths.length === 0 || action === null) return answer('Bad arguments\n', CODE.badArguments);
  const found = Object.keys(machine.infected).filter((path) => paths.some((scope) => isWithin(path, scope)));
  const task = { id: 100, name: `Scan_File_${nowMs.toString(16)}`, type: 'ODS' };
  for (const path of found) detect(machine, path, task, nowMs, action);
  const count = found.length;
  const counts = {
    disinfected: action === 'Disinfect' ? count : 0,
    removed: action === 'Remove' ? count : 0,
    skipped: action === 'Skip' ? count : 0,
  };
  const there = paths.filter(holds);
  const areFiles = there.every((path) => /\.[A-Za-z0-9]{1,5}$/.test(path));
  const totals = [
    areFiles ? there.length : 23_180,
    count,
    count,
    counts.disinfected,
    counts.disinfected + counts.removed,
    counts.removed,
    0,
    0,
    0,
    counts.skipped,
  ];
  const exitCode = count > 0 && !isOldTable(machine.version) ? CODE.detected : CODE.done;
  return answer(printTotals(wordsOf(machine, locale), totals), exitCode);
}

function actionOf(word: string): KesMachine['action'] | null {
  if (word === 'Recommended' || word === 'Disinfect') return 'Disinfect';
  return word === 'Remove' || word === 'Skip' ? word : null;
}

function printTotals({ totals }: KeslWords, counts: readonly number[]): string {
  return totals.map((label, at) => labelled(label, counts[at] ?? 0)).join('');
}

function appInfo(machine: KesMachine, _words: readonly string[], { nowMs }: KeslCall): KeslAnswer {
  const { version, areDatabasesLoaded, licenceEndsMs } = machine;
  const isValid = licenceEndsMs !== null && licenceEndsMs > nowMs;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > 12 || (major === 12 && minor >= 3);
  const full = machine.tasks.find(({ name }) => name === 'Scan_My_Computer');
  const released = areDatabasesLoaded
    ? localTime(machine.databasesReleasedMs, machine)
    : '1970-01-01 00:00:00';
  const lines = [
    labelled('Name', `Kaspersky Endpoint Security ${major} for Linux`),
    labelled('Version', version),
    ...(major < 11
      ? [labelled('Key status', isValid ? 'Valid' : licenceEndsMs === null ? 'No key' : 'Expired')]
      : [
          labelled('Policy', machine.isLockedByPolicy ? 'Applied' : 'Not applied'),
          labelled('License information', isValid ? 'The key is valid' : 'The key is not valid'),
        ]),
    ...(licenceEndsMs === null
      ? []
      : [labelled('License expiration date', localTime(licenceEndsMs, machine).slice(0, 10))]),
    labelled(
      'Last run date of the Scan_My_Computer task',
      full?.startedMs ? localTime(full.startedMs, machine) : 'Never run',
    ),
    labelled('Last release date of databases', released),
    labelled(`${isNew ? 'Application' : 'Anti-virus'} databases loaded`, areDatabasesLoaded ? 'Yes' : 'No'),
  ];
  return answer(lines.join(''), areDatabasesLoaded ? CODE.done : CODE.noDatabases);
}

function queryLicence(machine: KesMachine, _words: readonly string[], { nowMs }: KeslCall): KeslAnswer {
  const { licenceEndsMs } = machine;
  if (licenceEndsMs === null) return answer('No key is installed\n', CODE.other);
  const days = Math.floor((licenceEndsMs - nowMs) / 86_400_000);
  return answer(
    'Active key information:\n' +
      labelled('Expiration date', localTime(licenceEndsMs, machine).slice(0, 10)) +
      labelled('Days remaining until expiration', days) +
      labelled('Key status', days >= 0 ? 'Valid' : 'Expired'),
  );
}

/** Of the filter language only `EventType == 'X'`, which is all this app asks. Newest `-n`, oldest first. */
function queryEvents({ events }: KesMachine, words: readonly string[]): KeslAnswer {
  const wanted = /EventType\s*==\s*'(\w+)'/.exec(words[0] ?? '')?.[1];
  const most = Number(words[words.indexOf('-n') + 1] ?? 30) || 30;
  const found = events.filter((event) => wanted === undefined || event['EventType'] === wanted).slice(-most);
  const text = found.map((event) =>
    Object.entries(event)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
  return answer(text.join('\n'));
}

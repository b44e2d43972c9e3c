/**
 * What kesl-control prints (kesl.md section 8). The locale is forced to English wherever we start it, yet lines are read
 * by shape first: labels differ between versions, and an agent without that locale answers in its own language.
 */
import type { TaskState } from '../domain/scan.ts';

/** A task as `--get-task-list` and `--get-task-state` show it. */
export interface KeslTask {
  readonly name: string;
  readonly id: number;
  readonly type: string;
  readonly state: TaskState;
  /** The state as printed. */
  readonly stateText: string;
}

/** More than any version prints; a hostile agent may print more. */
const MOST_LINES = 20_000;
const LABELLED = /^([^:]{1,120}):(.*)$/;

/**
 * One block a task: name, number, type, state, in this order, whatever the labels are called. A line whose value is a
 * number and whose neighbours carry text is a task's number.
 */
export function parseTasks(text: string): readonly KeslTask[] {
  const lines = labelledLines(text);
  const tasks: KeslTask[] = [];
  for (const [at, line] of lines.entries()) {
    const name = lines[at - 1]?.value ?? '';
    const type = lines[at + 1]?.value ?? '';
    const stateText = lines[at + 2]?.value;
    if (!/^\d{1,9}$/.test(line.value) || name === '' || stateText === undefined) continue;
    if (/^\d+$/.test(name) || /^\d+$/.test(type)) continue;
    tasks.push({ name, id: Number(line.value), type, state: toTaskState(stateText), stateText });
  }
  return tasks;
}

/** By name whatever the case: numbers changed their meaning with 11.2 (kesl.md section 1). */
export function findTask(tasks: readonly KeslTask[], names: readonly string[]): KeslTask | null {
  const wanted = names.map((name) => name.toLowerCase());
  return tasks.find((task) => wanted.includes(task.name.toLowerCase())) ?? null;
}

const STATES = new Map<string, TaskState>([
  ['starting', 'starting'],
  ['started', 'started'],
  ['running', 'started'],
  ['stopping', 'stopping'],
  ['stopped', 'stopped'],
  ['pausing', 'suspending'],
  ['suspending', 'suspending'],
  ['paused', 'suspended'],
  ['suspended', 'suspended'],
  ['resuming', 'resuming'],
  ['completed', 'completed'],
  ['finished', 'completed'],
  ['failed', 'failed'],
  ['error', 'failed'],
]);

export function toTaskState(word: string): TaskState {
  return STATES.get(word.trim().toLowerCase()) ?? 'unknown';
}

/** The counters `--scan-file` ends with. */
export interface ScanTotals {
  readonly scanned: number;
  readonly detected: number;
  readonly disinfected: number;
  readonly movedAside: number;
  readonly removed: number;
  readonly notDisinfected: number;
  readonly errors: number;
  readonly passwordProtected: number;
  readonly skipped: number;
}

const TOTALS: readonly (readonly [keyof ScanTotals | null, RegExp])[] = [
  ['scanned', /^scanned/i],
  ['detected', /^total detected/i],
  [null, /^infected/i],
  ['disinfected', /^disinfected/i],
  ['movedAside', /^moved to/i],
  ['removed', /^removed/i],
  ['notDisinfected', /^not disinfected/i],
  ['errors', /^scan errors/i],
  ['passwordProtected', /^password/i],
  ['skipped', /^skipped/i],
];

/**
 * By label; where no label is known (another language) by place, if there are exactly the ten lines. Null when neither
 * fits: then nobody may say that nothing was found.
 */
export function parseScanTotals(text: string): ScanTotals | null {
  const counted = labelledLines(text).filter((line) => /^\d{1,15}$/.test(line.value));
  const byLabel = TOTALS.map(([, label]) => counted.find((line) => label.test(line.label)));
  const isNamed = byLabel[0] !== undefined && byLabel[1] !== undefined;
  const lines = isNamed ? byLabel : counted.length === TOTALS.length ? counted : null;
  if (!lines) return null;
  const totals: Record<keyof ScanTotals, number> = {
    scanned: 0,
    detected: 0,
    disinfected: 0,
    movedAside: 0,
    removed: 0,
    notDisinfected: 0,
    errors: 0,
    passwordProtected: 0,
    skipped: 0,
  };
  for (const [at, [name]] of TOTALS.entries()) if (name) totals[name] = Number(lines[at]?.value ?? 0);
  return totals;
}

/** What `--app-info` tells; null where a version is silent. */
export interface KesInfo {
  readonly version: string | null;
  readonly areDatabasesLoaded: boolean | null;
  /** As printed, `2026-11-20 08:00:00`, the agent's local time; null also for the `1970-01-01` of no databases. */
  readonly databasesReleased: string | null;
  readonly licence: string | null;
  readonly licenceExpires: string | null;
  readonly policy: string | null;
}

export function parseAppInfo(text: string): KesInfo {
  const lines = labelledLines(text);
  const find = (label: RegExp) => lines.find((line) => label.test(line.label))?.value ?? null;
  const loaded = find(/databases loaded$/i);
  const released = find(/release date of (?:the )?(?:application )?databases/i);
  return {
    version: find(/^version$/i),
    areDatabasesLoaded: loaded === null ? null : /^yes\b/i.test(loaded),
    databasesReleased: released === null || released.startsWith('1970-01-01') ? null : released,
    licence: find(/^(?:license information|key status|subscription status)$/i),
    licenceExpires: find(/^(?:license|licence) expiration date$/i),
    policy: find(/^policy$/i),
  };
}

/**
 * One entry of the event log (`-E --query`): `Key=Value` lines, a blank line between events. A key that comes again keeps
 * all its values, a line feed between them: a file's name may hold lines that look like others of the event.
 */
export type KeslEvent = ReadonlyMap<string, string>;

export function parseEvents(text: string): readonly KeslEvent[] {
  const events: KeslEvent[] = [];
  let current = new Map<string, string>();
  const close = () => {
    if (current.size > 0) events.push(current);
    current = new Map();
  };
  for (const line of text.split('\n', MOST_LINES * 10)) {
    const at = line.indexOf('=');
    if (line.trim() === '') close();
    else if (at > 0) {
      const [key, value] = [line.slice(0, at).trim(), line.slice(at + 1).trimEnd()];
      const before = current.get(key);
      current.set(key, before === undefined ? value : `${before}\n${value}`);
    }
  }
  close();
  return events;
}

/** `--get-settings`: `key=value` lines with sections; keys of sections come as `Section.key`. First one wins. */
export function parseSettings(text: string): ReadonlyMap<string, string> {
  const settings = new Map<string, string>();
  let section = '';
  for (const line of text.split('\n', MOST_LINES)) {
    const head = /^\s*\[([^\]]{1,200})\]\s*$/.exec(line);
    if (head) section = `${head[1]}.`;
    const at = line.indexOf('=');
    if (head || at < 1) continue;
    const key = section + line.slice(0, at).trim();
    if (!settings.has(key)) settings.set(key, line.slice(at + 1).trim());
  }
  return settings;
}

/** `-L --query`: the active key. Dates `YYYY-MM-DD`; null where it is not told. */
export interface KesLicence {
  readonly expires: string | null;
  readonly daysLeft: number | null;
  readonly status: string | null;
}

export function parseLicence(text: string): KesLicence {
  const lines = labelledLines(text);
  const find = (label: RegExp) => lines.find((line) => label.test(line.label))?.value ?? null;
  const days = find(/^days remaining/i);
  return {
    expires: /\d{4}-\d{2}-\d{2}/.exec(find(/expiration date$/i) ?? '')?.[0] ?? null,
    daysLeft: days !== null && /^-?\d{1,6}$/.test(days) ? Number(days) : null,
    status: find(/^key status$/i),
  };
}

interface LabelledLine {
  readonly label: string;
  readonly value: string;
}

function labelledLines(text: string): readonly LabelledLine[] {
  return text.split('\n', MOST_LINES).flatMap((line) => {
    // Lines of 64 KiB are no answer of kesl-control, and the expression would take its time over them.
    const match = line.length > 4096 ? null : LABELLED.exec(line);
    return match ? [{ label: (match[1] ?? '').trim(), value: (match[2] ?? '').trim() }] : [];
  });
}

/** Our own `verdict-desk-kes` on a simulated agent, by the rules of the real one and with its lines to the letter. */
import { SCAN_KINDS } from '../../../../src-shared/domain/scan.ts';
import { parseEvents, parseScanTotals, parseTasks } from '../../../../src-shared/formats/kesl-output.ts';
import { programLine, scriptLine } from '../../alerts/response-alert.ts';
import { localTime } from '../../kes/kes-machine.ts';
import type { AgentComputer } from '../agent-computer.ts';
import { OUR_SCRIPT } from '../agent-tree.ts';
import type { FollowedTask } from '../agent-state.ts';
import type { ProgramCall } from '../execd.ts';

const POLL_MS = 10_000;
const LONGEST_LOOKS = 86_400_000 / POLL_MS;
const MOST_TOLD = 20;
const ENDED = new Set(['stopped', 'completed', 'finished', 'failed']);

/** execd waits for nothing: the script goes on by itself. */
export async function runOurScript(computer: AgentComputer, call: ProgramCall): Promise<void> {
  const order = orderIn(call);
  if (order === null) return;
  const script = new ScriptRun(computer, call.form === 'json' ? 'json' : 'plain');
  if (script.take(order)) computer.run(() => script.work());
}

/** What it followed when the lab was closed. */
export function goOnFollowing(computer: AgentComputer, task: FollowedTask): void {
  const script = new ScriptRun(computer, task.form, task);
  computer.run(() => script.follow(task));
}

const JSON_ORDER =
  /^\{"version":\d*,"origin":\{[^{}]*\},"command":"add","parameters":\{"extra_args":\["--order=([^"]*)"\]/;

function orderIn(call: ProgramCall): string | null {
  if (call.form === 'json') return JSON_ORDER.exec(JSON.stringify(call.document))?.[1] || null;
  if (call.argv[0] !== 'add') return null;
  const word = call.argv.findLast((candidate) => candidate.startsWith('--order='));
  return word?.slice('--order='.length) || null;
}

/** Members of a report besides scan, event and kind. */
type Members = Readonly<Record<string, string | number>>;

class ScriptRun {
  readonly #computer: AgentComputer;
  readonly #form: FollowedTask['form'];
  #kind = 'none';
  #token = '0000000000000000';
  #action = 'as-set';
  #path = '';

  constructor(computer: AgentComputer, form: FollowedTask['form'], known?: FollowedTask) {
    this.#computer = computer;
    this.#form = form;
    if (known) ({ kind: this.#kind, token: this.#token, action: this.#action } = known);
  }

  /** False: refused, or not worth an answer. */
  take(order: string): boolean {
    const [kind = '', token = '', action = '', ...path] = order.split(',');
    if (!/^[a-z0-9]{16}$/.test(token)) return false;
    this.#token = token;
    if (!KINDS.has(kind)) return this.#refuse('unknown kind');
    this.#kind = kind;
    if (action !== 'as-set' && action !== 'skip') return this.#refuse('unknown action');
    this.#action = action;
    this.#path = path.join(',');
    const reason = this.#pathTrouble();
    if (reason !== null) return this.#refuse(reason);
    return this.#computer.state.kes !== null || this.#refuse('kesl-control is not there');
  }

  #pathTrouble(): string | null {
    if (this.#kind !== 'file' && this.#kind !== 'folder')
      return this.#path === '' ? null : 'this kind takes no path';
    if (!this.#path.startsWith('/')) return 'the path is not absolute';
    if (/["\\\p{Cc}]/u.test(this.#path)) return 'the path holds characters that are not taken';
    return this.#computer.holds(this.#path) ? null : 'nothing is at that path';
  }

  async work(): Promise<void> {
    switch (this.#kind) {
      case 'file':
      case 'folder':
        return this.#scanPath();
      case 'memory':
        return this.#runOldOrOwn('Memory_Scan', 'Verdict_Desk_Memory', 'ScanComputerMemory');
      case 'boot':
        return this.#runOldOrOwn('Boot_Scan', 'Verdict_Desk_Boot', 'ScanBootSectors');
      default:
        return this.#runNamed();
    }
  }

  /** Looks until the task stops; a task that was never seen to run has ended after three looks. */
  async follow(task: FollowedTask): Promise<void> {
    const { followed } = this.#computer.state;
    if (!followed.includes(task)) followed.push(task);
    while (task.looks <= LONGEST_LOOKS) {
      const state = this.#stateOf(task.task);
      task.looks += 1;
      if (state !== '' && state !== task.told) {
        task.told = state;
        this.#say('state', { task: task.task, state });
      }
      if (ENDED.has(state)) {
        if (task.hasRun || task.looks >= 3) return this.#end(task);
      } else if (state !== '') task.hasRun = true;
      else if (task.looks >= 30 && !task.hasRun) break;
      if (!(await this.#computer.wait(POLL_MS))) return;
    }
    this.#forget(task);
  }

  #end(task: FollowedTask): void {
    this.#forget(task);
    const detected = this.#kind === 'update' ? null : this.#tellDetections(task);
    const counted = detected === null ? {} : { detected };
    this.#say('result', { task: task.task, code: 0, state: task.told, ...counted });
  }

  #forget(task: FollowedTask): void {
    const { state } = this.#computer;
    state.followed = state.followed.filter((other) => other !== task);
  }

  #tellDetections({ task, since }: FollowedTask): number | null {
    const { text, code } = this.#kesl(['-E', '--query', "EventType == 'ThreatDetected'", '-n', '1000']);
    if (code !== 0) return null;
    const found = parseEvents(text).filter(
      (event) => event.get('TaskName') === task && (event.get('Date') ?? '') >= since,
    );
    for (const event of found.slice(0, MOST_TOLD)) {
      const [threat, path] = [event.get('DetectName') ?? '', event.get('FileName') ?? ''];
      this.#say('detection', { threat: plain(threat), path: plain(path) });
    }
    return found.length;
  }

  async #runNamed(): Promise<void> {
    const name = this.#taskNamed(NAMES[this.#kind] ?? []);
    if (name === null) {
      const { code, text } = this.#kesl(['--get-task-list']);
      if (code === 0) this.#refuse('this KES has no such task');
      else this.#say('result', { code, words: firstLine(text) });
    } else if (this.#kind === 'realtime-on') this.#switch('--start-task', name);
    else if (this.#kind === 'realtime-off') this.#switch('--stop-task', name);
    else await this.#runTask(name);
  }

  async #runOldOrOwn(old: string, own: string, what: string): Promise<void> {
    const known = this.#taskNamed([old]);
    if (known !== null) return this.#runTask(known);
    const name = this.#taskNamed([own]) ?? own;
    const steps = [
      ...(name === own && this.#taskNamed([own]) === null ? [['--create-task', name, '--type', 'ODS']] : []),
      ['--set-settings', name, 'ScanFiles=No', `${what}=Yes`],
    ];
    for (const step of steps) {
      const { code, text } = this.#kesl(step);
      if (code !== 0) return this.#say('result', { task: name, code, words: firstLine(text) });
    }
    return this.#runTask(name);
  }

  async #runTask(task: string): Promise<void> {
    const { kes } = this.#computer.state;
    const since = localTime(this.#computer.nowMs, { keepsUtc: kes?.keepsUtc ?? true });
    const { code, text } = this.#kesl(['--start-task', task]);
    if (code !== 0 && code !== 70) return this.#say('result', { task, code, words: firstLine(text) });
    this.#say('started', { task, code });
    await this.follow({
      kind: this.#kind,
      token: this.#token,
      action: this.#action,
      form: this.#form,
      task,
      since,
      looks: 0,
      hasRun: false,
      told: '',
    });
  }

  #switch(command: string, task: string): void {
    const { code } = this.#kesl([command, task]);
    const state = this.#stateOf(task);
    if (state !== '') this.#say('state', { task, state });
    this.#say('result', { task, code });
  }

  async #scanPath(): Promise<void> {
    this.#say('started', { task: 'Scan_File' });
    const words = ['--scan-file', this.#path, ...(this.#action === 'skip' ? ['--action', 'Skip'] : [])];
    if (!(await this.#computer.wait(this.#computer.durationOf(words)))) return;
    const { code, text } = this.#kesl(words);
    const totals = parseScanTotals(text);
    const counts = totals && {
      scanned: totals.scanned,
      detected: totals.detected,
      disinfected: totals.disinfected,
      removed: totals.removed,
      not_disinfected: totals.notDisinfected,
      errors: totals.errors,
      skipped: totals.skipped,
    };
    const told = Object.entries(counts ?? {}).filter((entry): entry is [string, number] => entry[1] !== null);
    this.#say('result', { task: 'Scan_File', code, ...Object.fromEntries(told) });
  }

  /** As the agent spells it; null: it has none of them. */
  #taskNamed(names: readonly string[]): string | null {
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    const { code, text } = this.#kesl(['--get-task-list']);
    if (code !== 0) return null;
    return parseTasks(text).find(({ name }) => wanted.has(name.toLowerCase()))?.name ?? null;
  }

  #stateOf(task: string): string {
    const { code, text } = this.#kesl(['--get-task-state', task]);
    return code === 0 ? plain((parseTasks(text)[0]?.stateText ?? '').toLowerCase()) : '';
  }

  #kesl(argv: readonly string[]): { readonly code: number; readonly text: string } {
    const answer = this.#computer.kesl(argv, 'en_US.UTF-8');
    return answer ? { code: answer.exitCode, text: answer.stdout } : { code: 127, text: '' };
  }

  #refuse(reason: string): false {
    this.#say('refused', { reason });
    return false;
  }

  #say(event: string, members: Members): void {
    const desk = { scan: this.#token, event, kind: this.#kind, ...members };
    const { nowMs } = this.#computer;
    if (this.#form === 'json') {
      const program = `active-response/bin/${OUR_SCRIPT}`;
      const words = [`--order=${this.#kind},${this.#token},${this.#action}`];
      const document = {
        version: 1,
        origin: { name: '', module: OUR_SCRIPT },
        command: 'add',
        parameters: { extra_args: words, program },
        verdict_desk: desk,
      };
      this.#computer.log(programLine(OUR_SCRIPT, JSON.stringify(document), nowMs));
    } else {
      const text = JSON.stringify({ verdict_desk: desk });
      this.#computer.log(scriptLine(OUR_SCRIPT, ['add', '-', '-', '-', '-', text], nowMs));
    }
  }
}

const KINDS = new Set<string>(SCAN_KINDS);

const NAMES: Readonly<Record<string, readonly string[]>> = {
  full: ['Scan_My_Computer'],
  'critical-areas': ['Critical_Areas_Scan'],
  update: ['Update'],
  'realtime-on': ['File_Threat_Protection', 'File_Monitoring'],
  'realtime-off': ['File_Threat_Protection', 'File_Monitoring'],
};

/** As the script does for a JSON value. */
function plain(text: string): string {
  return text.replaceAll(/["\\\p{Cc}]/gu, '').slice(0, 300);
}

function firstLine(text: string): string {
  return plain(text.split('\n').find((line) => line !== '') ?? '');
}

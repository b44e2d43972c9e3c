/** The shipped Kaspersky programs with their defects (kesl.md section 9, wazuh.md 6.3). */
import { programLine, scriptLine } from '../../alerts/response-alert.ts';
import type { AgentComputer } from '../agent-computer.ts';
import type { ProgramCall } from '../execd.ts';

const SCRIPT = 'kaspersky.py';
/** An interpreter needs so long to start. */
const PYTHON_MS = 900;

/** `kaspersky` (compiled, JSON) and `kaspersky.sh` (words): both end in kaspersky.py. */
export async function runKaspersky(computer: AgentComputer, call: ProgramCall): Promise<void> {
  if (call.form === 'json') return runCompiled(computer, call);
  // "Python binary not found" goes to an output that nobody reads.
  if (!computer.state.hasPython || !(await computer.wait(PYTHON_MS))) return;
  await runScript(computer, call.argv, { isRead: true });
}

async function runCompiled(
  computer: AgentComputer,
  { program, document, extraArgs }: Extract<ProgramCall, { form: 'json' }>,
): Promise<void> {
  const say = (text: string) => computer.log(programLine(program, text, computer.nowMs));
  say('Starting');
  say(JSON.stringify(document));
  computer.log('');
  if (extraArgs.length === 0) return say("Cannot read 'extra_args' from data");
  if (!computer.state.hasPython) return say('Python binary not found');
  if (!(await computer.wait(PYTHON_MS))) return;
  await runScript(computer, [extraArgs.join(' ')], { isRead: false });
  say('Ended');
}

interface ScriptCircumstances {
  /** Whether anybody reads kesl-control's output; where nobody does, its first output is its end. */
  readonly isRead: boolean;
}

async function runScript(
  computer: AgentComputer,
  argv: readonly string[],
  { isRead }: ScriptCircumstances,
): Promise<void> {
  computer.log(scriptLine(SCRIPT, argv, computer.nowMs));
  for (const words of commandsOf(computer, argv)) {
    if (!isRead && PRINTS.test(words[0] ?? '')) return;
    if (!(await computer.wait(computer.durationOf(words)))) return;
    computer.kesl(words);
  }
}

/** Calls that print before they are done. */
const PRINTS = /^--(?:scan-file|get-task-list|get-task-state|update-application|query|app-info)$/;

const FLAGS: Readonly<Record<string, readonly string[]>> = {
  '--full_scan': ['--start-task', '2'],
  '--boot_scan': ['--start-task', '4'],
  '--memory_scan': ['--start-task', '5'],
  '--enable_realtime': ['--start-task', '1'],
  '--disable_realtime': ['--stop-task', '1'],
  '--update_application': ['--update-application'],
  '--get_task_list': ['--get-task-list'],
};
const VALUES = ['--custom_scan_file', '--custom_scan_folder', '--custom_flags'] as const;
const FOLDER_TASK = 'custom_folder_scan_1';

/** The kesl-control calls of kaspersky.py; none for words it does not know and for options that exclude each other. */
function commandsOf(computer: AgentComputer, argv: readonly string[]): readonly (readonly string[])[] {
  const flags = argv.filter((word) => word in FLAGS);
  const values = VALUES.flatMap((option) => {
    const value = valueOf(argv, option);
    return value === null ? [] : [{ option, value }];
  });
  if (flags.length + values.length !== 1) return [];
  const [flag] = flags;
  if (flag !== undefined) {
    const isUndone = argv[0] === 'delete' && flag === '--enable_realtime';
    return [isUndone ? ['--stop-task', '1'] : (FLAGS[flag] ?? [])];
  }
  const [given] = values;
  if (!given) return [];
  const { option, value } = given;
  if (option === '--custom_flags') return [value.split(/\s+/)];
  // Folders and files that are not there are skipped without a word; the rest of the words counts as theirs.
  if (!computer.holds(value.split(' --action ')[0] ?? '')) return [];
  if (option === '--custom_scan_file') {
    const action = valueOf(argv, '--action');
    return [[...`--scan-file ${value}`.split(/\s+/), ...(action === null ? [] : ['--action', action])]];
  }
  return [
    ['--create-task', FOLDER_TASK, '--type', 'ODS'],
    ['--set-settings', FOLDER_TASK, `Path=${value}`],
    ['--start-task', FOLDER_TASK],
  ];
}

/** `--option value` or `--option=value`. */
function valueOf(argv: readonly string[], option: string): string | null {
  const joined = argv.find((word) => word.startsWith(`${option}=`));
  if (joined !== undefined) return joined.slice(option.length + 1);
  const place = argv.indexOf(option);
  return place === -1 ? null : (argv[place + 1] ?? null);
}

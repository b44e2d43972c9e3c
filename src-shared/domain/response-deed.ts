/** What an active response of Kaspersky was told to do, from its program and words (wazuh.md 6.3; kesl.md section 9). */
import type { HeardResponse } from './heard-alert.ts';
import { SCRIPT_NAME } from './scan-dispatch.ts';
import type { ScanAction, ScanKind } from './scan.ts';

export interface ResponseDeed {
  readonly kind: ScanKind;
  readonly path: string | null;
  readonly action: ScanAction;
}

/** Wazuh's wrapper: compiled from 4.2 on, a shell script before, and the Python script that both start. */
const WRAPPER_PROGRAMS: readonly string[] = ['kaspersky', 'kaspersky.sh', 'kaspersky.py'];

/** The file's name without its folder; null when the line names no program. */
export function programName({ program }: Pick<HeardResponse, 'program'>): string | null {
  return program === null ? null : program.slice(program.lastIndexOf('/') + 1);
}

export function isWrapper(response: Pick<HeardResponse, 'program'>): boolean {
  return WRAPPER_PROGRAMS.includes(programName(response) ?? '');
}

export function isOurScript(response: Pick<HeardResponse, 'program'>): boolean {
  return programName(response) === SCRIPT_NAME;
}

const OPTIONS: readonly (readonly [RegExp, ScanKind])[] = [
  [/^--full_scan(?= |$)/, 'full'],
  [/^--boot_scan(?= |$)/, 'boot'],
  [/^--memory_scan(?= |$)/, 'memory'],
  [/^--enable_realtime(?= |$)/, 'realtime-on'],
  [/^--disable_realtime(?= |$)/, 'realtime-off'],
  [/^--custom_scan_file[= ]\S/, 'file'],
  [/^--custom_scan_folder[= ]\S/, 'folder'],
];

/** Null when it starts nothing that is a scan: a list of tasks, an update of the product, no words at all. */
export function wrapperDeed({
  program,
  command,
  arguments: words,
}: Pick<HeardResponse, 'program' | 'command' | 'arguments'>): ResponseDeed | null {
  const text = words.join(' ').trim().slice(0, LONGEST);
  const kind = OPTIONS.find(([option]) => option.test(text))?.[1];
  if (!kind) return null;
  // Before 4.2 the end of a response's time calls the script with "delete", and that stops what was enabled.
  const isUndone = command === 'delete' && kind === 'realtime-on' && !(program ?? '').includes('/');
  return {
    kind: isUndone ? 'realtime-off' : kind,
    path: kind === 'file' || kind === 'folder' ? pathIn(text) : null,
    action: text.endsWith(' --action Skip') ? 'skip' : 'as-set',
  };
}

const LONGEST = 8192;

/** Before 4.2 a manager puts backslashes before what a shell would read. */
function pathIn(text: string): string {
  const path = text.replace(/^--custom_scan_\w+[= ]/, '').replace(/ --action \w+$/, '');
  return path.replaceAll(/\\(.)/g, '$1');
}

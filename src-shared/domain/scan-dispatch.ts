/** What is sent for a scan, to the letter: the API's body, agent_control's words, kesl-control's commands. */
import { quoteCommand } from '../formats/shell-quote.ts';
import type { KnownAgent } from './agent.ts';
import { DEFAULT_SSH_PORT } from './connection-profile.ts';
import { deedFor, kindFacts } from './scan-kinds.ts';
import type { Dispatch, PlanInput, Way } from './scan-plan-types.ts';
import type { AgentProgram, ScanKind } from './scan.ts';
import { hasTrait, parseWazuhVersion, type WazuhVersion } from './wazuh-version.ts';

/** The name our script has on an agent, in `active-response/bin`. */
export const SCRIPT_NAME = 'verdict-desk-kes';

/** The script's only argument: one word, so that no version splits or joins it. The path goes last. */
export function scriptOrder({
  kind,
  token,
  action,
  path,
}: Pick<PlanInput, 'kind' | 'token' | 'action' | 'path'>): string {
  return `--order=${[kind, token, action, ...(path === null ? [] : [path])].join(',')}`;
}

/** The seed's names of the four kinds that have a trigger group. */
export function responseName(kind: ScanKind): string | null {
  const names: Partial<Record<ScanKind, string>> = {
    full: 'kaspersky-full',
    memory: 'kaspersky-memory',
    boot: 'kaspersky-boot',
    'realtime-on': 'kaspersky-realtime',
  };
  return names[kind] ?? null;
}

export function dispatchOf({ route, program }: Way, input: PlanInput): Dispatch {
  if (route === 'agent-ssh') return { route };
  const version = agentVersionOf(input.agent);
  const isJson = version !== null && hasTrait(version, 'sendsResponsesAsJson');
  const words = program === 'script' ? [scriptOrder(input)] : wrapperWords(isJson, input);
  if (route === 'agent-control') {
    const name = program === 'script' ? SCRIPT_NAME : (responseName(input.kind) ?? '');
    return {
      route,
      argv: [
        `${input.manager.prefix}/bin/agent_control`,
        '-b',
        words.join(' '),
        '-f',
        `${name}0`,
        '-u',
        input.agent.agentId,
      ],
    };
  }
  return apiDispatch(programFile(program, isJson), words, isJson, input);
}

function programFile(program: AgentProgram, isJson: boolean): string {
  if (program === 'script') return SCRIPT_NAME;
  return isJson ? 'kaspersky' : 'kaspersky.sh';
}

/** On 4.2 and later all words arrive joined as one: a single option with `=` survives. Before, every word is its own. */
function wrapperWords(isJson: boolean, { kind, path, action }: PlanInput): string[] {
  const option = kindFacts(kind).wrapperOption ?? '';
  const filled = path === null ? option : option.replace('PATH', () => path);
  if (isJson) return [filled];
  const words = path === null ? [option] : [filled.slice(0, filled.indexOf('=')), path];
  return action === 'skip' ? [...words, '--action', 'Skip'] : words;
}

/** Scripts before 4.2 look at the words after user, address, id, rule, place and file: those are filled with dashes. */
const SIX_DASHES = ['-', '-', '-', '-', '-', '-'];

function apiDispatch(
  file: string,
  words: readonly string[],
  isJson: boolean,
  { manager, agent }: PlanInput,
): Dispatch {
  const version = manager.version;
  const isThree = version !== null && !hasTrait(version, 'hasTokenApi');
  const wantsCustom = isThree || (version !== null && hasTrait(version, 'hasCustomFieldInResponses'));
  const args = isJson ? words : [...SIX_DASHES, ...words];
  const body = wantsCustom
    ? { command: file, custom: true, arguments: args }
    : { command: `!${file}`, arguments: args };
  return isThree
    ? { route: 'api', path: `/active-response/${agent.agentId}`, query: {}, body }
    : { route: 'api', path: '/active-response', query: { agents_list: agent.agentId }, body };
}

export function exactOf(dispatch: Dispatch, input: PlanInput): string[] {
  if (dispatch.route === 'agent-control') return [quoteCommand(dispatch.argv)];
  if (dispatch.route === 'api') {
    const query = Object.entries(dispatch.query).map(([name, value]) => `${name}=${value}`);
    const place = [dispatch.path, ...query].join('?');
    return [`PUT ${place}`, JSON.stringify(dispatch.body)];
  }
  const { access } = input;
  if (!access) return [];
  const { user, host, port, jumps } = access;
  const through = jumps.length === 0 ? [] : ['-J', jumps.join(',')];
  const door = port === DEFAULT_SSH_PORT ? [] : ['-p', String(port)];
  const sudo = user === 'root' ? [] : SUDO[access.elevation];
  return [
    ['ssh', ...through, ...door, `${user}@${host}`].join(' '),
    ...keslCommands(input).map((argv) => quoteCommand([...sudo, ...argv])),
  ];
}

/** What stands before a command that needs root. */
const SUDO = { none: [], sudo: ['sudo', '-n', '--'], 'sudo-password': ['sudo', '-S', '--'] } as const;

const KESL_CONTROL = '/opt/kaspersky/kesl/bin/kesl-control';

/** What is run on the agent, in the order it is run. The name of a task is the one its list shows. */
export function keslCommands({ kind, kes, path, action }: PlanInput): string[][] {
  const deed = deedFor(kind, kes);
  if (!deed) return [];
  if (deed.how === 'scan-path') {
    const look = action === 'skip' ? ['--action', 'Skip'] : [];
    return [[KESL_CONTROL, '--scan-file', path ?? '', ...look]];
  }
  if (deed.how === 'own-task') {
    const name = ownTaskName(deed.scans);
    return [
      [KESL_CONTROL, '--create-task', name, '--type', 'ODS'],
      [KESL_CONTROL, '--set-settings', name, 'ScanFiles=No', `${deed.scans}=Yes`],
      [KESL_CONTROL, '--start-task', name],
    ];
  }
  const known = deed.names.find((name) =>
    kes.taskNames?.some((other) => other.toLowerCase() === name.toLowerCase()),
  );
  return [[KESL_CONTROL, `--${deed.how}`, known ?? deed.names[0] ?? '']];
}

/** User tasks of ours are told by their names: one for memory, one for boot sectors, made once and used again. */
export function ownTaskName(scans: 'ScanComputerMemory' | 'ScanBootSectors'): string {
  return scans === 'ScanComputerMemory' ? 'Verdict_Desk_Memory' : 'Verdict_Desk_Boot';
}

export function agentVersionOf({ version }: KnownAgent): WazuhVersion | null {
  return version === null ? null : parseWazuhVersion(version);
}

/** Why a scan is not sent to an agent, or not on one way: said before anything is tried (wazuh.md 6.2, 6.3, 8; kesl.md 9). */
import { agentVersionOf, responseName, SCRIPT_NAME } from './scan-dispatch.ts';
import { availabilityOf, kindFacts } from './scan-kinds.ts';
import type { PlanInput, Refusal, Way } from './scan-plan-types.ts';
import type { ScanRoute } from './scan.ts';
import { hasTrait, type WazuhVersion } from './wazuh-version.ts';

/** What a person can do about it; `scan` on the command line names its option beside these. */
export const REMEDIES = {
  wait: 'Let the scan wait for it, or start the agent.',
  otherKind: 'Choose another kind; the list beside shows what this KES has.',
  access: 'Set it up on the agent’s page.',
  installScript:
    'Install it on the agent’s page; then results come back as alerts. If it was installed by hand, choose it as the way.',
  scriptOrSsh: 'Install our script, or use SSH.',
  scriptOrSshByName: 'Install our script, or use SSH: both start tasks by name.',
  scriptOrSshToLook: 'Install our script, or use SSH, to look only.',
  scriptOrSshForPath: 'Install our script (4.2 and later), or use SSH.',
  ownAccess: 'Give the agent SSH access of its own.',
} as const;

export function refusalOfAgent({ agent, waitsUntil, kind, kes, path }: PlanInput): Refusal | null {
  const system = `${agent.osPlatform ?? ''} ${agent.osName ?? ''}`;
  if (/windows|darwin|macos/i.test(system)) {
    return {
      message: `${agent.osName ?? 'This system'} has no KES for Linux.`,
      remedy: 'Start the scan there with the product’s own tools.',
    };
  }
  if (agent.status === 'never-connected') {
    return { message: 'The agent never connected to its manager.', remedy: 'Enrol and start it first.' };
  }
  if ((agent.status === 'disconnected' || agent.status === 'pending') && waitsUntil === null) {
    return {
      message: `The agent is ${agent.status === 'pending' ? 'not connected yet' : 'disconnected'}.`,
      remedy: REMEDIES.wait,
    };
  }
  const availability = availabilityOf(kind, kes);
  if (availability.state === 'absent') {
    return {
      message: `This kind is ${availability.words}.`,
      remedy: REMEDIES.otherKind,
    };
  }
  return path === null ? null : refusalOfPath(path);
}

/** What kesl-control could take for an option, and what no path holds on purpose. */
function refusalOfPath(path: string): Refusal | null {
  const isPlain = path.startsWith('/') && !/\p{Cc}/u.test(path);
  return isPlain
    ? null
    : { message: 'The path is not a plain absolute path.', remedy: 'Enter it from the root, on one line.' };
}

export function refusalOfWay(way: Way, input: PlanInput): Refusal | null {
  return refusalOfRoute(way, input) ?? refusalOfProgram(way, input);
}

function refusalOfRoute({ route }: Way, input: PlanInput): Refusal | null {
  const { manager, agent, access } = input;
  if (route === 'agent-ssh') {
    return access ? null : { message: 'There is no SSH access to this agent.', remedy: REMEDIES.access };
  }
  if (agent.agentId === '000') {
    return {
      message: 'Managers take no active responses of this kind for themselves.',
      remedy: 'Give it SSH access of its own as an agent.',
    };
  }
  if (manager.version && hasTrait(manager.version, 'isWithoutIntegrator')) {
    return {
      message: 'Wazuh 5 has no active responses on request over its API.',
      remedy: REMEDIES.ownAccess,
    };
  }
  if (route === 'api') return refusalOfApi(input);
  if (!manager.mayRunAgentControl) {
    return {
      message: 'The account may not run agent_control on the manager.',
      remedy: 'The connection’s “what the account may do” shows the line that would allow it.',
    };
  }
  return null;
}

function refusalOfApi({ manager }: PlanInput): Refusal | null {
  if (!manager.api) return { message: 'The connection has no API.', remedy: 'Add it in Settings.' };
  if (manager.api.mayDispatch !== false) return null;
  return {
    message: 'The API account may not dispatch active responses.',
    remedy: 'Give its role active-response:command on these agents.',
  };
}

function refusalOfProgram({ route, program }: Way, input: PlanInput): Refusal | null {
  if (program === 'kesl-control') return null;
  const agentVersion = agentVersionOf(input.agent);
  if (!agentVersion) {
    return {
      message: 'The agent’s version is not known, and versions before and after 4.2 take different requests.',
      remedy:
        'Let the API list the agents, or agent_control -i tell of this one (as root), or give it SSH access of its own.',
    };
  }
  const isJson = hasTrait(agentVersion, 'sendsResponsesAsJson');
  if (program === 'script') return refusalOfScript(route, isJson, input);
  return refusalOfWrapper(route, isJson, input, agentVersion);
}

function refusalOfScript(route: ScanRoute, isJson: boolean, input: PlanInput): Refusal | null {
  // Installed by hand nobody here has seen it: a person who says so may try, and its first report shows it.
  const isVouchedFor = input.script === 'unknown' && input.chosen.program === 'script';
  if (input.script !== 'installed' && !isVouchedFor) {
    return {
      message:
        input.script === 'outdated'
          ? 'The script on the agent is of an older version.'
          : 'Our script is not known to be on the agent.',
      remedy: REMEDIES.installScript,
    };
  }
  if (!isJson && input.path !== null && /[\s'"\\`$&;|<>()#!*?[\]{}~]/.test(input.path)) {
    return {
      message: 'Agents before 4.2 split and escape such a path on its way.',
      remedy: REMEDIES.ownAccess,
    };
  }
  if (input.path !== null && /["\\]/.test(input.path)) {
    return {
      message: 'Our script takes no path with quotation marks or backslashes.',
      remedy: REMEDIES.ownAccess,
    };
  }
  if (isTooLong(isJson, input.path)) return TOO_LONG;
  return route === 'agent-control' ? refusalOfAgentControl(isJson, `${SCRIPT_NAME}0`, input) : null;
}

function refusalOfWrapper(
  route: ScanRoute,
  isJson: boolean,
  input: PlanInput,
  version: WazuhVersion,
): Refusal | null {
  const { kind, kes, action } = input;
  const { wrapperOption } = kindFacts(kind);
  if (hasTrait(version, 'isWithoutIntegrator')) {
    return {
      message: 'Agents of Wazuh 5 have no Kaspersky wrapper.',
      remedy: REMEDIES.scriptOrSsh,
    };
  }
  if (wrapperOption === null) {
    return {
      message: 'Wazuh’s wrapper has no option for this kind.',
      remedy: REMEDIES.scriptOrSsh,
    };
  }
  if (kind === 'memory' || kind === 'boot') {
    const { state } = availabilityOf(kind, kes);
    if (state !== 'available') {
      return {
        message:
          'The wrapper starts this by number, and the numbers 4 and 5 mean something else from KES 11.2 on.',
        remedy: REMEDIES.scriptOrSshByName,
      };
    }
  }
  if (isJson && action === 'skip') {
    return {
      message: 'The wrapper loses its second option from 4.2 on, and would disinfect.',
      remedy: REMEDIES.scriptOrSshToLook,
    };
  }
  if (input.path !== null && /[\s'"\\`$&;|<>()#!*?[\]{}~]|^\/?-/.test(input.path)) {
    return {
      message: 'The wrapper splits such a path, or hands it to a shell.',
      remedy: REMEDIES.scriptOrSshForPath,
    };
  }
  if (isTooLong(isJson, input.path)) return TOO_LONG;
  return route === 'agent-control'
    ? refusalOfAgentControl(isJson, `${responseName(kind) ?? ''}0`, input)
    : null;
}

/** execd before 4.2 holds 1024 bytes of a response, with its name and the words before the path (wazuh.md 1.6). */
const MOST_PATH_BYTES = 800;

function isTooLong(isJson: boolean, path: string | null): boolean {
  return !isJson && path !== null && utf8Bytes(path) > MOST_PATH_BYTES;
}

function utf8Bytes(text: string): number {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return 1;
    if (code < 0x800) return 2;
    return code < 0x1_00_00 ? 3 : 4;
  }).reduce<number>((sum, bytes) => sum + bytes, 0);
}

const TOO_LONG: Refusal = {
  message: 'Agents before 4.2 take a response of 1024 bytes, and this path is too long for it.',
  remedy: 'Give the agent SSH access of its own, or choose a folder above it.',
};

function refusalOfAgentControl(isJson: boolean, name: string, { manager }: PlanInput): Refusal | null {
  if (isJson) {
    return {
      message: 'agent_control hands no arguments to agents from 4.2 on: nothing would start.',
      remedy: 'Use the manager’s API.',
    };
  }
  if (name === '0' || (manager.responseNames && !manager.responseNames.includes(name))) {
    return {
      message:
        name === '0'
          ? 'No response of that kind exists for agent_control.'
          : `ar.conf on the manager has no ${name}.`,
      remedy: 'Add its <command> and <active-response> to ossec.conf first.',
    };
  }
  return null;
}

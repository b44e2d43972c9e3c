import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';
import type { AgentAccessFlags } from '../commands/agent-access.ts';
import { usage } from './request-from-flags.ts';

const HELP = 'Run verdict-desk agent-access set --help to see what it takes.';
const NOWHERE = { user: 'root', host: '{ip}', port: 22 };

/** Errors: `usage.scan`. */
export function accessFromFlags(flags: AgentAccessFlags, hasSudoPassword: boolean): AgentAccess {
  requireSense(flags);
  const { ssh = NOWHERE, identity, throughManager, sudo, prefix, off } = flags;
  const methods = methodsFrom(flags);
  return {
    isOn: off !== true,
    ...ssh,
    methods,
    keyPath: methods.includes('key') ? (identity ?? null) : null,
    throughManager: throughManager === true,
    elevation: sudo ? (hasSudoPassword ? 'sudo-password' : 'sudo') : 'none',
    ...(prefix === undefined ? {} : { prefix }),
  };
}

function methodsFrom({ auth, identity }: AgentAccessFlags): AgentAccess['methods'] {
  if (!auth) return identity === undefined ? ['agent'] : ['key'];
  return auth.filter((method) => method !== 'keyboard-interactive');
}

function requireSense({ ssh, off, auth, identity, prefix }: AgentAccessFlags): void {
  const rules: readonly (readonly [isBroken: boolean, words: string])[] = [
    [ssh === undefined && off !== true, 'How agents are reached is missing: --ssh USER@HOST, or --off.'],
    [ssh !== undefined && off === true, '--off excludes --ssh.'],
    [
      ssh !== undefined && /[{}]/.test(ssh.host.replaceAll(/\{(?:ip|name|id)\}/g, '')),
      'Known are {ip}, {name} and {id}; nothing else of HOST stands in braces.',
    ],
    [
      auth?.includes('keyboard-interactive') === true,
      'Nobody sits in front of a fleet: --auth takes agent, key, password.',
    ],
    [auth?.includes('key') === true && identity === undefined, '--auth key needs --identity FILE.'],
    [auth?.includes('key') === false && identity !== undefined, '--identity belongs to --auth key.'],
    [
      prefix !== undefined && !/^\/[^\0\n\r]{0,1023}$/.test(prefix),
      '--prefix is an absolute path such as /var/ossec.',
    ],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken) throw usage(broken[1], HELP);
}
